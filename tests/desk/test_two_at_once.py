"""Two people act at the same moment: one wins, the other is told, and the record holds."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest

from rootline.desk.acts import approve, request_changes
from rootline.desk.check_audit import check_audit
from rootline.desk.feedback import count_unsafe, give_feedback
from rootline.desk.opening import open_desk
from rootline.desk.present import Present
from rootline.errors import OvertakenError
from tests.desk.three_people import BEN, CIT, clinicians, put


@pytest.mark.parametrize("round_", range(5))
def test_one_wins_and_the_other_is_told(desk, url, ankle, round_):
    present = Present(ankle)
    edition = put(desk, present, clinicians(present))
    start = Barrier(2)

    def act(how):
        own = open_desk(url)
        start.wait()
        try:
            return how(own).state
        except OvertakenError as error:
            return error
        finally:
            own.close()

    with ThreadPoolExecutor(2) as pool:
        came = list(
            pool.map(
                act,
                [
                    lambda own: approve(own, BEN, edition.id, edition.version, ""),
                    lambda own: request_changes(own, CIT, edition.id, edition.version, "Wait."),
                ],
            )
        )
    told = [one for one in came if isinstance(one, OvertakenError)]
    assert len(told) == 1, came
    (state,) = [one for one in came if one not in told]
    assert state.replace("_", " ") in told[0].what
    with desk.reading() as session:
        assert check_audit(session).findings == ()


def test_readers_all_at_once_lose_no_feedback(desk, url):
    def say(number):
        own = open_desk(url)
        give_feedback(own, "ankle-sprain", "", "", "unsafe", f"{number}")
        own.close()

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(say, range(40)))
    with desk.reading() as session:
        assert count_unsafe(session) == 40
        audited = check_audit(session)
    assert (audited.entries, audited.findings) == (40, ())
