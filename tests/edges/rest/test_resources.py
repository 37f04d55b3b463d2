"""The pack as resources: all of it, in stretches of a fixed order, filtered, and fetched again only when it changed."""

from __future__ import annotations

import json

import pytest

from rootline.answers.ask import ask
from rootline.evidence.points.source import Citation
from rootline.packs.glossary import glossary
from rootline.packs.leaning import leaning
from tests.edges.rest.conftest import V1


def every(web, path: str) -> list[dict]:
    """All items, by following `next`."""
    found, url = [], f"{V1}/{path}"
    while url:
        answer = web.get(url)
        told = answer.json()
        assert len(told["items"]) <= told["limit"]
        found += told["items"]
        url = answer.links.get("next", {}).get("url")
    assert len(found) == told["total"]
    return found


def test_each_list_holds_all_of_the_pack_once_in_a_fixed_order(web, pack):
    assert [one["id"] for one in every(web, "facts?limit=7")] == list(pack.facts)
    assert [one["id"] for one in every(web, "advice?limit=100")] == list(pack.statements)
    assert [one["id"] for one in every(web, "sources?limit=31")] == sorted(pack.sources)
    assert [one["id"] for one in every(web, "questions?limit=1")] == [one.id for one in pack.questions]
    assert [one["id"] for one in every(web, "disagreements")] == [one.id for one in pack.disagreements]
    assert [one["id"] for one in every(web, "glossary")] == [one.id for one in glossary(pack)]
    points = [f"{id_}#{point}" for id_, one in sorted(pack.sources.items()) for point in sorted(one.points)]
    assert [one["citation"] for one in every(web, "points?limit=200")] == points
    (served,) = every(web, "packs")
    assert (served["id"], served["sha256"]) == (pack.id, pack.sha256)
    assert served["review"]["state"] == "submitted"


@pytest.mark.parametrize("list_", ["facts", "advice", "sources", "questions", "disagreements", "packs"])
def test_each_of_a_list_is_at_its_own_address_as_the_list_has_it(web, list_):
    listed = web.get(f"{V1}/{list_}?limit=3").json()["items"]
    assert listed
    for one in listed:
        assert web.get(f"{V1}/{list_}/{one['id']}").json() == one


