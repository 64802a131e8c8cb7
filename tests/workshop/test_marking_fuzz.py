"""Thousands of hostile files: nothing raises, nothing outside the output is touched, the good file is marked."""

from __future__ import annotations

import csv
import io
from collections import Counter
from pathlib import Path

import pytest

from cep_toolkit.own_data.refused import STARTS_A_FORMULA
from cep_toolkit.workshop.marking import tables
from cep_toolkit.workshop.marking.feedback import feedback
from cep_toolkit.workshop.marking.gathering import Found, gather
from cep_toolkit.workshop.marking.marks import mark_all
from cep_toolkit.workshop.marking.spreadsheet import csv_file
from tests.workshop.handed_in import KEY, content, laid_out
from tests.workshop.hostile import cases

CASES, SEEDS = 500, range(6)


@pytest.mark.parametrize("seed", SEEDS)
def test_no_hostile_file_does_more_than_be_refused_or_marked(seed: int, tmp_path: Path) -> None:
    place, _ = laid_out(tmp_path)
    (place / "good.json").write_bytes(content("P02"))
    for name, data in cases(seed, CASES):
        (place / name).write_bytes(data)
    before = {path: path.lstat().st_mtime_ns for path in tmp_path.rglob("*")}
    found = list(gather(place))
    assert {path: path.lstat().st_mtime_ns for path in tmp_path.rglob("*")} == before
    marking = mark_all(KEY, found)
    assert [each.participant for each in marking.marked if each.participant != "P01"] == ["P02"]
    here = [*marking.refused, *marking.repeated, *(each for each in marking.marked)]
    assert Counter(each.file for each in here) == Counter(each.name for each in found)
    assert all(each.reason for each in marking.refused)
    for table in (tables.answers(marking), tables.files(marking), tables.participants(marking)):
        for line in csv.reader(io.StringIO(csv_file(table).decode("utf-8-sig"))):
            assert not [cell for cell in line if cell.startswith(STARTS_A_FORMULA)]
            assert "".join(line).isprintable()


@pytest.mark.parametrize("seed", SEEDS)
def test_every_hostile_answer_that_is_taken_has_a_harmless_page(seed: int) -> None:
    """One by one, since different files of one participant are refused together."""
    taken = 0
    for name, data in cases(seed, CASES // 2):
        for marked in mark_all(KEY, [Found(name, data)]).marked:
            taken += 1
            html = feedback(marked)
            assert html.count("<section>") == 3
            assert not [tag for tag in ("<script", "<img", "<a ", "<iframe") if tag in html]
            assert all(sign.isprintable() or sign in "\n\u00a0" for sign in html)
    assert taken > CASES // 20
