"""What is remembered of one exercise, and of one notebook."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from cep_toolkit.checking.answer import Answer
from cep_toolkit.checking.result import Result, Status

CHOOSE, CODE = "choose", "code"
DOORS = ("", CHOOSE, CODE)
NOTHING_TO_FIND = (Status.CORRECT, Status.RECORDED, Status.NOT_MARKED)
"""The statuses after which hints and solution hide nothing any more."""
TRIES_FOR_SOLUTION = 3
MOST_KEPT = 5


@dataclass(frozen=True)
class Record:
    """One participant's state in one exercise.

    Parameters
    ----------
    status : Status
        The last marked status; once *correct* it stays so until the exercise is reset, or an assessment records
        another answer.
    answer : dict, optional
        The last answer that could be read, as plain values.
    attempts : int
        Marked or recorded answers that differ from the one before: checking twice the same is one try.
    hints_open : int
        How many hints are open.
    door : str
        ``"choose"`` or ``"code"``: where the answer came from.

    Examples
    --------
    >>> record = Record().after(Result(Status.NOT_YET, 0.0, "Not yet."), {"rate": 0.05}, CHOOSE)
    >>> record.attempts, record.solution_opens
    (1, False)
    """

    status: Status = Status.NOT_ATTEMPTED
    answer: Answer | None = None
    attempts: int = 0
    hints_open: int = 0
    door: str = ""

    def after(self, result: Result, answer: Answer | None, door: str) -> Record:
        """Return the record after a check; an empty or unreadable answer changes nothing."""
        if answer is None or result.status in (Status.NOT_ATTEMPTED, Status.WRONG_FORM):
            return self
        if self.status is Status.CORRECT and result.status not in (Status.CORRECT, Status.RECORDED):
            return self
        attempts = self.attempts + (result.status.counts_as_try and answer != self.answer)
        wrong_again = self.attempts > 0 and result.status in (Status.NOT_YET, Status.PARTLY)
        hints = max(self.hints_open, int(wrong_again))
        return Record(result.status, answer, attempts, hints, door)

    def open_hint(self, count: int) -> Record:
        """Return the record with the next of ``count`` hints open: the first at once, each later one after a try."""
        may = self.hints_open <= self.attempts or self.status in NOTHING_TO_FIND
        return replace(self, hints_open=self.hints_open + 1) if may and self.hints_open < count else self

    @property
    def solution_opens(self) -> bool:
        """Whether the solution may be read: after the right answer, or after three tries."""
        return self.status in NOTHING_TO_FIND or self.attempts >= TRIES_FOR_SOLUTION

    def better_than(self, other: Record) -> bool:
        """Whether this record is further on than another of the same exercise."""
        if self.status is not other.status:
            return self.status.better_than(other.status)
        return self._worth > other._worth

    @property
    def _worth(self) -> tuple[bool, int, int]:
        return self.answer is not None, self.attempts, self.hints_open


@dataclass(frozen=True)
class Sheet:
    """The records of one notebook in one world, and those that a reset set aside.

    Parameters
    ----------
    records : Mapping[str, Record]
        Exercise's id -> its record.
    kept : Mapping[str, tuple of Record]
        Exercise's id -> records that were reset, the last one last.

    Examples
    --------
    >>> sheet = Sheet().put("rate", Record(Status.CORRECT, {"rate": 5.0}, 1))
    >>> sheet.reset("rate").of("rate").attempts, sheet.reset("rate").restore("rate") == sheet
    (0, True)
    """

    records: Mapping[str, Record] = field(default_factory=dict)
    kept: Mapping[str, tuple[Record, ...]] = field(default_factory=dict)

    def of(self, exercise: str) -> Record:
        """Return the record of an exercise; an empty one if there is none."""
        return self.records.get(exercise, Record())

    def put(self, exercise: str, record: Record) -> Sheet:
        """Return the sheet with one record replaced."""
        if record == self.of(exercise):
            return self
        return replace(self, records={**self.records, exercise: record})

    def resume(self, statuses: Mapping[str, Status]) -> Sheet:
        """Return the sheet with statuses of a resume code, where they are better than those that are here."""
        return self.merge(Sheet({name: Record(status) for name, status in statuses.items()}))

    def reset(self, exercise: str) -> Sheet:
        """Return the sheet with one exercise empty and its record set aside."""
        if exercise not in self.records:
            return self
        kept = (*self.kept.get(exercise, ()), self.records[exercise])[-MOST_KEPT:]
        rest = {name: record for name, record in self.records.items() if name != exercise}
        return Sheet(rest, {**self.kept, exercise: kept})

    def restore(self, exercise: str) -> Sheet:
        """Return the sheet with the last record that was set aside in its place again.

        What stands there now is set aside in its turn, as the first of all, so that restoring again and again shows
        every record once.
        """
        if not self.kept.get(exercise):
            return self
        *earlier, record = self.kept[exercise]
        now = [self.records[exercise]] if exercise in self.records else []
        kept = {name: records for name, records in self.kept.items() if name != exercise}
        if now or earlier:
            kept[exercise] = (*now, *earlier)
        return Sheet({**self.records, exercise: record}, kept)

    def merge(self, other: Sheet) -> Sheet:
        """Return both sheets in one; of two records of one exercise the better stays, and the other is set aside."""
        sheet = Sheet(self.records, {**other.kept, **self.kept})
        for name, record in other.records.items():
            if record.better_than(sheet.of(name)):
                sheet = sheet.reset(name).put(name, record)
        return sheet
