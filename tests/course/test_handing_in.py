"""Handing in: one small file, the same answers the same bytes, and read as data from outside."""

from __future__ import annotations

import json
import os
import re
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from cep_toolkit.checking.store import MemoryStore
from cep_toolkit.course import handing_in, workbook
from cep_toolkit.course.catalogue import chapter, notebooks
from cep_toolkit.course.pack import Pack
from cep_toolkit.course.submission import (
    MOST_BYTES,
    Handed,
    NotASubmissionError,
    Submission,
    file_name,
    read_submission,
    submission_file,
)
from cep_toolkit.widgets.workbook import Workbook

PACK = Pack("0123456789abcdef", "P07", "practice", "f" * 16, ("00_start_here", "12_risk_analysis"))


@pytest.fixture
def wb(monkeypatch: pytest.MonkeyPatch) -> Workbook:
    """A workbook of a pack, whatever its folder."""
    made = Workbook("00_start_here", declarations=5_000, store=MemoryStore())
    monkeypatch.setattr(made, "_pack", PACK)
    return made


def handed(folder: Path) -> Submission:
    return read_submission((folder / "submission-P07.json").read_bytes())


# Writing ------------------------------------------------------------------------------------------------------------


def test_the_file_holds_the_last_answer_of_each_exercise(wb: Workbook, tmp_path: Path) -> None:
    wb.check("duty_rate", 1.5)
    wb.check("duty_rate", 2.5)
    wb.submit(tmp_path)
    found = handed(tmp_path)
    assert (found.cohort, found.participant, found.fingerprint, found.edition) == (
        "0123456789abcdef",
        "P07",
        "f" * 16,
        1,
    )
    assert found.notebooks == {
        "00_start_here": {"duty_rate": Handed({"rate": 2.5}, 2, 1, "choose")},
        "12_risk_analysis": {},
    }


def test_the_sentence_says_where_it_is_what_is_missing_and_what_to_do(wb: Workbook, tmp_path: Path) -> None:
    wb.check("duty_rate", 1.5)
    said = str(wb.submit(tmp_path))
    assert said.startswith("The file **submission-P07.json** is ready, beside this notebook.")
    count = sum(len(chapter(name).exercises) for name in notebooks())
    assert f"Answers in it: 1 of {count}. Without an answer: " in said
    assert "Read one declaration" not in said
    assert "You may change answers and hand in again." in said


def test_the_second_file_takes_the_place_of_the_first(wb: Workbook, tmp_path: Path) -> None:
    wb.check("duty_rate", 1.5)
    wb.submit(tmp_path)
    first = (tmp_path / "submission-P07.json").read_bytes()
    wb.submit(tmp_path)
    assert (tmp_path / "submission-P07.json").read_bytes() == first
    wb.check("duty_rate", 2.5)
    wb.submit(tmp_path)
    assert handed(tmp_path).notebooks["00_start_here"]["duty_rate"].answer == {"rate": 2.5}
    assert [path.name for path in tmp_path.iterdir()] == ["submission-P07.json"]


def test_the_file_names_no_time_and_no_machine(wb: Workbook, tmp_path: Path) -> None:
    wb.check("duty_rate", 1.5)
    wb.submit(tmp_path)
    text = (tmp_path / "submission-P07.json").read_text(encoding="utf-8")
    names = set(re.findall(r'"(\w+)":', text))
    assert names == {
        *("kind", "format", "edition", "cohort", "participant", "fingerprint", "notebooks"),
        *("00_start_here", "12_risk_analysis", "duty_rate", "answer", "rate", "attempts", "hints_open", "door"),
    }


def test_outside_a_pack_one_sentence_says_so(tmp_path: Path) -> None:
    wb = Workbook("00_start_here", declarations=5_000, store=MemoryStore())
    assert str(wb.submit(tmp_path)) == "This notebook is not from a pack, so there is nothing to hand in."
    assert wb.hand_in() is None
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("folder", [5, None, object(), "\0"])
def test_a_folder_that_is_none_is_answered_by_a_sentence(wb: Workbook, folder: Any) -> None:
    assert "folder" in str(wb.submit(folder)) or "not written" in str(wb.submit(folder))


