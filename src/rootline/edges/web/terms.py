"""Terms of the glossary, underlined where a page first uses them. The texts stay letter for letter what they are."""

from __future__ import annotations

import re
from functools import cache

from markupsafe import Markup, escape

from rootline.packs.glossary import Term, glossary
from rootline.packs.model import Pack


class Terms:
    """The terms of one page: each is underlined once; `used` are those that the page must explain."""

    def __init__(self, pack: Pack) -> None:
        self._pattern, self._by_form = _forms(pack)
        self.used: dict[str, Term] = {}

    def mark(self, text: str) -> Markup:
        """The text, escaped, with new terms as buttons that open their meaning."""
        done, at = Markup(), 0
        for match in self._pattern.finditer(text):
            term = self._by_form[match[0].lower()]
            if term.id in self.used:
                continue
            self.used[term.id] = term
            button = Markup('<button type="button" class="term" popovertarget="t-{}">{}</button>')
            done += escape(text[at : match.start()]) + button.format(term.id, match[0])
            at = match.end()
        return done + escape(text[at:])


@cache
def _forms(pack: Pack) -> tuple[re.Pattern[str], dict[str, Term]]:
    """Every form of every term, longest first, as whole words; a pack without a glossary has none."""
    by_form = {form.lower(): term for term in glossary(pack) for form in (term.name, *term.also)}
    forms = sorted(by_form, key=len, reverse=True)
    pattern = rf"(?<![\w-])(?:{'|'.join(map(re.escape, forms))})(?![\w-])" if forms else r"(?!)"
    return re.compile(pattern, re.IGNORECASE), by_form
