"""Commands with an optional language model, off until the user names one. Nothing is decided here."""

from __future__ import annotations

import json
import shlex
from pathlib import Path
from typing import Any

import click

from rootline.cli.evidence import library_option
from rootline.cli.options import load_pack, open_searchable, pack_option
from rootline.errors import InputError, ModelError


def _named_model(what_is_sent: str) -> Any:
    """The model that the user named; where the text goes is said before anything is sent."""
    from rootline.edges.llm.client import where_to
    from rootline.settings import language_model

    model = language_model()
    if model is None:
        mend = "Name one: ROOTLINE_LLM=http://127.0.0.1:8080/v1 and ROOTLINE_LLM_MODEL; see docs/language-model.md."
        raise ModelError("no language model is named, and none is needed", mend=mend)
    click.echo(f"{what_is_sent} goes to {where_to(model)}.", err=True)
    return model


@click.command()
@click.argument("file", type=click.File("rb"))
@click.option("--json", "as_json", is_flag=True, help="Print the answer as it was, with each sentence beside it.")
@pack_option
@library_option
def reword(file: Any, as_json: bool, pack_name: str | None, library: Path | None) -> None:
    """Show the answer in FILE, as `rootline ask --json` printed it, with sentences reworded by a language model.

    FILE of `-` is standard input. A sentence that does not say the same, word by word, is kept as written, and counted.
    No statement of the urgency is offered to the model, nor one that warns, doses, forbids, tells when to come back or
    speaks of a warning sign. FILE itself, which must verify, stays as it is.
    """
    from rootline.answers.render_markdown import to_markdown
    from rootline.answers.verify import read_answer, verify
    from rootline.edges.llm.reword import reword as reword_answer
    from rootline.edges.llm.reword import shown

    pack = load_pack(pack_name)
    answer_file = read_answer(file.read())
    searched = open_searchable(library, None) if answer_file.answer.library is not None else None
    if (found := verify(answer_file, pack, searched)).outcome != "verified":
        raise InputError(f"this answer is {found.outcome}", mend="`rootline verify` says why. Ask the question again.")
    model = _named_model("The text of the statements, which is the pack's and not a patient's,")
    told = reword_answer(answer_file.answer, pack, model)
    if as_json:
        click.echo(told.model_dump_json(by_alias=True, indent=2))
    else:
        click.echo(f"{to_markdown(shown(told))}\n*{told.note}*")


def _shown(words: str) -> str:
    """On one line, and every letter that has no shape, or turns others about, by its number: what is seen is so."""
    line = " ".join(words.split())
    return "".join(one if one.isprintable() else f"<U+{ord(one):04X}>" for one in line)


@click.command()
@click.argument("file", type=click.File("r", encoding="utf-8"))
@click.option("--json", "as_json", is_flag=True, help="Print the proposals as data; none is confirmed.")
@pack_option
def propose(file: Any, as_json: bool, pack_name: str | None) -> None:
    """Let a language model propose facts from the narrative in FILE that were not read from it, each with its words.

    Each is taken only when you say yes to it; the confirmed ones are printed as options for `rootline ask`. A proposal
    that denies a warning sign, or after which the urgency would be lower, is refused.
    """
    from rootline.edges.llm.propose import accept
    from rootline.edges.llm.propose import propose as propose_facts

    pack = load_pack(pack_name)
    text = file.read()
    proposals = propose_facts(text, pack, _named_model("THE WHOLE NARRATIVE"))
    if as_json:
        click.echo(json.dumps([vars(one) for one in proposals], ensure_ascii=False, indent=2))
        return
    confirmed: list[Any] = []
    for one in proposals:
        refused = one.refused or accept(confirmed, one, text, pack)
        words = _shown(one.words)
        said = f'{one.fact}={one.value} ("{words}")' if words else f"{one.fact}={one.value}"
        if refused:
            click.echo(f"refused: {said}: {refused}", err=True)
        elif click.confirm(f"{said}: take it?", default=False, err=True):
            confirmed.append(one)
    options = (f"--fact {shlex.quote(f'{one.fact}={one.value}')}" for one in confirmed)
    click.echo(" ".join(options) or "nothing was taken")
