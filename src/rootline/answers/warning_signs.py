"""What must not wait, whatever was asked: the emergency and urgent lines, told to nobody in particular.

Stands where no plan is told: beside a refusal, on the first page, on an error. It says nothing of a patient.
"""

from __future__ import annotations

from functools import lru_cache

from rootline.answers.model import WarningSign
from rootline.packs.model import Pack
from rootline.packs.pressing import pressing_lines
from rootline.packs.run import run
from rootline.readers.english import Voice, english


@lru_cache(maxsize=8)
def warning_signs(pack: Pack, voice: Voice) -> tuple[WarningSign, ...]:
    """Each line that must not wait, worst first: its signs, and what to do."""
    plan = run(pack, {})
    return tuple(
        WarningSign(
            level=line.level,
            condition=english(plan.of(line.advice.id).condition, pack.lexicon, voice),
            text=line.advice.say.to(voice),
            citations=[str(citation) for citation in line.advice.because],
        )
        for line in pressing_lines(pack)
    )
