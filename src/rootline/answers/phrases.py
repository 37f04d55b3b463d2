"""Every fixed phrase of an answer, in both voices. Clinical content is never here: it is in packs."""

from __future__ import annotations

from rootline.packs.model import Level
from rootline.readers.english import Wording

LEVEL: dict[Level, Wording] = {
    "emergency": Wording("EMERGENCY: now, within hours", "EMERGENCY: get help now"),
    "urgent": Wording("URGENT: today, at the latest within 24 to 48 hours", "URGENT: be seen today"),
    "soon": Wording("SOON: within about 2 weeks", "SOON: see your doctor within 2 weeks"),
    "routine": Wording("ROUTINE: as planned", "NO RUSH: plan a check-up"),
}
UNDETERMINED = Wording("UNDECIDED", "NOT YET CLEAR")
AT_LEAST = Wording("at least", "at least")
COULD_BE = Wording("could be", "could be")
ASK_FIRST = Wording(
    "First ask and examine for the red flags below",
    "We cannot tell yet how soon you need help: first check the warning signs below",
)
NAME_THE_TOPIC = Wording("If that is meant, name it: “{} for {}?”", "If that is what you mean, say so: “{} for {}?”")
STILL_OPEN = Wording("Not yet ruled out", "Still to be checked")
UNKNOWN = Wording("unknown", "not known")
HERE = Wording("here", "for you")
ASK_NEXT = Wording("Ask next", "Questions that matter most")
WOULD_CHANGE = Wording("What would change the urgency", "What would change how soon you need help")
NOTHING_HIGHER = Wording(
    "Nothing that is still open: this is the highest level already. It rests on: {}.",
    "Nothing you could still find out: this is the highest level already. It rests on: {}.",
)
DISAGREE = Wording("Where guidelines disagree", "Where experts disagree")
OUR_READING = Wording("Our reading", "What we make of it")
SITE = Wording("Likely site (a prompt, not a diagnosis)", "Where the trouble may sit (a hint, not a diagnosis)")
FOR = Wording("for", "for it")
AGAINST = Wording("against", "against it")
DECIDES = Wording("Decides", "To check next")
CONFLICT = Wording(
    "The signs conflict or point to more than one site: think of two roots, plexus, cauda equina or two causes, and "
    "repeat the examination.",
    "The signs do not all fit one nerve. Your clinician should check again and think of more than one cause.",
)
IN_DEPTH = Wording("In depth", "More about this")
OVERRULED = Wording("Often said, and not followed here", "Often said, but not right")
BUT = Wording("But", "But")
SOURCES = Wording("Sources", "Where this comes from")
FACTS = Wording("Read from your words", "What we understood")
SUPPOSED_FACTS = Wording("Supposed, not stated", "Supposed, not stated")
SUPPOSED = Wording("supposed", "supposed")
ONLY_SUPPOSED = Wording("Only supposed", "Only if this were so")
CHANGED = Wording("Changed by hand", "Changed by hand")
GIVEN = Wording("Given beside the words", "Told beside your words")
AGAINST_WORDS = Wording("your words say", "your words say")
MORE = Wording(
    "More statements hold ({}): ask about one subject to open it.",
    "There is more ({}): ask about one thing to open it.",
)
RAISES = Wording("could raise the urgency to", "could mean")
ASK_ABOUT = Wording("ask about one", "ask about one to see who says what")
SETTLES = Wording("bears on {} of the statements", "helps to choose the right advice")
DISCLAIMER = Wording(
    "Educational, pending human review; not a medical device. It supports and never replaces clinical judgement: "
    "check doses against the current label and local guidance.",
    "This is for learning and has not yet been reviewed by a clinician. It does not replace a doctor. "
    "Check any medicine with a doctor or pharmacist. If you are worried, get help.",
)
DISCLAIMER_APPROVED = Wording(
    "Educational; not a medical device. It supports and never replaces clinical judgement: "
    "check doses against the current label and local guidance.",
    "This is for learning. It does not replace a doctor. "
    "Check any medicine with a doctor or pharmacist. If you are worried, get help.",
)
NOT_UNDERSTOOD = Wording(
    "Not understood, so neither counted nor answered",
    "We did not understand these words, so they are neither counted nor answered",
)
UNCLEAR = Wording("Said, but not clear: settle this first", "Not clear from your words: check this first")
GO_NOW = Wording("Whatever was asked: these do not wait", "Whatever you asked: do not wait with these")
FOLLOW_UP = Wording("after six weeks without improvement?", "what if it is not better after six weeks?")
NOTE = {
    "uncertain": Wording("said as doubtful: asked again", "you were not sure: please check"),
    "historical": Wording("said as past: not used", "in the past: not used"),
    "family": Wording("about a relative: not used", "about a relative: not used"),
    "hypothetical": Wording("only supposed: not used", "only supposed: not used"),
    "asked": Wording("asked about, not taken", "asked about, not taken"),
    "impossible": Wording("no such value: not used, give it again", "this number cannot be right: please check"),
    "taken back": Wording("taken back: not used", "taken back: not used"),
    "contradicted": Wording("contradicting mentions: left unknown", "said in two ways: please check"),
}
MUST_NOT_HOLD = Wording("must not hold", "must not be so")
NOT_USED = Wording("“{}” is not used: {} says otherwise", "“{}” is not used: {} says otherwise")
NOT_TAKEN = Wording(
    "It does not go with what is known: {}. Correct that first.",
    "It does not go with what you told us: {}. Change that first.",
)
REFUSED = Wording(
    "Not covered. Nothing in the text speaks of what this pack covers",
    "We cannot answer this. We only cover",
)
OUTSIDE = Wording("Partly covered.", "We can only answer part of this.")
QUOTED_ONLY = Wording(
    "No pathway covers this. Passages of your library quoted below, without advice: {}.",
    "We have no advice on this. Below is what your documents say, word for word ({}). Ask a doctor what it means.",
)
QUOTED = Wording(
    "From your library: quoted letter for letter, not backed by a pathway",
    "From your documents: word for word, not our advice",
)
NOTHING_NEAR = Wording(
    "Searched {} documents of your library for “{}”: nothing is good enough to be quoted (the best passage holds "
    "{:.0%} of what the question tells; {:.0%} is needed).",
    "We searched {} of your documents for “{}” and found nothing close enough to show you ({:.0%}; {:.0%} is needed).",
)
NOT_SEARCHED = Wording(
    "Your library could not be searched, so nothing of it is quoted: {}.",
    "Your own documents could not be searched, so nothing of them is shown: {}.",
)
NOT_YET_SEARCHED = Wording(
    "Changes to your library that are not fully searched yet: {}. Ask again later.",
    "Changes to your documents that were not fully looked at yet: {}. Please ask again later.",
)
SIDE_BY_SIDE = Wording(
    "By their words these point in different directions; whether they asked the same is for you to judge.",
    "These do not agree with each other.",
)
SPEAKS = {
    "effect": Wording("Their words tell of an effect", "These found an effect"),
    "no effect": Wording("Their words tell of none", "These found none"),
    "": Wording("Their words tell of neither for certain", "These do not say clearly"),
}
