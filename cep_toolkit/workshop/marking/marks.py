"""From files and a key to marks: which submission counts for whom, and how each answer stands."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from cep_toolkit.checking import Result, Status
from cep_toolkit.checking.marking import mark, unmarked
from cep_toolkit.checking.reading import listed
from cep_toolkit.course.submission import Handed, NotASubmissionError, Submission, read_submission, submission_file
from cep_toolkit.workshop.key import Key, KeyEntry
from cep_toolkit.workshop.marking import reasons
from cep_toolkit.workshop.marking.gathering import Found
from cep_toolkit.workshop.marking.legible import legible


@dataclass(frozen=True)
class Mark:
    """How one exercise of one participant stands.

    Parameters
    ----------
    notebook, exercise : str
    entry : KeyEntry
        What the key says of it.
    result : Result
        *not attempted* where nothing was handed in, *not marked here* where their world does not pose it.
    handed : Handed, optional
        What was handed in.
    """

    notebook: str
    exercise: str
    entry: KeyEntry
    result: Result
    handed: Handed | None = None

    @property
    def posed(self) -> bool:
        """Whether the exercise is asked in this participant's world."""
        return self.entry.expected is not None


@dataclass(frozen=True)
class Marked:
    """One participant whose submission counts.

    Parameters
    ----------
    participant, file : str
    marks : tuple of Mark
        Every exercise of the key, in teaching order.
    remarks : tuple of str
        What the instructor should know of it.
    """

    participant: str
    file: str
    marks: tuple[Mark, ...]
    remarks: tuple[str, ...] = ()

    @property
    def posed(self) -> tuple[Mark, ...]:
        """The exercises that their world asks."""
        return tuple(each for each in self.marks if each.posed)

    @property
    def points(self) -> float:
        """One for each right answer, a part of one for each that is partly right."""
        return sum(each.result.score for each in self.posed)

    def count(self, status: Status) -> int:
        """Return how many exercises stand so."""
        return sum(each.result.status is status for each in self.posed)

    @property
    def answered(self) -> int:
        """How many exercises have an answer."""
        return len(self.posed) - self.count(Status.NOT_ATTEMPTED)


@dataclass(frozen=True)
class Refused:
    """One file that is not marked; ``participant`` is empty where it cannot be told whose it is."""

    file: str
    reason: str
    participant: str = ""


@dataclass(frozen=True)
class Marking:
    """Everything that came of a folder of submissions.

    Parameters
    ----------
    key : Key
    marked : tuple of Marked
    refused : tuple of Refused
        Files, in the order of their names.
    repeated : tuple of Refused
        Files that hold what another file of the same participant holds: nothing is lost by leaving them out.
    """

    key: Key
    marked: tuple[Marked, ...]
    refused: tuple[Refused, ...]
    repeated: tuple[Refused, ...] = ()

    @property
    def absent(self) -> tuple[str, ...]:
        """The participants of whom no file is here, not even a refused one."""
        here = {each.participant for each in self.marked} | {each.participant for each in self.refused}
        return tuple(name for name in sorted(self.key.participants) if name not in here)


@dataclass
class _Pile:
    """What one participant handed in: the first submission, and the files by the digest of what they hold."""

    submission: Submission
    files: dict[str, list[str]] = field(default_factory=dict)


def mark_all(key: Key, found: Iterable[Found]) -> Marking:
    """Mark what was found with a key; whatever it is, nothing is raised and nothing is run.

    Two files of one participant with different answers are both refused: the instructor says which counts.
    """
    piles: dict[str, _Pile] = {}
    refused = []
    for file in found:
        placed = _placed(key, file)
        if isinstance(placed, Refused):
            refused.append(placed)
            continue
        digest = hashlib.sha256(submission_file(placed)).hexdigest()
        pile = piles.setdefault(placed.participant, _Pile(placed))
        pile.files.setdefault(digest, []).append(file.name)
    marked = [_marked(key, pile) for _, pile in sorted(piles.items()) if len(pile.files) == 1]
    refused += [each for _, pile in sorted(piles.items()) for each in _differing(pile)]
    repeated = [each for _, pile in sorted(piles.items()) for each in _repeated(pile)]
    return Marking(key, tuple(marked), tuple(sorted(refused, key=lambda each: each.file)), tuple(repeated))


def result_of(entry: KeyEntry, handed: Handed | None) -> Result:
    """Return how one answer stands, by the key alone; an answer that is a log of moves is replayed by its kind."""
    if entry.expected is None:
        return Result(Status.NOT_MARKED, 0.0, entry.not_posed)
    if handed is None:
        return unmarked()
    return mark(entry.expected, entry.misconceptions, handed.answer)


def _placed(key: Key, file: Found) -> Submission | Refused:
    """Return the submission in a file if it belongs to the key, or why it is refused."""
    if file.data is None:
        return Refused(file.name, file.problem)
    try:
        submission = read_submission(file.data)
    except NotASubmissionError as error:
        return Refused(file.name, str(error))
    name, member = submission.participant, key.participants.get(submission.participant)
    if submission.cohort != key.cohort:
        return Refused(file.name, reasons.OTHER_COHORT)
    if member is None:
        return Refused(file.name, reasons.STRANGER.format(participant=legible(name)))
    if submission.edition != key.edition:
        said = reasons.OTHER_EDITION.format(edition=submission.edition, wanted=key.edition)
        return Refused(file.name, said, name)
    if submission.fingerprint != member.fingerprint:
        return Refused(file.name, reasons.OTHER_PACK.format(participant=name), name)
    return submission


def _marked(key: Key, pile: _Pile) -> Marked:
    submission = pile.submission
    entries = key.worlds[submission.fingerprint].entries
    marks = []
    for notebook, exercises in entries.items():
        answers = submission.notebooks.get(notebook, {})
        for name, entry in exercises.items():
            marks.append(Mark(notebook, name, entry, result_of(entry, answers.get(name)), answers.get(name)))
    [files] = pile.files.values()
    return Marked(submission.participant, files[0], tuple(marks), tuple(_unknown(key, submission)))


def _unknown(key: Key, submission: Submission) -> Iterator[str]:
    """Yield what was handed in that the key does not know, as after an update of the course."""
    entries = key.worlds[submission.fingerprint].entries
    for notebook, answers in sorted(submission.notebooks.items()):
        if notebook not in entries:
            yield reasons.NO_NOTEBOOK.format(notebook=notebook)
            continue
        for exercise in sorted(set(answers) - set(entries[notebook])):
            yield reasons.NO_EXERCISE.format(notebook=notebook, exercise=exercise)


def _differing(pile: _Pile) -> Iterator[Refused]:
    if len(pile.files) > 1:
        name, files = pile.submission.participant, sorted(file for files in pile.files.values() for file in files)
        for file in files:
            yield Refused(file, reasons.TWICE.format(participant=name, files=listed(files)), name)


def _repeated(pile: _Pile) -> Iterator[Refused]:
    if len(pile.files) == 1:
        [(first, *others)] = pile.files.values()
        name = pile.submission.participant
        for file in others:
            yield Refused(file, reasons.SAME_AGAIN.format(participant=name, first=first), name)
