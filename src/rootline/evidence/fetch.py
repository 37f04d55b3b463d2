"""Records from PubMed's E-utilities, for a user who asks for them: a search, then its records page by page, as files.

Runs only when called. Sends the query and who asks, in the body of the request, and nothing else.
"""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable, Iterator
from email.utils import parsedate_to_datetime
from pathlib import Path

import httpx
from lxml import etree

from rootline.errors import EvidenceError
from rootline.evidence.intake.limits import LARGEST_ANSWER, MEGABYTE
from rootline.evidence.intake.xml_records import parser
from rootline.settings import Eutils

PAGE = 200  # records asked for at a time
TRIES = 5
LONGEST_WAIT = 60.0  # seconds between two tries, whatever the service asks for
TIMEOUT = 60.0
_TRANSIENT = (429, 500, 502, 503, 504)


class Service:
    """The E-utilities at one address, asked no faster than they allow: 3 times a second, 10 with a key."""

    def __init__(self, settings: Eutils, sleep: Callable[[float], None] = time.sleep) -> None:
        if not settings.email:
            mend = "Set `ROOTLINE_EUTILS_EMAIL`: PubMed wants to be able to write to who asks."
            raise EvidenceError("no e-mail address is set", mend=mend)
        self._settings, self._sleep = settings, sleep
        self._gap = 0.1 if settings.key else 0.34
        self._last = 0.0

    def records(self, query: str, most: int) -> Iterator[tuple[Path, int, int]]:
        """Files of PubMed XML with up to `PAGE` records each, how many were given so far, and of how many.

        A file is there until the next one is asked for. Raises `EvidenceError`.
        """
        with httpx.Client(timeout=TIMEOUT, follow_redirects=False) as client, tempfile.TemporaryDirectory() as folder:
            count, history = self._search(client, query, Path(folder, "search.xml"))
            wanted = min(count, most)
            for start in range(0, wanted, PAGE):
                page = {"retstart": str(start), "retmax": str(min(PAGE, wanted - start)), "rettype": "abstract"}
                path = Path(folder, f"{start}.xml")
                self._ask(client, "efetch.fcgi", {**history, **page}, path)
                yield path, min(start + PAGE, wanted), wanted
                path.unlink()

    def _search(self, client: httpx.Client, query: str, path: Path) -> tuple[int, dict[str, str]]:
        self._ask(client, "esearch.fcgi", {"term": query, "usehistory": "y", "retmax": "0"}, path)
        try:
            root = etree.parse(str(path), parser()).getroot()
        except etree.XMLSyntaxError:
            raise self._error("the answer to the search is not XML") from None
        count, key, env = (root.findtext(name) or "" for name in ("Count", "QueryKey", "WebEnv"))
        if not (count.isascii() and count.isdigit() and key and env):
            raise self._error(f"the search was not answered: {(root.findtext('ERROR') or 'no reason given')[:200]}")
        return int(count), {"query_key": key, "WebEnv": env}

    def _ask(self, client: httpx.Client, what: str, words: dict[str, str], into: Path) -> None:
        """One request, tried again after a failure that may pass."""
        who = {"db": "pubmed", "retmode": "xml", "tool": "rootline", "email": self._settings.email}
        if self._settings.key:
            who["api_key"] = self._settings.key
        reason = ""
        for attempt in range(TRIES):
            self._wait(self._last + self._gap - time.monotonic())
            try:
                with client.stream("POST", self._settings.address + what, data={**who, **words}) as answer:
                    self._last = time.monotonic()
                    if answer.status_code == 200:
                        self._save(answer, into)
                        return
                    reason = f"it answers with status {answer.status_code}"
                    if answer.status_code not in _TRANSIENT:
                        raise self._error(reason)
                    pause = _asked_pause(answer)
            except httpx.InvalidURL:
                raise self._error("the address cannot be read") from None
            except httpx.HTTPError as error:
                reason, pause = f"no answer ({type(error).__name__})", 0.0
            if attempt + 1 < TRIES:
                self._wait(min(max(pause, 2.0**attempt), LONGEST_WAIT))
        raise self._error(f"{reason}, {TRIES} times")

    def _save(self, answer: httpx.Response, into: Path) -> None:
        size = 0
        with into.open("wb") as file:
            for part in answer.iter_bytes():
                size += len(part)
                if size > LARGEST_ANSWER:
                    raise self._error(f"an answer is larger than {LARGEST_ANSWER // MEGABYTE} MB")
                file.write(part)

    def _wait(self, seconds: float) -> None:
        if seconds > 0:
            self._sleep(seconds)

    def _error(self, what: str) -> EvidenceError:
        mend = "Try again later, or look at `ROOTLINE_EUTILS`. What came before is in the library."
        return EvidenceError(what, where=self._settings.address, mend=mend)


def _asked_pause(answer: httpx.Response) -> float:
    """The pause that the service asks for, in seconds."""
    asked = answer.headers.get("Retry-After", "")
    if asked.isascii() and asked.isdigit():
        return float(asked)
    try:
        return parsedate_to_datetime(asked).timestamp() - time.time()
    except (TypeError, ValueError):
        return 0.0
