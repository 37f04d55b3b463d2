"""Rewrites golden and example answers, schema, help texts in the docs: `make golden`. Read the diff before a commit."""

from __future__ import annotations

import json
from pathlib import Path

from rootline.answers.ask import ask
from rootline.answers.model import Answer
from rootline.answers.render_markdown import to_markdown
from rootline.packs.load import load
from rootline.packs.model import Pack
from rootline.settings import pack_folder
from tests.golden.help_texts import with_help

FOLDER = Path(__file__).parent
DOCS = FOLDER.parents[1] / "docs"
SCHEMA = DOCS / "answer.schema.json"
AUDIENCES = ("clinician", "patient")
EXAMPLE = DOCS / "examples" / "ankle-sprain"
ANSWERS = DOCS / "examples" / "answers"


def golden(pack: Pack) -> dict[str, str]:
    """File name -> what it should hold: each canonical question for two audiences."""
    return {
        f"{question.id}.{audience}.md": to_markdown(ask(question.text, pack, audience))
        for question in pack.questions
        for audience in AUDIENCES
    }


def example_answers() -> dict[str, str]:
    """File name -> an answer of the example pack as `rootline ask --json` prints it; the same with a dose altered."""
    question = "Ankle pain for 3 days, swelling at the outer side. Which painkiller?"
    told = ask(question, load(EXAMPLE)).model_dump_json(by_alias=True, indent=2) + "\n"
    return {"ankle.json": told, "ankle-altered.json": told.replace("1 tablet twice daily", "3 tablets twice daily")}


def schema() -> str:
    """The JSON schema of `rootline.answer/1`."""
    return json.dumps(Answer.model_json_schema(by_alias=True), indent=2, ensure_ascii=False) + "\n"


def main() -> None:
    """Write all of it."""
    pack = load(pack_folder())
    for name, text in golden(pack).items():
        (FOLDER / name).write_text(text, encoding="utf-8")
    for name, text in example_answers().items():
        (ANSWERS / name).write_text(text, encoding="utf-8")
    SCHEMA.write_text(schema(), encoding="utf-8")
    for page in sorted(DOCS.rglob("*.md")):
        page.write_text(with_help(page.read_text(encoding="utf-8")), encoding="utf-8")


if __name__ == "__main__":
    main()
