"""The service itself, without HTTP, set up as a trial; and its answers held to the public shapes."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from rootline.answers.reviewed import unreviewed
from rootline.edges.cds_hooks.body import read_call
from rootline.edges.cds_hooks.config import Config, read_config
from rootline.edges.cds_hooks.feedback import Ledger
from rootline.edges.cds_hooks.service import Service
from rootline.edges.web.kept import Kept
from rootline.packs.model import Pack
from tests.edges.cds_hooks.schemas import CARDS, REQUEST
from tests.edges.fhir.conftest import TODAY

ROOT = Path(__file__).parents[3]
TRIAL = ROOT / "docs/examples/cds/trial.yaml"
Answer = Callable[..., list[dict[str, Any]]]


@pytest.fixture
def config() -> Config:
    return read_config(TRIAL)


@pytest.fixture
def service(pack: Pack, config: Config, tmp_path: Path) -> Service:
    return Service(pack, config, Ledger(tmp_path / "cds"), Kept(tmp_path / "cases").keep, lambda: unreviewed(pack))


@pytest.fixture
def answer(service: Service) -> Answer:
    def answering(request: dict[str, Any], today: date = TODAY, **settings: bool) -> list[dict[str, Any]]:
        jsonschema.validate(request, REQUEST)
        own = replace(service, config=replace(service.config, **settings))
        told = own.answer(read_call(json.dumps(request).encode(), request["hook"]), today)
        jsonschema.validate(told, CARDS)
        cards: list[dict[str, Any]] = told["cards"]
        return cards

    return answering
