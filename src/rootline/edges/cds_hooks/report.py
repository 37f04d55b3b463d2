"""What became of the cards, told to people or programs. Counts what the ledger holds; stores nothing."""

from __future__ import annotations

import json
from pathlib import Path

from rootline.edges.cds_hooks.cards import REASONS
from rootline.edges.cds_hooks.feedback import Ledger


def tell_report(folder: Path, as_json: bool) -> tuple[str, list[str]]:
    """The report as text, or as data; and the places of lines that cannot be read and were passed over."""
    lines, torn = Ledger(folder).report()
    if as_json:
        return json.dumps(lines, indent=2, ensure_ascii=False), torn
    if not lines:
        return "No card has been shown.", torn
    told = []
    for one in lines:
        told.append(
            f"{one['about']}, {one['stance']}: {one['shown']} shown, {one['accepted']} accepted, "
            f"{one['overridden']} overridden"
        )
        told += [f"  {count} x {REASONS.get(reason, reason)}" for reason, count in one["reasons"].items()]
        told += [f"  comment: {comment}" for comment in one["comments"]]
    return "\n".join(told), torn
