"""The saved file: everything comes back, and a file from outside is only ever read."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cep_toolkit.checking import Status
from cep_toolkit.checking.record import Record, Sheet
from cep_toolkit.checking.save_file import FILE_NAME, MOST_BYTES, WHAT, merge_into, pack, unpack
from cep_toolkit.checking.store import MemoryStore
from tests.checking.test_record import records, sheets

NAME = "00_start_here-0123"
SHEET = (
    Sheet({"shortfall": Record(Status.PARTLY, {"gap": 20.0, "step": "ask"}, 2, 1, "code")})
    .reset("shortfall")
    .put("shortfall", Record(Status.CORRECT, {"gap": 20.0, "step": "ask"}, 1, 0, "choose"))
)
OTHER = "This is not a file that Save made. Choose the file cep_progress.json."
DAMAGED = "This file is not readable as saved progress. Choose the file that Save made, unchanged."


def holding(**sheets_by_name: Sheet) -> MemoryStore:
    """Return a store that holds sheets."""
    store = MemoryStore()
    for name, sheet in sheets_by_name.items():
        store.change(name.replace("__", "-"), lambda _, sheet=sheet: sheet)  # type: ignore[misc]
    return store


GOOD = pack(holding(**{NAME.replace("-", "__"): SHEET}))


def test_what_was_saved_is_loaded() -> None:
    assert unpack(GOOD) == ({NAME: SHEET}, "")


@given(found=st.dictionaries(st.sampled_from((NAME, "12_risk_analysis-9", "20_capstone_case_study-a")), sheets))
@settings(deadline=None)
def test_every_state_comes_back(found: dict[str, Sheet]) -> None:
    store = MemoryStore()
    for name, sheet in found.items():
        store.change(name, lambda _, sheet=sheet: sheet)  # type: ignore[misc]
    assert unpack(pack(store)).value == found


@given(mine=records, theirs=records)
def test_loading_keeps_the_better_record_and_loading_again_changes_nothing(mine: Record, theirs: Record) -> None:
    store = MemoryStore()
    store.change(NAME, lambda sheet: sheet.put("shortfall", mine))
    merge_into(store, {NAME: Sheet({"shortfall": theirs})})
    once = store.read(NAME)
    assert not mine.better_than(once.of("shortfall"))
    assert not theirs.better_than(once.of("shortfall"))
    merge_into(store, {NAME: Sheet({"shortfall": theirs})})
    assert store.read(NAME) == once


def test_a_file_is_loaded_by_its_name_or_its_content(tmp_path: Path) -> None:
    path = tmp_path / FILE_NAME
    path.write_bytes(GOOD)
    for source in (GOOD, bytearray(GOOD), memoryview(GOOD), path, str(path)):
        assert unpack(source).value == {NAME: SHEET}


# What comes from outside --------------------------------------------------------------------------------------------


def changed(**parts: object) -> bytes:
    """Return the good file with some parts changed."""
    return json.dumps(json.loads(GOOD) | parts).encode()


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (b"", DAMAGED),
        (b"[]", OTHER),
        (b"<script>alert(1)</script>", DAMAGED),
        (b'"<script>"', OTHER),
        (b"null", OTHER),
        (b"[" * 1_000_000, DAMAGED),
        (b'{"a":' * 100_000, DAMAGED),
        (b"9" * 10_000, DAMAGED),
        (b"NaN", DAMAGED),
        (b"\x00" * 100, DAMAGED),
        (b" " * (MOST_BYTES + 1), "This file is too large for saved progress. Choose the file that Save made."),
        (changed(what="something else"), OTHER),
        (changed(edition=2), "This file comes from a newer course. Update the course, then load it again."),
        (changed(sheets=[]), DAMAGED),
        (changed(sheets={"../escape": {"records": {}, "kept": {}}}), DAMAGED),
        (changed(sheets={NAME: {"records": {}, "kept": {"<b>": []}}}), DAMAGED),
        (changed(sheets={f"{NAME}{number}": {"records": {}, "kept": {}} for number in range(500)}), DAMAGED),
        (GOOD.replace(b"20.0", b"1e999"), DAMAGED),
        (GOOD.replace(b"20.0", b"NaN"), DAMAGED),
        (GOOD.replace(b'"correct"', b'"perfect"'), DAMAGED),
    ],
)
def test_a_file_that_save_did_not_make_is_refused_with_a_sentence(data: bytes, problem: str) -> None:
    assert unpack(data) == (None, problem)


@pytest.mark.parametrize("source", [None, 5, [GOOD], {"sheets": {}}, object()])
def test_what_is_no_file_is_refused(source: object) -> None:
    assert unpack(source) == (None, OTHER)


def test_a_file_that_is_not_there_or_is_a_folder_is_said_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "folder").mkdir()
    assert unpack("nowhere.json").problem == "The file nowhere.json is not here. Check the name and the folder."
    for name in ("folder", "/dev/zero", "x" * 1_000):
        assert "cannot be opened. Copy it to this folder and try again." in unpack(name).problem
    assert unpack("a\x00b").value is None


@given(end=st.integers(0, len(GOOD) - 2))
def test_a_file_cut_short_is_refused(end: int) -> None:
    assert unpack(GOOD[:end]) == (None, DAMAGED)


@given(place=st.integers(0, len(GOOD) - 1), byte=st.integers(0, 255))
@settings(max_examples=300)
def test_a_file_with_one_byte_changed_is_read_within_bounds_or_refused(place: int, byte: int) -> None:
    value, problem = unpack(GOOD[:place] + bytes([byte]) + GOOD[place + 1 :])
    assert (value is None) == bool(problem)


json_values = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=8)),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.dictionaries(
            st.sampled_from(
                ("records", "kept", "status", "answer", "attempts", "hints_open", "door", "shortfall", NAME)
            ),
            inner,
            max_size=5,
        ),
    ),
    max_leaves=12,
)


@given(found=json_values)
@settings(max_examples=200)
def test_no_json_makes_loading_fail(found: object) -> None:
    for data in (found, {"what": WHAT, "edition": 1, "sheets": found}):
        value, problem = unpack(json.dumps(data).encode())
        assert (value is None) == bool(problem)
        if value is not None:
            assert unpack(json.dumps({"what": WHAT, "edition": 1, "sheets": found}).encode()).value == value
