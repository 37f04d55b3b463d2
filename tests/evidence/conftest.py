"""A tiny model, made once; what changes it takes a copy."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from rootline.evidence.dense.embed import Embedder
from rootline.evidence.dense.model_folder import read_model_folder
from tests.evidence.dense.tiny_model import make_model


@pytest.fixture(scope="session")
def made_model(tmp_path_factory) -> Path:
    return make_model(tmp_path_factory.mktemp("model"))


@pytest.fixture
def model(made_model, tmp_path) -> Path:
    """A folder that a test may spoil."""
    return Path(shutil.copytree(made_model, tmp_path / "model"))


@pytest.fixture(scope="session")
def embedder(made_model) -> Embedder:
    return Embedder(read_model_folder(made_model))
