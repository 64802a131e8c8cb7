"""The key of a cohort: every right answer and every known mistake, stored once, never computed again."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cep_toolkit.checking import Exercise, Expected, Misconception, NoCaseError, Play
from cep_toolkit.checking.files import reason, write_whole
from cep_toolkit.checking.kept_expected import expected_of, plain_expected
from cep_toolkit.checking.sheet_file import DamagedError, read_json
from cep_toolkit.course import messages
from cep_toolkit.course.catalogue import chapter
from cep_toolkit.errors import CepError, InputFileError, StorageError

if TYPE_CHECKING:
    from cep_toolkit.world import World
    from cep_toolkit.world.truth import Truth

KEY_FILE = "key.json"
KIND, FORMAT = "key", 1
REMEDY = "Give the folder `key` that `cep pack` wrote."


@dataclass(frozen=True)
class KeyEntry:
    """What marking needs of one exercise in one world.

    Parameters
    ----------
    title : str
        The exercise's heading.
    open_book, referee : bool
        As the exercise says; see ``Exercise``.
    hints : tuple of str
        What a feedback page names to look at next.
    expected : Expected, optional
        ``None`` where the exercise is not posed in this world.
    misconceptions : tuple of Misconception
        With their messages.
    not_posed : str
        Why it is not posed; else empty.
    explanation : str
        The reasoning, the cost of being wrong, another way; markdown.
    """

    title: str
    open_book: bool = False
    referee: bool = False
    hints: tuple[str, ...] = ()
    expected: Expected | None = None
    misconceptions: tuple[Misconception, ...] = ()
    not_posed: str = ""
    explanation: str = ""


Entries = Mapping[str, Mapping[str, KeyEntry]]
"""Notebook -> exercise -> what marking needs, in teaching order."""


@dataclass(frozen=True)
class WorldKey:
    """The answers of one world; ``scenario`` is empty in an assessment, where nobody can name the world again."""

    entries: Entries
    scenario: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Member:
    """One participant or team of a cohort: whose world it has."""

    fingerprint: str
    administration: str


@dataclass(frozen=True)
class Key:
    """Everything that marking a cohort needs.

    Parameters
    ----------
    cohort : str
        Sixteen hexadecimal digits.
    mode : {"room", "practice", "assessment"}
    participants : Mapping[str, Member]
        Participant, for example ``"P07"`` -> their world.
    worlds : Mapping[str, WorldKey]
        World's fingerprint -> its answers.
    edition : int
        The course's edition for which the packs were made.

    Examples
    --------
    >>> import tempfile
    >>> key = Key("0" * 16, "room", {"P01": Member("f" * 16, "XA")}, {"f" * 16: WorldKey({})})
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     _ = write_key(folder, key)
    ...     read_key(folder) == key
    True
    """

    cohort: str
    mode: str
    participants: Mapping[str, Member]
    worlds: Mapping[str, WorldKey]
    edition: int = 1


def answers_of(world: World, truth: Truth, notebooks: Iterable[str]) -> dict[str, dict[str, KeyEntry]]:
    """Return the key's part of one world: every exercise of some notebooks, posed as the notebook poses it.

    Parameters
    ----------
    world : World
    truth : Truth
        The same world's.
    notebooks : iterable of str
        For example ``["12_risk_analysis"]``.

    Raises
    ------
    NoCaseError
        An invented world cannot pose an exercise: an error of the course, or a world to draw again.
    """
    return {
        notebook: {name: _entry(exercise, world, truth) for name, exercise in chapter(notebook).exercises.items()}
        for notebook in notebooks
    }


def _entry(exercise: Exercise, world: World, truth: Truth) -> KeyEntry:
    about = (exercise.title, exercise.open_book, exercise.referee, exercise.hints)
    known = truth if exercise.needs_truth else None
    try:
        question = exercise.pose(world, known)
    except NoCaseError:
        if not (world.is_own_data or world.is_national):
            raise
        return KeyEntry(*about, not_posed=messages.NO_CASE_HERE)
    expected, explanation = exercise.expected(world, known, question), exercise.explanation(world, question)
    return KeyEntry(*about, expected, exercise.misconceptions, explanation=explanation)


def write_key(folder: Path | str, key: Key) -> Path:
    """Write ``key.json`` into a folder, whole or not at all, in place of an earlier one; only its owner may read it.

    The same key gives the same bytes.

    Raises
    ------
    StorageError
        The folder cannot be written.
    """
    place = Path(folder) / KEY_FILE
    text = json.dumps(_plain(key), indent=1, allow_nan=False, ensure_ascii=False)  # the order of options is kept
    try:
        write_whole(place, f"{text}\n".encode())
    except OSError as error:
        raise StorageError(place, f"the key is not written: {reason(error)}.", "Give a folder of your own.") from error
    return place


def read_key(folder: Path | str) -> Key:
    """Return the key in a folder, or in the file ``key.json`` itself.

    Raises
    ------
    InputFileError
        There is none, or it is not one that ``write_key`` wrote.
    """
    place = Path(folder) / KEY_FILE if Path(folder).is_dir() else Path(folder)
    try:
        plain = read_json(place.read_bytes())
    except OSError as error:
        raise InputFileError(place, f"the key cannot be opened ({error.strerror}).", REMEDY) from error
    except DamagedError as error:
        raise InputFileError(place, "this is not JSON, so it is no key.", REMEDY) from error
    if not isinstance(plain, dict) or plain.get("kind") != KIND:
        raise InputFileError(place, "this file is no key.", REMEDY)
    if plain.get("format") != FORMAT:
        raise InputFileError(place, f"the key has format {plain.get('format')}, not {FORMAT}.", "Update the course.")
    try:
        return _key(plain)
    except (CepError, TypeError, ValueError, KeyError, AttributeError) as error:
        raise InputFileError(place, f"the key is damaged ({error}).", REMEDY) from error


def _plain(key: Key) -> dict[str, Any]:
    return {
        "kind": KIND,
        "format": FORMAT,
        "edition": key.edition,
        "cohort": key.cohort,
        "mode": key.mode,
        "participants": {name: asdict(key.participants[name]) for name in sorted(key.participants)},
        "worlds": {name: _plain_world(key.worlds[name]) for name in sorted(key.worlds)},
    }


def _plain_world(world: WorldKey) -> dict[str, Any]:
    notebooks = {
        notebook: {exercise: _plain_entry(entry) for exercise, entry in entries.items()}
        for notebook, entries in world.entries.items()
    }
    return {"scenario": dict(world.scenario), "notebooks": notebooks}


def _plain_entry(entry: KeyEntry) -> dict[str, Any]:
    about = {"title": entry.title, "open_book": entry.open_book, "referee": entry.referee, "hints": [*entry.hints]}
    if entry.expected is None:
        return {**about, "not_posed": entry.not_posed}
    return {**about, "explanation": entry.explanation, **plain_expected(entry.expected, entry.misconceptions)}


def _key(plain: dict[str, Any]) -> Key:
    participants = {name: Member(**member) for name, member in plain["participants"].items()}
    worlds = {name: _world(world) for name, world in plain["worlds"].items()}
    if strangers := [name for name, member in participants.items() if member.fingerprint not in worlds]:
        raise DamagedError(f"the world of {strangers[0]} is missing")
    return Key(plain["cohort"], plain["mode"], participants, worlds, plain["edition"])


def _world(plain: dict[str, Any]) -> WorldKey:
    entries = {
        notebook: {exercise: _kept_entry(entry, notebook, exercise) for exercise, entry in exercises.items()}
        for notebook, exercises in plain["notebooks"].items()
    }
    return WorldKey(entries, plain["scenario"])


def _kept_entry(plain: dict[str, Any], notebook: str, exercise: str) -> KeyEntry:
    about = (str(plain["title"]), plain["open_book"] is True, plain["referee"] is True, tuple(map(str, plain["hints"])))
    if "not_posed" in plain:
        return KeyEntry(*about, not_posed=str(plain["not_posed"]))
    play = _play(notebook, exercise) if "play" in plain else None
    return KeyEntry(*about, *expected_of(plain, play), explanation=str(plain["explanation"]))


def _play(notebook: str, exercise: str) -> Play:
    """Return the play whose logs are marked: its steps are code, and no file holds code."""
    found = chapter(notebook).exercises.get(exercise)
    if not isinstance(found, Play):
        raise DamagedError(f"{exercise} is no play of this course")
    return found
