"""Keeping progress in a folder: two kernels, a read-only or full disk, a damaged file."""

from __future__ import annotations

import errno
import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from cep_toolkit.checking import Result, Status
from cep_toolkit.checking.files import reason, sole_writer
from cep_toolkit.checking.record import CHOOSE, Record, Sheet
from cep_toolkit.checking.sheet_file import DEEPEST, DamagedError, from_plain, read_json, to_plain, write_json
from cep_toolkit.checking.store import FileStore, MemoryStore, Store
from cep_toolkit.errors import CourseError

NAME = "00_start_here-0123"
NOT_SAVED = "Your progress is not saved: {}. It stays only until you close this. Write down the resume code."

TWO_KERNELS = """
import sys
from dataclasses import replace
from cep_toolkit.checking.store import FileStore

store = FileStore(sys.argv[1])
print("ready", flush=True)
input()
for number in range(40):
    store.change("00_start_here-0123", lambda sheet: sheet.put(
        "shortfall", replace(sheet.of("shortfall"), attempts=sheet.of("shortfall").attempts + 1)))
print(store.notice())
"""


def put(gap: int, exercise: str = "shortfall") -> Callable[[Sheet], Sheet]:
    """Return a change that records one more wrong answer."""
    result = Result(Status.NOT_YET, 0.0, ".")
    return lambda sheet: sheet.put(exercise, sheet.of(exercise).after(result, {"gap": gap}, CHOOSE))


