"""What a workbook remembers: progress, resume codes, saved files, the course map."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from cep_toolkit.checking import Status
from cep_toolkit.checking.record import Record
from cep_toolkit.course.workbook import Workbook
from tests.checking.toys import RIGHT
from tests.course.toy_workbook import SOLUTION, WRONG, world


def test_a_restarted_kernel_gives_everything_back(open_toy: Callable[..., Workbook]) -> None:
    open_toy().check("shortfall", WRONG)
    assert open_toy().record("shortfall").answer == WRONG
    assert open_toy(world("another")).record("shortfall") == Record()


def test_progress_is_one_file_for_each_notebook_and_world(open_toy: Callable[..., Workbook], tmp_path: Path) -> None:
    for fingerprint in ("0123456789abcdef", "Own Data/2024"):
        open_toy(world(fingerprint)).check("shortfall", WRONG)
    kept = sorted(path.name for path in (tmp_path / "progress").glob("*.json"))
    assert kept == ["00_toy-0123456789abcdef.json", "00_toy-owndata2024.json"]


def test_reset_empties_and_restore_brings_back(wb: Workbook) -> None:
    assert str(wb.reset("shortfall")) == "There is nothing to empty: no answer was checked yet."
    wb.check("shortfall", RIGHT)
    assert str(wb.reset("shortfall")) == "This exercise is empty again. Your old answer is kept: you can bring it back."
    assert wb.record("shortfall") == Record()
    assert str(wb.restore("shortfall")) == "Your old answer is back."
    assert wb.record("shortfall").answer == RIGHT
    assert str(wb.restore("shortfall")) == "No old answer is kept for this exercise."


def test_a_resume_code_brings_the_statuses_back_elsewhere(open_toy: Callable[..., Workbook]) -> None:
    here, there = open_toy(), open_toy(folder="there")
    here.check("shortfall", RIGHT)
    here.check("hidden", RIGHT)
    code = here.resume_code()
    assert str(there.resume(f" {code.lower()} ")) == (
        "Your progress is back. Right: 1 of 3 exercises. Your answers are not in the code."
    )
    assert [there.record(name).status for name in there.exercises] == ["correct", "partly", "not attempted"]
    assert there.resume_code() == code
    assert str(there.solution("shortfall")) == SOLUTION
    assert there.record("shortfall").answer is None


def test_a_resume_code_of_another_world_is_refused(open_toy: Callable[..., Workbook]) -> None:
    code = open_toy().resume_code()
    other = open_toy(world("fedcba9876543210"))
    assert str(other.resume(code)).startswith("This code does not fit here. Check each letter.")


def test_saved_progress_is_loaded_elsewhere(open_toy: Callable[..., Workbook], tmp_path: Path) -> None:
    here, there = open_toy(), open_toy(folder="there")
    here.check("shortfall", RIGHT)
    there.check("shortfall", WRONG)
    assert str(here.save(tmp_path / "out")).startswith("Saved as cep_progress.json.")
    assert str(there.load(tmp_path / "out" / "cep_progress.json")) == (
        "Exercises loaded: 1. Where your result here was better, it stays."
    )
    assert there.record("shortfall").answer == RIGHT
    there.restore("shortfall")
    assert there.record("shortfall").answer == WRONG
    assert str(there.load((tmp_path / "out" / "cep_progress.json").read_bytes())).startswith("Exercises loaded: 1.")


def test_progress_is_told_in_signs_and_words(wb: Workbook) -> None:
    wb.check("shortfall", RIGHT)
    wb.check("hidden", WRONG)
    wb.check("hidden", WRONG | {"gap": 64.0})
    assert str(wb.progress()) == (
        "A toy: 1 of 3 done.\n"
        "● How much is missing?      correct  core, 1 try\n"
        "◔ What was really missing?  not yet  home, 2 tries, 1 of 2 hints open\n"
        "○ Nothing of the kind       not attempted  core, 0 tries"
    )


def test_the_course_map_has_links_to_the_notebooks_in_this_folder_and_names_those_that_are_not_here(
    wb: Workbook, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    wb.check("shortfall", RIGHT)
    lines = str(wb.course_map()).splitlines()
    assert lines[0] == "The course: 1 of 3 done."
    assert [line.split("  ")[0] for line in lines[1:3]] == ["◐ 00 A toy", "– 01 The Compliance and Enforcement Package"]
    assert lines[2].endswith("not in this edition of the course")
    assert len(lines) == 1 + 21
    assert "href" not in wb.course_map().html(links=True)
    (tmp_path / f"{wb.notebook}.ipynb").touch()
    assert wb.course_map().html(links=True).count("<a ") == 1
    assert f'href="{wb.notebook}.ipynb"' in wb.course_map().html(links=True)
    assert "href" not in wb.course_map()._repr_html_(), "a stored notebook is the same in every folder"


def test_a_disk_that_is_full_is_said_once_in_a_result(
    wb: Workbook, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def refuse(_: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "fsync", refuse)
    told = (
        "Your progress is not saved: the disk is full. It stays only until you close this. Write down the resume code."
    )
    assert wb.check("shortfall", WRONG).next_step == f"Change your answer, or open a hint. {told}"
    assert told not in str(wb.check("shortfall", RIGHT))
    assert wb.record("shortfall").status is Status.CORRECT
    assert str(wb.save(tmp_path)) == "The file was not saved: the disk is full. Write down the resume code."
