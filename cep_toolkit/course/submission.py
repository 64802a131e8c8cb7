"""What a participant hands in: one small file of plain JSON, written by a notebook and read by the marker.

Who reads it must not trust it: anybody can write such a file. It holds no time, no name of a machine and no code.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from cep_toolkit.checking import Answer
from cep_toolkit.checking.record import DOORS, Sheet
from cep_toolkit.checking.sheet_file import (
    DEEPEST,
    EXERCISE_NAME,
    MOST_RECORDS,
    DamagedError,
    bounded,
    count,
    write_json,
)
from cep_toolkit.course.pack import PARTICIPANT, Pack
from cep_toolkit.errors import CepError

KIND, FORMAT = "submission", 1
MOST_BYTES = 256 * 1024
MOST_NOTEBOOKS = 60
DEEPEST_FILE = DEEPEST + 6
NOTEBOOK_NAME = re.compile(r"\d\d_[a-z][a-z0-9_]{0,60}")
DIGITS = re.compile("[0-9a-f]{16}")
_STRUCTURE = re.compile(rb'\\.|["\[\]{}]', re.DOTALL)
_BYTE_ORDER_MARKS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")


class NotASubmissionError(CepError):
    """A file that cannot be marked; the text says why, to an instructor."""


@dataclass(frozen=True)
class Handed:
    """What was handed in of one exercise; all but the answer is the participant's own word.

    Parameters
    ----------
    answer : dict
        Field's name -> plain value.
    attempts, hints_open : int
        How often another answer was checked, and how many hints are open.
    door : str
        ``"choose"`` or ``"code"``: where the answer came from.
    """

    answer: Answer
    attempts: int = 0
    hints_open: int = 0
    door: str = ""


@dataclass(frozen=True)
class Submission:
    """Everything one participant hands in.

    Parameters
    ----------
    cohort, participant, fingerprint : str
        As the pack says: which cohort, whose, which world.
    notebooks : Mapping[str, Mapping[str, Handed]]
        Notebook -> exercise -> what was handed in.
    edition : int
        As the pack says.

    Examples
    --------
    >>> one = Submission("0" * 16, "P07", "f" * 16, {"00_start_here": {"duty_rate": Handed({"rate": 5.0}, 1)}})
    >>> read_submission(submission_file(one)) == one
    True
    """

    cohort: str
    participant: str
    fingerprint: str
    notebooks: Mapping[str, Mapping[str, Handed]]
    edition: int = 1


def file_name(participant: str) -> str:
    """Return the name of a participant's file.

    Examples
    --------
    >>> file_name("P07")
    'submission-P07.json'
    """
    return f"submission-{participant}.json"


def submission_of(pack: Pack, sheets: Mapping[str, Sheet]) -> Submission:
    """Return what is handed in from a pack: the last answer of every exercise that has one."""
    notebooks = {
        notebook: {
            name: Handed(record.answer, record.attempts, record.hints_open, record.door)
            for name, record in sheet.records.items()
            if record.answer is not None
        }
        for notebook, sheet in sheets.items()
    }
    return Submission(pack.cohort, pack.participant, pack.fingerprint, notebooks, pack.edition)


def submission_file(submission: Submission) -> bytes:
    """Return a submission as the bytes of its file; the same answers give the same bytes."""
    return write_json({"kind": KIND, "format": FORMAT, **asdict(submission)})


def read_submission(data: bytes) -> Submission:
    """Read a file that claims to be a submission; whatever it holds, it is looked at and never run.

    Raises
    ------
    NotASubmissionError
        It is not one, or not one of this format; the sentence says where and why.

    Examples
    --------
    >>> read_submission(b"[]")
    Traceback (most recent call last):
    ...
    cep_toolkit.course.submission.NotASubmissionError: This is not a submission.
    """
    plain = _json(data)
    if not isinstance(plain, dict) or plain.get("kind") != KIND:
        raise NotASubmissionError("This is not a submission.")
    if type(plain.get("format")) is not int or plain["format"] != FORMAT:
        raise NotASubmissionError("Its format is not known here: it comes from another edition of the course.")
    _same_names(plain, ["kind", "format", *Submission.__dataclass_fields__], "The file")
    participant = _text(plain["participant"], PARTICIPANT, "participant")
    return Submission(
        _text(plain["cohort"], DIGITS, "cohort"),
        participant,
        _text(plain["fingerprint"], DIGITS, "fingerprint"),
        _notebooks(plain["notebooks"], participant),
        _whole(plain["edition"], "edition", "The file"),
    )


def _json(data: bytes) -> object:
    if len(data) > MOST_BYTES:
        raise NotASubmissionError(f"It is larger than {MOST_BYTES // 1024} KiB, which no submission is.")
    if not data.strip():
        raise NotASubmissionError("The file is empty.")
    if data.startswith(_BYTE_ORDER_MARKS):
        raise NotASubmissionError("Another program saved it (it begins with a byte order mark). Hand in again.")
    if _depth(data) > DEEPEST_FILE:
        raise NotASubmissionError("It is nested more deeply than any submission.")
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise NotASubmissionError("It is not in UTF-8: another program saved it. Hand in again.") from error
    try:
        return json.loads(text, parse_constant=_no_constant, object_pairs_hook=_once)
    except NotASubmissionError:
        raise
    except (ValueError, RecursionError) as error:
        raise NotASubmissionError("It is cut off, or is not JSON. Hand in again.") from error


def _depth(data: bytes) -> int:
    """Return how deeply brackets are nested, those in texts left out, in one pass."""
    depth = deepest = 0
    in_text = False
    for sign in _STRUCTURE.findall(data):
        if sign == b'"':
            in_text = not in_text
        elif not in_text and sign in b"[{":
            depth += 1
            deepest = max(deepest, depth)
        elif not in_text and sign in b"]}":
            depth -= 1
    return deepest


def _no_constant(name: str) -> object:
    raise NotASubmissionError("It holds a number that is not finite.")


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise NotASubmissionError("A name stands in it twice, so it can be read in two ways.")
    return found


def _notebooks(plain: object, participant: str) -> dict[str, dict[str, Handed]]:
    found = {}
    for notebook, exercises in _named(plain, NOTEBOOK_NAME, MOST_NOTEBOOKS, f"{participant}, notebooks").items():
        where = f"{participant}, notebook {notebook}"
        each = _named(exercises, EXERCISE_NAME, MOST_RECORDS, where).items()
        found[notebook] = {name: _handed(handed, f"{where}, exercise {name}") for name, handed in each}
    return found


def _handed(plain: object, where: str) -> Handed:
    if not isinstance(plain, dict):
        raise NotASubmissionError(f"{where}: this is something else than an answer.")
    _same_names(plain, Handed.__dataclass_fields__, where)
    answer = plain["answer"]
    if not isinstance(answer, dict):
        raise NotASubmissionError(f"{where}: the answer has no parts.")
    try:
        bounded(answer, DEEPEST)
    except DamagedError as error:
        raise NotASubmissionError(f"{where}: the answer is {error}.") from error
    if plain["door"] not in list(DOORS):
        raise NotASubmissionError(f"{where}: the door is none that there is.")
    tries, hints = (_whole(plain[name], name, where) for name in ("attempts", "hints_open"))
    return Handed(answer, tries, hints, plain["door"])


def _named(plain: object, names: re.Pattern[str], most: int, where: str) -> dict[str, Any]:
    if not isinstance(plain, dict):
        raise NotASubmissionError(f"{where}: this is of the wrong type.")
    if len(plain) > most:
        raise NotASubmissionError(f"{where}: there are more than {most} entries.")
    if not all(map(names.fullmatch, plain)):
        raise NotASubmissionError(f"{where}: something has a name that nothing in the course has.")
    return plain


def _same_names(plain: Mapping[str, Any], names: Iterable[str], where: str) -> None:
    wanted = set(names)
    if missing := sorted(wanted - set(plain)):
        raise NotASubmissionError(f"{where}: there is no {missing[0]}.")
    if len(plain) > len(wanted):
        raise NotASubmissionError(f"{where}: there is more than a notebook writes.")


def _text(raw: object, pattern: re.Pattern[str], what: str) -> str:
    if not isinstance(raw, str) or not pattern.fullmatch(raw):
        raise NotASubmissionError(f"Its {what} is not one that a pack has.")
    return raw


def _whole(raw: object, what: str, where: str) -> int:
    try:
        return count(raw)
    except DamagedError as error:
        raise NotASubmissionError(f"{where}: the number of {what} is not a count.") from error
