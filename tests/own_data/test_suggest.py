"""A first mapping: right where it is sure, a comment where it is not, and always one that can be read."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cep_toolkit.errors import InputFileError
from cep_toolkit.own_data import import_declarations, suggest_mapping
from cep_toolkit.own_data.mapping import Mapping
from cep_toolkit.own_data.mapping_file import parse_mapping
from cep_toolkit.own_data.plain_yaml import read_plain
from cep_toolkit.world import World
from tests.own_data.made import KOREAN, Desk, korean_rows, text_of
from tests.own_data.test_workbooks import parquet, workbook

EXAMPLES = Path(__file__).resolve().parents[2] / "cep_toolkit" / "own_data" / "examples"
HEADER = ("Number", "Date", "HS code", "Origin", "Net mass", "Customs value")


def suggested(desk: Desk, content: str | bytes) -> str:
    """Return the mapping for a content."""
    desk.inbox.write_bytes(content if isinstance(content, bytes) else content.encode())
    return suggest_mapping(desk.inbox)


def settled(text: str, *entries: str, currency: str = "USD") -> Mapping:
    """Return the mapping after somebody named the currency and took the # from some lines."""
    text = re.sub("^# currency: USD", f"currency: {currency}", text, flags=re.MULTILINE)
    for entry in entries:
        text, times = re.subn(rf"^  # {entry}: ", f"  {entry}: ", text, flags=re.MULTILINE)
        assert times == 1, entry
    return parse_mapping(text, "first.yaml")


def sure(text: str) -> dict[str, Any]:
    """Return what a mapping says, comments left out."""
    content = read_plain(text)
    assert isinstance(content, dict)
    return content


def table(*columns: tuple[str, ...]) -> str:
    """Return a text with semicolons, given its columns after the number."""
    rows = [(f"{4711 + at}", *row) for at, row in enumerate(zip(*columns, strict=True))]
    return text_of(rows, HEADER[: 1 + len(columns)], mark=";")


DAYS = ("13/01/2025", "02/01/2025", "28/02/2025")
CODES, ORIGINS = ("84713000", "01012100", "62034235"), ("NO", "NA", "DE")


@pytest.mark.parametrize("kind", ["csv", "xlsx", "parquet"])
def test_the_korean_layout_needs_the_currency_alone(desk: Desk, kind: str) -> None:
    rows = korean_rows(300)
    contents = {
        "csv": lambda: text_of(rows, KOREAN).encode(),
        "xlsx": lambda: workbook([tuple(row) for row in rows], tuple(KOREAN)),
        "parquet": lambda: parquet({name: [row[at] for row in rows] for at, name in enumerate(KOREAN)}),
    }
    mapping = settled(suggested(desk, contents[kind]()), currency="KRW")
    first = import_declarations(desk.inbox, mapping, desk.out)
    import_declarations(desk.inbox, "kcs", desk.folder / "kcs")
    assert first.rows_kept == 300
    ours, theirs = World.from_folder(desk.out).declarations, World.from_folder(desk.folder / "kcs").declarations
    shared = [name for name in theirs.columns if name in ours.columns]
    assert len(shared) == 13
    assert ours[shared].equals(theirs[shared])


def test_the_example_in_the_manner_of_asycuda(tmp_path: Path) -> None:
    file = EXAMPLES / "asycuda_like.csv"
    mapping = settled(suggest_mapping(file), "encoding")
    first = import_declarations(file, mapping, tmp_path / "first")
    theirs = import_declarations(file, "asycuda_like", tmp_path / "theirs")
    assert (first.rows_in, first.rows_kept) == (theirs.rows_in, theirs.rows_kept) == (17, 16)
    ours, shipped = (World.from_folder(tmp_path / name).declarations for name in ("first", "theirs"))
    assert list(ours) == list(shipped)
    same = [name for name in ours if name != "declaration_id"]
    assert ours[same].equals(shipped[same])


def test_the_example_with_names_of_the_wco_data_model(tmp_path: Path) -> None:
    file = EXAMPLES / "wco_data_model.csv"
    text = suggest_mapping(file) + "rates: {EUR: 1.08, QZD: 0.25}\n"
    mapping = settled(text, "gross_mass_kg", "net_mass_kg", "customs_value")
    import_declarations(file, mapping, tmp_path / "first")
    import_declarations(file, "wco_data_model", tmp_path / "theirs")
    ours, shipped = (World.from_folder(tmp_path / name).declarations for name in ("first", "theirs"))
    same = [name for name in shipped if name != "declaration_id"]
    assert ours[same].equals(shipped[same])


def test_days_that_fit_two_forms_are_not_guessed(desk: Desk) -> None:
    text = suggested(desk, table(("01/02/2025", "03/04/2025", "05/06/2025"), CODES, ORIGINS))
    assert "date" not in sure(text)["file"]
    assert '# date: "DD/MM/YYYY"' in text
    assert '# date: "MM/DD/YYYY"' in text
    assert sure(suggested(desk, table(DAYS, CODES, ORIGINS)))["file"]["date"] == "DD/MM/YYYY"


