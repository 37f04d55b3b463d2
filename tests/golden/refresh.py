"""Rewrites golden answers, schema and the help texts in the docs: `make golden`. Read the diff before you commit it."""

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


def golden(pack: Pack) -> dict[str, str]:
    """File name -> what it should hold: each canonical question for two audiences."""
    return {
        f"{question.id}.{audience}.md": to_markdown(ask(question.text, pack, audience))
        for question in pack.questions
        for audience in AUDIENCES
    }


def schema() -> str:
    """The JSON schema of `rootline.answer/1`."""
    return json.dumps(Answer.model_json_schema(by_alias=True), indent=2, ensure_ascii=False) + "\n"


def main() -> None:
    """Write all of it."""
    pack = load(pack_folder())
    for name, text in golden(pack).items():
        (FOLDER / name).write_text(text, encoding="utf-8")
    SCHEMA.write_text(schema(), encoding="utf-8")
    for page in sorted(DOCS.rglob("*.md")):
        page.write_text(with_help(page.read_text(encoding="utf-8")), encoding="utf-8")


if __name__ == "__main__":
    main()
