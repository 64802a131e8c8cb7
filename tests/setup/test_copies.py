"""A participant's answers are never lost, and a new edition of the course still arrives."""

from __future__ import annotations

from pathlib import Path

import pytest

from setting_up.copies import Copies, make_copies

NAME = "12_risk_analysis.ipynb"
NEW = "12_risk_analysis.new.ipynb"


@pytest.fixture
def work(course: Path) -> Path:
    make_copies(course / "notebooks", course / "work")
    return course / "work"


def publish(course: Path, text: str) -> Copies:
    (course / "notebooks" / NAME).write_text(text)
    return make_copies(course / "notebooks", course / "work")


def test_every_notebook_is_copied_once(course: Path) -> None:
    first = make_copies(course / "notebooks", course / "work")
    assert first.made == ("00_start_here.ipynb", NAME)
    assert (course / "work" / NAME).read_text() == "12_risk_analysis, first edition"
    assert make_copies(course / "notebooks", course / "work").lines() == []


def test_an_untouched_copy_follows_the_course(course: Path, work: Path) -> None:
    assert publish(course, "second edition").refreshed == (NAME,)
    assert (work / NAME).read_text() == "second edition"
    assert not (work / NEW).exists()


def test_a_touched_copy_stays_while_the_course_stays(course: Path, work: Path) -> None:
    (work / NAME).write_text("my answers")
    assert make_copies(course / "notebooks", work) == Copies((), (), ())
    assert (work / NAME).read_text() == "my answers"


def test_a_touched_copy_stays_and_the_new_edition_lies_beside_it(course: Path, work: Path) -> None:
    (work / NAME).write_text("my answers")
    done = publish(course, "second edition")
    assert done.beside == (NEW,)
    assert NEW in done.lines()[0]
    assert (work / NAME).read_text() == "my answers"
    assert (work / NEW).read_text() == "second edition"
    assert make_copies(course / "notebooks", work).lines() == []


def test_an_untouched_new_edition_is_replaced_by_a_newer_one(course: Path, work: Path) -> None:
    (work / NAME).write_text("my answers")
    publish(course, "second edition")
    assert publish(course, "third edition").beside == (NEW,)
    assert (work / NEW).read_text() == "third edition"
    assert sorted(work.glob("12*")) == [work / NAME, work / NEW]


def test_a_touched_new_edition_is_kept_too(course: Path, work: Path) -> None:
    (work / NAME).write_text("my answers")
    publish(course, "second edition")
    (work / NEW).write_text("my second answers")
    assert publish(course, "third edition").beside == ("12_risk_analysis.new-2.ipynb",)
    assert (work / NAME).read_text() == "my answers"
    assert (work / NEW).read_text() == "my second answers"


def test_a_new_edition_thrown_away_does_not_come_back(course: Path, work: Path) -> None:
    (work / NAME).write_text("my answers")
    publish(course, "second edition")
    (work / NEW).unlink()
    assert make_copies(course / "notebooks", work).lines() == []
    assert not (work / NEW).exists()


def test_a_copy_thrown_away_is_made_afresh(course: Path, work: Path) -> None:
    (work / NAME).unlink()
    assert make_copies(course / "notebooks", work).made == (NAME,)


@pytest.mark.parametrize("memory", ["", "not json", "[]", '{"12_risk_analysis.ipynb": 5}'])
def test_a_damaged_memory_costs_no_answers(course: Path, work: Path, memory: str) -> None:
    (work / NAME).write_text("my answers")
    (work / ".course.json").write_text(memory)
    make_copies(course / "notebooks", work)
    assert (work / NAME).read_text() == "my answers"
    assert (work / NEW).read_text() == "12_risk_analysis, first edition"


def test_a_copy_that_cannot_be_written_leaves_the_old_one(
    course: Path, work: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(file: Path, content: bytes) -> int:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", full)
    (course / "notebooks" / NAME).write_text("second edition")
    with pytest.raises(OSError, match="No space left"):
        make_copies(course / "notebooks", work)
    assert (work / NAME).read_text() == "12_risk_analysis, first edition"