def test_links_lead_to_the_stretches_beside(web, pack):
    links = web.get(f"{V1}/sources?kind=guideline&limit=10&offset=20").links
    total = sum(one.kind == "guideline" for one in pack.sources.values())
    at = {name: one["url"].partition("offset=")[2] for name, one in links.items()}
    assert at == {"first": "0", "prev": "10", "next": "30", "last": str((total - 1) // 10 * 10)}
    assert all("kind=guideline" in one["url"] for one in links.values())
    beyond = web.get(f"{V1}/sources?offset=1000000")
    assert beyond.json()["items"] == [] and "next" not in beyond.links


@pytest.mark.parametrize(
    ("path", "holds"),
    [
        ("sources?kind=guideline", lambda one: one["kind"] == "guideline"),
        ("sources?year=2020", lambda one: one["year"] == "2020"),
        ("sources?standing=superseded", lambda one: one["standing"] == "superseded"),
        ("points?direction=against&limit=200", lambda one: one["direction"] == "against"),
        ("points?source=nice-ng59-2020", lambda one: one["source"] == "nice-ng59-2020"),
        ("facts?group=red-flags", lambda one: one["group"] == "red-flags"),
        ("advice?section=imaging", lambda one: one["section"] == "imaging"),
    ],
)
def test_filters_keep_those_and_only_those(web, path, holds):
    plain = path.partition("?")[0]
    kept = every(web, path)
    assert kept and len(kept) == sum(holds(one) for one in every(web, f"{plain}?limit=200"))
    assert all(holds(one) for one in kept)


def test_a_source_and_a_point_tell_all_that_leans_on_them(web, pack):
    leaned = leaning(pack)
    source = web.get(f"{V1}/sources/nice-ng59-2020").json()
    wanted = {
        (one.kind, one.id) for citation, all_ in leaned.items() if citation.source == source["id"] for one in all_
    }
    assert {(one["kind"], one["id"]) for one in source["leaned_on_by"]} == wanted
    for citation in source["points"]:
        point = web.get(f"{V1}/points/{citation.replace('#', '/')}").json()
        leaners = leaned.get(Citation(*citation.split("#")), [])
        assert [one["id"] for one in point["leaned_on_by"]] == [one.id for one in leaners]


def test_a_canonical_answer_is_the_one_asked_for(web, pack):
    question = pack.questions[0]
    told = web.get(f"{V1}/questions/{question.id}/answer?audience=patient").json()
    assert told == json.loads(ask(question.text, pack, "patient").model_dump_json(by_alias=True))


def test_searching_the_pack_takes_words_in_the_body(web):
    told = web.post(f"{V1}/search?limit=5", json={"words": "foot drop"})
    assert len(told.json()["items"]) == 5 < told.json()["total"]
    kinds = {one["kind"] for one in web.post(f"{V1}/search?limit=200", json={"words": "foot drop"}).json()["items"]}
    assert kinds == {"question", "advice", "source", "disagreement", "term"} & kinds and len(kinds) >= 3
    assert web.post(f"{V1}/search", json={"words": ""}).json()["total"] == 0


def test_evidence_is_quoted_letter_for_letter_with_its_place(web):
    told = web.post(f"{V1}/evidence/search", json={"words": "ozone injection", "most": 2}).json()
    assert told["documents"] > 0 and 1 <= len(told["passages"]) <= 2
    for one in told["passages"]:
        assert one["quote"] and one["end"] - one["start"] == len(one["quote"])
    none = web.post(f"{V1}/evidence/search", json={"words": "ozone injection", "from_year": 2999}).json()
    assert none["passages"] == []


SHARED = ["packs", "facts", "facts/foot_drop", "advice", "sources?kind=trial", "sources/nice-ng59-2020", "points",
          "questions", "questions/foot-drop/answer", "disagreements", "glossary"]  # fmt: skip


@pytest.mark.parametrize("path", SHARED)
@pytest.mark.parametrize("encoding", ["identity", "gzip"])
def test_what_is_the_same_for_everybody_is_fetched_again_only_when_it_changed(web, path, encoding):
    headers = {"Accept-Encoding": encoding}
    first = web.get(f"{V1}/{path}", headers=headers)
    tag = first.headers["etag"]
    assert tag.startswith('"') and first.headers["cache-control"] == "no-cache"
    assert web.get(f"{V1}/{path}", headers=headers).headers["etag"] == tag
    for has in (tag, f'"other", {tag}', f"W/{tag}", "*"):
        again = web.get(f"{V1}/{path}", headers={**headers, "If-None-Match": has})
        assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", tag)
    assert web.head(f"{V1}/{path}", headers={**headers, "If-None-Match": tag}).status_code == 304
    assert web.get(f"{V1}/{path}", headers={**headers, "If-None-Match": '"other"'}).status_code == 200


def test_other_bytes_have_another_tag(web):
    tags = {web.get(f"{V1}/{path}", headers={"Accept-Encoding": "identity"}).headers["etag"] for path in SHARED}
    tags |= {web.get(f"{V1}/facts?offset=1", headers={"Accept-Encoding": "identity"}).headers["etag"]}
    tags |= {web.get(f"{V1}/facts", headers={"Accept-Encoding": "gzip"}).headers["etag"]}
    assert len(tags) == len(SHARED) + 2


@pytest.mark.parametrize("limit", [1, 3, 7, 10, 200])
@pytest.mark.parametrize("offset", [0, 1, 3, 10, 12, 25, 1000])
def test_going_back_shows_each_item_once_and_ends_at_the_first(web, pack, limit, offset):
    total = len(pack.questions)
    url = f"{V1}/questions?limit={limit}&offset={offset}"
    shown, start = [], None
    while url:
        answer = web.get(url)
        told = answer.json()
        if start is not None:
            assert told["offset"] + len(told["items"]) == min(start, total), "overlapping, or a gap"
        shown = [one["id"] for one in told["items"]] + shown
        start, url = told["offset"], answer.links.get("prev", {}).get("url")
    assert shown == [one.id for one in pack.questions][: min(offset + limit, total)]


def test_the_last_stretch_is_the_one_that_next_leads_to(web, pack):
    last = web.get(f"{V1}/facts?limit=7&offset=3").links["last"]["url"]
    url = f"{V1}/facts?limit=7&offset=3"
    while url:
        answer, reached = web.get(url), url
        url = answer.links.get("next", {}).get("url")
    assert reached == last


def test_what_a_reply_depends_on_is_told_once(web):
    for path in ("facts", "packs", "facts?limit=1"):
        for encoding in ("gzip", "identity"):
            headers = {"Accept-Encoding": encoding}
            first = web.get(f"{V1}/{path}", headers=headers)
            again = web.get(f"{V1}/{path}", headers={**headers, "If-None-Match": first.headers["etag"]})
            assert (again.status_code, first.headers["vary"], again.headers["vary"]) == (304, *["Accept-Encoding"] * 2)


def test_the_description_tells_of_what_has_not_changed(web):
    paths = web.get("/openapi.json").json()["paths"]
    assert "304" in paths[f"{V1}/facts"]["get"]["responses"] and "304" not in paths[f"{V1}/ask"]["post"]["responses"]
