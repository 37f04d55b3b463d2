"""The orders of a pack: which order, by its code or by words in its name, is which action, and what places are called.

Knows no format of orders, and judges none.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from rootline.content.take import Take
from rootline.content.yaml_text import read_fields
from rootline.errors import nearest
from rootline.logic.place import Fields, Place
from rootline.packs.code_systems import Code, Key, read_codes
from rootline.packs.model import Pack


@dataclass(frozen=True)
class Order:
    """What an order for an action is called: by code, or by words in its name.

    A `regional` order is about this topic whoever it is for; `or_as` are actions that the same order may also be.
    """

    action: str
    codes: tuple[Code, ...]
    named: tuple[str, ...]
    unless: tuple[str, ...]
    or_as: tuple[str, ...]
    regional: bool
    reading: str
    place: Place


def read_orders(pack: Pack, refused: Mapping[Key, str]) -> tuple[tuple[Order, ...], tuple[Code, ...], tuple[str, ...]]:
    """The orders of the pack's `orders.yaml`, the names of body sites by code, and the words of a reason that may be
    the topic's; none of them where it has none.

    Raises `PackError`, also for a code that `refused` names.
    """
    path = pack.folder / "orders.yaml"
    if not path.is_file():
        return (), (), ()
    take = Take(read_fields(path, f"{pack.folder.name}/orders.yaml"), "orders")
    orders = tuple(_read_order(str(id_), one, pack, refused) for id_, one in take.mapping("actions").items())
    sites = tuple(_read_body_sites(take, refused))
    reasons = take.texts("reasons that may be this")
    take.done()
    return orders, sites, reasons


def _read_order(action: str, fields: Fields, pack: Pack, refused: Mapping[Key, str]) -> Order:
    take = Take(fields, f"orders of `{action}`")
    if action not in pack.actions:
        raise take.error(f"no action is called `{action}`", nearest(action, pack.actions))
    order = Order(
        action=action,
        codes=tuple(read_codes(take, refused, needed=not take.has("named"))),
        named=take.texts("named"),
        unless=take.texts("unless named"),
        or_as=take.texts("or as"),
        regional=take.flag("regional"),
        reading=take.text("reading", ""),
        place=take.place,
    )
    take.done()
    for other in order.or_as:
        if other not in pack.actions:
            raise take.error(f"no action is called `{other}`", nearest(other, pack.actions), other)
    return order


def _read_body_sites(take: Take, refused: Mapping[Key, str]) -> Iterator[Code]:
    if take.has("body sites"):
        sites = Take(take.mapping("body sites"), "body sites")
        yield from read_codes(sites, refused)
        sites.done()
