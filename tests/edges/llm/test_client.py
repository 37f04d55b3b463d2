"""Where the text may go, what is sent, and what is never said of it."""

from __future__ import annotations

import logging

import pytest

from rootline.edges.llm.client import ask_model, where_to
from rootline.errors import ModelError
from rootline.settings import LanguageModel, language_model


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("http://192.0.2.1/v1", "not encrypted"),
        ("http://example.org/v1", "not encrypted"),
        ("http://localhost.example.org/v1", "not encrypted"),
        ("http://127.0.0.1.example.org/v1", "not encrypted"),
        ("http://127.0.0.1@example.org/v1", "no address"),
        ("http://2130706433/v1", "not encrypted"),
        ("ftp://127.0.0.1/v1", "no address"),
        ("file:///etc/passwd", "no address"),
        ("127.0.0.1:8080", "no address"),
        ("http://[::1", "no address"),
    ],
)
def test_an_address_that_is_not_safe_is_refused_before_anything_is_sent(address, words):
    with pytest.raises(ModelError, match=words):
        ask_model(LanguageModel(address, "m"), "task", {"narrative": "Mrs Example"})


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("http://127.0.0.1:8080/v1", "http://127.0.0.1:8080, on this machine"),
        ("http://[::1]:8080/v1", "on this machine"),
        ("http://localhost/v1", "on this machine"),
        ("https://llm.example.org/v1", "https://llm.example.org, ANOTHER MACHINE, model `m`"),
    ],
)
def test_where_the_text_goes_is_said(address, said):
    assert said in where_to(LanguageModel(address, "m"))


def test_plain_http_elsewhere_must_be_allowed_by_name(monkeypatch):
    monkeypatch.setenv("ROOTLINE_LLM", "http://llm.example.org/v1/")
    monkeypatch.setenv("ROOTLINE_LLM_MODEL", "m")
    model = language_model()
    assert model.address == "http://llm.example.org/v1"
    with pytest.raises(ModelError, match="ROOTLINE_LLM_UNENCRYPTED=yes"):
        where_to(model)
    monkeypatch.setenv("ROOTLINE_LLM_UNENCRYPTED", "yes")
    assert "ANOTHER MACHINE" in where_to(language_model())
    monkeypatch.delenv("ROOTLINE_LLM_MODEL")
    assert language_model() is None


def test_the_key_goes_to_the_model_and_nowhere_else(played, caplog):
    model = played.named(key="made-up-key")
    with caplog.at_level(logging.DEBUG):
        assert ask_model(model, "task", {"narrative": "Mrs Example"}) == {}
    asked = played.asked[0]
    assert asked["path"] == "/v1/chat/completions"
    assert asked["headers"]["Authorization"] == "Bearer made-up-key"
    assert (asked["model"], asked["temperature"]) == ("played", 0)
    assert "made-up-key" not in repr(model)
    assert "Example" not in caplog.text and "made-up-key" not in caplog.text


def test_a_proxy_of_the_environment_is_not_used(played, monkeypatch):
    monkeypatch.setenv("HTTP_PROXY", "http://192.0.2.1:9")
    monkeypatch.setenv("ALL_PROXY", "http://192.0.2.1:9")
    assert ask_model(played.named(), "task", {}) == {}


def test_nobody_listening_is_said_without_what_was_sent():
    with pytest.raises(ModelError) as raised:
        ask_model(LanguageModel("http://127.0.0.1:9/v1", "m"), "task", {"narrative": "Mrs Example"})
    assert "Example" not in str(raised.value) and "cannot be asked" in str(raised.value)
