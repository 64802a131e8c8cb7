"""A row that cannot be used is refused with its number, its column and the reason; the others are kept."""

from __future__ import annotations

import pytest

from tests.own_data.made import SMALL, Desk, small, small_mapping, text_of

GOOD = small(ID="A-0")
ROWS = {
    "negative mass": (small(KG="-3"), "KG", "negative"),
    "negative value": (small(VALUE="-0.01"), "VALUE", "negative"),
    "no number": (small(KG="ten"), "KG", "not a number with a decimal point"),
    "decimal comma": (small(KG='"10,5"'), "KG", "not a number with a decimal point"),
    "infinite": (small(VALUE="inf"), "VALUE", "not a number with a decimal point"),
    "huge": (small(VALUE="1e99"), "VALUE", "larger than 9,000,000,000,000"),
    "no such day": (small(DATE="2025-02-30"), "DATE", "no such day in the calendar"),
    "other date": (small(DATE="01/03/2025"), "DATE", "not a date written as YYYY-MM-DD"),
    "long ago": (small(DATE="1725-03-01"), "DATE", "not between 1970 and 2099"),
    "no identifier": (small(ID=""), "ID", "empty, but every row needs it"),
    "no mass": (small(KG=" "), "KG", "empty, but every row needs it"),
    "shortened identifier": (
        small(ID="2.02E+11"),
        "ID",
        "a number that a spreadsheet has shortened: its last digits are lost",
    ),
    "country's name": (small(ORI="Norway"), "ORI", "not a code of two or three letters, or of three digits"),
    "heading only": (small(HS="0101"), "HS", "4 digits: a chapter or heading does not tell the subheading"),
    "odd length": (
        small(HS="101210000"),
        "HS",
        "9 digits: the mapping must say digits, the length of a whole code",
    ),
    "no such chapter": (small(HS="770121"), "HS", "there is no chapter 77"),
    "repeated identifier": (small(ID="A-0"), "ID", "this number stands in an earlier row too: row 2"),
    "NUL": (small(ORI="N\0"), "ORI", "a NUL character"),
    "too few fields": (small()[:4], "", "4 fields, where the header has 6"),
    "too many fields": ((*small(), "=1+1"), "", "7 fields, where the header has 6"),
    "open quotation mark": (
        small(ORI='"NO'),
        "",
        "a quotation mark that is not closed, or stands in the wrong place",
    ),
    "very long field": (small(ID="x" * 10_001), "ID", "10,001 characters; at most 10,000 are read"),
}


@pytest.mark.parametrize("name", ROWS)
def test_a_bad_row_is_refused_alone(desk: Desk, name: str) -> None:
    bad, column, reason = ROWS[name]
    report = desk.read(text_of([GOOD, bad, small(ID="A-9")]))
    assert (report.rows_in, report.rows_kept, report.rows_refused) == (3, 2, 1)
    assert [(found.column, found.first_row) for found in report.reasons] == [(column, 3)]
    assert desk.refused[0][:3] == ["3", column, reason]
    assert f"{column or 'whole row'}: {reason.split(': row')[0]}; first in row 3" in str(report)


def test_a_field_in_another_encoding_is_named(desk: Desk) -> None:
    content = text_of([GOOD, small(ORI="N?"), small(ID="A-9")]).encode().replace(b"?", b"\xc5")
    report = desk.read(content)
    assert report.rows_kept == 2
    assert desk.refused[0][:3] == ["3", "ORI", "a character that is not in the file's encoding"]
    assert desk.refused[0][6] == r"N\udcc5"


def test_the_first_of_two_reasons_is_given_and_the_row_counted_once(desk: Desk) -> None:
    report = desk.read(text_of([GOOD, small(DATE="?", KG="-1"), small(ID="A-9", KG="-1")]))
    assert [str(reason) for reason in report.reasons] == [
        "DATE: not a date written as YYYY-MM-DD",
        "KG: negative",
    ]
    assert sum(reason.rows for reason in report.reasons) == report.rows_refused == 2
    assert {column.name: column.refused for column in report.columns if column.refused} == {
        "date": 1,
        "net_mass_kg": 1,
    }


def test_a_number_whose_first_row_was_refused_is_not_repeated(desk: Desk) -> None:
    report = desk.read(text_of([small(KG="-1"), small(), small()]))
    assert report.rows_kept == 1
    assert [row[:3] for row in desk.refused][1] == ["4", "ID", "this number stands in an earlier row too: row 3"]


