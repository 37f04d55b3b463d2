"""The docs tell the truth: help texts, commands and their output, keys, excerpts, schema and links, both ways."""

from __future__ import annotations

import ast
import json
import re
import shlex
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import jsonschema
import pytest
from click.testing import CliRunner

from rootline.answers.ask import ask
from rootline.answers.model import Answer
from rootline.answers.render_markdown import to_markdown
from rootline.checks.lint import lint
from rootline.checks.properties import CLAIMS, WHEN
from rootline.checks.vignettes import _CHECKS, failures, read_vignettes
from rootline.cli.main import main
from rootline.evidence.points.effect import DIFFERENCES, RATIOS, SIDES
from rootline.evidence.points.source import DIRECTIONS, KINDS, STANDINGS
from rootline.logic.read import _OPERATORS
from rootline.logic.units import UNITS
from rootline.packs.body import MUSCLES, REFLEXES, SKIN
from rootline.packs.code_systems import SYSTEMS
from rootline.packs.codes import WHERE
from rootline.packs.coverage import coverage
from rootline.packs.load import load
from rootline.packs.localise import localise
from rootline.packs.model import ACTION_KINDS, LEVELS, SECTIONS
from tests.golden.help_texts import HELP, commands, help_of

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
EXAMPLE = DOCS / "examples" / "ankle-sprain"
FORMAT = [DOCS / f"{one}.md" for one in "writing-a-pack checking-a-pack proving-a-pack pictures fhir-in".split()]
TOP = [ROOT / name for name in ("README.md", "ARCHITECTURE.md", "CONTRIBUTING.md")]
PAGES = [*TOP, *sorted(DOCS.rglob("*.md"))]
FENCE = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def prose(page: Path) -> str:
    """A page without its fenced blocks."""
    return FENCE.sub("", page.read_text(encoding="utf-8"))


# --- help texts


COMMANDS = list(commands(main))


def documented_help() -> dict[tuple[str, ...], str]:
    found = [one for page in PAGES for one in HELP.findall(page.read_text(encoding="utf-8"))]
    assert len({words for words, _ in found}) == len(found), "a help text stands twice"
    return {tuple(words.split()): said for words, said in found}


@pytest.mark.parametrize("words", COMMANDS, ids=lambda words: " ".join(words) or "rootline")
def test_the_help_of_every_command_stands_in_the_docs(words):
    assert documented_help().get(words) == help_of(words)


def test_no_command_is_documented_that_does_not_exist():
    assert set(documented_help()) == set(COMMANDS)


# --- commands and what they print


@dataclass(frozen=True)
class Shown:
    """A command line in the docs: its words, the exit code it promises, the lines shown under it.

    A block is one session: `before` are its commands on library or desk so far, each with the variable of its output.
    """

    page: Path
    line: str
    words: tuple[str, ...]
    code: int
    output: tuple[str, ...]
    before: tuple[tuple[str, tuple[str, ...]], ...]


def shown_commands() -> Iterator[Shown]:
    for page in PAGES:
        for language, block in FENCE.findall(page.read_text(encoding="utf-8")):
            if language in ("console", "sh"):
                yield from _of_block(page, block.replace("\\\n", " "))


def _of_block(page: Path, block: str) -> Iterator[Shown]:
    lines, before = [line.rstrip() for line in block.splitlines()], []
    starts = [at for at, line in enumerate(lines) if re.match(r"(\$ )?(\.venv/bin/)?rootline( |$)|\$ export ", line)]
    others = [at for at, line in enumerate(lines) if line.startswith("$ ")]
    for at in starts:
        end = min((other for other in [*starts, *others] if other > at), default=len(lines))
        line = lines[at].removeprefix("$ ")
        keeping = re.fullmatch(r"export (\w+)=\$\((.+)\)", line) or ("", "PRINTED", line)
        command, _, comment = keeping[2].partition("  # ")
        code = re.search(r"\bexit(?: code)? (\d)", comment)
        # without a prompt, the lines below are further commands, not output
        output = tuple(lines[at + 1 : end]) if lines[at].startswith("$ ") else ()
        words = tuple(_arguments(command))
        yield Shown(page, line, words, int(code[1]) if code else 0, output, tuple(before))
        if words[:1] in (("evidence",), ("desk",)):
            before.append((keeping[1], words))