@pytest.mark.parametrize(
    ("values", "marks"),
    [
        (("1.234,5", "12,25", "7"), (",", ".")),
        (("1,234.5", "12.25", "7"), (".", ",")),
        (("1 234,5", "12,25", "7"), (",", " ")),
        (("12,25", "0,5", "7"), (",", None)),
        (("12.25", "0.5", "7"), (".", None)),
        (("1'234.5", "12.25", "7"), (".", "'")),
        (("1.234", "2.500", "7"), (None, None)),  # a decimal point or thousands: nobody can tell
        (("1,234", "2,500", "7"), (None, None)),
        (("5", "12", "7"), (None, None)),
    ],
)
def test_marks_in_numbers_are_told_from_the_values(
    desk: Desk, values: tuple[str, ...], marks: tuple[str | None, str | None]
) -> None:
    text = suggested(desk, table(DAYS, CODES, ORIGINS, values))
    told = sure(text)["file"]
    assert (told.get("decimal"), told.get("thousands")) == marks
    assert ("NOT SURE: in Net mass" in text) == (values[0] in ("1.234", "1,234"))


def test_columns_that_disagree_are_told(desk: Desk) -> None:
    text = suggested(desk, table(DAYS, CODES, ORIGINS, ("1,5", "2,25", "3"), ("1.5", "2.25", "3")))
    assert "decimal" not in sure(text)["file"]
    assert "are not all written alike" in text


def test_two_columns_of_one_name_are_not_guessed(desk: Desk) -> None:
    rows = [("1", "2.5", "3.5"), ("2", "4.5", "5.5")]
    text = suggested(desk, text_of(rows, ("Number", "Net weight", "Net mass (kg)")))
    assert "net_mass_kg" not in sure(text)["declarations"] or "or is it" not in text
    rows = [("1", "NO", "NA"), ("2", "DE", "NO")]
    text = suggested(desk, text_of(rows, ("Number", "Origin", "Country of origin")))
    assert "# origin: Origin    # NOT SURE: every row needs it; or is it Country of origin? The names fit alike" in text


def test_a_name_alone_is_not_enough(desk: Desk) -> None:
    text = suggested(desk, table(DAYS, CODES, ("Norway", "Namibia", "Germany")))
    assert "origin" not in sure(text)["declarations"]
    assert "# origin: Origin    # NOT SURE: every row needs it; the name fits, the values do not: " in text


def test_what_is_missing_is_named(desk: Desk) -> None:
    text = suggested(desk, text_of([("a", "84713000"), ("b", "010121")], ("x", "y")))
    assert "# hs:        # NOT SURE: no name says so; by the values it could be y" in text
    assert "No name of a column is known here" in text


def test_lost_zeros_and_long_codes_are_seen(desk: Desk) -> None:
    text = suggested(desk, table(DAYS, ("8471300000", "101210000", "6203423500"), ORIGINS))
    assert sure(text)["declarations"]["hs"] == {"from": "HS code", "digits": "10"}
    assert "taken zeros from the front" in text


def test_na_is_not_taken_for_nothing(desk: Desk) -> None:
    text = suggested(desk, table(DAYS, CODES, ORIGINS, *[("12.5",) * 3] * 2).replace("12.5", "NA", 1))
    assert "empty" not in sure(text)["file"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp949"])
def test_encodings_are_told(desk: Desk, encoding: str) -> None:
    content = text_of([("1", "\ub9d0 \ud55c\uad6d \ub9d0"), ("2", "\ud55c\uad6d")], ("Number", "Description"))
    told = sure(suggested(desk, content.encode(encoding)))["file"]["encoding"]
    assert content.encode(encoding).decode(told).removeprefix("\ufeff") == content


@pytest.mark.parametrize("mark", [",", ";", "\t", "|"])
@pytest.mark.parametrize("quote", ['"', "'"])
def test_delimiters_and_quotes_are_told(desk: Desk, mark: str, quote: str) -> None:
    rows = [(f"{at}", f"{quote}steel{mark} 3{quote}", "1.5") for at in range(20)]
    told = sure(suggested(desk, text_of(rows, ("Number", "Description", "Net mass"), mark=mark)))["file"]
    assert told["delimiter"] == {",": "comma", ";": "semicolon", "\t": "tab", "|": "pipe"}[mark]
    assert told["quote"] == {'"': "double", "'": "single"}[quote]


names = st.text(st.characters(codec="utf-8"), min_size=1, max_size=20) | st.sampled_from(
    ["a: b", "# x", "- y", "{z}", "NO", "~", "hs code", "hs\nnet mass", "date'", '"', "\\", "net: {", "origin #1"]
)
values = st.text(st.characters(codec="utf-8"), max_size=12) | st.sampled_from(["1,5", "2025-01-01", "NO", "010121"])


@settings(max_examples=150, deadline=None)
@given(header=st.lists(names, min_size=2, max_size=6), cells=st.lists(values, min_size=1, max_size=12))
def test_any_header_gives_a_mapping_that_can_be_read(
    header: list[str], cells: list[str], tmp_path_factory: pytest.TempPathFactory
) -> None:
    import csv

    file = tmp_path_factory.mktemp("any") / "a.csv"
    width = len(header)
    with file.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(header)
        writer.writerows(
            [
                cells[at : at + width] + [""] * (width - len(cells[at : at + width]))
                for at in range(0, len(cells), width)
            ]
        )
    try:
        text = suggest_mapping(file)
    except InputFileError as error:
        assert str(error).startswith("a.csv: ")  # noqa: PT017  # either is right
        return
    assert set(sure(text)) <= {"title", "file", "declarations"}
    try:
        settled(text)
    except InputFileError as error:
        assert "declarations must name a source for" in str(error)  # noqa: PT017
