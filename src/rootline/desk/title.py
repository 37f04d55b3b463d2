"""Whether a title for a published case could hold what the patient or the record said: word by word.

Knows which words are a pack's own or general, and what a title shares with the words of the case; no name as such.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from rootline.narrative.triggers import triggers
from rootline.packs.model import Pack

_WORD = re.compile(r"[^\W_]+")
_UNSEEN = re.compile(r"""[^\w \-.,;:!?()'"/%+&<>=“”‘’–—…·]""")  # writes backwards, or letters that are none
_PLAIN = frozenset(  # what titles say of whom and whence, beside the general words of narratives
    "accident acute adolescent adult baby boy child chronic elderly fall girl infant injury man mild new older "
    "recurrent severe sport teenager trauma woman worker younger".split()
)
_ADDRESSED = re.compile(  # by a name, whatever words it is of
    r"\b(?:mr|mrs|ms|miss|mx|dr|prof)\b[^\w]*(\w+(?:[ \t'’-]+(?-i:[A-Z])\w*)*)"
    r"|\b(?:name(?:\s+is\b|['’]?s\b|\s*:)|called\b|named\b)[^\w]*"
    r"(\w+(?:[ \t'’-]+(?!(?:and|has|have|i|is|was|who|with)\b)\w+){0,2})",
    re.IGNORECASE,
)
_RUN = 5  # so many of a patient's own words in a row are a quotation …
_SHORT_RUN = 3  # … and so many are, where one of them is no word of the pack


def why_refused(title: str, said: str, pack: Pack) -> str:
    """Why a title is refused, with the word that it is refused for; empty where it is not.

    It may hold the pack's own words and general ones: whatever a name or a place is written like, it is neither. It
    holds no figure: an age reads like any of the pack's. Of those words it may not hold what was said as it was said;
    punctuation, capitals and forms do not count.
    """
    if unseen := _UNSEEN.search(unicodedata.normalize("NFC", " ".join(title.split()))):
        return f"the title holds a sign that is no letter, figure or point: U+{ord(unseen.group()):04X}"
    words, packs = _words(title), _words_of(pack)
    if quote := _quoted(words, said, packs):
        return f"the title is what the patient or the record said: “{quote}”"
    other = [one for one in dict.fromkeys(words) if one.isdecimal() or (one not in packs and not _is_general(one))]
    if other:
        return f"the title holds what is no word of this topic, and could be a name or a figure: {_listed(other)}"
    return ""


def _quoted(words: list[str], said: str, packs: frozenset[str]) -> str:
    """What of the title is a quotation of what was said, or a name in it; empty where nothing is."""
    own = _words(said)
    if not words or words == own:
        return " ".join(words) or "no word of your own"
    named = {word for names in _ADDRESSED.findall(said) for name in names for word in _words(name)}
    strange = [one for one in dict.fromkeys(own) if one in named or (one not in packs and _could_name(one, said))]
    joined = {"".join(words[at:end]) for at in range(len(words)) for end in range(at + 1, len(words) + 1)}
    if found := [one for one in strange if one in joined]:
        return ", ".join(found)
    for length in (_RUN, _SHORT_RUN):
        runs = {tuple(own[at : at + length]) for at in range(len(own) - length + 1)}
        for at in range(len(words) - length + 1):
            run = tuple(words[at : at + length])
            if run in runs and (length == _RUN or not packs.issuperset(run)):
                return " ".join(run)
    return ""


def _is_general(word: str) -> bool:
    """Whether a word is one that any text could hold; a letter by itself could be an initial."""
    return word == "a" or word in _PLAIN or (len(word) > 1 and not word.isdecimal() and word in triggers().words)


def _listed(words: list[str]) -> str:
    return ", ".join(f"“{word}”" for word in words)


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
