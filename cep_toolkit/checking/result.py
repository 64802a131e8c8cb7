"""What a check answers: a status in words, a score, and what to do next."""

from __future__ import annotations

import html
from dataclasses import dataclass
from enum import StrEnum


class Status(StrEnum):
    """How an answer stands, in the words that participants read; the worst first.

    Examples
    --------
    >>> str(Status.NOT_YET), Status("correct").counts_as_try, Status.CORRECT.better_than(Status.PARTLY)
    ('not yet', True, True)
    """

    NOT_ATTEMPTED = "not attempted"
    WRONG_FORM = "wrong form"
    NOT_MARKED = "not marked here"
    NOT_YET = "not yet"
    PARTLY = "partly"
    RECORDED = "recorded"
    CORRECT = "correct"

    @property
    def counts_as_try(self) -> bool:
        """Whether an answer of this status was really marked, or will be."""
        return self in (Status.NOT_YET, Status.PARTLY, Status.RECORDED, Status.CORRECT)

    def better_than(self, other: Status) -> bool:
        """Whether this status comes later in the order above."""
        order = list(Status)
        return order.index(self) > order.index(other)


@dataclass(frozen=True, repr=False)
class Result:
    """The outcome of one check.

    Parameters
    ----------
    status : Status
        How the answer stands.
    score : float
        0 to 1.
    message : str
        What was seen in the answer, plain text.
    next_step : str
        What to do now, plain text.
    misconception : str
        Name of the recognised mistake, for markers; participants read its message instead.

    Examples
    --------
    >>> print(Result(Status.PARTLY, 0.5, "Right: origin. Look again at: value.", "Open a hint."))
    Partly (50 %). Right: origin. Look again at: value. Open a hint.
    """

    status: Status
    score: float
    message: str
    next_step: str = ""
    misconception: str = ""

    @property
    def heading(self) -> str:
        """The status as a heading, with the score where some of the answer is right."""
        words = self.status.capitalize()
        return f"{words} ({self.score:.0%})".replace("%", " %") if self.status is Status.PARTLY else words

    def __str__(self) -> str:
        return " ".join(part for part in (f"{self.heading}.", self.message, self.next_step) if part)

    def __repr__(self) -> str:
        return str(self)

    def _repr_html_(self) -> str:
        parts = (f"<strong>{html.escape(self.heading)}.</strong>", html.escape(self.message))
        after = f"<br><em>{html.escape(self.next_step)}</em>" if self.next_step else ""
        return f'<div class="cep-result" role="status">{" ".join(parts)}{after}</div>'