def _arguments(command: str) -> Iterator[str]:
    lexer = shlex.shlex(command, posix=True, punctuation_chars="|><")
    lexer.whitespace_split, lexer.commenters = True, ""
    words = iter(lexer)
    next(words)
    for word in words:
        if word in ("|", ">", ">>"):
            return
        yield word


SHOWN = list(shown_commands())


def test_the_docs_show_every_command_at_work():
    used = {one.words[0] for one in SHOWN if one.words}
    assert used >= {words[0] for words in COMMANDS if words}


@pytest.mark.parametrize("shown", SHOWN, ids=lambda shown: f"{name(shown.page)}: {shown.line}")
def test_commands_in_the_docs_run_and_print_what_is_shown(shown, monkeypatch, tmp_path):
    monkeypatch.chdir(ROOT)
    monkeypatch.delenv("ROOTLINE_PACKS", raising=False)
    monkeypatch.setenv("ROOTLINE_LIBRARY", str(tmp_path))
    monkeypatch.delenv("ROOTLINE_EUTILS_EMAIL", raising=False)  # without it nothing goes online
    for variable, words in shown.before if shown.words[:1] in (("evidence",), ("ask",), ("desk",)) else ():
        done = CliRunner().invoke(main, list(words), prog_name="rootline")
        monkeypatch.setenv(variable, done.output.strip())
    result = CliRunner().invoke(main, list(shown.words), prog_name="rootline", env={"COLUMNS": "80"})
    assert result.exit_code == shown.code, result.output
    printed = iter(line.rstrip() for line in result.output.splitlines())
    for line in shown.output:
        assert not line or line == "…" or line in printed, f"not printed, or not in this order: {line}"


def test_the_answer_on_the_first_page_is_the_real_one():
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    question, shown = re.search(r'make ask Q="([^"]+)"\n(.*?)```', text, re.DOTALL).groups()
    output = CliRunner().invoke(main, ["ask", question], env={"COLUMNS": "80"}).output
    printed = " ".join(re.sub("[│╭╮╰╯─]", " ", output).split())
    for part in shown.split("…"):
        said = " ".join(part.split())
        assert said in printed
        printed = printed[printed.index(said) + len(said) :]


# --- keys of a pack

WORDING = ("read_facts.read_wording",)
SAID = (
    "read_advice._read_said",
    "read_advice._because",
    "read_advice._condition",
    "read_advice._read_dose_of",
)
# Heading in the docs -> the functions of the loader that take the keys of this thing.
THINGS: dict[str, tuple[str, ...]] = {
    "The folder": WORDING,
    "A source": ("source.read_source",),
    "A point": ("source._read_point",),
    "An effect": ("effect.read_effect",),
    "A fact": ("read_facts.read_fact", "read_facts._read_type", "read_facts._read_words", "read_facts._read_heard",
               "read_facts._denied_means"),
    "A rule": ("read_advice.read_rule", "read_advice._condition", "read_advice._because"),
    "An urgency line": (),
    "An action": ("read_advice.read_actions",),
    "A piece of advice": SAID,
    "A dose": ("read_advice._read_doses",),
    "A disagreement": ("read_advice.read_disagreement", "read_advice._read_position", "read_advice._because"),
    "pack.yaml": ("load.load", "load._duration_fact", "load._side_fact", "load._read_headings", "load._read_questions"),
    "A shorthand": ("load._read_shorthands",),
    "A person": ("vignettes._read_facts",),
    "A vignette": ("vignettes._read_one",),
    "A common claim": ("coverage._read_claim", "coverage._read_overruled"),
    "A site": ("read_sites._read_site",),
    "A term": ("glossary._read_term",),
    "A property": ("properties._read_property",),
    "What is drawn": ("read_sites._read_drawn",),
    "Another name": ("synonyms.read_synonyms",),
    "codes.yaml": ("codes.codes", "codes._validity", "codes._days"),
    "orders.yaml": ("orders.read_orders", "orders._read_body_sites"),
    "What codes tell": ("codes._read_telling", "codes._read_bare", "codes._days"),
    "An order": ("orders._read_order",),
    "Codes left out": ("codes._read_left_out",),
}  # fmt: skip
# Keys that the loader takes by a name computed from one of its lists, or that stand for a value.
COMPUTED: dict[str, set[str]] = {
    "A fact": {"yes", "no"},
    "An urgency line": set(LEVELS),
    "A piece of advice": set(ACTION_KINDS),
    "A vignette": set(_CHECKS),
    "A property": {*CLAIMS, *WHEN},
    "What codes tell": {*SYSTEMS},
    "An order": {*SYSTEMS},
    "Codes left out": {*SYSTEMS},
}
# Keys taken in one thing's function and documented with the thing that holds it, or with the one inside it.
INSIDE = {
    "A piece of advice": {"doses"},
    "A dose": {"doses"},
    "pack.yaml": {"shorthands"},
    "A shorthand": {"shorthands"},
}
LOADER = [
    *(path for room in ("packs", "checks") for path in sorted((ROOT / "src/rootline" / room).glob("*.py"))),
    ROOT / "src/rootline/evidence/points/source.py",
    ROOT / "src/rootline/evidence/points/effect.py",
    ROOT / "src/rootline/evidence/search/synonyms.py",
]


