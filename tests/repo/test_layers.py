"""The layers hold: imports point only to what stands earlier, and each outside library has one home."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "src" / "rootline"
# Data flows downwards through this list; a module may import only from its own line or from lines above it.
LAYERS = [
    "errors",
    "settings",
    "logic",
    "content",
    "readers",
    "evidence",
    "packs",
    "checks",
    "narrative",
    "answers",
    "client",
    "pictures",
    "book",
    "desk",
    "edges",
    "cli",
]
# Outside library -> the only places that may import it: a file, or a folder that ends with "/".
HOMES = {
    "yaml": {"content/yaml_text.py"},
    "rapidfuzz": {"narrative/"},
    "pydantic": {"answers/model.py", "client/", "edges/"},
    "fastapi": {"edges/"},
    "starlette": {"edges/"},
    "uvicorn": {"edges/"},
    "mcp": {"edges/mcp/"},
    "anyio": {"edges/mcp/"},
    "mcp_types": {"edges/mcp/"},
    "prometheus_client": {"edges/"},
    "cryptography": {"desk/seal.py", "edges/rest/once.py", "edges/web/opened.py"},
    "icalendar": {"answers/render_calendar.py"},
    "rich": {"answers/render_terminal.py", "cli/"},
    "click": {"cli/"},
    "jinja2": {"book/render.py", "desk/report.py", "edges/"},
    "markupsafe": {"book/render.py", "edges/"},
    "z3": {"readers/prove.py"},
    "sqlalchemy": {"evidence/store/", "desk/"},
    "alembic": {"desk/opening.py", "desk/migrations/"},
    "lxml": {"evidence/intake/xml_records.py", "evidence/intake/html.py", "evidence/fetch.py"},
    "rispy": {"evidence/intake/ris.py"},
    "bibtexparser": {"evidence/intake/bibtex.py"},
    "pypdf": {"evidence/intake/pdf.py"},
    "markdown_it": {"evidence/intake/markdown.py"},
    "jwt": {"edges/cds_hooks/door.py"},
    "httpx": {"client/send.py", "evidence/fetch.py", "edges/llm/client.py"},
    "argon2": {"desk/people/passwords.py"},
    "authlib": {"desk/people/provider.py"},
    "joserfc": {"desk/people/provider.py"},
    "platformdirs": {"settings.py"},
    "tantivy": {"evidence/search/index.py", "evidence/trials/peers.py"},
    "numpy": {"evidence/dense/"},
    "onnxruntime": {"evidence/dense/embed.py"},
    "tokenizers": {"evidence/dense/embed.py"},
    "bm25s": {"evidence/trials/peers.py"},
    "Stemmer": {"evidence/trials/peers.py"},
    "ir_measures": {"evidence/trials/retrieval.py"},
}
MODULES = sorted(SOURCE.rglob("*.py"))


def imports(path: Path) -> list[str]:
    found = []
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            found += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.append(node.module)
    return found


def layer(path: Path) -> str:
    return path.relative_to(SOURCE).parts[0].removesuffix(".py")


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(SOURCE).as_posix())
def test_imports_point_only_upwards(path):
    own = layer(path)
    if own in ("__init__", "__main__"):
        return
    assert own in LAYERS, f"{own} has no place among the layers"
    for module in imports(path):
        if module.startswith("rootline."):
            other = module.split(".")[1]
            assert LAYERS.index(other) <= LAYERS.index(own), f"{own} imports {module}"


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(SOURCE).as_posix())
def test_outside_libraries_stay_in_their_homes(path):
    place = path.relative_to(SOURCE).as_posix()
    for module in imports(path):
        top = module.split(".")[0]
        if top in HOMES:
            homes = HOMES[top]
            folders = {f"{folder.as_posix()}/" for folder in path.relative_to(SOURCE).parents}
            assert homes & {place, *folders}, f"{place} imports {top}"


def test_logic_and_most_readers_need_only_the_standard_library():
    import sys

    for path in [*(SOURCE / "logic").rglob("*.py"), *(SOURCE / "readers").rglob("*.py")]:
        for module in imports(path):
            top = module.split(".")[0]
            at_home = f"readers/{path.name}" in HOMES.get(top, ())
            assert at_home or top == "rootline" or top in sys.stdlib_module_names, f"{path.name} imports {module}"


def test_readers_do_not_know_packs_and_evidence_knows_no_rules():
    for path in (SOURCE / "evidence").rglob("*.py"):
        assert not [one for one in imports(path) if one.startswith(("rootline.readers", "rootline.packs"))]
