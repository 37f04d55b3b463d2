"""The command that opens Rootline in the browser. Nothing is decided here."""

from __future__ import annotations

import click

from rootline.cli.options import load_pack, pack_option


@click.command()
@click.option(
    "--host",
    default="127.0.0.1",
    show_default=True,
    help="Address to listen on; other machines reach it only when it is theirs.",
)
@click.option("--port", default=8642, show_default=True, type=click.IntRange(1, 65535), help="Port to listen on.")
@click.option("--workers", default=1, show_default=True, type=click.IntRange(1, 64), help="How many processes answer.")
@pack_option
def serve(host: str, port: int, workers: int, pack_name: str | None) -> None:
    """Open Rootline in the browser: pages and the HTTP API, on this machine.

    Stop it with Ctrl-C. Without HTTPS in front, only the loopback address is safe for patients' data.
    """
    from rootline.edges.web.serve import is_loopback, refuse_taken
    from rootline.edges.web.serve import serve as run

    pack = load_pack(pack_name)  # a pack that cannot be loaded is told here, once
    refuse_taken(host, port)
    name = f"[{host}]" if ":" in host else host

    def ready() -> None:
        click.echo(f"Rootline is at http://{name}:{port}/ (Ctrl-C stops it)")
        if not is_loopback(host):
            click.echo(
                "Other machines can reach it, unencrypted: put HTTPS in front before patients' data goes in.", err=True
            )

    run(pack, host, port, workers, ready)
