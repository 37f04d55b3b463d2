"""The shapes of the desk's part of the HTTP API: what is sent, and what comes back. The server uses the same.

Only shapes; nothing is decided, filled in or looked up here.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field

from rootline.answers.model import Answer, Audience, PackStamp, Review
from rootline.client.shapes import Sent, Told

State = Literal["draft", "submitted", "under_review", "changes_requested", "approved", "stale", "retired"]
FeedbackKind = Literal["unsafe", "wrong", "unclear", "other"]
Declares = Annotated[Literal["none", "conflict"], Field(description="Whether there is a conflict of interest.")]
Conflict = Annotated[
    str, Field(max_length=10_000, pattern=r"^[^\x00]*$", description="The conflict, in words; shown to everybody.")
]
Written = Annotated[str, Field(max_length=10_000, pattern=r"^[^\x00]*$")]
Number = Annotated[int, Field(ge=1, le=2**31 - 1)]
Hash = Annotated[
    str, Field(pattern="^[0-9a-f]{64}$", description="The SHA-256 of the exact content that is meant.")
]  # fmt: skip
Seen = Annotated[int, Field(ge=1, le=2**31 - 1, description="The edition's `version` as it was read.")]


class SignatureTold(Told):
    """A reviewer's name under an edition. One that fell does not count, nor one with a conflict of interest."""

    name: str
    role: str
    specialty: str
    conflict: str = Field(description="As it was declared; empty for none.")
    counts: bool
    fallen: str = Field(description="Why it no longer stands, in words; empty while it does.")
    sha256: str
    at: str


class PieceTold(Told):
    """A thing that is published: its content now, by its hash, and how it was reviewed. `edition` is what is shown."""

    id: str
    kind: Literal["answer", "case", "pack"]
    title: str
    question_id: str
    audience: Audience | Literal[""]
    sha256: str = Field(description="Of what it says now; empty where the pack no longer makes it.")
    review: Review
    edition: int | None
    signatures: list[SignatureTold]


class CommentTold(Told):
    """What somebody at the desk says of a statement of an edition, or, without one, of the whole."""

    id: int
    edition: int
    statement: str
    name: str
    role: str
    text: str
    at: str


class EditionItem(Told):
    """One exact content of a piece, and where its review stands."""

    id: int
    piece: str
    number: int
    state: State
    reasons: list[str] = Field(description="Why it is stale, or another than what was put up.")
    version: int = Field(description="Goes up with each act; an act names the one it saw.")
    sha256: str
    author: str
    submitter: str
    made_at: str
    changed_at: str
    review_by: str
    compared_with: int | None = Field(description="The edition that was approved when this one was drafted.")
    touches: list[str] = Field(description="What it changes beside that one, the gravest first.")


class DiffersTold(Told):
    """A place in an answer that reads otherwise, and what differs there."""

    place: str
    what: str


class EditionTold(EditionItem):
    """An edition whole. `answer` or `pack`, with `standings`, is what a signature stands under."""

    title: str
    kind: Literal["answer", "case", "pack"]
    answer: Answer | None
    pack: PackStamp | None
    standings: dict[str, str] = Field(description="Sources that the library knew as not current.")
    signatures: list[SignatureTold]
    missing: str = Field(description="What the topic still asks for; empty once it is met.")
    comments: list[CommentTold]
    difference: dict[str, Any] | None = Field(description="`rootline.diff/1` of the two packs: what is proved changed.")
    unproved: str = Field(description="Why the difference could not be proved though the packs differ; else empty.")
    reads_otherwise: list[DiffersTold] = Field(description="Beside the edition it is compared with.")
    reads_now: list[DiffersTold] = Field(description="How the answer reads today where this edition is stale.")


class WaitingItem(Told):
    """A piece that waits for somebody. `rank` 0 is the gravest."""

    piece: str
    title: str
    kind: Literal["answer", "case", "pack"]
    audience: Audience | Literal[""]
    state: State
    edition: int | None
    rank: int
    touches: list[str]
    reasons: list[str]
    feedback: int
    unsafe: int
    since: str
    days: int


class FeedbackTold(Told):
    """What a reader says. `settled_by` is empty as long as nobody has settled it."""

    id: int
    piece: str
    statement: str
    sha256: str
    kind: FeedbackKind
    text: str
    name: str
    at: str
    times: int  # how often it was said, word for word
    settled_by: str
    settled_how: str


class FeedbackTaken(FeedbackTold):
    """What a reader said, told to them alone, and whether its words were kept or only that it was said."""

    is_kept: bool


class FeedbackCounted(Told):
    """How much is open, of each kind."""

    unsafe: int
    wrong: int
    unclear: int
    other: int


class EntryTold(Told):
    """Who did what to which hash. Each entry holds the hash of the one before."""

    sequence: int
    at: str
    who: str
    role: str
    act: str
    piece: str
    edition: int
    sha256: str
    detail: dict[str, Any]
    previous: str
    hash: str


class RecordChecked(Told):
    """Whether the record holds: nothing altered, missing, moved or cut off. `head` stands for all of it."""

    holds: bool
    findings: list[str]
    entries: int
    head: str


class Submission(Sent):
    """What is put up for review: a piece, as it says now."""

    piece: Annotated[str, Field(max_length=300)]
    sha256: Hash


class Submitted(Told):
    """What became of a submission. Without an edition it is still being compared; sent again, it is not done twice."""

    piece: str
    sha256: str
    edition: EditionItem | None


class Act(Sent):
    """An act on an edition: its exact content, and the version that was seen."""

    sha256: Hash
    seen: Seen


class Reasoned(Act):
    """An act that says why."""

    why: Written


class Approval(Act):
    """A signature, with a declaration of interests."""

    declares: Declares
    conflict: Conflict = ""


class OneOfMany(Act):
    """One edition among those that are approved together."""

    edition: Number


class Approvals(Sent):
    """Signatures under several editions, with one declaration of interests."""

    editions: list[OneOfMany] = Field(min_length=1, max_length=200)
    declares: Declares
    conflict: Conflict = ""


class Outcome(Told):
    """What became of one of them: signed, or why not."""

    edition: int
    signed: EditionItem | None
    refused: str


class Outcomes(Told):
    """What became of each, in the order in which they were sent."""

    outcomes: list[Outcome]


class Said(Sent):
    """A comment on a statement of this content, or, without one, on the whole."""

    sha256: Hash
    statement: Annotated[str, Field(max_length=200)] = ""
    text: Written


class FeedbackGiven(Sent):
    """What a reader says of a statement, or, without one, of the whole. No patient's data belong here."""

    piece: Annotated[str, Field(max_length=300)]
    sha256: Annotated[str, Field(pattern="^([0-9a-f]{64})?$", description="Of the content that was read, where known.")]
    statement: Annotated[str, Field(max_length=200)] = ""
    kind: FeedbackKind
    text: Written = ""


class Settled(Sent):
    """What was done about it."""

    how: Written


class SettledTogether(Settled):
    """What was done about all of one kind on one piece, up to number `last`, the last that was read."""

    piece: Annotated[str, Field(max_length=300, pattern=r"^[^\x00]*$")]
    kind: FeedbackKind
    last: Number


class SettledCount(Told):
    """How many were open, and are settled now."""

    settled: int
