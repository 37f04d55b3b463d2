"""What every test may use: the real pack, loaded once."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from argon2 import PasswordHasher
from argon2.profiles import CHEAPEST
from hypothesis import HealthCheck, settings

from rootline.desk.people import passwords
from rootline.packs.load import load
from rootline.packs.model import Pack
from rootline.settings import pack_folder

settings.register_profile("default", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("default")


@pytest.fixture(autouse=True)
def nobodys_library(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No test sees the library, the desk or the sentence model of whoever runs it."""
    monkeypatch.setenv("ROOTLINE_LIBRARY", str(tmp_path / "no-library"))
    monkeypatch.setenv("ROOTLINE_STATE", str(tmp_path / "no-state"))
    for name in ("ROOTLINE_DESK", "ROOTLINE_DESK_KEY", "ROOTLINE_DESK_TOKEN", "ROOTLINE_DENSE_MODEL"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture(scope="session", autouse=True)
def quick_hashes() -> Iterator[PasswordHasher]:
    """Hundreds of sign-ins would spend minutes on hashing that is slow by design; what is yielded hashes in earnest."""
    earnest = passwords._HASHER
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(passwords, "_HASHER", PasswordHasher.from_parameters(CHEAPEST))
        yield earnest


@pytest.fixture(scope="session")
def pack() -> Pack:
    return load(pack_folder())