def taken_keys() -> dict[str, set[str]]:
    """Function of the loader -> the keys it takes, read from its `take.text("…")` and the like."""
    found: dict[str, set[str]] = {}
    for path in LOADER:
        for function in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(function, ast.FunctionDef):
                helpers = {inner.name for inner in ast.walk(function) if isinstance(inner, ast.FunctionDef)}
                keys = {key for node in ast.walk(function) for key in _key(node, helpers)}
                if keys:
                    found[f"{path.stem}.{function.name}"] = keys
    return found


def _key(node: ast.AST, helpers: set[str]) -> Iterator[str]:
    """The key that a call takes, by a method of `Take` or by a helper inside the function."""
    if isinstance(node, ast.Call) and node.args:
        called, first = node.func, node.args[0]
        is_taking = (
            called.attr in ("text", "texts", "any", "flag", "one_of", "items", "mapping", "get")
            if isinstance(called, ast.Attribute)
            else isinstance(called, ast.Name) and called.id in helpers
        )
        if is_taking and isinstance(first, ast.Constant) and isinstance(first.value, str):
            yield first.value


def documented_keys() -> dict[str, set[str]]:
    """Heading -> the keys in the first column of the tables under it that are headed `key`."""
    found: dict[str, set[str]] = {}
    heading, in_table = "", False
    for line in "\n".join(prose(page) for page in FORMAT).splitlines():
        if line.startswith("#"):
            heading = line.lstrip("# ")
        in_table = line.startswith("| key |") or (in_table and line.startswith("|"))
        if in_table:
            found.setdefault(heading, set()).update(re.findall(r"`([^`]+)`", line.split("|")[1]))
    return found


def test_every_function_that_takes_keys_belongs_to_a_documented_thing():
    assert set(taken_keys()) == {function for functions in THINGS.values() for function in functions}


@pytest.mark.parametrize("thing", THINGS)
def test_documented_keys_are_those_the_loader_takes(thing):
    taken = taken_keys()
    accepted = set(COMPUTED.get(thing, ())).union(*(taken[function] for function in THINGS[thing]))
    optional = INSIDE.get(thing, set())
    assert documented_keys()[thing] - optional == accepted - optional


def test_no_other_keys_are_documented():
    assert set(documented_keys()) == set(THINGS)
    assert set().union(*documented_keys().values()) >= set().union(*INSIDE.values())


def test_every_documented_key_is_used_in_the_example():
    text = "\n".join(path.read_text(encoding="utf-8") for path in EXAMPLE.rglob("*.yaml"))
    for thing, keys in documented_keys().items():
        for key in keys - {"soon"}:  # the example has three of the four levels
            assert re.search(rf"(?:^|[\s{{-]){re.escape(key)}:", text, re.MULTILINE), f"{thing}: {key}"


def test_every_word_that_a_key_may_hold_is_documented():
    text = "\n".join(page.read_text(encoding="utf-8") for page in FORMAT)
    allowed = [*KINDS, *STANDINGS, *DIRECTIONS, *SECTIONS, *UNITS, "yes/no", "one of", "number", "duration"]
    allowed += [*WHERE]
    allowed += [*DIFFERENCES, *RATIOS, *SIDES, *SKIN, *MUSCLES, *REFLEXES]
    assert [word for word in allowed if f"`{word}`" not in text] == []


