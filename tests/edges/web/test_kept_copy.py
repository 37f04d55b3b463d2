"""How a page stands to its kept copy is said at its top; what has no page of its own leads back to the first."""

from __future__ import annotations

import re
from html import unescape

import pytest

from tests.edges.web.conftest import PATIENT, case, token
from tests.edges.web.test_pages import words


def carried(html: str) -> str:
    return unescape(re.search(r'name="case" value="([^"]*)"', html)[1])


def test_after_a_step_the_page_says_that_the_kept_copy_is_older(web):
    first = web.post("/answer", data={"question": PATIENT}).text
    kept = web.post("/keep", data={"case": carried(first), "token": token(first)})
    id_ = kept.url.path.rpartition("/")[2]
    assert "Not kept yet" not in kept.text
    step = web.post("/answer", data={"case": carried(kept.text), "kept": id_, "set": "foot_drop=none"}).text
    assert words(step).index("Not kept yet") < words(step).index("In short")
    assert 'formaction="/keep">Keep it now' in step
    again = web.post("/keep", data={"case": carried(step), "kept": id_, "token": token(step)})
    assert again.url.path == f"/kept/{id_}" and "Not kept yet" not in again.text
    web.post("/forget", data={"case": carried(again.text), "kept": id_, "token": token(step)})


def test_what_was_deleted_in_another_window_is_kept_anew(web):
    first = web.post("/answer", data={"question": PATIENT}).text
    kept = web.post("/keep", data={"case": carried(first), "token": token(first)})
    form = {"case": carried(kept.text), "kept": kept.url.path.rpartition("/")[2], "token": token(kept.text)}
    web.post("/forget", data=form)
    assert "The kept copy of this case was deleted" in web.post("/answer", data={**form, "set": "foot_drop=none"}).text
    anew = web.post("/keep", data=form)
    assert anew.status_code == 200 and anew.url.path.startswith("/kept/") and anew.url.path != kept.url.path
    web.post("/forget", data={**form, "kept": anew.url.path.rpartition("/")[2]})


@pytest.mark.parametrize("path", ["/answer", "/keep", "/forget", "/why"])
def test_an_address_for_forms_leads_to_the_first_page_with_a_notice(web, path):
    shown = web.get(path)
    assert shown.status_code == 200 and shown.url.path == "/"
    assert "Please ask again" in shown.text and "Please ask again" not in web.get("/").text


def test_the_icon_is_found_where_browsers_look_for_it(web):
    assert web.get("/favicon.ico").headers["content-type"] == "image/svg+xml"


def test_what_changed_names_the_level_below_the_urgency(web):
    told = words(web.post("/answer", data={"case": case(), "set": "anticoagulant=no"}).text)
    banner, changed = told.index("AT LEAST URGENT"), told.index("What changed")
    assert banner < changed < told.index("In short")
    assert "Urgency as before: AT LEAST URGENT" in told[changed:]
