"""Commands that measure search on test sets, so that a claim about it can be checked by anybody. Nothing is decided."""

from __future__ import annotations

from pathlib import Path

import click

from rootline.errors import EvidenceError

_FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)


@click.group()
def bench() -> None:
    """Measure search and quoting on test sets; needs the extra `bench`."""


@bench.command()
@click.argument("folders", nargs=-1, required=True, type=_FOLDER, metavar="FOLDER…")
def retrieval(folders: tuple[Path, ...]) -> None:
    """Rank each BEIR-style FOLDER with Rootline and with raw Tantivy, SQLite FTS5 and bm25s, in one run.

    FOLDER holds corpus.jsonl, queries.jsonl and qrels/dev.tsv or qrels/test.tsv. Latency is that of the best 100
    documents with their ids. Where ROOTLINE_DENSE_MODEL names a sentence model, a further row shows what it brings.
    """
    from rootline.evidence.trials.folder import read_test_set

    try:
        from rootline.evidence.trials.retrieval import measure
    except ModuleNotFoundError as error:
        mend = "Install the extra: `pip install 'rootline[bench]'`."
        raise EvidenceError(f"`{error.name}` is not installed", mend=mend) from None
    for folder in folders:
        test_set = read_test_set(folder)
        sizes = f"{len(test_set.documents):,} documents, {len(test_set.questions):,} questions"
        click.echo(f"{test_set.name} ({test_set.split}): {sizes}")
        click.echo(f"  {'':12} nDCG@10  R@100  MRR@10   p50 ms  p99 ms  built/s      MB")
        for one in measure(test_set):
            ranked = f"{one.ndcg:7.4f} {one.recall:6.4f} {one.mrr:7.4f}"
            click.echo(
                f"  {one.search:12} {ranked} {one.p50:8.2f} {one.p99:7.2f} {one.built:8,.0f} {one.megabytes:7.1f}"
            )


@bench.command()
@click.argument("folder", type=_FOLDER)
@click.argument("other", type=_FOLDER)
@click.option("--most", default=400, show_default=True, type=click.IntRange(min=1), help="Questions of each set.")
def quoting(folder: Path, other: Path, most: int) -> None:
    """Where answers from passages should be given and where refused: questions of FOLDER and OTHER, asked of FOLDER.

    For several thresholds: how many of FOLDER's questions are answered, how many of the quotes are of a document
    judged right, and how often something is quoted that should not be. A sentence model that ROOTLINE_DENSE_MODEL
    names is fused in.
    """
    from rootline.evidence.trials.folder import read_test_set
    from rootline.evidence.trials.quoting import shares

    click.echo("threshold  answered  quotes right  right ones removed  questions of the other set")
    for one in shares(read_test_set(folder), read_test_set(other), most):
        wrong = f"{one.without_answer:18.3f}  {one.other_subject:26.3f}"
        click.echo(f"{one.threshold:9.2f}  {one.answered:8.3f}  {one.quotes_right:12.3f}  {wrong}")


@bench.command()
@click.option(
    "--records", multiple=True, default=(1000, 10_000), show_default=True, type=click.IntRange(min=100), help="Sizes."
)
def growth(records: tuple[int, ...]) -> None:
    """How time, memory and disk of library and index grow: invented PubMed records imported, indexed and searched.

    Made in a folder of its own under TMPDIR, which goes at the end; 12 kB of disk for each record, and half a
    gigabyte, are asked for. Each step runs in a process of its own, whose peak of memory is told. How far it is stands
    on standard error.
    """
    from rootline.evidence.trials.growth import Phase, grow

    def told(count: int, one: Phase) -> str:
        return f"{one.seconds:9,.1f} {count / one.seconds:7,.0f} {one.memory:6,.0f} {one.disk:8,.1f}"

    rows = [f"{'':>9}  {'import':32}  {'index':32}  search", f"{'records':>9}  {_STEP}  {_STEP}  {_ASKED}"]
    for count in sorted(records):
        one = grow(count, lambda words: click.echo(words, err=True))
        asked = f"{one.opened.seconds:6,.1f} {one.opened.memory:6,.0f} {one.p50:8.2f} {one.p99:7.2f}"
        rows.append(f"{count:9,}  {told(count, one.imported)}  {told(count, one.indexed)}  {asked}")
        click.echo("\n".join(rows))  # at once, with a heading the first time: a later size may be stopped
        rows.clear()


_STEP = "  seconds     a s     MB  MB disk"
_ASKED = "open s     MB   p50 ms  p99 ms"
