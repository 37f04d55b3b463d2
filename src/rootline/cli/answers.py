"""Commands that answer: `ask`, `why` a piece of advice applies, and `verify` an answer. Nothing is decided here."""

from __future__ import annotations

import json
import sys
from datetime import date, datetime
from pathlib import Path
from typing import Any

import click

from rootline.cli.evidence import as_of_option, library_option
from rootline.cli.options import load_pack, open_searchable, pack_option, stamp_of
from rootline.errors import InputError

AUDIENCES = ("clinician", "therapist", "student", "patient")


@click.command()
@click.argument("text", nargs=-1, required=True)
@click.option(
    "--audience", "-a", type=click.Choice(AUDIENCES), default="clinician", show_default=True, help="Who reads it."
)
@click.option("--fact", "-f", "facts", multiple=True, metavar="ID=VALUE", help="A fact; overrules the text.")
@click.option(
    "--onset", type=click.DateTime(["%Y-%m-%d"]), help="The day the symptoms began: what is due gets its date."
)
@click.option("--json", "form", flag_value="json", help="Print the answer as data (rootline.answer/1).")
@click.option("--fhir", "form", flag_value="fhir", help="Print the answer as a document of FHIR R4.")
@click.option("--markdown", "form", flag_value="markdown", help="Print Markdown.")
@pack_option
@library_option
@as_of_option
def ask(
    text: tuple[str, ...],
    audience: str,
    facts: tuple[str, ...],
    onset: datetime | None,
    form: str | None,
    pack_name: str | None,
    library: Path | None,
    as_of: datetime | None,
) -> None:
    """Answer a question, or give the plan for a patient described in TEXT.

    TEXT of `-` is read from standard input. What the library holds on the question is quoted beside the plan, or
    alone where no pathway covers it. Exit code 0: answered or partly; 2: not readable;
    3: refused, with the reason.
    """
    from rootline.answers.ask import ask as answer_question
    from rootline.answers.case import given_onset, read_all_given

    words = sys.stdin.read() if text == ("-",) else " ".join(text)
    pack = load_pack(pack_name)
    began = onset.date() if onset else None
    given = read_all_given(facts, pack)
    if began:
        _refuse_two_onsets(given, pack)
        given.append(given_onset(began, date.today(), pack))
    searched = open_searchable(library, as_of, for_answers=True)
    answer = answer_question(words, pack, audience, given, began, searched, date.today())  # type: ignore[arg-type]
    stamp = stamp_of(pack)
    _print_answer(stamp(answer) if stamp else answer, form)
    sys.exit(3 if answer.outcome == "refused" else 0)


def _refuse_two_onsets(given: Any, pack: Any) -> None:
    if any(one.fact == pack.onset_fact for one in given):
        what = f"`--onset` and `--fact {pack.onset_fact}=…` both say how long it has lasted"
        raise InputError(what, mend="Give one of them.")


def _print_answer(answer: Any, form: str | None) -> None:
    if form == "json":
        click.echo(answer.model_dump_json(by_alias=True, indent=2))
    elif form == "fhir":
        from rootline.edges.fhir.patient_answer import NOT_NAMED, PatientAnswer
        from rootline.edges.fhir.write_answer import write_answer

        document = write_answer(PatientAnswer(answer, NOT_NAMED, date.today()))
        click.echo(json.dumps(document, ensure_ascii=False, indent=1))
    elif form == "markdown":
        from rootline.answers.render_markdown import to_markdown

        click.echo(to_markdown(answer), nl=False)
    else:
        from rich.console import Console

        from rootline.answers.render_terminal import show

        show(answer, Console())


@click.command()
@click.argument("advice_id")
@click.option("--fact", "-f", "facts", multiple=True, metavar="ID=VALUE", help="A fact of the patient.")
@click.option("--patient", "voice", flag_value="patient", default="clinician", help="In plain words.")
@pack_option
def why(advice_id: str, facts: tuple[str, ...], voice: Any, pack_name: str | None) -> None:
    """Why a piece of advice applies or not: its condition as a tree, with what is known, and what it rests on.

    The urgency of the case stands above it.
    """
    from rootline.answers.banner import urgency_lines
    from rootline.answers.case import read_all_given
    from rootline.answers.compose import tell_urgency
    from rootline.answers.tell_plan import run_given
    from rootline.answers.why import explain

    pack = load_pack(pack_name)
    plan = run_given(read_all_given(facts, pack), pack)
    explanation = explain(plan, advice_id, voice)
    click.echo("\n".join([*urgency_lines(tell_urgency(plan, voice), voice), "", explanation]))


_MOST_FINDINGS = 20


@click.command()
@click.argument("file", type=click.File("rb"))
@click.option("--json", "as_json", is_flag=True, help="Print the outcome and every finding as data.")
@pack_option
@library_option
@as_of_option
def verify(file: Any, as_json: bool, pack_name: str | None, library: Path | None, as_of: datetime | None) -> None:
    """Check the answer in FILE, as `rootline ask --json` printed it, against the pack it names.

    FILE of `-` is standard input. Exit code 0: verified; 1: refuted, each finding with its place; 2: not readable;
    3: undecided, e.g. when its pack is not at hand.
    """
    from rootline.answers.verify import in_words, read_answer
    from rootline.answers.verify import verify as check
    from rootline.packs.load import load
    from rootline.settings import find_pack

    answer_file = read_answer(file.read())
    stamp = answer_file.answer.pack
    folder = find_pack(stamp.id)
    pack = load_pack(pack_name) if pack_name else load(folder) if folder else None
    searched = answer_file.answer.library is not None
    reviews = stamp_of(pack) if pack else None
    result = check(answer_file, pack, open_searchable(library, as_of) if searched else None, reviews)
    if as_json:
        findings = [vars(one) for one in result.findings]
        click.echo(json.dumps({"outcome": result.outcome, "findings": findings}, ensure_ascii=False, indent=2))
    else:
        for one in result.findings[:_MOST_FINDINGS]:
            about = in_words(one.place, answer_file.answer)
            click.echo(f"{one.place}{f' ({about})' if about else ''}\n  {one.what}")
        if len(result.findings) > _MOST_FINDINGS:
            click.echo(f"… and {len(result.findings) - _MOST_FINDINGS} more: `--json` lists all")
        click.echo(
            f"{result.outcome}: {len(result.findings)} findings in {result.statements} statements, "
            f"{result.citations} citations, {result.sources} sources; {stamp.id} {stamp.version}"
        )
    sys.exit({"verified": 0, "refuted": 1, "undecided": 3}[result.outcome])
