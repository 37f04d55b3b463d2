"""The one or two sentences a hurried reader takes away: urgency first, then the headlines of the advice that follows.

Its words are the urgency lines' and the advice's own. Ordinary care is not summed up while something urgent holds,
and nothing is said twice.
"""

from __future__ import annotations

from rootline.answers import phrases as words
from rootline.answers.model import BottomLine
from rootline.answers.select import Shelf
from rootline.evidence.points.source import Citation
from rootline.logic.tree import ALWAYS
from rootline.narrative.intent import Intent
from rootline.packs.pressing import MUST_NOT_WAIT
from rootline.packs.run import Advised, Plan
from rootline.readers.english import Voice, english

_MOST = 7
_MOST_IN_FULL = 2  # of what is asked about and has no headline


def bottom_line(plan: Plan, shelves: tuple[Shelf, ...], intent: Intent, voice: Voice) -> BottomLine:
    """The bottom line for this case and question."""
    reached = plan.urgency.because[0].advice if plan.urgency.because else None
    headlines = _headlines(shelves, intent)
    texts: list[str] = []
    cited: list[Citation] = []
    if plan.urgency.at_least in MUST_NOT_WAIT and reached:
        texts.append(reached.say.to(voice))
        cited += reached.because
        if plan.urgency.level is None:
            open_words = "; ".join(english(line.advice.when, plan.pack.lexicon, voice) for line in plan.urgency.open)
            texts.append(f"{words.STILL_OPEN.to(voice)}: {open_words}.")
    else:
        if plan.urgency.level is None:
            texts.append(f"{words.ASK_FIRST.to(voice)}.")
        if reached:
            texts.append(reached.say.to(voice))
            cited += reached.because
        said = " ".join(texts).lower()
        texts += _told([one for one in headlines if _in_short(one, voice).lower() not in said], plan, voice)
        cited += [citation for one in headlines for citation in one.advice.because[:1]]
    return BottomLine(text=" ".join(texts), citations=list(dict.fromkeys(str(citation) for citation in cited)))


def _headlines(shelves: tuple[Shelf, ...], intent: Intent) -> list[Advised]:
    """Headlines of what is shown, this patient's own first; where treatments are asked about, what is said of them."""
    shown = [one for shelf in shelves for one in shelf.shown]
    having = [one for one in shown if one.advice.headline]
    own = [one for one in having if one.status == "applies" and one.advice.when != ALWAYS]
    if any(kind == "do" for one in own for kind, _ in one.advice.actions):
        having = own  # a thing to do for this very patient is not diluted by ordinary care
    having.sort(key=lambda one: one not in own)
    asked = [one for one in having if _is_asked(one, intent)]
    return asked[:_MOST] or _in_full(shown, intent) or having[:_MOST]


def _in_full(shown: list[Advised], intent: Intent) -> list[Advised]:
    """What is asked about and has no headline: plain advice first; who must not, where nothing speaks for it."""
    asked = [one for one in shown if _is_asked(one, intent)]
    plain = [one for one in asked if one.status == "applies"]
    speaking_for = [one for one in asked if _kinds(one, intent) != {"avoid"}]
    return (plain or speaking_for or asked)[:_MOST_IN_FULL]


def _is_asked(one: Advised, intent: Intent) -> bool:
    return bool(_kinds(one, intent))


def _kinds(one: Advised, intent: Intent) -> set[str]:
    """What is said to do with the treatments asked about: do, consider, avoid."""
    return {kind for kind, what in one.advice.actions if what in intent.actions}


def _told(headlines: list[Advised], plan: Plan, voice: Voice) -> list[str]:
    """Headlines under the same condition share it: "If no red flag: a; b." What has none is said in full."""
    groups: dict[str, list[str]] = {}
    in_full = []
    for one in headlines:
        condition = "" if one.status == "applies" else english(one.condition, plan.pack.lexicon, voice)
        if one.advice.headline:
            groups.setdefault(condition, []).append(_in_short(one, voice))
        else:
            in_full.append(f"{f'If {condition}: ' if condition else ''}{_in_short(one, voice)}")
    longest_first = sorted(groups.items(), key=lambda item: -len(item[1]))
    return [*(_sentence(condition, said) for condition, said in longest_first), *in_full]


def _in_short(one: Advised, voice: Voice) -> str:
    """Its headline, or all it says where it has none."""
    return (one.advice.headline or one.advice.say).to(voice)


def _sentence(condition: str, said: list[str]) -> str:
    text = "; ".join(said)
    return f"If {condition}: {text}." if condition else f"{text[0].upper()}{text[1:]}."
