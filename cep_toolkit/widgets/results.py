"""A result as HTML."""

from __future__ import annotations

from cep_toolkit.checking import Result, Status
from cep_toolkit.widgets import messages
from cep_toolkit.widgets.look import safe, status


def result_html(result: Result, before: str = "") -> str:
    """Return what a check found, the heading after some words if need be."""
    return status_html(result.status, f"{before}{result.heading}.", result.message, result.next_step)


def status_html(found: Status, heading: str, message: str = "", next_step: str = "") -> str:
    """Return a status as a sign and words, never as a colour alone."""
    sign = f'<span class="cep-sign" aria-hidden="true">{messages.SIGNS[found]}</span>'
    after = f'<span class="cep-next">{safe(next_step)}</span>' if next_step else ""
    kind = "cep-" + str(found).replace(" ", "-")
    return status(f"{sign}<strong>{safe(heading)}</strong> {safe(message)}{after}", kind)
