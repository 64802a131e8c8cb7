"""Mangled files from a seed: sound texts, workbooks and Parquet files with damages of many kinds."""

from __future__ import annotations

import datetime
import io
import random
import shutil
import tempfile
import zipfile
from collections import Counter
from collections.abc import Callable, Iterable
from functools import cache
from pathlib import Path
from typing import Any

import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq

from cep_toolkit.errors import InputFileError
from cep_toolkit.own_data import Mapping, import_declarations, load_mapping, suggest_mapping
from tests.own_data.made import KOREAN, korean_rows, text_of

KINDS = ("text", "workbook", "parquet")
ODD = (
    *(b"\0", b'"', b'""', b"\r", b"\n", b"\r\n", b",", b";", b"\t", b"\xff", b"\xef\xbb\xbf", b"=", b"-", b"'"),
    *(b"\xed\x95\x9c", b"<", b"&", b"]]>", b"1e999", b"-0", b"9" * 20, b"2020-13-45", b"NaN", b"#N/A"),
)
ODD_VALUES: tuple[Any, ...] = (
    *(None, "", " ", "-", "=1+1", "#REF!", "\ud55c", "x" * 10_001, "1e999", "-0", "\u00a0", "a\nb", "1,5", "NA"),
    *(True, 0, -1, 10**15, 10**25, 1.5, -2.25, 1e300, 5e-324, datetime.date(1900, 1, 1)),
    *(datetime.datetime(2020, 2, 3, 4, 5), datetime.time(4, 5), datetime.timedelta(days=3)),
)


@cache
def sound(kind: str) -> bytes:
    """Return a file that is imported whole."""
    return written(kind, [list[Any](row) for row in korean_rows(24)])


def written(kind: str, rows: list[list[Any]]) -> bytes:
    """Return rows as a file."""
    stream = io.BytesIO()
    if kind == "text":
        return text_of(rows, KOREAN).encode()
    if kind == "workbook":
        book = openpyxl.Workbook()
        for row in (KOREAN, *rows):
            book.active.append(row)
        book.save(stream)
    else:
        pq.write_table(pa.table({name: _column([row[at] for row in rows]) for at, name in enumerate(KOREAN)}), stream)
    return stream.getvalue()


def _column(values: list[Any]) -> pa.Array:
    """Return values of one kind as they are, of several as texts."""
    try:
        return pa.array(values)
    except (pa.ArrowException, OverflowError):
        return pa.array([None if value is None else str(value) for value in values], pa.string())


def with_odd_values(kind: str, draw: random.Random) -> bytes:
    """Return a file that is sound as such, with values that no column should have."""
    rows = [list[Any](row) for row in korean_rows(24)]
    if draw.random() < 0.3:  # whole columns of another kind
        at = draw.randrange(len(KOREAN))
        for row in rows:
            row[at] = draw.choice(ODD_VALUES[14:])
    for _ in range(draw.randint(1, 12)):
        draw.choice(rows)[draw.randrange(len(KOREAN))] = draw.choice(ODD_VALUES)
    return written(kind, rows)


def damaged(content: bytes, draw: random.Random) -> bytes:
    """Return a content after one damage."""
    at, length = draw.randrange(len(content) + 1), draw.randint(1, 400)
    match draw.randrange(7):
        case 0:
            return content[:at] + bytes([draw.randrange(256)]) + content[at + 1 :]
        case 1:
            return content[:at] + draw.choice(ODD) + content[at:]
        case 2:
            return content[:at] + content[at + length :]
        case 3:
            return content[: at + length] + content[at:]
        case 4:
            return content.replace(draw.choice(ODD), draw.choice(ODD))
        case 5:
            return content[:at]
    return content[:at] + draw.randbytes(length) + content[at:]


def mangled(kind: str, draw: random.Random) -> bytes:
    """Return a sound file after some damages; of a workbook often its parts, packed again."""
    if kind != "text" and draw.random() < 0.4:
        return with_odd_values(kind, draw)
    content = sound(kind)
    times = draw.randint(1, 5)
    if kind == "workbook" and draw.random() < 0.7:
        return _repacked(content, lambda part: _often(part, times, draw), draw)
    return _often(content, times, draw)


def _often(content: bytes, times: int, draw: random.Random) -> bytes:
    for _ in range(times):
        content = damaged(content, draw)
    return content


def _repacked(content: bytes, change: Callable[[bytes], bytes], draw: random.Random) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
        names = old.namelist()
        chosen = {"xl/worksheets/sheet1.xml"} if draw.random() < 0.6 else {draw.choice(names)}
        for name in names:
            new.writestr(name, change(old.read(name)) if name in chosen else old.read(name))
    return stream.getvalue()


def outcomes(seeds: Iterable[int]) -> Counter[str]:
    """Import a mangled file for each seed; count what became of it. Anything but a report or a reason is raised."""
    found: Counter[str] = Counter()
    mapping = load_mapping("kcs")
    for seed in seeds:
        kind = KINDS[seed % 4 - 1 if seed % 4 else 0]  # half of them are texts
        try:
            found[f"{kind}: {_outcome(mangled(kind, random.Random(seed)), mapping)}"] += 1
        except Exception as error:
            raise AssertionError(f"seed {seed}, a {kind}") from error
    return found


def _outcome(content: bytes, mapping: Mapping) -> str:
    folder = Path(tempfile.mkdtemp())
    try:
        file = folder / "file.bin"
        file.write_bytes(content)
        _suggested(file)
        try:
            report = import_declarations(file, mapping, folder / "out")
        except InputFileError as error:
            _is_reason(error)
            assert [path.name for path in folder.iterdir()] == ["file.bin"]
            return "refused with a reason"
        assert report.rows_in == report.rows_kept + report.rows_refused
        assert report.rows_refused == sum(reason.rows for reason in report.reasons)
        return "read, rows refused" if report.rows_refused else "read whole"
    finally:
        shutil.rmtree(folder)


def _suggested(file: Path) -> None:
    try:
        assert suggest_mapping(file).startswith("# A first mapping")
    except InputFileError as error:
        _is_reason(error)


def _is_reason(error: InputFileError) -> None:
    assert str(error).startswith("file.bin: ")