def test_every_operator_is_documented_and_no_other():
    text = (DOCS / "conditions.md").read_text(encoding="utf-8")
    assert set(re.findall(r"^\| `([^`]+):` \|", text, re.MULTILINE)) == set(_OPERATORS)


# --- the example pack


def excerpts() -> list[tuple[str, str]]:
    """File and text of every excerpt in the docs; `# …` marks what is left out."""
    blocks = FENCE.findall("\n".join(page.read_text(encoding="utf-8") for page in FORMAT))
    found = []
    for block in (block for language, block in blocks if language == "yaml"):
        file, text = re.match(r"# (\S+)\n(.*)", block, re.DOTALL).groups()
        found += [(file, part) for part in re.split(r"^\s*# …\n", text, flags=re.MULTILINE)]
    return found


@pytest.mark.parametrize(("file", "text"), excerpts())
def test_excerpts_are_true(file, text):
    assert text.strip()
    assert text in (EXAMPLE / file).read_text(encoding="utf-8")


def test_the_example_pack_lints_clean_and_says_that_it_is_made_up():
    assert lint(load(EXAMPLE)) == []
    for path in EXAMPLE.rglob("*.yaml"):
        assert path.read_text(encoding="utf-8").startswith("# FICTIONAL"), name(path)


def test_the_example_vignettes_give_the_plan_they_expect():
    pack = load(EXAMPLE)
    vignettes = read_vignettes(pack, EXAMPLE)
    assert vignettes
    assert {one.name: found for one in vignettes if (found := failures(pack, one))} == {}
    used = {key for one in vignettes for key in one.expect}
    assert used == set(_CHECKS), "an expectation that the example does not show"


def test_the_example_answers_show_what_is_commonly_claimed_and_what_is_not_followed():
    pack = load(EXAMPLE)
    claims = coverage(pack)
    assert any(claim.met_by for claim in claims) and any(claim.overruled for claim in claims)
    questions = {question.id: question.text for question in pack.questions}
    for claim in claims:
        answer = ask(questions[claim.question], pack)
        said = {one.id for section in answer.sections for one in section.statements}
        assert set(claim.met_by) <= said | {one.id for one in answer.disagreements}, claim.id
        assert (claim.claim in [one.claim for one in answer.overruled]) == bool(claim.overruled), claim.id
        text = to_markdown(answer).lower()
        assert all(re.search(rf"\b{re.escape(words.lower())}", text) for words in claim.shows), claim.id


def test_each_site_of_the_example_can_be_the_likely_one():
    pack = load(EXAMPLE)
    pictures = {
        "outer-ligament": {"outer_swelling": "yes", "squeeze_pain": "no"},
        "high-ligament": {"squeeze_pain": "yes", "unable_to_walk": "yes"},
    }
    assert set(pictures) == {site.id for site in pack.sites}
    for site, findings in pictures.items():
        first = localise(pack, findings)[0]
        assert (first.site.id, first.likelihood) == (site, "likely")


# --- the schema of an answer


def test_the_published_schema_is_that_of_the_code():
    schema = json.dumps(Answer.model_json_schema(by_alias=True), indent=2, ensure_ascii=False) + "\n"
    assert (DOCS / "answer.schema.json").read_text(encoding="utf-8") == schema


def test_an_answer_as_json_fits_the_published_schema():
    schema = json.loads((DOCS / "answer.schema.json").read_text(encoding="utf-8"))
    words = ["ask", "--json", "--pack", str(EXAMPLE), "Ankle pain for 3 days, able to walk, takes apixaban"]
    answer = json.loads(CliRunner().invoke(main, words).stdout)
    jsonschema.validate(answer, schema)
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate({**answer, "outcome": "perhaps"}, schema)


# --- links and words


def anchors(page: Path) -> set[str]:
    """The anchors of a page's headings, as forges make them."""
    headings = re.findall(r"^#+ (.+)$", prose(page), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_relative_links_resolve(page):
    for link in re.findall(r"\]\(([^)\s]+)\)", prose(page)):
        if re.match(r"[a-z]+:", link):
            continue
        file, _, anchor = link.partition("#")
        target = (page.parent / file).resolve() if file else page
        assert target.exists(), f"{link} leads nowhere"
        assert not anchor or anchor in anchors(target), f"{link}: no such heading"
