from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pandas as pd
import pytest

from cep_toolkit.checking import Cells, Date, Exercise, Misconception, Number, OneOf, Ranking, Rows, SeveralOf
from cep_toolkit.checking.store import MemoryStore
from cep_toolkit.course import workbook as course
from cep_toolkit.course.catalogue import Chapter
from cep_toolkit.widgets.workbook import Workbook

ROWS = 120
LEVEL = {"low": "Low", "high": "High"}
RIGHT = {
    "step": "ask",
    "facts": ["price", "origin"],
    "rate": 12.5,
    "deadline": "2016-03-05",
    "first": ["air", "sea"],
    "risks": {"value": {"chance": "high"}, "origin": {"chance": "low"}},
    "rows": ["1003", "1007"],
}


@pytest.fixture
def right() -> dict[str, Any]:
    """The right answer of the exercise with every kind of field."""
    return dict(RIGHT)


@pytest.fixture(scope="session")
def table() -> pd.DataFrame:
    """A table with a column of every sort, whose numbers can be checked by hand."""
    numbers = range(ROWS)
    return pd.DataFrame(
        {
            "declaration_id": [1000 + number for number in numbers],
            "date": pd.to_datetime([f"2016-{1 + number % 12:02}-05" for number in numbers]),
            "office": pd.Categorical([("XA1", "XA2", "XA3")[number % 3] for number in numbers]),
            "description": pd.Series([f"<b>goods</b> {number % 7}" for number in numbers], dtype="str"),
            "customs_value": [100.0 + number for number in numbers],
            "packages": [number % 5 for number in numbers],
            "aeo": [number % 4 == 0 for number in numbers],
        }
    )


class ToyWorld:
    """One table, as a World gives it."""

    tables = ("declarations",)
    fingerprint = "0123456789abcdef"
    currency = "XAS"
    scenario = None
    is_own_data = False
    is_national = False

    def __init__(self, table: pd.DataFrame) -> None:
        self.declarations = table

    def table(self, name: str) -> pd.DataFrame:
        return self.declarations

    def columns(self, name: str) -> pd.DataFrame:
        rows = [
            (column, "XAS" if column == "customs_value" else "", f"meaning of {column}") for column in self.declarations
        ]
        return pd.DataFrame(rows, columns=["column", "unit", "meaning"])


@pytest.fixture(scope="session")
def world(table: pd.DataFrame) -> ToyWorld:
    return ToyWorld(table)


@dataclass(frozen=True)
class Question:
    rows: tuple[str, ...] = tuple(str(1000 + number) for number in range(12))


class AllKinds(Exercise):
    """One field of every kind; twelve inputs."""

    id = "all_kinds"
    title = "Every <kind> of answer"
    open_book = True
    hints = ("Look at the **first** line.", "Look at the second line.")
    misconceptions = (
        Misconception("rate as a share", lambda world, question: {"rate": 0.125}, "This is a share.", word="share"),
        Misconception("releases", lambda world, question: {"step": "release"}, "Not before asking.", word="release"),
    )

    def candidates(self, world: Any) -> Iterator[Question]:
        yield Question()

    def fields(self, question: Question) -> dict[str, Any]:
        return {
            "step": OneOf("Next step", {"ask": "Ask for <documents>", "release": "Release the goods"}),
            "facts": SeveralOf("Two facts", {"price": "Price", "origin": "Origin"}, at_least=2, at_most=2),
            "rate": Number("Rate of duty", "%", minimum=0, maximum=100),
            "deadline": Date("Deadline"),
            "first": Ranking("Most urgent first", {"sea": "Sea", "air": "Air"}),
            "risks": Cells("Rate each risk", {"value": "Value", "origin": "Origin"}, {"chance": LEVEL}),
            "rows": Rows(
                "Declarations to ask about",
                "declarations",
                "declaration_id",
                {name: f"{name}: <i>goods</i>" for name in question.rows},
                at_most=3,
            ),
        }

    def prompt(self, question: Question) -> str:
        return "Answer **everything**. <script>alert(1)</script>\n\n| line | value |\n|---|--:|\n| rate | 12.5 |"

    def reference(self, world: Any, truth: None, question: Question) -> dict[str, Any]:
        return RIGHT

    def explanation(self, world: Any, question: Question) -> str:
        return "Because **it is so**."


class Typed(AllKinds):
    """Rows of the whole table, and a long list."""

    id = "typed"
    title = "Any row"
    misconceptions = (
        Misconception("first row", lambda world, question: {"rows": ["1000"]}, "This is the first.", word="first"),
        Misconception("late", lambda world, question: {"month": "m9"}, "This is September.", word="late"),
    )

    def fields(self, question: Question) -> dict[str, Any]:
        months = {f"m{number}": f"Month {number}" for number in range(1, 13)}
        return {
            "rows": Rows("Which declarations?", "declarations", "declaration_id", at_most=3),
            "month": OneOf("Month", months),
            "listed": Rows(
                "From the list",
                "declarations",
                "declaration_id",
                {str(n): f"number {n}" for n in range(1000, 1020)},
                at_most=2,
            ),
        }

    def reference(self, world: Any, truth: None, question: Question) -> dict[str, Any]:
        return {"rows": ["1003", "1007"], "month": "m3", "listed": ["1001", "1002"]}


class Rate(AllKinds):
    """One field alone."""

    id = "rate"
    title = "The rate"
    misconceptions = (
        Misconception("share", lambda world, question: 0.125, "This is a share, not per cent.", word="share"),
        Misconception("rounded", lambda world, question: 13, "Do not round.", word="rounded"),
    )

    def fields(self, question: Question) -> dict[str, Any]:
        return {"rate": Number("Rate of duty", "%", minimum=0, maximum=100)}

    def reference(self, world: Any, truth: None, question: Question) -> float:
        return 12.5


@pytest.fixture
def open_workbook(monkeypatch: pytest.MonkeyPatch, world: ToyWorld) -> Callable[..., Workbook]:
    """Open a workbook of the toy exercises; two of one store are one participant before and after a restart."""
    exercises = {kind.id: kind() for kind in (AllKinds, Typed, Rate)}
    monkeypatch.setattr(course, "chapter", lambda notebook: Chapter(notebook, "Toy", exercises))
    monkeypatch.setattr(course.opening, "open_world", lambda *scenario: world)

    def made(store: MemoryStore | None = None) -> Workbook:
        return Workbook("99_toy", store=store or MemoryStore())

    return made


@pytest.fixture
def workbook(open_workbook: Callable[..., Workbook]) -> Workbook:
    return open_workbook()
