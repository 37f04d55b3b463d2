"""An answer page stays light where a desk takes what readers say: all that goes over the wire for it is counted."""

from __future__ import annotations

import html
import re

import pytest

QUESTIONS = (
    "61-year-old, left leg pain for 10 days, cannot lift her left foot since yesterday, takes apixaban",
    "What is the initial management for patients with lumbosacral radiculopathy?",
)


@pytest.mark.parametrize("question", QUESTIONS)
def test_an_answer_with_feedback_at_each_statement_is_under_100_kilobytes(browse, question):
    browser = browse()
    shown = browser.post("/answer", data={"question": question, "audience": "clinician"}, follow_redirects=True)
    assert shown.text.count("Wrong or unclear?</button>") > 20
    files = {html.unescape(one) for one in re.findall(r'(?:href|src)="(/static/[^"]+)"', shown.text)}
    assert len(files) == 3
    sent = [shown, *(browser.get(one) for one in files)]
    weight = sum(int(one.headers["content-length"]) + len(str(one.headers)) for one in sent)
    assert 20_000 < weight < 100_000