@pytest.fixture
def no_space(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """The disk is full: nothing that is written arrives."""

    def refuse(_: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "fsync", refuse)
    return monkeypatch


# Laws of every store ------------------------------------------------------------------------------------------------


@pytest.fixture(params=["memory", "files"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Store:
    return MemoryStore() if request.param == "memory" else FileStore(tmp_path / "progress")


def test_what_was_changed_is_read(store: Store) -> None:
    assert store.read(NAME) == Sheet()
    assert store.change(NAME, put(5)) == store.read(NAME)
    assert store.read(NAME).of("shortfall") == Record(Status.NOT_YET, {"gap": 5}, 1, 0, CHOOSE)


def test_sheets_do_not_mix(store: Store) -> None:
    store.change(NAME, put(5))
    store.change("12_risk_analysis-0123", put(6))
    assert store.names() == [NAME, "12_risk_analysis-0123"]
    assert store.read(NAME).of("shortfall").answer == {"gap": 5}


def test_a_change_that_changes_nothing_keeps_everything(store: Store) -> None:
    before = store.change(NAME, put(5))
    assert store.change(NAME, lambda sheet: sheet) == before == store.read(NAME)
    assert not store.notice()


# Files --------------------------------------------------------------------------------------------------------------


def test_another_kernel_goes_on_where_this_one_stopped(tmp_path: Path) -> None:
    FileStore(tmp_path).change(NAME, put(5))
    assert FileStore(tmp_path).change(NAME, put(6)).of("shortfall").attempts == 2


def test_nothing_but_the_sheet_and_its_lock_is_left_in_the_folder(tmp_path: Path) -> None:
    FileStore(tmp_path).change(NAME, put(5))
    assert sorted(path.name for path in tmp_path.iterdir()) == [f".{NAME}.lock", f"{NAME}.json"]


def test_the_file_holds_plain_values_and_no_time_or_place(tmp_path: Path) -> None:
    FileStore(tmp_path).change(NAME, put(5))
    record = {"answer": {"gap": 5}, "attempts": 1, "door": "choose", "hints_open": 0, "status": "not yet"}
    assert json.loads((tmp_path / f"{NAME}.json").read_text()) == {"kept": {}, "records": {"shortfall": record}}


def test_two_kernels_at_once_lose_no_change(tmp_path: Path) -> None:
    command = [sys.executable, "-c", TWO_KERNELS, str(tmp_path)]
    pipe = subprocess.PIPE
    kernels = [subprocess.Popen(command, stdin=pipe, stdout=pipe, text=True) for _ in range(2)]
    for kernel in kernels:
        assert kernel.stdout is not None
        assert kernel.stdout.readline() == "ready\n"
    for kernel in kernels:
        assert kernel.stdin is not None
        kernel.stdin.write("go\n")
        kernel.stdin.flush()
    assert [kernel.communicate(timeout=30)[0].strip() for kernel in kernels] == ["", ""]
    assert FileStore(tmp_path).read(NAME).of("shortfall").attempts == 80


def test_a_writer_waits_for_the_other_one_and_then_says_so(tmp_path: Path) -> None:
    path = tmp_path / f"{NAME}.json"
    with sole_writer(path), pytest.raises(TimeoutError) as raised, sole_writer(path, patience=0.05):
        raise AssertionError("two writers at once")
    assert reason(raised.value) == "another window is using the file"
    with sole_writer(path, patience=0.05):
        pass


# A disk that cannot be written --------------------------------------------------------------------------------------


def test_a_full_disk_is_said_once_and_nothing_is_lost(tmp_path: Path, no_space: pytest.MonkeyPatch) -> None:
    store = FileStore(tmp_path)
    assert store.change(NAME, put(5)).of("shortfall").attempts == 1
    assert store.change(NAME, put(6)).of("shortfall").attempts == 2
    assert store.notice() == NOT_SAVED.format("the disk is full")
    store.change(NAME, put(7))
    assert store.notice() == ""
    assert store.read(NAME).of("shortfall").attempts == 3
    assert store.names() == [NAME]
    no_space.undo()
    assert store.change(NAME, put(8)).of("shortfall").attempts == 4
    assert FileStore(tmp_path).read(NAME) == store.read(NAME)


def test_a_full_disk_leaves_the_old_file_whole(tmp_path: Path, request: pytest.FixtureRequest) -> None:
    before = FileStore(tmp_path).change(NAME, put(5))
    request.getfixturevalue("no_space")
    FileStore(tmp_path).change(NAME, put(6))
    assert FileStore(tmp_path).read(NAME) == before
    assert not list(tmp_path.glob("*.part"))
    assert not list(tmp_path.glob(".*.part"))


def test_what_was_full_twice_is_said_twice(tmp_path: Path, no_space: pytest.MonkeyPatch) -> None:
    store = FileStore(tmp_path)
    store.change(NAME, put(5))
    assert store.notice()
    with no_space.context() as again:
        again.setattr(os, "fsync", lambda _: None)
        store.change(NAME, put(6))
    store.change(NAME, put(7))
    assert store.notice() == NOT_SAVED.format("the disk is full")


def test_a_folder_that_cannot_be_written_is_said_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))

    monkeypatch.setattr(Path, "mkdir", refuse)
    store = FileStore(tmp_path / "progress")
    store.change(NAME, put(5))
    store.change(NAME, put(6))
    assert store.notice() == NOT_SAVED.format("the folder cannot be written")
    assert store.read(NAME).of("shortfall").attempts == 2


def test_a_file_where_the_folder_should_be_loses_nothing_either(tmp_path: Path) -> None:
    (tmp_path / "progress").write_text("not a folder")
    store = FileStore(tmp_path / "progress")
    store.change(NAME, put(5))
    assert store.notice() == NOT_SAVED.format("the file cannot be written")
    assert store.read(NAME).of("shortfall").attempts == 1
    assert (tmp_path / "progress").read_text() == "not a folder"


def test_a_file_that_cannot_be_read_just_now_is_not_taken_for_empty(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = FileStore(tmp_path).change(NAME, put(5))

    def refuse(_: Path) -> bytes:
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))

    with monkeypatch.context() as busy:
        busy.setattr(Path, "read_bytes", refuse)
        store = FileStore(tmp_path)
        store.read(NAME)
        store.change(NAME, put(6))
    assert FileStore(tmp_path).read(NAME) == before
    assert store.change(NAME, put(7)).of("shortfall").attempts == 3


# A damaged file -----------------------------------------------------------------------------------------------------

