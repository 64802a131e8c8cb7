"""Marking a folder: who is right, who is told what, and what the instructor finds in the sheets."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from openpyxl import load_workbook

from cep_toolkit import cli
from cep_toolkit.checking import Status
from cep_toolkit.course.submission import submission_file
from cep_toolkit.errors import InputFileError, StorageError
from cep_toolkit.workshop.marking.marks import Marking
from cep_toolkit.workshop.marking.run import mark_folder, summary
from tests.workshop.handed_in import NOTEBOOK, OTHER, RIGHT, SHARE, content, laid_out, submission

WRONG_STREAMS = {**RIGHT["kinds"], "several": ["a", "b", "c"]}


class Page(HTMLParser):
    """The texts and tags of a page."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.words: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)

    def handle_data(self, data: str) -> None:
        self.words.append(data)

    @property
    def text(self) -> str:
        return " ".join(" ".join(self.words).split())


Marker = Callable[..., Marking]


@pytest.fixture
def mark(tmp_path: Path) -> Marker:
    """Mark files given by their names; what comes of it stands in ``tmp_path / "out"``."""
    place, key = laid_out(tmp_path)

    def mark_them(**files: bytes) -> Marking:
        for name, data in files.items():
            (place / f"{name}.json").write_bytes(data)
        return mark_folder(place, key, tmp_path / "out")

    return mark_them


def lines(folder: Path, name: str = "marks.csv") -> list[dict[str, str]]:
    text = (folder / "out" / name).read_bytes().decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))


