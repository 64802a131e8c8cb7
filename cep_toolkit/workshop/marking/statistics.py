"""How a cohort did: by exercise, and by the mistakes that were recognised."""

from __future__ import annotations

import base64
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from html import escape
from typing import TYPE_CHECKING

from cep_toolkit.checking import Status
from cep_toolkit.figures import Figure
from cep_toolkit.figures.figure import BLUE, GREY, ORANGE, canvas
from cep_toolkit.workshop.marking.marks import Marking
from cep_toolkit.workshop.marking.page import page, paragraph, table
from cep_toolkit.workshop.marking.tables import Cell, Table, flags

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.patches import Rectangle

SHOWN = (
    (Status.CORRECT, "right", BLUE, ""),
    (Status.PARTLY, "partly", ORANGE, "//"),
    (Status.NOT_YET, "not yet", GREY, ""),
    (Status.NOT_ATTEMPTED, "no answer", "white", ""),
)


@dataclass
class Count:
    """How one exercise stood over all participants whose worlds pose it.

    Parameters
    ----------
    name, title : str
        Notebook's number and exercise with its flags, and its heading.
    stands : Counter
        Status -> participants; an answer that could not be read counts as *not yet*.
    mistakes : Counter
        Mistake recognised -> participants.
    told : dict
        Mistake recognised -> what its participants were told.
    points : float
        The sum of all points.
    """

    name: str
    title: str
    stands: Counter[Status] = field(default_factory=Counter)
    mistakes: Counter[str] = field(default_factory=Counter)
    told: dict[str, str] = field(default_factory=dict)
    points: float = 0.0

    @property
    def posed(self) -> int:
        """How many participants were asked."""
        return sum(self.stands.values())

    @property
    def share_right(self) -> float:
        """The share of those asked who are right."""
        return self.stands[Status.CORRECT] / self.posed


def count(marking: Marking) -> list[Count]:
    """Return the count of every exercise that somebody was asked, in teaching order."""
    counts: dict[tuple[str, str], Count] = {}
    for mark in (mark for each in marking.marked for mark in each.posed):
        name = f"{mark.notebook[:2]} {mark.exercise}{flags(mark)}"
        found = counts.setdefault((mark.notebook, mark.exercise), Count(name, mark.entry.title))
        status = Status.NOT_YET if mark.result.status is Status.WRONG_FORM else mark.result.status
        found.stands[status] += 1
        found.points += mark.result.score
        if mark.result.misconception:
            found.mistakes[mark.result.misconception] += 1
            found.told[mark.result.misconception] = mark.result.message
    return list(counts.values())


def statistics(counts: Iterable[Count]) -> Table:
    """Return a line for each exercise and status, and for each mistake that was recognised."""
    lines = [
        (each.name, each.title, what, name, number, round(100 * number / each.posed, 1))
        for each in counts
        for what, name, number in _numbers(each)
    ]
    return Table("Statistics", ("exercise", "title", "what", "name", "participants", "per cent"), list(lines))


def _numbers(each: Count) -> Iterator[tuple[str, str, int]]:
    yield from (("status", word, each.stands[status]) for status, word, *_ in SHOWN)
    yield from (("mistake", name, number) for name, number in _ranked(each.mistakes))


def _ranked(mistakes: Counter[str]) -> list[tuple[str, int]]:
    return sorted(mistakes.items(), key=lambda item: (-item[1], item[0]))


def statistics_page(counts: list[Count], handed_in: int, cohort: int) -> str:
    """Return the statistics as a page: a figure with its sentence, a table of exercises, one of mistakes."""
    return page("How the cohort did", _body(counts, handed_in, cohort))


def _body(counts: list[Count], handed_in: int, cohort: int) -> Iterator[str]:
    yield paragraph(f"{handed_in} of {cohort} participants are marked.")
    if not counts:
        return
    figure = drawn(counts)
    picture = base64.b64encode(figure.png).decode("ascii")
    sentence = escape(figure.sentence)
    yield f'<figure><img alt="{sentence}" src="data:image/png;base64,{picture}">'
    yield f"<figcaption>{sentence}</figcaption></figure>"
    words = [word for _, word, *_ in SHOWN]
    lines: list[tuple[Cell, ...]] = [
        (each.name, *(each.stands[status] for status, *_ in SHOWN), round(each.points / each.posed, 2))
        for each in counts
    ]
    yield table("Participants by exercise", ("exercise", *words, "mean points"), lines)
    yield table(
        "Mistakes recognised",
        ("exercise", "mistake", "participants", "what they are told"),
        [(each.name, name, number, each.told[name]) for each in counts for name, number in _ranked(each.mistakes)],
    )


def drawn(counts: list[Count]) -> Figure:
    """Return a bar an exercise, and the sentence that says where most is left to learn."""
    from matplotlib.ticker import MaxNLocator

    hardest = min(counts, key=lambda each: each.share_right)
    sentence = (
        f"Most is left to learn in “{hardest.title}” ({hardest.name}): "
        f"{hardest.stands[Status.CORRECT]} of {hardest.posed} participants have it right."
    )
    names = [each.name.partition(" (")[0] for each in counts]
    title = f"Most is left to learn in {hardest.name.partition(' (')[0]}"
    drawing, axes = canvas(title, "participants", "", height=1.4 + 0.34 * len(counts))
    before = [0] * len(counts)
    for status, word, colour, hatch in SHOWN:
        numbers = [each.stands[status] for each in counts]
        bars = axes.barh(names, numbers, left=before, color=colour, hatch=hatch, edgecolor="black", label=word)
        for bar, number in zip(bars, numbers, strict=True):
            _label(axes, bar, number)
        before = [done + number for done, number in zip(before, numbers, strict=True)]
    axes.invert_yaxis()
    axes.xaxis.set_major_locator(MaxNLocator(integer=True))
    axes.legend(loc="upper center", bbox_to_anchor=(0.5, -0.25), ncols=len(SHOWN), frameon=False, fontsize=9)
    return Figure(drawing, sentence)


def _label(axes: Axes, bar: Rectangle, number: int) -> None:
    """Write a number into its part of a bar, on white, so that no colour and no hatching hides it."""
    if number:
        x, y = bar.get_center()
        on_white = {"facecolor": "white", "linewidth": 0, "pad": 1}
        axes.text(x, y, str(number), ha="center", va="center", fontsize=8, bbox=on_white)
