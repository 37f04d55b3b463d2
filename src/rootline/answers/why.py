"""Why one piece of advice applies, does not, or waits: its condition as a tree in words, and its roots."""

from __future__ import annotations

from rootline.answers.compose import tell_trace
from rootline.answers.model import TraceNode
from rootline.errors import NotFoundError, nearest
from rootline.packs.run import Plan
from rootline.readers.english import Voice, english
from rootline.readers.evaluate import trace

_MARK = {"yes": "yes    ", "no": "no     ", "unknown": "unknown"}


def explain(plan: Plan, advice_id: str, voice: Voice) -> str:
    """The explanation as text. Raises `NotFoundError` with the nearest advice."""
    pack = plan.pack
    if advice_id not in pack.statements:
        raise NotFoundError(f"no advice is called `{advice_id}`", mend=nearest(advice_id, pack.statements))
    advice = pack.statements[advice_id]
    one = plan.of(advice_id)
    status = {"applies": "applies", "if": "open", "does not apply": "does not apply"}[one.status]
    lines = [f"{advice_id}: {status}", f"  {advice.say.to(voice)}"]
    if one.status == "if":
        lines.append(f"  still open: {english(one.condition, pack.lexicon, voice)}")
    lines += ["", *_tree(tell_trace(trace(advice.when, plan.values, pack.conditions), pack, voice), 0), ""]
    lines += [f"  our reading: {advice.reading}"] if advice.reading else []
    for citation in advice.because:
        point, source = pack.point(citation), pack.sources[citation.source]
        standing = "" if source.standing == "current" else f" [{source.standing}]"
        lines.append(f"  {citation}{standing}: {point.says}")
    return "\n".join(lines)


def _tree(node: TraceNode, depth: int) -> list[str]:
    own = f"  {_MARK[node.truth]} {'  ' * depth}{node.text}"
    return [own, *(line for part in node.parts for line in _tree(part, depth + 1))]
