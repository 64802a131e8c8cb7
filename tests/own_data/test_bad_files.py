"""A file that cannot be used at all: one sentence with the remedy, and nothing left behind."""

from __future__ import annotations

import codecs
import re

import pytest

from cep_toolkit.errors import InputFileError
from cep_toolkit.own_data import import_declarations
from cep_toolkit.own_data.mapping import Mapping
from tests.own_data.made import GOOD, SMALL, Desk, small, small_mapping, text_of

WHOLE = text_of([GOOD])
FILES: dict[str, tuple[str | bytes, str]] = {
    "empty": (b"", "file.csv: the file is empty. Export it again."),
    "blank": (b"\n \n", "the file is empty."),
    "header only": (text_of([]), "it has a header, but no row after it. Export it again."),
    "no header": (
        text_of([small(ID="A-2")], GOOD),
        'row 1 is no header that the mapping knows: it begins with "A-1". The first line must hold the column names',
    ),
    "columns missing": (
        WHOLE.replace("KG", "KGS").replace("ORI", "ORIGIN"),
        'row 1, the header, lacks ORI, KG. Did you mean "ORIGIN", "KGS"? Correct the names in the mapping',
    ),
    "column twice": (WHOLE.replace("KG", "HS"), 'row 1: two columns are called "HS". Rename one of them.'),
    "other delimiter": (
        text_of([GOOD], mark=";"),
        'the header has one column only, "ID;DATE;HS;ORI;KG;VALUE". Write "delimiter: semicolon" under file',
    ),
    "NUL in the header": (WHOLE.replace("KG", "K\0G"), "row 1, the header: a NUL character. Check encoding"),
    "open quotation mark in the header": (
        WHOLE.replace("DATE", '"DATE'),
        "row 1, the header: a quotation mark that is not closed",
    ),
    "header in another encoding": (
        WHOLE.replace("VALUE", "V\u00c4RDE").encode("cp1252"),
        "row 1, the header: a character that is not in the file's encoding. Check encoding",
    ),
    "UTF-16": (WHOLE.encode("utf-16"), 'it is written in utf-16, not in utf-8. Write "encoding: utf-16" under file'),
    "UTF-16 without a mark": (WHOLE.encode("utf-16-le"), "row 1, the header: a NUL character. Check encoding"),
    "no usable row": (
        text_of([small(KG="-1"), small(DATE="?")]),
        "none of its 2 rows can be used. Row 2, KG: negative. Correct the file, or what the mapping says of it.",
    ),
    "too many columns": (text_of([], [f"c{n}" for n in range(2_001)]), "2,001 columns; at most 2,000 are read"),
    "workbook": (b"PK\x03\x04" + b"x" * 100, "this is an Excel workbook or another zip archive, not a text file."),
    "Parquet": (b"PAR1" + b"\0" * 100, "this is a Parquet file, but it is damaged. Write the file again"),
    "gzip": (b"\x1f\x8b\x08" + b"\0" * 100, "this is a file packed with gzip, not a text file."),
}


@pytest.mark.parametrize("name", FILES)
def test_an_unusable_file_leaves_nothing_behind(desk: Desk, name: str) -> None:
    content, message = FILES[name]
    with pytest.raises(InputFileError, match=re.escape(message)):
        desk.read(content)
    assert desk.left == []


def test_a_file_in_utf_8_is_not_read_as_something_else(desk: Desk) -> None:
    other = small_mapping(before="file: {encoding: cp1252}")
    with pytest.raises(InputFileError, match="it is written in utf-8, not in cp1252"):
        desk.read(codecs.BOM_UTF8 + WHOLE.encode(), other)


def test_a_file_that_is_not_there(desk: Desk) -> None:
    with pytest.raises(InputFileError, match=r"none\.csv: it cannot be read \(No such file or directory\)"):
        import_declarations(desk.folder / "none.csv", small_mapping(), desk.out)
    assert desk.left == []


def test_a_folder_is_no_file(desk: Desk) -> None:
    with pytest.raises(InputFileError, match=r"in: this is no file\. Give the path of a CSV file\."):
        import_declarations(desk.inbox.parent, small_mapping(), desk.out)


def test_reading_that_stops_leaves_nothing_behind(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    def stops(stream: object, *rest: object) -> object:
        yield from []
        raise OSError(5, "Input/output error")

    monkeypatch.setattr("cep_toolkit.own_data.source_file.records", stops)
    with pytest.raises(InputFileError, match=r"reading stopped \(Input/output error\)\. Copy the file again\."):
        desk.read(WHOLE)
    assert desk.left == []


def test_an_optional_column_may_be_missing(desk: Desk) -> None:
    mapping = small_mapping(more="office: {from: OFFICE, optional: yes}")
    report = desk.read(WHOLE, mapping)
    assert report.not_there == ("OFFICE",)
    assert "Not in the file: OFFICE" in str(report)


ENCODINGS = {
    "utf-8": WHOLE.encode(),
    "UTF8": WHOLE.encode("utf-8-sig"),
    "cp949": WHOLE.encode("cp949"),
    "utf-16": WHOLE.encode("utf-16"),
    "utf-16-le": codecs.BOM_UTF16_LE + WHOLE.encode("utf-16-le"),
}


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_a_mark_at_the_start_belongs_to_no_column(desk: Desk, encoding: str) -> None:
    report = desk.read(ENCODINGS[encoding], small_mapping(before=f"file: {{encoding: {encoding}}}"))
    assert (report.rows_kept, report.not_used) == (1, ())


@pytest.mark.parametrize(("encoding", "word"), [("cp949", "\ub9d0"), ("cp1252", "\u00c4pfel"), ("utf-16", "\ub9d0")])
def test_texts_in_other_encodings_are_read(desk: Desk, encoding: str, word: str) -> None:
    from cep_toolkit.world import World

    desk.read(text_of([(*GOOD, word)], (*SMALL, "TEXT")).encode(encoding), _described(encoding))
    assert World.from_folder(desk.out).declarations["description"].tolist() == [word]


def _described(encoding: str) -> Mapping:
    return small_mapping(more="description: TEXT", before=f"file: {{encoding: {encoding}}}")


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_every_kind_of_line_end_is_read(desk: Desk, end: str) -> None:
    assert desk.read(text_of([GOOD, small(ID="A-2")], end=end)).rows_kept == 2
