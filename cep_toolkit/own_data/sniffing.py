"""How a text is written, told by the text: its encoding, what stands between fields and around them."""

from __future__ import annotations

import codecs
import csv
import io
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from cep_toolkit.own_data.mapping import FileFormat
from cep_toolkit.own_data.records import LONGEST_LINE

LOOKED_AT = 2_000_000  # bytes
LINES_LOOKED_AT = 200
DELIMITERS = (";", ",", "\t", "|")
QUOTES = ('"', "'", "")
MARKS = {codecs.BOM_UTF8: "utf-8", codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}
HANGUL = ("\uac00", "\ud7a3")


class Told(NamedTuple):
    """One thing found, why, and whether it is sure."""

    value: str
    why: str
    sure: bool = True


class Writing(NamedTuple):
    """How a text is written."""

    encoding: Told
    delimiter: Told
    quote: Told

    @property
    def format(self) -> FileFormat:
        """The same, for reading."""
        return FileFormat(delimiter=self.delimiter.value, quote=self.quote.value, encoding=self.encoding.value)


def writing_of(path: Path) -> Writing:
    """Return how a text is written; its first two million bytes are looked at.

    Raises
    ------
    OSError
        It cannot be read.
    """
    with path.open("rb") as stream:
        start = stream.read(LOOKED_AT)
    encoding = _encoding(start)
    text = start.decode(encoding.value, errors="replace").removeprefix("\ufeff")
    lines = [line[:LONGEST_LINE] for line in islice(io.StringIO(text, newline=""), LINES_LOOKED_AT)]
    delimiter, quote = _marks(lines)
    return Writing(encoding, delimiter, quote)


def _encoding(start: bytes) -> Told:
    for mark, name in MARKS.items():
        if start.startswith(mark):
            return Told(name, "the file begins with the mark of this encoding")
    if start[1::2].count(0) > len(start) // 4:
        return Told("utf-16-le", "every second byte is zero")
    if start[::2].count(0) > len(start) // 4:
        return Told("utf-16-be", "every second byte is zero")
    try:
        codecs.getincrementaldecoder("utf-8")().decode(start)
    except UnicodeDecodeError:
        return _not_utf_8(start)
    return Told("utf-8", "plain letters only" if start.isascii() else "every letter fits")


def _not_utf_8(start: bytes) -> Told:
    try:
        text = codecs.getincrementaldecoder("cp949")().decode(start)
    except UnicodeDecodeError:
        text = ""
    foreign = [letter for letter in text if not letter.isascii()]
    if foreign and sum(HANGUL[0] <= letter <= HANGUL[1] for letter in foreign) > 0.8 * len(foreign):
        return Told("cp949", "not UTF-8; read so, its letters are Korean")
    why = "not UTF-8. Look at letters with accents: if they are wrong, try cp1250, cp1251, cp1256, gb18030, shift_jis"
    return Told("cp1252", why, sure=False)


def _marks(lines: list[str]) -> tuple[Told, Told]:
    """Return what stands between fields, and around them: what gives most lines as many fields as the header has."""
    scores = {(mark, quote): _score(lines, mark, quote) for mark in DELIMITERS for quote in QUOTES}
    (delimiter, quote), (share, width) = max(scores.items(), key=lambda item: item[1])
    if width < 2:
        return Told(",", "no usual delimiter gives several columns", sure=False), Told('"', "usual")
    why = f"{share:.0%} of the lines looked at have {width} fields then, as the header has"
    around = any(line.count(quote) > 1 for line in lines) if quote else False
    return (
        Told(delimiter, why, sure=share > 0.9),
        Told(quote, "it stands around fields" if around else "usual" if quote == '"' else "quotation marks are odd"),
    )


def _score(lines: list[str], delimiter: str, quote: str) -> tuple[float, int]:
    """Return the share of lines with as many fields as the header, and how many it has; fewer than two are none."""
    reader = csv.reader(
        lines,
        delimiter=delimiter,
        quotechar=quote or None,
        quoting=csv.QUOTE_MINIMAL if quote else csv.QUOTE_NONE,
        strict=True,
    )
    widths = []
    while True:
        try:
            fields = next(reader)
        except StopIteration:
            break
        except csv.Error:
            fields = ["", "", ""] * 1_000  # no header is so wide
        if (fields and any(field.strip() for field in fields)) or len(fields) > 2_000:
            widths.append(len(fields))
    if not widths or not 1 < widths[0] <= 2_000:
        return 0.0, 0
    used_quote = bool(quote) and any(line.count(quote) > 1 for line in lines)
    share = sum(width == widths[0] for width in widths) / len(lines)
    return share + 0.001 * (used_quote or quote == '"'), widths[0]
