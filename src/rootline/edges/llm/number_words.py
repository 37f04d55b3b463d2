"""Numbers that are spelled out, written in digits: "six hundred and fifty" becomes "650", "two and a half" "2.5".

What cannot be told ("two fifty", "the twenty-fifth") becomes `UNSURE`, which is no number. "One" alone is a pronoun
more often than a number, and stays.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from rootline.content.take import Take
from rootline.content.yaml_text import read_fields
from rootline.narrative.tokens import INVISIBLE, UNSURE, plain

_WORDS = Path(__file__).with_name("number_words.yaml")


def in_digits(text: str) -> str:
    """The text with its spelled numbers in digits; everything else stays letter for letter."""
    written, done = "", 0
    bare = plain(text)
    for run in _runs().finditer(bare):
        if (digits := _digits(run, bare)) is not None:
            written += text[done : run.start()] + digits
            done = run.end()
    return written + text[done:]


def _digits(run: re.Match[str], text: str) -> str | None:
    parts = ["one" if part == "a" else part for part in re.split(r"[\s,-]+", run["number"]) if part != "and"]
    if not {*_words()[0], *_words()[1]} & {*parts} or (parts == ["one"] and not run["half"] and run["of"] is None):
        return None
    value = _value(parts)
    is_piece = text[run.start() - 1 : run.start()] in ("-", INVISIBLE) or text.startswith(INVISIBLE, run.end())
    if value is None or is_piece or run["change"]:
        return UNSURE
    return f"{value + 0.5 if run['half'] else value:.12g}"


def _value(parts: list[str]) -> float | None:
    """The number that these words make, or None: each must be smaller than what the one before left room for."""
    alone, times, _ = _words()
    if "point" in parts:
        at = parts.index("point")
        whole, behind = _value(parts[:at]), [alone.get(part, 10) for part in parts[at + 1 :]]
        is_told = whole is not None and behind and max(behind) < 10
        return float(f"{whole:.0f}.{''.join(map(str, behind))}") if is_told else None
    total, group, room, largest = 0.0, 0.0, float("inf"), float("inf")
    for place, part in enumerate(parts):
        if part in times:
            if not group or times[part] >= largest or (group >= 100 and times[part] <= 100):
                return None
            group, room = group * times[part], float(times[part])
            if room > 100:
                total, group, largest = total + group, 0.0, room
        else:
            number = float(alone.get(part, part))
            if number >= room or (place and (not number or part not in alone)):
                return None
            group, room = group + number, 10.0 if part in alone and number >= 20 else 0.0
    return total + group if parts else None


@cache
def _words() -> tuple[dict[str, int], dict[str, int], tuple[str, ...]]:
    take = Take(read_fields(_WORDS, _WORDS.name), _WORDS.name)
    alone, times = ({str(word): int(number) for word, number in take.any(key).items()} for key in ("alone", "times"))
    return alone, times, take.texts("change")


@cache
def _runs() -> re.Pattern[str]:
    alone, times, change = ("|".join(each) for each in _words())
    any_ = rf"(?:\d+(?:\.\d+)?|{alone}|{times}|point)"
    joined = rf"(?:(?:{times})(?:,?\s+and|,)(?=\s+{any_}(?!\w))|{any_})(?!\w)"
    return re.compile(
        rf"(?<![\w.])(?P<number>(?:a\s+(?=(?:{times})\b))?{joined}(?:[\s-]+{joined})*)"
        rf"(?P<half>\s+and\s+a\s+half\b)?(?P<change>(?:\s+and)?(?:\s+a)?[\s-]+(?:{change})\b)?"
        r"(?P<of>(?=\s+out\s+of\b))?"
    )
