"""Text for people inside a resource: a small part of XHTML, with everything escaped that comes from elsewhere.

Holds no wording of its own, and no attribute but the address of a link.
"""

from __future__ import annotations

from collections.abc import Iterable
from xml.etree.ElementTree import Element, SubElement, tostring

from rootline.edges.fhir.naming import Resource


def narrative(*parts: Element) -> Resource:
    """A FHIR Narrative of these parts."""
    div = Element("div", xmlns="http://www.w3.org/1999/xhtml")
    div.extend(parts)
    return {"status": "generated", "div": tostring(div, encoding="unicode")}


def paragraph(text: str, lead: str = "") -> Element:
    """A paragraph; `lead` stands in front of it in bold."""
    return _with_lead(Element("p"), text, lead)


def heading(text: str) -> Element:
    """A heading inside a section."""
    one = Element("h3")
    one.text = text
    return one


def items(told: Iterable[Element], *, numbered: bool = False) -> Element:
    """A list."""
    whole = Element("ol" if numbered else "ul")
    whole.extend(told)
    return whole


def item(text: str, lead: str = "", below: Iterable[str] = (), link: str = "") -> Element:
    """One item of a list, with further lines below it and a link at the end of its text."""
    one = _with_lead(Element("li"), text, lead)
    if link.startswith(("https://", "http://")):
        anchor = SubElement(one, "a", href=link)
        anchor.text = link
    lines = list(below)
    if lines:
        one.append(items(item(line) for line in lines))
    return one


def _with_lead(one: Element, text: str, lead: str) -> Element:
    if lead:
        bold = SubElement(one, "b")
        bold.text, bold.tail = f"{lead}:", f" {text}"
    else:
        one.text = text
    return one
