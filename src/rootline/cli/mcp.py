"""The command that serves agents by the Model Context Protocol. Nothing is decided here."""

from __future__ import annotations

import click

from rootline.cli.options import load_pack, pack_option


@click.command()
@click.option("--http", is_flag=True, help="Serve over HTTP on this machine, instead of standard input and output.")
@click.option("--port", default=8643, show_default=True, type=click.IntRange(1, 65535), help="Port for `--http`.")
@pack_option
def mcp(http: bool, port: int, pack_name: str | None) -> None:
    """Serve agents by the Model Context Protocol; needs the extra `mcp`.

    Over standard input and output, for a program that starts it; or with --http at /mcp of the loopback address.
    """
    from rootline.errors import NotFoundError

    try:
        from rootline.edges.mcp.serve import HOST, serve_http, serve_stdio
    except ModuleNotFoundError as error:
        mend = "Install the extra: `pip install 'rootline[mcp]'`."
        raise NotFoundError(f"`{error.name}` is not installed", mend=mend) from None
    pack = load_pack(pack_name)  # a pack that cannot be loaded is told here, once
    if not http:
        serve_stdio(pack)
        return
    from rootline.edges.web.serve import refuse_taken

    refuse_taken(HOST, port)
    click.echo(f"Rootline's tools are at http://{HOST}:{port}/mcp (Ctrl-C stops it)", err=True)
    serve_http(pack, port)