def test_a_full_disk_is_said_and_the_earlier_file_stays(
    wb: Workbook, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    wb.submit(tmp_path)
    before = (tmp_path / "submission-P07.json").read_bytes()

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    wb.check("duty_rate", 2.5)
    assert "not written: the disk is full" in str(wb.submit(tmp_path))
    assert (tmp_path / "submission-P07.json").read_bytes() == before
    assert len(list(tmp_path.iterdir())) == 1


def test_answers_that_are_too_long_are_said(wb: Workbook, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(handing_in, "MOST_BYTES", 10)
    assert "too long" in str(wb.submit(tmp_path))
    assert not list(tmp_path.iterdir())


def test_a_pack_is_opened_from_its_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    manifest = {"kind": "pack", "format": 1, "edition": 1, "cohort": PACK.cohort, "participant": "P07"}
    manifest |= {"mode": "practice", "fingerprint": "f" * 16, "notebooks": list(PACK.notebooks)}
    manifest |= {"administration": "XA", "currency": "XAL", "tables": {}, "scenario": {"declarations": 5_000}}
    (tmp_path / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    world = Workbook("00_start_here", declarations=5_000, store=MemoryStore()).world
    monkeypatch.setattr(workbook.opening, "open_world", lambda *_: world)
    assert Workbook("00_start_here", data=str(tmp_path), store=MemoryStore()).pack == PACK


def test_the_button_hands_in_and_says_so(wb: Workbook, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    panel = wb.hand_in()
    assert panel is not None
    panel.hand_in()
    assert "submission-P07.json" in panel._said.value
    assert (tmp_path / "submission-P07.json").is_file()
    assert "P07" in panel._repr_mimebundle_()["text/plain"]


# Reading ------------------------------------------------------------------------------------------------------------

GOOD = Submission(PACK.cohort, "P07", "f" * 16, {"00_start_here": {"duty_rate": Handed({"rate": 5.0}, 1, 0, "code")}})


def changed(change: Callable[[Any], object]) -> bytes:
    plain = json.loads(submission_file(GOOD))
    change(plain)
    return json.dumps(plain).encode()


def exercise(**parts: object) -> Callable[[Any], object]:
    return lambda plain: plain["notebooks"]["00_start_here"]["duty_rate"].update(parts)


REFUSED = {
    "empty": (b"", "empty"),
    "blank": (b" \n", "empty"),
    "not JSON": (b"P07: 5", "cut off"),
    "truncated": (submission_file(GOOD)[:-20], "cut off"),
    "too large": (b"[" + b" " * MOST_BYTES + b"]", "larger than 256 KiB"),
    "deep": (b"[" * 100_000, "nested"),
    "deep and whole": (b"[" * 100 + b"]" * 100, "nested"),
    "byte order mark": (b"\xef\xbb\xbf" + submission_file(GOOD), "byte order mark"),
    "UTF-16": (submission_file(GOOD).decode().encode("utf-16"), "byte order mark"),
    "Latin-1": (changed(exercise(answer={"rate": "X"})).replace(b"X", b"\xe9"), "UTF-8"),
    "twice the same name": (submission_file(GOOD).replace(b'"format"', b'"kind": "submission", "format"'), "twice"),
    "NaN": (changed(exercise(answer={"rate": float("nan")})), "not finite"),
    "infinity": (changed(exercise(answer={"rate": float("-inf")})), "not finite"),
    "too large for a float": (submission_file(GOOD).replace(b"5.0", b"1e999"), "not a number"),
    "five thousand digits": (submission_file(GOOD).replace(b"5.0", b"9" * 5_000), "not JSON"),
    "half a sign": (submission_file(GOOD).replace(b"5.0", b'"\\ud800"'), "not text"),
    "a list": (b"[]", "not a submission"),
    "another kind": (changed(lambda plain: plain.update(kind="pack")), "not a submission"),
    "another format": (changed(lambda plain: plain.update(format=2)), "another edition"),
    "yes for one": (changed(lambda plain: plain.update(format=True)), "another edition"),
    "a part missing": (changed(lambda plain: plain.pop("cohort")), "no cohort"),
    "a part more": (changed(lambda plain: plain.update(marks=100)), "more than a notebook writes"),
    "a path for a name": (changed(lambda plain: plain.update(participant="../../P01")), "participant"),
    "a formula for a name": (changed(lambda plain: plain.update(participant="=1+1")), "participant"),
    "a number for a name": (changed(lambda plain: plain.update(participant=7)), "participant"),
    "a list for a cohort": (changed(lambda plain: plain.update(cohort=[])), "cohort"),
    "no fingerprint": (changed(lambda plain: plain.update(fingerprint="F" * 16)), "fingerprint"),
    "an edition that is none": (changed(lambda plain: plain.update(edition="1")), "edition"),
    "notebooks in a list": (changed(lambda plain: plain.update(notebooks=[])), "wrong type"),
    "too many notebooks": (
        changed(lambda plain: plain.update(notebooks={f"00_a{number}": {} for number in range(61)})),
        "more than 60",
    ),
    "a notebook with a path": (changed(lambda plain: plain["notebooks"].update({"../x": {}})), "name"),
    "an exercise in HTML": (changed(lambda plain: plain["notebooks"].update({"00_a": {"<b>": {}}})), "name"),
    "exercises in a list": (changed(lambda plain: plain["notebooks"].update({"00_a": []})), "wrong type"),
    "an answer alone": (changed(lambda plain: plain["notebooks"].update({"00_a": {"b": 5}})), "exercise b"),
    "an answer without parts": (changed(exercise(answer=5.0)), "no parts"),
    "no tries": (
        changed(exercise(attempts=-1)),
        "P07, notebook 00_start_here, exercise duty_rate: the number of attempts",
    ),
    "many hints": (changed(exercise(hints_open=10**9)), "hints_open"),
    "half a hint": (changed(exercise(hints_open=0.5)), "hints_open"),
    "another door": (changed(exercise(door="window")), "door"),
    "a door in a list": (changed(exercise(door=["code"])), "door"),
    "a score of its own": (changed(exercise(score=1.0)), "more than a notebook writes"),
    "a long text": (changed(exercise(answer={"rate": "x" * 30_000})), "too large"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_no_submission_is_refused_with_the_reason(name: str) -> None:
    data, said = REFUSED[name]
    with pytest.raises(NotASubmissionError, match=said):
        read_submission(data)


def test_brackets_in_a_text_are_not_depth() -> None:
    data = changed(exercise(answer={"rate": '[[[[{{{{"' * 50 + "\\"}))
    assert read_submission(data).notebooks["00_start_here"]["duty_rate"].answer["rate"].startswith("[[[[")


@pytest.mark.parametrize("data", [b'"\\"' * 87_000, b'"' + b'\\"' * 131_000, b"[{" * 131_000, b'{"a":' * 52_000])
def test_the_worst_file_is_read_in_a_moment(data: bytes) -> None:
    before = time.process_time()
    with pytest.raises(NotASubmissionError):
        read_submission(data)
    assert time.process_time() - before < 2


def test_the_name_of_the_file() -> None:
    assert file_name("P07") == "submission-P07.json"
