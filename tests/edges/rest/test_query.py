"""What stands behind the question mark is known and stands there once, or the request is refused."""

from __future__ import annotations

import pytest

from tests.edges.rest.conftest import V1
from tests.edges.rest.test_errors import NAME, is_problem

FACTS = f"{V1}/facts"


@pytest.mark.parametrize(
    ("query", "detail", "mend"),
    [
        ("lmit=5", "No parameter here is called `lmit`.", "Did you mean `limit`?"),
        ("Limit=5", "No parameter here is called `Limit`.", "Did you mean `limit`?"),
        ("limit=5&ofset=2", "No parameter here is called `ofset`.", "Did you mean `offset`?"),
        ("group=pain&groups=pain", "No parameter here is called `groups`.", "Did you mean `group`?"),
    ],
)
def test_a_slip_is_named_with_the_nearest(web, query, detail, mend):
    told = is_problem(web.get(f"{FACTS}?{query}"), 422)
    assert (told["detail"], told["mend"], told["place"]) == (detail, mend, "query")


@pytest.mark.parametrize("name", [NAME, "saddle", "a" * 500, "%00", "", "<limit>", "limit%0a"])
def test_a_name_that_is_near_to_none_is_not_repeated(web, name):
    told = is_problem(web.get(f"{FACTS}?{name}=5"), 422)
    assert told["detail"] == "There is a parameter that is not known here."
    assert told["mend"] == "Known here: `group`, `limit`, `offset`." and told["place"] == "query"


@pytest.mark.parametrize("query", ["limit=5&limit=6", "limit=5&group=pain&limit=5", "group=pain&group=pain"])
def test_a_parameter_that_stands_twice_is_refused(web, query):
    told = is_problem(web.get(f"{FACTS}?{query}"), 422)
    name = query.partition("=")[0]
    assert told["detail"] == f"The parameter `{name}` stands twice." and told["place"] == f"query.{name}"


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("GET", "/facts/foot_drop", None),
        ("GET", "/questions/foot-drop/answer", None),
        ("GET", "/cases/none", None),
        ("DELETE", "/cases/none", None),
        ("POST", "/ask", {"question": "Sciatica"}),
        ("POST", "/plan", {}),
        ("POST", "/search", {"words": "foot"}),
        ("POST", "/verify", {}),
    ],
)
def test_every_address_says_so(web, method, path, body):
    told = is_problem(web.request(method, f"{V1}{path}?keep=true", json=body), 422)
    assert told["place"] == "query" and told["mend"]


def test_what_is_described_is_taken(web):
    for path, methods in web.get("/openapi.json").json()["paths"].items():
        for method, one in methods.items():
            for parameter in one.get("parameters", ()):
                if parameter["in"] == "query":
                    told = web.request(method, path, params={parameter["name"]: "\x00"}).json()
                    assert "not known" not in told["detail"], (path, parameter["name"])


@pytest.mark.parametrize("year", ["abc", "20", "20200", "2020-2022", " 2020"])
def test_a_year_that_is_none_is_refused_and_one_without_sources_is_empty(web, year):
    assert is_problem(web.get(f"{V1}/sources", params={"year": year}), 422)["place"] == "query.year"
    assert web.get(f"{V1}/sources?year=1801").json()["total"] == 0
