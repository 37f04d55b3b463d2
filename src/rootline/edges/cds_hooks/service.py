"""The CDS Hooks 2.0 service: discovery, the three hooks, kept cases. It asks the plan and passes on cards.

Nothing is fetched from a record's server, and nothing of a record is kept, unless the settings ask for kept cases.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from typing import Any

from rootline.answers.case import Case, Given, build_case
from rootline.answers.conversation import Conversation, Corrected
from rootline.answers.model import Review
from rootline.edges.cds_hooks.body import HOOKS, Call
from rootline.edges.cds_hooks.cards import Made, Told, missed_card, order_card, patient_card, unread_card
from rootline.edges.cds_hooks.config import Config
from rootline.edges.cds_hooks.feedback import Ledger
from rootline.edges.cds_hooks.judge import judge_order
from rootline.edges.cds_hooks.orders import Ordered, read_order, taken_beside
from rootline.edges.fhir.element import Odd, name_of
from rootline.edges.fhir.facts import Record, read_facts
from rootline.edges.fhir.gather import part_named
from rootline.edges.fhir.told import Unused
from rootline.logic.values import write_value
from rootline.packs.code_systems import SYSTEMS
from rootline.packs.codes import codes
from rootline.packs.model import Pack
from rootline.packs.pressing import shows_sign, warns_alone
from rootline.packs.run import run

_PROBLEMS = "conditions"  # the part that tells who is a patient of this topic: without it nobody is known not to be
_TITLES = {
    "patient-view": "Urgency of nerve-root pain of the lower back",
    "order-select": "Orders for nerve-root pain of the lower back, as they are selected",
    "order-sign": "Orders for nerve-root pain of the lower back, as they are signed",
}
_ABOUT = (
    "Guideline-backed, every sentence traced to its source. What the record does not tell is unknown, never no. "
    "Educational, pending human review; not a medical device."
)


def service_id(hook: str) -> str:
    """The id of the service that answers a hook."""
    return f"rootline-{hook}"


def discovery(pack: Pack) -> dict[str, Any]:
    """The services, each with the prefetch it reads."""
    return {
        "services": [
            {
                "id": service_id(hook), "hook": hook, "title": _TITLES[hook], "description": _ABOUT,
                "prefetch": prefetch(pack), "usageRequirements": "Only what the prefetch brings is read.",
            }
            for hook in HOOKS
        ]
    }  # fmt: skip


def prefetch(pack: Pack) -> dict[str, str]:
    """What to send along: of measurements those that tell a fact by code; and what was examined: known by name.

    What is not sure to count is asked for too: it keeps a fact open.
    """
    known = codes(pack)
    measured = known.telling["measurement"] if known else {}
    listed = ",".join(f"{SYSTEMS[system]}|{code}" for system, code in measured)
    by = "patient={{context.patientId}}"
    return {
        "patient": "Patient/{{context.patientId}}",
        "conditions": f"Condition?{by}",
        "observations": f"Observation?{by}&code={listed}",
        "examined": f"Observation?{by}&category=exam",
        "medications": f"MedicationRequest?{by}&status=active,on-hold,unknown",
        "statements": f"MedicationStatement?{by}&status=active,intended,on-hold,unknown",
        "allergies": f"AllergyIntolerance?{by}",
        "procedures": f"Procedure?{by}&status=completed,in-progress,stopped,unknown",
        "answers": f"QuestionnaireResponse?{by}&status=completed,amended,in-progress,stopped",
    }


@dataclass(frozen=True)
class Service:
    """One pack, answering hooks as it is set up. `keep` stores a case and gives its id; `review` says its state now."""

    pack: Pack
    config: Config
    ledger: Ledger
    keep: Callable[[Conversation], str]
    review: Callable[[], Review]

    def answer(self, call: Call, today: date) -> dict[str, Any]:
        """The cards for a call. Raises `InputError` for a record that cannot be read."""
        record = read_facts(call.prefetch, self.pack, today, call.patient, call.server)
        unused = [*record.unused, *self._missing(call)]
        drafted, unread = self._orders(call)
        asked = {id(one) for one in call.orders}
        orders = [order for order in drafted if id(order.resource) in asked]
        unused += unread
        case = self._case(record.given)
        on_topic = self._is_on_topic(case, record) or any(one.topic for one in record.unused)
        tell = partial(self._told, case, unused, record, call)  # a plan is run only for a card
        made = []
        if call.hook == "patient-view" and on_topic:
            made.append(patient_card(tell(), self.config.info_cards))
        for order in orders:
            if on_topic or order.about == "topic":
                made.append(self._judged(order, drafted, record, unused, call))
        if unread and on_topic:
            made.append(unread_card(tell(), len(unread)))
        cards = [one for one in made if one is not None]
        telling = {one.resource for one in unused if one.cut} if on_topic else {part_named(_PROBLEMS)}
        missed = [one for one in unused if one.missed or (one.cut and one.resource in telling)]
        if missed and not cards and (call.hook == "patient-view" or orders):
            cards.append(missed_card(tell(), missed, on_topic))
        if self.config.keep_cases and cards:
            self._link(cards, case)
        self.ledger.issued(cards, service_id(call.hook), f"{self.pack.id} {self.pack.version}")
        return {"cards": [one.card for one in cards]}

    def _judged(
        self, order: Ordered, drafted: list[Ordered], record: Record, unused: list[Unused], call: Call
    ) -> Made | None:
        """One order, with what is drafted beside it taken as taken, and not offered again."""
        beside: list[Given] = []
        for draft in call.drafts:
            if draft is not order.resource:
                try:
                    beside += taken_beside(draft, self.pack, call.medications)
                except Odd as odd:
                    unused = [*unused, Unused(name_of(draft), str(odd))]
        told = self._told(self._case((*record.given, *beside)), list(dict.fromkeys(unused)), record, call)
        there = frozenset(action for one in drafted for alike in one.actions for action in alike)
        told = replace(told, drafted=there)
        return order_card(told, order, judge_order(order.actions, told.plan), self.config.info_cards)

    def _orders(self, call: Call) -> tuple[list[Ordered], list[Unused]]:
        """The drafts that are actions of the pack, and those asked about that cannot be read."""
        known = codes(self.pack)
        asked = {id(one) for one in call.orders}
        found, unread = [], []
        for draft in call.drafts:
            try:
                order = read_order(draft, self.pack, known, call.medications) if known else None
            except Odd as odd:
                if id(draft) in asked:
                    unread.append(Unused(name_of(draft), str(odd)))
                continue
            if order:
                found.append(order)
        return found, unread

    def _missing(self, call: Call) -> list[Unused]:
        """What the templates ask for and was not sent: its facts are unknown, and that is said."""
        names = [name for name in prefetch(self.pack) if name not in call.prefetch]
        why = "it was not sent: what it holds is unknown"
        return [Unused(part_named(name), why, missed=name == _PROBLEMS) for name in names]

    def _case(self, given: tuple[Given, ...]) -> Case:
        return build_case(None, {one.fact: one for one in given}, self.pack)

    def _is_on_topic(self, case: Case, record: Record) -> bool:
        """By what a patient comes with, a sign that presses by itself or an answer to the pack's own questions; by any
        sign beside an older complaint.
        """
        known = codes(self.pack)
        facts = {id_: entry for id_, entry in case.items() if self.pack.facts[id_].topic}
        told = {id_: one.value for id_, one in facts.items() if one.value != self.pack.facts[id_].denied_means}
        comes_with = set(known.comes_with if known else ())
        if comes_with & record.held:
            return bool(told)
        enough = comes_with | record.answered
        return any(fact in enough or warns_alone(self.pack, fact, value) for fact, value in told.items())

    def _told(self, case: Case, unused: list[Unused], record: Record, call: Call) -> Told:
        plan = run(self.pack, {fact: entry.value for fact, entry in case.items()})
        has_sign = shows_sign(self.pack, plan.values, record.held)
        denials = {fact.id: fact.denied_means for fact in self.pack.facts.values()}
        against = tuple(one for one in record.found if one.fact in record.held and one.value != denials[one.fact])
        return Told(plan, case, unused, self.config.address, call.patient, self.review(), has_sign, against)

    def _link(self, cards: list[Made], case: Case) -> None:
        """A link to the case, kept here under a random id: no word of it stands in the address."""
        steps = tuple(Corrected(fact, write_value(one.value, self.pack.types[fact])) for fact, one in case.items())
        id_ = self.keep(Conversation("What now?", steps=steps))
        url = f"{self.config.address}/kept/{id_}"
        for one in cards:
            one.card["links"].append({"label": "Open the case in Rootline", "url": url, "type": "absolute"})
