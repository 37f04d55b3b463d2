"""Whether a title for a published case could hold what the patient or the record said: compared word by word.

Knows what a title shares with the words of the case, and which words are a pack's own; what nobody typed it cannot see.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from rootline.narrative.triggers import triggers
from rootline.packs.model import Pack

_WORD = re.compile(r"[^\W_]+")
_RUN = 5  # so many of a patient's own words in a row are a quotation …
_SHORT_RUN = 3  # … and so many are, where one of them is no word of the pack


def quoted(title: str, said: str, pack: Pack) -> str:
    """What of the title is a quotation of what was said, or could be a name, a place, a figure; empty where nothing is.

    Punctuation, hyphens, capitals and forms of letters do not count.
    """
    words, own = _words(title), _words(said)
    if not words or words == own:
        return " ".join(words) or "no word of your own"
    packs = _words_of(pack)
    strange = [one for one in dict.fromkeys(words) if one in own and one not in packs and _could_name(one, said)]
    if strange:
        return ", ".join(strange)
    for length in (_RUN, _SHORT_RUN):
        runs = {tuple(own[at : at + length]) for at in range(len(own) - length + 1)}
        for at in range(len(words) - length + 1):
            run = tuple(words[at : at + length])
            if run in runs and (length == _RUN or not packs.issuperset(run)):
                return " ".join(run)
    return ""


def _words(text: str) -> list[str]:
    shown = "".join(letter for letter in unicodedata.normalize("NFKC", text) if unicodedata.category(letter) != "Cf")
    return _WORD.findall(shown.casefold())


def _could_name(word: str, said: str) -> bool:
    """Whether a word is no general one, or was written with a capital inside a sentence."""
    within = re.search(rf"(?<![.?!\n])[^\S\n]+(?i:{re.escape(word)})\b", f" {said}"[1:])
    is_capital = within is not None and within.group().strip()[0].isupper()
    return is_capital or word.isdecimal() or word not in triggers().words


@lru_cache(maxsize=4)
def _words_of(pack: Pack) -> frozenset[str]:
    """Every word that the pack says or hears. The records of its sources hold people's names, and are left out."""
    lexicon = pack.lexicon
    said = [pack.title, *(one.ask for one in pack.facts.values()), *lexicon.values.values(), *lexicon.leads.values()]
    said += [*lexicon.rules.values(), *(one.words for one in pack.actions.values()), *(one.name for one in pack.sites)]
    said += [one.say for one in pack.statements.values()]
    texts = [text for one in said for text in (one.clinician, one.patient)]
    texts += [heard.phrase for fact in pack.facts.values() for heard in fact.heard]
    texts += [*pack.covers, *pack.whole, *(one.text for one in pack.questions)]
    return frozenset(word for text in texts for word in _words(text))
