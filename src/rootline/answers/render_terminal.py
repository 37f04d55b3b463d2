"""An answer in the terminal, by way of Rich: the urgency in a coloured box, the rest as Markdown."""

from __future__ import annotations

from rich.console import Console
from rich.markdown import Markdown
from rich.panel import Panel

from rootline.answers.model import Answer
from rootline.answers.render_markdown import body, urgency_banner

# The words carry the meaning; colour only repeats it.
_COLOUR = {"emergency": "red", "urgent": "dark_orange", "soon": "yellow", "routine": "green"}


def show(answer: Answer, console: Console) -> None:
    """Print the answer."""
    if banner := urgency_banner(answer):
        highest = answer.urgency.could_be[0]
        console.print(Panel(Markdown(banner[0]), border_style=_COLOUR[highest], width=min(console.width, 110)))
    console.print(Markdown("\n".join(body(answer))), width=min(console.width, 110))