def test_repeated_numbers_are_found_across_pieces(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("cep_toolkit.own_data.importing.ROWS_IN_A_PIECE", 2)
    report = desk.read(text_of([small(ID=f"A-{number % 5}") for number in range(10)]))
    assert report.rows_kept == 5
    assert [(row[0], row[2][-5:]) for row in desk.refused] == [(str(7 + n), f"row {2 + n}") for n in range(5)]


def test_a_value_may_hold_line_breaks(desk: Desk) -> None:
    mapping = small_mapping(more="description: TEXT")
    lines = [(*small(), '"two\nlines, and, more, of, them"'), (*small(ID="A-2"), "one")]
    report = desk.read(text_of(lines, (*SMALL, "TEXT")), mapping)
    assert (report.rows_in, report.rows_kept) == (2, 2)


@pytest.mark.parametrize("text", ["steel\npipes", "steel\npipes, of 3 m", "steel, of 3 m\n\npipes"])
def test_line_breaks_before_the_other_columns_are_no_rows(desk: Desk, text: str) -> None:
    mapping = small_mapping(more="description: TEXT")
    lines = [(f'"{text}"', *small()), ("one", *small(ID="A-2", KG="x"))]
    report = desk.read(text_of(lines, ("TEXT", *SMALL)), mapping)
    assert (report.rows_in, report.rows_kept) == (2, 1)
    assert desk.refused[0][0] == str(3 + text.count("\n"))  # rows are numbered by the line that they begin on


@pytest.mark.parametrize("apart", [0, 1, 3, 80])
def test_stray_quotation_marks_do_not_swallow_a_row(desk: Desk, apart: int) -> None:
    mapping = small_mapping(more="description: TEXT")
    header = ("TEXT", *SMALL)
    between = [("pipe 6", *small(ID=f"A-{place}")) for place in range(10, 10 + apart)]
    rows = [('"pipe 5', *small()), *between, ('pipe 7"', *small(ID="A-8")), ("rod", *small(ID="A-9"))]
    report = desk.read(text_of(rows, header), mapping)
    assert (report.rows_in, report.rows_kept, report.rows_refused) == (3 + apart, 2 + apart, 1)


def test_a_line_inside_a_value_may_be_anything(desk: Desk) -> None:
    mapping = small_mapping(more="description: TEXT")
    inside = "\n".join(("pipes", ",".join(("?", *small())), ",,,,,,", "rods"))
    content = "  \n" + text_of([(f'"{inside}"', *small(ID="A-2")), ("rod", *small())], ("TEXT", *SMALL))
    report = desk.read(content.encode().replace(b"?", b"\xff"), mapping)
    assert (report.rows_in, report.rows_kept) == (2, 1)
    assert desk.refused[0][:3] == ["3", "TEXT", "a character that is not in the file's encoding"]


def test_long_rows_are_read_in_smaller_pieces(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("cep_toolkit.own_data.importing.BYTES_IN_A_PIECE", 10_000)
    told: list[tuple[int, int]] = []
    rows = [(*small(ID=f"A-{place}"), "x" * 9_000) for place in range(12)]
    report = desk.read(text_of(rows, (*SMALL, "TEXT")), progress=lambda done, whole: told.append((done, whole)))
    assert report.rows_kept == 12
    assert len(told) > 3


def test_a_line_without_end_is_one_bad_row(desk: Desk) -> None:
    report = desk.read(text_of([GOOD, ("x" * 2_500_000,), ("x",) * 1_250_000, small(ID="A-9")]))
    assert (report.rows_in, report.rows_kept) == (4, 2)
    assert [row[:3] for row in desk.refused] == [
        ["3", "", "a field of 131,072 characters or more"],
        ["4", "", "a line of 1,000,000 characters or more"],
    ]


def test_cells_of_refused_rows_start_no_formula(desk: Desk) -> None:
    starts = ("=", "+", "-", "@", "\t", "\uff1d")
    rows = [small(ID=f"{start}cmd|x", KG="-1") for start in starts]
    desk.read(text_of([GOOD, *rows]))
    assert [row[3] for row in desk.refused] == [f"'{start}cmd|x" for start in starts]
    assert {row[7] for row in desk.refused} == {"'-1"}


def test_fields_beyond_the_header_are_kept_with_the_refused_row(desk: Desk) -> None:
    desk.read(text_of([GOOD, (*small(), "=1", "2")]))
    assert desk.refused[0][3:] == [*small(), "'=1 | 2"]


def test_blank_lines_are_no_rows_and_are_counted(desk: Desk) -> None:
    report = desk.read(text_of([GOOD]) + "\n   \n" + ",".join(small()) + "\n\n")
    assert (report.rows_in, report.rows_kept, report.blank_lines) == (2, 2, 3)
    assert "blank lines, no rows" in str(report)
