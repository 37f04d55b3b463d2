"""The commands about people: the session in the docs as it stands, and what goes wrong."""

from __future__ import annotations

import json
import re
import shlex
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from starlette.testclient import TestClient

from rootline.cli.main import main
from rootline.desk.actor import ROLES
from rootline.desk.opening import open_desk
from rootline.desk.people.permissions import ANYONE, MATRIX, SCOPES
from rootline.desk.people.sign_in import sign_in, who
from rootline.desk.people.store import People
from rootline.edges.desk.join import with_people
from rootline.edges.web.app import create_app
from rootline.edges.web.site import site_from_environment
from rootline.settings import desk_url
from tests.desk.conftest import EXAMPLE
from tests.edges.desk.conftest import send
from tests.edges.desk.conftest import sign_in as sign_in_at

DOCS = Path(__file__).parents[2] / "docs"
PAGE = DOCS / "people.md"
SECRET = "four plain words here"
INIT = 'desk init --login ruth --name "Ruth Adler"'


@pytest.fixture(autouse=True)
def state(tmp_path, monkeypatch) -> Path:
    monkeypatch.setenv("ROOTLINE_STATE", str(tmp_path))
    monkeypatch.delenv("ROOTLINE_DESK", raising=False)
    return tmp_path


def run(line: str, typed: str = SECRET) -> Result:
    return CliRunner().invoke(main, shlex.split(line), input=f"{typed}\n", prog_name="rootline")


def opened() -> People:
    return People(open_desk(desk_url()).engine)


def test_the_session_in_the_docs_is_true():
    block = re.search(r"```text\n(\$ rootline desk init.*?)```", PAGE.read_text(), re.DOTALL)[1]
    for part in block.split("$ rootline ")[1:]:
        line, *shown = part.splitlines()
        result = run(line.removesuffix(" < password"))
        assert result.exit_code == 0, result.output
        for expected in shown:
            at_least = expected.removesuffix("…")
            assert any(one == expected or (at_least != expected and one.startswith(at_least))
                       for one in result.output.splitlines()), expected  # fmt: skip


def test_the_first_steps_in_the_docs_lead_from_nothing_to_what_waits(monkeypatch):
    """Word for word; what is served and submitted is the small example topic."""
    page = (DOCS / "desk-pages.md").read_text().split("## The rooms")[0]
    *first, submit = re.findall(r"^ *\$ rootline (desk .+)$", page, re.MULTILINE)
    own, submit = "quite other plain words", f"{submit} --pack {EXAMPLE}"
    for line in first:
        assert run(line).exit_code == 0, line
    assert "password of your own" in run(submit).stderr, "as the page says"
    monkeypatch.setenv("ROOTLINE_SERVE_PACK", str(EXAMPLE))
    browser = TestClient(with_people(create_app(site_from_environment())), base_url="http://127.0.0.1")
    assert "Choose a password of your own" in sign_in_at(browser, login="ann").text
    chosen = send(browser, "/sign-in", "/sign-in/first-password", login="ann", password=SECRET, new=own)
    assert "<h1>Ann Kirke</h1>" in chosen.text
    assert "submitted, edition 1" in run(submit, own).stdout
    assert "edition 1" in browser.get("/desk").text


def test_the_docs_tell_the_matrix_and_the_scopes_as_they_are():
    text = PAGE.read_text()
    rows = {cells[0]: cells[1:] for cells in (
        [cell.strip() for cell in line.strip("|").split("|")] for line in text.splitlines() if line.startswith("| ")
    )}  # fmt: skip
    assert rows["action"] == [ANYONE, *ROLES]
    for action in MATRIX:
        assert rows[action] == ["yes" if role in MATRIX[action] else "" for role in (ANYONE, *ROLES)], action
    for scope, actions in SCOPES.items():
        assert rows[f"`{scope}`"] == [", ".join(actions)]


def test_the_first_administrator_signs_in_with_the_password_typed():
    assert run(INIT).exit_code == 0
    people = opened()
    assert who(people, sign_in(people, "ruth", SECRET)).role == "administrator"


def test_there_is_one_first_administrator():
    run(INIT)
    again = run('desk init --login eve --name "Eve Hollis"')
    assert again.exit_code == 2 and "has an administrator already" in again.output
    assert "1 people" in run("desk people list").output
    assert run("desk init").exit_code == 0


def test_a_desk_without_administrator_says_so():
    assert "Nobody is its administrator yet" in run("desk init").output
    assert run(INIT).exit_code == 0


def test_a_password_that_is_too_short_makes_nobody():
    assert "too short" in run(INIT, typed="short").output
    assert "0 people" in run("desk people list").output


@pytest.mark.parametrize(
    "words", ["disable nobody", "enable nobody", "unlock nobody", "password nobody", "role nobody author",
              "token nobody --label x --scope read"]
)  # fmt: skip
def test_who_is_not_there_is_told(words):
    run(INIT)
    result = run(f"desk people {words}")
    assert result.exit_code == 2 and "no account has this login" in result.output


def test_without_a_desk_the_way_to_one_is_told():
    result = run("desk people list")
    assert result.exit_code == 2 and "rootline desk init" in result.output


def test_no_password_can_stand_on_the_command_line_or_is_printed():
    for command in (
        main.commands["desk"].commands["init"],
        *main.commands["desk"].commands["people"].commands.values(),
    ):
        assert not [one.name for one in command.params if "password" in (one.name or "")]
    printed = run(INIT).output + run("desk people add ben --name 'Ben Okoro' --role author").output
    assert SECRET not in printed and json.dumps(SECRET) not in printed
