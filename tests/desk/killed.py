"""One act at the desk in a process of its own that kills itself, as `kill -9` does, at a chosen statement."""

from __future__ import annotations

import os
import signal
from typing import Any

from sqlalchemy import event

from rootline.desk import acts, feedback
from rootline.desk.opening import open_desk
from rootline.desk.present import Present
from rootline.packs.load import load
from tests.desk.three_people import ANN, BEN, CIT, clinicians

SURVIVED = 7


def act(url: str, folder: Any, name: str, edition: int, seen: int, at: int) -> None:
    """Do it, and be dead at the statement of this number; the last is the commit. Without so many, end as survivor."""
    desk = open_desk(url)
    if name == "draft":
        present = Present(load(folder))
        content = present.content(clinicians(present))
        assert content is not None
    counted = 0

    def count(*_: Any) -> None:
        nonlocal counted
        counted += 1
        if counted == at:
            os.kill(os.getpid(), signal.SIGKILL)

    event.listen(desk.engine, "after_cursor_execute", count)
    event.listen(desk.engine, "commit", count)
    doing = {
        "draft": lambda: acts.draft(desk, ANN, content, present.pack),
        "submit": lambda: acts.submit(desk, ANN, edition, seen),
        "take": lambda: acts.take(desk, BEN, edition, seen),
        "request changes": lambda: acts.request_changes(desk, BEN, edition, seen, "Plainer."),
        "approve": lambda: acts.approve(desk, BEN, edition, seen, ""),
        "set aside": lambda: acts.set_aside(desk, CIT, edition, seen, 1, "Typed into the wrong box."),
        "retire": lambda: acts.retire(desk, CIT, edition, seen, "Gone."),
        "comment": lambda: acts.comment(desk, BEN, edition, "", "Hm."),
        "feedback": lambda: feedback.give_feedback(desk, "ankle-sprain", "", "", "unsafe", "This hurt."),
    }
    doing[name]()
    os._exit(SURVIVED)
