"""Mangled files: always a report that balances or one error, and never half a folder."""

from __future__ import annotations

import csv
import io
import json
import shutil
import tempfile
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cep_toolkit.errors import InputFileError
from cep_toolkit.own_data import Report, import_declarations, load_mapping
from tests.own_data.made import KOREAN, korean_rows, text_of
from tests.own_data.mangler import KINDS, outcomes

SOUND = text_of(korean_rows(24), KOREAN).encode()
ODD = (
    b"\0",
    b'"',
    b'""',
    b"\r",
    b"\n",
    b"\r\n",
    b",",
    b";",
    b"\t",
    b"\xff",
    b"\xef\xbb\xbf",
    b"=",
    b"-",
    b"\xed\x95\x9c",
)
KCS = load_mapping("kcs")

places = st.integers(0, len(SOUND) - 1)
flips = st.tuples(st.just("flip"), places, st.binary(min_size=1, max_size=1))
puts = st.tuples(st.just("put"), places, st.sampled_from(ODD))
cuts = st.tuples(st.just("cut"), places, st.integers(1, 400))
copies = st.tuples(st.just("copy"), places, st.integers(1, 400))
swaps = st.tuples(st.just("swap"), st.sampled_from(ODD), st.sampled_from(ODD))
Damage = tuple[str, object, object]


def mangled(damages: list[Damage]) -> bytes:
    """Return the sound file after some damages."""
    content = SOUND
    for kind, first, second in damages:
        content = _damaged(content, kind, first, second)
    return content


def _damaged(content: bytes, kind: str, first: object, second: object) -> bytes:
    if isinstance(first, bytes) and isinstance(second, bytes):  # delimiters, line ends and quotation marks changed
        return content.replace(first, second)
    assert isinstance(first, int)
    if isinstance(second, bytes):
        return content[:first] + second + content[first + (kind == "flip") :]
    assert isinstance(second, int)
    piece = content[first : first + second]
    return content[:first] + (piece * 2 if kind == "copy" else b"") + content[first + second :]


def imported(content: bytes) -> Report | None:
    """Import a content and check the folder; return the report, or None if the file was refused whole."""
    folder = Path(tempfile.mkdtemp())
    try:
        file = folder / "file.csv"
        file.write_bytes(content)
        report, told = attempted(file, folder / "out")
        if report is None:
            assert told.startswith("file.csv: ")
            assert [path.name for path in folder.iterdir()] == ["file.csv"]
            return None
        assert sorted(path.name for path in folder.iterdir()) == ["file.csv", "out"]
        balances(report, folder / "out")
        return report
    finally:
        shutil.rmtree(folder)


def attempted(file: Path, out: Path) -> tuple[Report | None, str]:
    """Return the report, or what the error says."""
    try:
        return import_declarations(file, KCS, out), ""
    except InputFileError as error:
        return None, str(error)


def balances(report: Report, out: Path) -> None:
    """Check that what is told is what is stored."""
    assert report.rows_in == report.rows_kept + report.rows_refused
    with (out / "refused.csv").open(encoding="utf-8-sig", newline="") as stream:
        refused = list(csv.reader(stream))
    assert len(refused) - 1 == report.rows_refused == sum(reason.rows for reason in report.reasons)
    assert not any(cell.startswith(("=", "+", "-", "@", "\t", "\r")) for row in refused for cell in row)
    manifest = json.loads((out / "manifest.json").read_text(encoding="utf-8"))
    for name, rows in report.tables.items():
        assert pq.read_metadata(out / f"{name}.parquet").num_rows == manifest["tables"][name]["rows"] == rows
    for column in report.columns:
        assert column.as_is + column.converted + column.empty == report.tables[column.table]
    numbers = pq.read_table(out / "declarations.parquet")["declaration_id"].to_pylist()
    assert len(set(numbers)) == len(numbers) == report.rows_kept


def lines_in(content: bytes) -> int:
    """Count lines as every reader of text does."""
    return sum(1 for _ in io.StringIO(content.decode("utf-8", errors="replace"), newline=None))


@settings(max_examples=250, deadline=None)
@given(damages=st.lists(st.one_of(flips, puts, cuts, copies, swaps), min_size=1, max_size=6))
def test_a_mangled_file_is_read_or_refused(damages: list[Damage]) -> None:
    content = mangled(damages)
    report = imported(content)
    if report and b'"' not in content:  # no value can hold a line break: every line is accounted for
        blank_before_header = content.startswith((b"\r", b"\n"))
        told = report.rows_in + report.blank_lines + 1
        assert lines_in(content) == told or blank_before_header


@settings(max_examples=150, deadline=None)
@given(marks=st.lists(st.tuples(st.integers(1, 24), st.integers(0, 90)), min_size=1, max_size=4))
def test_stray_quotation_marks_cost_no_row_but_their_own(marks: list[tuple[int, int]]) -> None:
    lines = SOUND.splitlines(keepends=True)
    for line, far in marks:
        place = far % len(lines[line])  # before the end of the line at the latest
        lines[line] = lines[line][:place] + b'"' + lines[line][place:]
    intact = {line.split(b",")[0].decode() for line in lines[1:] if b'"' not in line}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "file.csv").write_bytes(b"".join(lines))
        import_declarations(folder / "file.csv", KCS, folder / "out")
        kept = pq.read_table(folder / "out" / "declarations.parquet")["declaration_id"].to_pylist()
    assert intact <= set(kept)


@settings(max_examples=100, deadline=None)
@given(content=st.one_of(st.binary(max_size=300), st.text(max_size=300).map(str.encode)))
def test_any_bytes_are_read_or_refused(content: bytes) -> None:
    assert imported(content) is None  # nothing in them is a header that the mapping knows


@settings(max_examples=100, deadline=None)
@given(content=st.binary(max_size=300))
def test_any_bytes_after_the_header_are_read_or_refused(content: bytes) -> None:
    imported(SOUND[: SOUND.index(b"\n", 300) + 1] + content)


@pytest.mark.parametrize("delimiter", [b";", b"\t", b"|"])
def test_another_delimiter_is_named(delimiter: bytes, tmp_path: Path) -> None:
    (tmp_path / "file.csv").write_bytes(SOUND.replace(b",", delimiter))
    with pytest.raises(InputFileError, match=r'Write "delimiter: (semicolon|tab|pipe)" under file'):
        import_declarations(tmp_path / "file.csv", KCS, tmp_path / "out")


def test_the_sound_file_is_sound() -> None:
    report = imported(SOUND)
    assert report is not None
    assert report.rows_kept == 24


def test_mangled_files_of_every_kind_are_read_or_refused() -> None:
    """``benchmarks/mangled_imports.py`` tries tens of thousands of seeds; these are its first."""
    found = outcomes(range(400))
    assert sum(found.values()) == 400
    for kind in KINDS:
        assert {f"{kind}: read, rows refused", f"{kind}: refused with a reason"} <= set(found)
