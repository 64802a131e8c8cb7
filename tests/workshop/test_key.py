"""The key: stored once, read back whole, and marks with it are those of the notebook."""

from __future__ import annotations

import json
import stat
import sys
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cep_toolkit.checking.marking import mark
from cep_toolkit.course.catalogue import chapter, notebooks
from cep_toolkit.errors import InputFileError, StorageError
from cep_toolkit.workshop.key import Key, KeyEntry, Member, WorldKey, answers_of, read_key, write_key
from cep_toolkit.world import Scenario, World
from cep_toolkit.world.truth import Truth

SCENARIO = Scenario(seed=7, declarations=5_000)
EVERY = [(notebook, exercise) for notebook in notebooks() for exercise in chapter(notebook).exercises]
ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda part: st.lists(part, max_size=4) | st.dictionaries(st.text(max_size=9), part, max_size=4),
    max_leaves=12,
)


@cache
def world() -> World:
    return World(SCENARIO)


@cache
def made() -> Key:
    entries = answers_of(world(), Truth(SCENARIO), notebooks())
    mine = Member(SCENARIO.fingerprint, "XA")
    return Key("0123456789abcdef", "practice", {"P01": mine}, {SCENARIO.fingerprint: WorldKey(entries)})


@cache
def read_back(folder: Path) -> Key:
    write_key(folder, made())
    return read_key(folder)


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("key")


def entries(key: Key, notebook: str, exercise: str) -> KeyEntry:
    return key.worlds[SCENARIO.fingerprint].entries[notebook][exercise]


def nearby(entry: KeyEntry) -> st.SearchStrategy[Any]:
    """Return answers of every sort: right, mistaken, a mixture of both, and anything at all."""
    assert entry.expected is not None
    whole = [entry.expected.reference, *map(entry.expected.completed, entry.expected.mistakes)]
    wrong = [
        {**entry.expected.reference, name: value}
        for name, kind in entry.expected.fields.items()
        for _, value in kind.slips(entry.expected.reference[name])
    ]
    parts = {name: st.sampled_from(whole).map(lambda answer, name=name: answer[name]) for name in entry.expected.fields}
    return st.sampled_from([*whole, *wrong]) | st.fixed_dictionaries(parts) | ANYTHING


@pytest.mark.parametrize(("notebook", "exercise"), EVERY)
def test_reference_and_mistakes_are_marked_as_in_the_notebook(folder: Path, notebook: str, exercise: str) -> None:
    now, kept = (entries(key, notebook, exercise) for key in (made(), read_back(folder)))
    assert now.expected is not None
    assert kept.expected == now.expected
    answers = [now.expected.reference, *map(now.expected.completed, now.expected.mistakes)]
    for answer in answers:
        assert mark(kept.expected, kept.misconceptions, answer) == mark(now.expected, now.misconceptions, answer)
    assert mark(kept.expected, kept.misconceptions, answers[0]).score == 1.0
    for name, answer in zip(now.expected.mistakes, answers[1:], strict=True):
        assert mark(kept.expected, kept.misconceptions, answer).misconception == name


@pytest.mark.parametrize(("notebook", "exercise"), EVERY)
@settings(max_examples=40)
@given(data=st.data())
def test_any_answer_is_marked_as_in_the_notebook(
    folder: Path, notebook: str, exercise: str, data: st.DataObject
) -> None:
    now, kept = (entries(key, notebook, exercise) for key in (made(), read_back(folder)))
    assert now.expected is not None
    assert kept.expected is not None
    answer = data.draw(nearby(now))
    assert mark(kept.expected, kept.misconceptions, answer) == mark(now.expected, now.misconceptions, answer)


def test_a_key_comes_back_as_it_was_and_is_written_the_same(folder: Path, tmp_path: Path) -> None:
    back = read_back(folder)
    assert back.participants == made().participants
    assert (back.cohort, back.mode, back.edition) == ("0123456789abcdef", "practice", 1)
    again = write_key(tmp_path, back)
    assert again.read_bytes() == (folder / "key.json").read_bytes()
    assert read_key(again).participants == back.participants  # the file itself may be named


def test_an_entry_says_what_the_exercise_says(folder: Path) -> None:
    exercise = chapter("00_start_here").exercises["duty_rate"]
    entry = entries(read_back(folder), "00_start_here", "duty_rate")
    assert (entry.title, entry.open_book, entry.referee, entry.hints) == (exercise.title, True, False, exercise.hints)


def test_an_exercise_that_is_not_posed_says_why(tmp_path: Path) -> None:
    """Where nothing is charged, schemes for revenue have no plots."""
    scenario = Scenario("HK", seed=3, declarations=5_000)
    parts = answers_of(World(scenario), Truth(scenario), ["00_start_here"])
    entry = parts["00_start_here"]["duty_rate"]
    assert entry.expected is None
    assert entry.not_posed.startswith("This world holds no case")
    key = Key("0" * 16, "room", {}, {"f" * 16: WorldKey(parts)})
    assert read_key(write_key(tmp_path, key)) == key


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has other permissions")
def test_only_the_owner_may_read_a_key(tmp_path: Path) -> None:
    place = write_key(tmp_path, Key("0" * 16, "room", {}, {}))
    assert stat.S_IMODE(place.stat().st_mode) == 0o600


def test_a_place_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(StorageError, match="the key is not written"):
        write_key(tmp_path / "file", Key("0" * 16, "room", {}, {}))


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "no key"),
        (b"[]", "no key"),
        (b'{"kind": "submission"}', "no key"),
        (b"[" * 100_000, "no key"),
        (b'{"kind": "key", "format": 2}', "format 2"),
        (b'{"kind": "key", "format": 1}', "damaged"),
    ],
)
def test_another_file_is_refused_in_one_sentence(tmp_path: Path, content: bytes, said: str) -> None:
    (tmp_path / "key.json").write_bytes(content)
    with pytest.raises(InputFileError, match=said):
        read_key(tmp_path)


def test_a_missing_key_is_named(tmp_path: Path) -> None:
    with pytest.raises(InputFileError, match="cannot be opened"):
        read_key(tmp_path)


@pytest.mark.parametrize("cut", ["participants", "worlds", "cohort", "mode", "edition"])
def test_a_key_without_a_part_is_damaged(folder: Path, tmp_path: Path, cut: str) -> None:
    read_back(folder)
    plain = json.loads((folder / "key.json").read_text(encoding="utf-8"))
    (tmp_path / "key.json").write_text(json.dumps({name: part for name, part in plain.items() if name != cut}))
    with pytest.raises(InputFileError, match="damaged"):
        read_key(tmp_path)


def test_a_participant_needs_a_world(tmp_path: Path) -> None:
    write_key(tmp_path, replace(made(), worlds={}))
    with pytest.raises(InputFileError, match="the world of P01 is missing"):
        read_key(tmp_path)
