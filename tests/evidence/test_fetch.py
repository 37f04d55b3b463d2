"""Records from PubMed's service, played by a local server with made-up answers of the same shape."""

from __future__ import annotations

import itertools
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs

import pytest
from click.testing import CliRunner

from rootline.cli.main import main
from rootline.errors import EvidenceError
from rootline.evidence import fetch
from rootline.evidence.fetch import PAGE, TRIES, Service
from rootline.settings import Eutils
from tests.evidence.intake.test_formats import ARTICLE
from tests.evidence.strategies import article_set

SEARCH = (
    '<?xml version="1.0"?><!DOCTYPE eSearchResult PUBLIC "-//NLM//DTD esearch 20060628//EN" "esearch.dtd">'
    "<eSearchResult><Count>{}</Count><RetMax>0</RetMax><QueryKey>1</QueryKey><WebEnv>MADEUP</WebEnv></eSearchResult>"
)


class Answers(BaseHTTPRequestHandler):
    """Answers a search with how many there are, a fetch with so many invented records; fails first where told."""

    def do_POST(self):
        body = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
        words = {key: values[0] for key, values in body.items()}
        self.server.asked.append((time.monotonic(), self.path, words))
        if self.server.failures:
            status, headers = self.server.failures.pop(0)
            self.reply(status, b"", headers)
        elif self.path == "/esearch.fcgi":
            self.reply(200, (self.server.search or SEARCH.format(self.server.count)).encode())
        else:
            first, many = int(words["retstart"]), int(words["retmax"])
            made = [ARTICLE.format(99000001 + number, "Made up") for number in range(first, first + many)]
            self.reply(200, (self.server.records or article_set(*made)).encode())

    def reply(self, status, data, headers=()):
        self.send_response(status)
        for name, value in headers:
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *_):
        pass


@pytest.fixture
def server():
    server = ThreadingHTTPServer(("127.0.0.1", 0), Answers)
    server.asked, server.failures, server.count, server.search, server.records = [], [], 5, "", ""
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


def settings(server, key=""):
    return Eutils(f"http://127.0.0.1:{server.server_port}/", "someone@example.org", key)


@pytest.fixture
def run(server, tmp_path, monkeypatch):
    monkeypatch.setenv("ROOTLINE_EUTILS", f"http://127.0.0.1:{server.server_port}")
    monkeypatch.setenv("ROOTLINE_EUTILS_EMAIL", "someone@example.org")
    monkeypatch.setenv("ROOTLINE_EUTILS_KEY", "made-up-key")
    monkeypatch.setenv("ROOTLINE_LIBRARY", str(tmp_path))
    return lambda *words: CliRunner().invoke(main, ["evidence", "fetch", *words])


def test_all_records_of_a_search_go_into_the_library_page_by_page(run, server):
    server.count = 2 * PAGE + 3
    result = run("made up[ti]")
    assert result.exit_code == 0, result.output
    assert f"{server.count} records fetched" in result.output and f"{server.count} new" in result.output
    pages = [(words["retstart"], words["retmax"]) for _, path, words in server.asked if path == "/efetch.fcgi"]
    assert pages == [("0", "200"), ("200", "200"), ("400", "3")]
    assert run("made up[ti]").output.count("0 new") == 1


def test_what_is_sent_is_the_query_and_who_asks_and_stands_in_no_address(run, server):
    run("--most", "2", "made up[ti]")
    (_, search, asked), (_, fetched, page) = server.asked
    assert (search, fetched) == ("/esearch.fcgi", "/efetch.fcgi")
    who = {
        "db": "pubmed",
        "retmode": "xml",
        "tool": "rootline",
        "email": "someone@example.org",
        "api_key": "made-up-key",
    }
    assert asked == {**who, "term": "made up[ti]", "usehistory": "y", "retmax": "0"}
    assert page == {
        **who, "query_key": "1", "WebEnv": "MADEUP", "retstart": "0", "retmax": "2", "rettype": "abstract",
    }  # fmt: skip


@pytest.mark.parametrize(("key", "gap"), [("", 1 / 3), ("made-up-key", 0.1)])
def test_it_is_asked_no_faster_than_it_allows(server, key, gap):
    server.count = 3 * PAGE
    assert len(list(Service(settings(server, key)).records("x", 10_000))) == 3
    moments = [moment for moment, _, _ in server.asked]
    assert all(later - earlier >= 0.95 * gap for earlier, later in itertools.pairwise(moments))


def test_failures_that_may_pass_are_tried_again_after_the_pause_asked_for(server):
    server.failures = [(503, ()), (429, [("Retry-After", "7")]), (500, ())]
    pauses = []
    found = list(Service(settings(server), pauses.append).records("x", 10))
    assert len(found) == 1
    assert [pause for pause in pauses if pause >= 1] == [1.0, 7.0, 4.0]


@pytest.mark.parametrize(
    ("failures", "words", "asked"),
    [([(503, ())] * TRIES, f"status 503, {TRIES} times", TRIES), ([(400, ())], "status 400", 1)],
)
def test_failures_that_stay_are_told(server, failures, words, asked):
    server.failures = failures
    with pytest.raises(EvidenceError, match=words):
        list(Service(settings(server), lambda _: None).records("x", 10))
    assert len(server.asked) == asked


def test_a_service_that_is_not_there_is_told_without_a_traceback(run, server, monkeypatch):
    monkeypatch.setenv("ROOTLINE_EUTILS", "http://127.0.0.1:9")
    monkeypatch.setattr(fetch, "TRIES", 1)
    result = run("x")
    assert result.exit_code == 2 and "no answer (ConnectError), 1 times" in result.output
    assert "made-up-key" not in result.output and "Traceback" not in result.output


@pytest.mark.parametrize(
    ("search", "words"),
    [
        ("<eSearchResult><ERROR>Empty term</ERROR></eSearchResult>", "Empty term"),
        ("not XML", "not XML"),
        ('<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>', "not answered"),
    ],
)
def test_an_answer_that_is_none_is_told(run, server, search, words):
    server.search = search
    result = run("x")
    assert result.exit_code == 2 and words in result.output


def test_an_error_in_place_of_records_is_told(run, server):
    server.records = "<eFetchResult><ERROR>made up</ERROR></eFetchResult>"
    result = run("x")
    assert result.exit_code == 2 and "its root is `eFetchResult`" in result.output


def test_an_answer_without_end_is_refused(server, monkeypatch):
    monkeypatch.setattr(fetch, "LARGEST_ANSWER", 100)
    with pytest.raises(EvidenceError, match="is larger than"):
        list(Service(settings(server)).records("x", 10))


def test_nothing_is_asked_without_an_address_to_write_to(run, server, monkeypatch):
    monkeypatch.delenv("ROOTLINE_EUTILS_EMAIL")
    result = run("x")
    assert result.exit_code == 2 and "ROOTLINE_EUTILS_EMAIL" in result.output
    assert server.asked == []


def test_no_other_command_goes_online(server, tmp_path, monkeypatch):
    monkeypatch.setenv("ROOTLINE_EUTILS", f"http://127.0.0.1:{server.server_port}")
    monkeypatch.setenv("ROOTLINE_LIBRARY", str(tmp_path))
    for words in (["add", "docs/examples/library"], ["list"], ["standing"], ["watch", "docs/examples/library-updates"]):
        CliRunner().invoke(main, ["evidence", *words])
    assert server.asked == []
