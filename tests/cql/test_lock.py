"""The packages that CQL is tested with are pinned by their hashes, and the lock names no address."""

from __future__ import annotations

import json
import re

from tests.cql.official import FOLDER


def test_every_package_is_pinned_by_hash_and_no_address_is_named():
    text = (FOLDER / "package-lock.json").read_text(encoding="utf-8")
    packages = {name: one for name, one in json.loads(text)["packages"].items() if name}
    assert {"node_modules/cql-execution", "node_modules/@cqframework/cql"} <= set(packages)
    assert all(one["integrity"].startswith("sha512-") for one in packages.values())
    assert not re.search(r'"resolved"|://|file:', text)


def test_the_two_packages_are_named_with_one_exact_version():
    wanted = json.loads((FOLDER / "package.json").read_text(encoding="utf-8"))["dependencies"]
    assert set(wanted) == {"cql-execution", "@cqframework/cql"}
    assert all(re.fullmatch(r"\d+\.\d+\.\d+", version) for version in wanted.values())
