"""A workbook on a toy world: asking, checking through every door, help, progress."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from cep_toolkit.checking import Exercise, Status
from cep_toolkit.checking.record import Record
from cep_toolkit.checking.store import FileStore, MemoryStore
from cep_toolkit.course import opening, workbook
from cep_toolkit.course.catalogue import Chapter, chapter, notebooks
from cep_toolkit.course.text import Prompt
from cep_toolkit.course.workbook import Workbook
from cep_toolkit.errors import CepError, UnknownValueError, WrongTypeError
from tests.checking.toys import QUESTION, RIGHT, WORLD, Shortfall, Weighing, missing, other_step

TRUTH = SimpleNamespace(hidden=30.0)
WRONG = {"gap": 63.0, "step": "release"}


class Hidden(Shortfall):
    """The same question, but only the truth knows what was really there."""

    id = "hidden"
    title = "What was really missing?"
    open_book = False
    core = False

    def reference(self, world: Any, truth: Any, question: Weighing) -> object:
        return truth.hidden, "ask"


class Quiet(Shortfall):
    """Own data never hold a case of it."""

    id = "quiet"
    title = "Nothing of the kind"

    def candidates(self, world: Any) -> Iterator[Weighing]:
        yield from () if world.is_own_data else world.weighings


def world(fingerprint: str = "0123456789abcdef", own_data: bool = False, columns: tuple[str, ...] = ("found",)) -> Any:
    """Return the toy world as a workbook needs it."""
    return SimpleNamespace(
        weighings=WORLD.weighings,
        fingerprint=fingerprint,
        is_own_data=own_data,
        is_national=False,
        tables=("weighings",),
        table=lambda name: SimpleNamespace(columns=columns),
    )


@pytest.fixture
def open_toy(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Callable[..., Workbook]:
    """Open a workbook on the toy world; its progress stands in ``tmp_path``."""
    exercises: list[Exercise] = [Shortfall(), Hidden(), Quiet()]
    toy = Chapter("00_toy", "A toy", {exercise.id: exercise for exercise in exercises})
    monkeypatch.setattr(workbook, "chapter", lambda notebook: toy)
    monkeypatch.setattr(workbook, "notebooks", lambda: ("00_toy",))
    monkeypatch.setattr(opening, "truth_of", lambda world: TRUTH)

    def open_it(where: Any = None, folder: str = "progress") -> Workbook:
        monkeypatch.setattr(opening, "open_world", lambda *parameters: where or world())
        return Workbook("00_toy", store=FileStore(tmp_path / folder))

    return open_it


@pytest.fixture
def wb(open_toy: Callable[..., Workbook]) -> Workbook:
    return open_toy()


# Asking -------------------------------------------------------------------------------------------------------------


def test_a_workbook_names_its_exercises(wb: Workbook) -> None:
    assert wb.exercises == ("shortfall", "hidden", "quiet")
    assert repr(wb) == "Workbook 00_toy: shortfall, hidden, quiet"


def test_asking_gives_the_prompt_and_the_parts_of_the_answer(wb: Workbook) -> None:
    prompt = wb.ask("shortfall")
    assert isinstance(prompt, Prompt)
    assert str(prompt) == "Declared: **100 kg**. Found: **80 kg**. How much is missing?"
    assert (prompt.exercise, prompt.title, list(prompt.fields)) == (
        "shortfall",
        "How much is missing?",
        ["gap", "step"],
    )
    assert wb.question("shortfall") == QUESTION


def test_a_misspelt_exercise_is_answered_with_the_nearest_and_never_counts(wb: Workbook) -> None:
    sentence = 'exercise "shortfal" is not known. Did you mean "shortfall"? Valid: shortfall, hidden, quiet.'
    for method in (wb.ask, wb.hint, wb.solution, wb.reset, wb.restore):
        assert str(method("shortfal")) == sentence
    result = wb.check("shortfal", RIGHT)
    assert (result.status, result.message) == (Status.WRONG_FORM, sentence)
    assert result.next_step == "Correct the name and run it again. This did not count as a try."
    assert wb.record("shortfal") == Record()


def test_code_that_asks_for_a_question_that_is_not_there_is_told_so(wb: Workbook) -> None:
    with pytest.raises(UnknownValueError, match="shortfall"):
        wb.question("shortfal")


# Checking -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("raw", "status"),
    [
        (None, Status.NOT_ATTEMPTED),
        ({"gap": 20}, Status.WRONG_FORM),
        (WRONG, Status.NOT_YET),
        ({"gap": 63, "step": "ask"}, Status.PARTLY),
        ({"gap": "20,0 %", "step": "ask"}, Status.CORRECT),
    ],
)
def test_a_check_says_how_an_answer_stands(wb: Workbook, raw: object, status: Status) -> None:
    result = wb.check("shortfall", raw)
    assert result.status is status
    assert result.next_step
    marked = status in (Status.NOT_YET, Status.PARTLY, Status.CORRECT)
    assert wb.record("shortfall").status is (status if marked else Status.NOT_ATTEMPTED)


def test_an_answer_that_only_the_truth_knows_is_checked_with_it(wb: Workbook) -> None:
    assert wb.check("hidden", (30, "ask")).status is Status.CORRECT
    assert wb.check("hidden", RIGHT).status is Status.PARTLY


def test_nothing_in_a_workbook_leads_to_the_truth(wb: Workbook) -> None:
    wb.check("hidden", (30, "ask"))
    wb.solution("hidden")
    seen: list[object] = [wb]
    for thing in seen:
        inside = list(thing.values()) if isinstance(thing, dict) else list(getattr(thing, "__dict__", {}).values())
        seen.extend(part for part in inside if not any(part is other for other in seen))
    assert len(seen) > 10
    assert not any(thing is TRUTH or thing == 30.0 for thing in seen)


def test_a_second_wrong_check_opens_the_first_hint(wb: Workbook) -> None:
    assert wb.check("shortfall", WRONG).next_step == "Change your answer, or open a hint."
    assert wb.check("shortfall", WRONG | {"gap": 64.0}).next_step == "Hint 1 of 2. Compare with what was declared."
    assert wb.record("shortfall").hints_open == 1


def test_hints_open_one_after_the_other(wb: Workbook) -> None:
    first = "**Hint 1 of 2.** Compare with what was declared."
    wait = "The next hint opens after one more try. Change your answer and check it."
    assert str(wb.hint("shortfall")) == first
    assert str(wb.hint("shortfall")) == f"{first}\n\n{wait}"
    wb.check("shortfall", WRONG)
    both = f"{first}\n\n**Hint 2 of 2.** Divide the missing mass by the declared mass."
    assert str(wb.hint("shortfall")) == both
    assert str(wb.hint("shortfall")) == f"{both}\n\nAll hints are open."


SOLUTION = "- Missing: **20.0\u00a0%**\n- Step: **Ask**\n\nThe base is what was declared."


def test_the_solution_opens_after_three_tries(wb: Workbook) -> None:
    for tries in range(3):
        assert str(wb.solution("shortfall")) == (
            f"The solution opens when your answer is right, or after 3 tries. Tries so far: {tries}. "
            "Check an answer, or open a hint."
        )
        wb.check("shortfall", WRONG | {"gap": 60.0 + tries})
    assert str(wb.solution("shortfall")) == SOLUTION


def test_the_solution_opens_after_the_right_answer(wb: Workbook) -> None:
    wb.check("shortfall", RIGHT)
    assert str(wb.solution("shortfall")) == SOLUTION


# The doors of code --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("mistake", Shortfall.misconceptions, ids=lambda mistake: mistake.name)
def test_a_word_in_the_blank_gets_its_mistakes_message(
    wb: Workbook, mistake: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    @wb.answer("shortfall")
    def my_answer() -> Any:
        word = mistake.word
        step = other_step(wb.question("shortfall")) if word == "step" else "ask"
        return missing(wb.question("shortfall"), "declared" if word == "step" else word), step

    assert mistake.message in capsys.readouterr().out
    assert (wb.record("shortfall").attempts, wb.record("shortfall").door) == (1, "code")
    assert callable(my_answer)


def test_an_open_blank_is_not_attempted(wb: Workbook, capsys: pytest.CaptureFixture[str]) -> None:
    @wb.answer("shortfall")
    def my_answer() -> Any:
        return missing(wb.question("shortfall"), "____"), "ask"

    assert capsys.readouterr().out.startswith("Not attempted. There is no answer to check yet.")
    assert wb.record("shortfall") == Record()


def test_an_unknown_word_in_the_blank_is_told_the_words(wb: Workbook, capsys: pytest.CaptureFixture[str]) -> None:
    wb.answer("shortfall")(lambda: missing(wb.question("shortfall"), "fond"))
    told = capsys.readouterr().out
    assert told.startswith("Wrong form. Line ")
    assert 'base "fond" is not known. Did you mean "found"? Valid: declared, found, share.' in told


def test_the_decorator_without_its_brackets_is_told_what_to_write(
    wb: Workbook, capsys: pytest.CaptureFixture[str]
) -> None:
    wb.answer(lambda: 5)  # type: ignore[arg-type, type-var]
    assert 'Write the exercise\'s name in the brackets, for example @wb.answer("shortfall").' in capsys.readouterr().out


def test_changing_the_door_keeps_the_answer(wb: Workbook) -> None:
    wb.check("shortfall", WRONG)
    wb.answer("shortfall")(lambda: None)
    assert wb.record("shortfall").answer == WRONG
    wb.answer("shortfall")(lambda: RIGHT)
    assert wb.record("shortfall") == Record(Status.CORRECT, RIGHT, 2, 0, "code")


# Progress -----------------------------------------------------------------------------------------------------------


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


# Own data -----------------------------------------------------------------------------------------------------------


def test_on_own_data_an_open_book_exercise_is_marked(open_toy: Callable[..., Workbook]) -> None:
    assert open_toy(world(own_data=True)).check("shortfall", RIGHT).status is Status.CORRECT


def test_on_own_data_what_only_the_truth_knows_is_kept_and_not_marked(
    open_toy: Callable[..., Workbook], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(opening, "truth_of", lambda world: None)
    own = open_toy(world(own_data=True))
    assert own.question("hidden") == WORLD.weighings[0]
    result = own.check("hidden", WRONG)
    assert (result.status, result.misconception) == (Status.NOT_MARKED, "")
    assert result.message == "Your answer is kept. On your own data nobody knows the true answer, so it is not marked."
    assert own.record("hidden").answer == WRONG
    assert str(own.solution("hidden")) == (
        "On your own data nobody knows the true answer. This is how to think about it.\n\n"
        "The base is what was declared."
    )
    assert "1 of 3 done" in str(own.progress())


@pytest.mark.parametrize(
    ("exercise", "columns", "sentence"),
    [
        (
            "shortfall",
            (),
            (
                "This exercise needs what your data does not have: the column found in weighings. "
                "You can do it in the simulated world. Go on to the next one."
            ),
        ),
        (
            "quiet",
            ("found",),
            (
                "Your data holds no case that fits this exercise. You can do it in the simulated world. "
                "Go on to the next one."
            ),
        ),
    ],
)
def test_own_data_that_cannot_pose_an_exercise_says_so(
    open_toy: Callable[..., Workbook], exercise: str, columns: tuple[str, ...], sentence: str
) -> None:
    own = open_toy(world(own_data=True, columns=columns))
    for method in (own.ask, own.hint, own.solution):
        assert str(method(exercise)) == sentence
    assert (own.check(exercise, RIGHT).status, own.check(exercise, RIGHT).message) == (Status.NOT_MARKED, sentence)


# The catalogue ------------------------------------------------------------------------------------------------------


def test_every_notebook_of_the_course_is_in_the_catalogue() -> None:
    assert "00_start_here" in notebooks()
    for name in notebooks():
        assert chapter(name).notebook == name


@pytest.mark.parametrize("name", ["00_start_her", "start_here", "00_workbook", "00_../x", "", 5, None])
def test_an_unknown_notebook_is_refused_with_the_valid_ones(name: Any) -> None:
    with pytest.raises((UnknownValueError, WrongTypeError), match="00_start_here"):
        Workbook(name, store=MemoryStore())


def test_a_folder_that_is_no_text_is_refused() -> None:
    with pytest.raises(CepError, match="data must be the name of a folder"):
        Workbook("00_start_here", data=5, store=MemoryStore())  # type: ignore[arg-type]


def test_progress_stands_where_the_environment_says(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("CEP_PROGRESS", str(tmp_path))
    assert opening.progress_folder() == tmp_path
    monkeypatch.delenv("CEP_PROGRESS")
    assert opening.progress_folder().name == "progress"