DAMAGE = [
    b"",
    b"\xff\xfe",
    b"[]",
    b"{}",
    b'{"records": {}}',
    b'{"records": {}, "kept": {}, "more": 1}',
    b'{"records": {"Short Fall": {}}, "kept": {}}',
    b'{"records": {"shortfall": {"status": "correct"}}, "kept": {}}',
    b"[" * 100_000,
    b'{"records": NaN, "kept": {}}',
]


@pytest.mark.parametrize("damage", DAMAGE)
@pytest.mark.parametrize("first", ["read", "change"])
def test_a_damaged_file_is_set_aside_and_never_lost(tmp_path: Path, damage: bytes, first: str) -> None:
    (tmp_path / f"{NAME}.json").write_bytes(damage)
    store = FileStore(tmp_path)
    if first == "read":
        assert store.read(NAME) == Sheet()
    assert store.change(NAME, put(5)).of("shortfall").attempts == 1
    assert (tmp_path / f"{NAME}.damaged-1").read_bytes() == damage
    assert store.notice() == (
        f"The progress file was damaged. It is kept as {NAME}.damaged-1. Type your resume code, or load a saved file."
    )
    assert FileStore(tmp_path).read(NAME).of("shortfall").attempts == 1


def test_a_second_damaged_file_does_not_replace_the_first(tmp_path: Path) -> None:
    for damage in (b"one", b"two"):
        (tmp_path / f"{NAME}.json").write_bytes(damage)
        FileStore(tmp_path).read(NAME)
    assert [(tmp_path / f"{NAME}.damaged-{number}").read_bytes() for number in (1, 2)] == [b"one", b"two"]


def test_a_damaged_file_on_a_disk_that_cannot_be_written_stays_where_it_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise OSError(errno.EROFS, os.strerror(errno.EROFS))

    (tmp_path / f"{NAME}.json").write_bytes(b"damaged")
    monkeypatch.setattr(Path, "rename", refuse)
    store = FileStore(tmp_path)
    assert store.read(NAME) == Sheet()
    assert store.change(NAME, put(5)).of("shortfall").attempts == 1
    assert store.notice() == NOT_SAVED.format("the folder cannot be written")
    assert (tmp_path / f"{NAME}.json").read_bytes() == b"damaged"


def deep(levels: int) -> object:
    """Return a list in a list in a list."""
    value: object = "x"
    for _ in range(levels):
        value = [value]
    return value


@pytest.mark.parametrize(
    ("part", "value"),
    [
        ("status", "perfect"),
        ("status", ["correct"]),
        ("door", "window"),
        ("attempts", -1),
        ("attempts", True),
        ("attempts", 1.0),
        ("attempts", 10**30),
        ("hints_open", "1"),
        ("answer", [5]),
        ("answer", {"gap": "x" * 30_000}),
        ("answer", {"gap": float("inf")}),
        ("answer", {"gap": "\ud800"}),
        ("answer", {"gap": deep(DEEPEST)}),
    ],
)
def test_a_record_of_another_shape_is_damaged(part: str, value: object) -> None:
    plain = to_plain(Sheet().put("shortfall", Record(Status.CORRECT, {"gap": 5.0}, 1)))
    assert from_plain(plain).of("shortfall").answer == {"gap": 5.0}
    plain["records"]["shortfall"][part] = value
    with pytest.raises(DamagedError):
        from_plain(plain)


def test_an_infinite_number_in_a_file_is_damaged() -> None:
    sheet = Sheet().put("shortfall", Record(Status.CORRECT, {"gap": 5.0}, 1))
    with pytest.raises(DamagedError):
        from_plain(read_json(write_json(to_plain(sheet)).replace(b"5.0", b"1e999")))


@pytest.mark.parametrize("name", ["../escape-1", "con", "a/b-1", "", "A-1", "x-1.json", "12_risk_analysis"])
def test_a_name_that_leaves_the_folder_is_a_course_error(tmp_path: Path, name: str) -> None:
    with pytest.raises(CourseError):
        FileStore(tmp_path).read(name)