def contents(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def feedback(folder: Path, participant: str) -> str:
    return (folder / "out" / "feedback" / f"feedback-{participant}.html").read_text(encoding="utf-8")


# Marks --------------------------------------------------------------------------------------------------------------


def test_each_answer_is_marked_by_the_key_alone(mark: Marker) -> None:
    marking = mark(a=content("P01"), b=content("P02", rate={"rate": 0.05}), c=content("P03", rate=None))
    [right, mistaken, empty] = marking.marked
    assert [each.result.status for each in right.marks] == [Status.CORRECT, Status.CORRECT, Status.NOT_MARKED]
    assert (right.points, len(right.posed), right.answered) == (2.0, 2, 2)
    assert mistaken.marks[0].result.misconception == "share"
    assert mistaken.marks[0].result.message == SHARE
    assert empty.marks[0].result.status is Status.NOT_ATTEMPTED
    assert (marking.refused, marking.absent) == ((), ())


def test_an_answer_that_cannot_be_read_is_told_why(mark: Marker) -> None:
    [each] = mark(a=content("P01", rate={"rate": "much"})).marked
    assert each.marks[0].result.status is Status.WRONG_FORM
    assert '"much" is not a number' in each.marks[0].result.message


def test_what_the_key_does_not_know_is_remarked_and_the_rest_is_marked(mark: Marker) -> None:
    """An update of the course in mid-workshop brings new exercises."""
    newer = submission("P01")
    notebooks = {**newer.notebooks, "13_targeting_exercise": {}}
    notebooks[OTHER] = {**notebooks[OTHER], "brand_new": notebooks[NOTEBOOK]["rate"]}
    [each] = mark(a=submission_file(replace(newer, notebooks=notebooks))).marked
    assert each.points == 2.0
    assert each.remarks == (
        "Notebook 12_risk_analysis, exercise brand_new: not in the key, so it is not marked.",
        "Notebook 13_targeting_exercise is not in the key, so its answers are not marked.",
    )


# Twice the same person ----------------------------------------------------------------------------------------------


def test_the_same_answers_twice_count_once_and_are_named(mark: Marker) -> None:
    marking = mark(first=content("P01"), second=content("P01"))
    assert [each.file for each in marking.marked] == ["first.json"]
    [again] = marking.repeated
    assert (again.file, again.participant) == ("second.json", "P01")
    assert again.reason == "P01 handed in the same answers in first.json already; that file counts."
    assert not marking.refused


def test_of_different_answers_none_counts_until_the_instructor_says_which(mark: Marker) -> None:
    marking = mark(first=content("P01"), second=content("P01", rate=None), third=content("P02"))
    assert [each.participant for each in marking.marked] == ["P02"]
    assert [each.file for each in marking.refused] == ["first.json", "second.json"]
    assert "P01 handed in files with different answers, and none of them counts: first.json, second.json." in (
        marking.refused[0].reason
    )
    assert marking.absent == ("P03",)


def test_a_spoilt_file_does_not_harm_the_good_one_of_the_same_person(mark: Marker) -> None:
    marking = mark(first=content("P01"), second=content("P01")[:-9])
    assert [each.file for each in marking.marked] == ["first.json"]
    assert [each.file for each in marking.refused] == ["second.json"]


# The mark sheet -----------------------------------------------------------------------------------------------------


def test_the_mark_sheet_has_a_line_an_answer_with_its_flags(mark: Marker, tmp_path: Path) -> None:
    mark(a=content("P01", kinds=WRONG_STREAMS), broken=b"{")
    found = lines(tmp_path)
    assert found[0] == {
        "participant": "P01",
        "notebook": NOTEBOOK,
        "exercise": "rate",
        "title": "The rate of duty",
        "status": "correct",
        "points": "1.0",
        "mistake recognised": "",
        "tries": "2",
        "hints open": "1",
        "door": "choose",
        "open book": "yes",
        "referee": "no",
        "file": "a.json",
        "remark": "",
    }
    assert (found[1]["status"], found[1]["points"], found[1]["mistake recognised"]) == ("partly", "0.94", "takes all")
    assert (found[1]["open book"], found[1]["referee"]) == ("no", "yes")
    assert (found[2]["status"], found[2]["points"], found[2]["remark"]) == (
        "not marked here",
        "",
        "This world holds no case.",
    )
    assert (found[3]["status"], found[3]["file"]) == ("refused", "broken.json")
    assert found[3]["remark"].startswith("It is cut off")
    assert [(line["participant"], line["status"]) for line in found[4:]] == [
        ("P02", "nothing handed in"),
        ("P03", "nothing handed in"),
    ]


def test_the_workbook_has_a_line_for_everybody(mark: Marker, tmp_path: Path) -> None:
    mark(a=content("P01"), b=content("P02"), c=content("P02", rate=None))
    book = load_workbook(tmp_path / "out" / "marks.xlsx")
    assert book.sheetnames == ["Participants", "Answers", "Files"]
    rows = list(book["Participants"].iter_rows(values_only=True))
    head = dict(zip(rows[0], range(99), strict=False))
    assert [(row[0], row[2]) for row in rows[1:]] == [
        ("P01", "marked"),
        ("P02", "refused"),
        ("P03", "nothing handed in"),
    ]
    assert rows[1][head["points"]] == 2
    assert rows[1][head["of it open book"]] == 1
    assert rows[1][head["00 rate (open book)"]] == 1
    assert rows[1][head["12 kinds (referee)"]] == 1
    assert "none of them counts" in rows[2][-1]
    assert len(list(book["Files"].iter_rows())) == 4


def test_the_statistics_count_exercises_and_mistakes(mark: Marker, tmp_path: Path) -> None:
    mark(a=content("P01", rate={"rate": 0.05}), b=content("P02", rate={"rate": 0.05}), c=content("P03"))
    found = {(line["exercise"], line["what"], line["name"]): line for line in lines(tmp_path, "statistics.csv")}
    rate = "00 rate (open book)"
    assert found[rate, "status", "right"]["participants"] == "1"
    assert found[rate, "mistake", "share"]["participants"] == "2"
    assert found[rate, "mistake", "share"]["per cent"] == "66.7"
    page = Page((tmp_path / "out" / "statistics.html").read_text(encoding="utf-8"))
    assert "Most is left to learn in “The rate of duty” (00 rate (open book)): 1 of 3 participants" in page.text
    assert SHARE in page.text
    assert page.tags.count("img") == 1


def test_statistics_of_nobody_are_a_page_too(mark: Marker, tmp_path: Path) -> None:
    mark()
    assert "0 of 3 participants are marked." in (tmp_path / "out" / "statistics.html").read_text(encoding="utf-8")
    assert lines(tmp_path, "statistics.csv") == []


# Feedback -----------------------------------------------------------------------------------------------------------


def test_the_page_tells_how_it_stood_why_and_what_to_look_at_next(mark: Marker, tmp_path: Path) -> None:
    mark(a=content("P01", rate={"rate": 0.05}, kinds=None))
    text = Page(feedback(tmp_path, "P01")).text
    assert text.startswith("Feedback for P01")
    assert "0 of 2 right; 1 answered." in text
    assert f"The rate of duty ◔ Not yet. {SHARE} Your answer: Rate: 0.05" in text
    assert "Look at next: Divide, times 100 ." in text  # the first hint was open already
    assert "○ No answer yet. Nothing was handed in here. You can still try it." in text
    assert "– Not asked in your world. This world holds no case." in text


def test_the_page_gives_no_right_answer_away(mark: Marker, tmp_path: Path) -> None:
    mark(a=content("P01", rate={"rate": 7.0}, kinds=None))
    text = Page(feedback(tmp_path, "P01")).text
    for words in ("5.0", "2016-03-05", "Air cargo"):
        assert words not in text


def test_a_right_answer_is_asked_for_its_reasons(mark: Marker, tmp_path: Path) -> None:
    mark(a=content("P01"))
    assert "● Right. Your answer: Rate: 5.00 % Next: Say in one sentence" in " ".join(
        Page(feedback(tmp_path, "P01")).text.replace("\u00a0", " ").split()
    )


def test_a_page_stands_alone_and_fits_a_telephone(mark: Marker, tmp_path: Path) -> None:
    mark(a=content("P01"))
    for html in (feedback(tmp_path, "P01"), (tmp_path / "out" / "statistics.html").read_text(encoding="utf-8")):
        assert {"script", "link", "iframe", "a", "form"}.isdisjoint(Page(html).tags)
        assert "http:" not in html
        assert "https:" not in html
        assert 'name="viewport"' in html
        assert "@media print" in html


SHAMING = ("fail", "wrong", "bad", "poor", "worse", "mistake", "lazy", "unfortunately")


def test_no_word_of_a_page_shames(mark: Marker, tmp_path: Path) -> None:
    mark(a=content("P01", rate={"rate": "much"}, kinds=WRONG_STREAMS), b=content("P02", rate=None, kinds=None))
    for participant in ("P01", "P02"):
        text = Page(feedback(tmp_path, participant)).text.casefold()
        assert not [word for word in SHAMING if word in text]


# The folder that is written -----------------------------------------------------------------------------------------


def test_the_same_files_give_the_same_bytes_at_any_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    place, key = laid_out(tmp_path)
    (place / "a.json").write_bytes(content("P01"))
    (place / "b.json").write_bytes(b"=1+1")
    for name in ("one", "two"):
        mark_folder(place, key, tmp_path / name)
        monkeypatch.setattr("time.time", lambda: 2_000_000_000.0)  # the second one is made years later
    one, two = contents(tmp_path / "one"), contents(tmp_path / "two")
    assert sorted(one) == ["feedback/feedback-P01.html", "marks.csv", "marks.xlsx", "statistics.csv", "statistics.html"]
    assert one == two


def test_a_failure_leaves_nothing_behind(mark: Marker, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_: object) -> Any:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("cep_toolkit.workshop.marking.run.excel_file", fails)
    with pytest.raises(StorageError, match="the disk is full"):
        mark(a=content("P01"))
    assert sorted(path.name for path in tmp_path.iterdir()) == ["in", "key"]


def test_a_folder_with_marks_is_never_replaced(mark: Marker) -> None:
    mark(a=content("P01"))
    with pytest.raises(StorageError, match="not empty"):
        mark(a=content("P01"))


def test_marks_do_not_go_among_the_submissions(tmp_path: Path) -> None:
    place, key = laid_out(tmp_path)
    for out in (place, place / "marks"):
        with pytest.raises(StorageError, match="in the folder of submissions"):
            mark_folder(place, key, out)


def test_what_is_no_folder_is_said(tmp_path: Path) -> None:
    _, key = laid_out(tmp_path)
    with pytest.raises(InputFileError, match="no folder"):
        mark_folder(tmp_path / "nowhere", key, None)


def test_the_summary_counts_everybody(mark: Marker) -> None:
    said = summary(mark(a=content("P01"), b=b"{", c=content("P03"), d=content("P03"))).splitlines()
    assert said[1].split() == ["P01", "marked", "2", "2", "0", "2.0", "2"]
    assert said[2].split() == ["P02", "nothing", "handed", "in"]
    assert said[4] == "Refused: b.json: It is cut off, or is not JSON. Hand in again."
    assert said[5].startswith("The same again: d.json: P03")
    assert said[-1] == "Marked: 2 of 3 participants. Nothing handed in: 1. Files refused: 1."


# The command --------------------------------------------------------------------------------------------------------


def cep(*arguments: object) -> Result:
    return CliRunner().invoke(cli.main, ["mark", *map(str, arguments)], prog_name="cep")


def test_the_command_ends_with_zero_when_all_is_marked(tmp_path: Path) -> None:
    place, key = laid_out(tmp_path)
    (place / "a.json").write_bytes(content("P01"))
    done = cep(place, "--key", key, "--out", tmp_path / "out")
    assert done.exit_code == 0, done.output
    assert "Marked: 1 of 3 participants." in done.stdout
    assert (tmp_path / "out" / "marks.csv").is_file()


def test_the_command_ends_with_one_when_something_is_refused(tmp_path: Path) -> None:
    place, key = laid_out(tmp_path)
    (place / "a.json").write_bytes(b"")
    done = cep(place, "--key", key, "--out", tmp_path / "out")
    assert done.exit_code == 1
    assert "Refused: a.json: The file is empty." in done.stdout


def test_a_dry_run_writes_nothing(tmp_path: Path) -> None:
    place, key = laid_out(tmp_path)
    (place / "a.json").write_bytes(content("P01"))
    before = sorted(tmp_path.rglob("*"))
    done = cep(place, "--key", key, "--dry-run")
    assert done.exit_code == 0
    assert "Marked: 1 of 3" in done.stdout
    assert sorted(tmp_path.rglob("*")) == before


@pytest.mark.parametrize("wrong", ["nothing", "both", "no submissions", "no key", "full"])
def test_wrong_use_ends_with_two(tmp_path: Path, wrong: str) -> None:
    place, key = laid_out(tmp_path)
    out = tmp_path / "out"
    if wrong == "full":
        out.mkdir()
        (out / "marks.csv").write_text("")
    given = {
        "nothing": (place, "--key", key),
        "both": (place, "--key", key, "--out", out, "--dry-run"),
        "no submissions": (tmp_path / "x", "--key", key, "--out", out),
        "no key": (place, "--key", tmp_path / "x", "--out", out),
        "full": (place, "--key", key, "--out", out),
    }
    done = cep(*given[wrong])
    assert done.exit_code == 2, done.output
    assert done.stdout == ""
    assert "Traceback" not in done.stderr
