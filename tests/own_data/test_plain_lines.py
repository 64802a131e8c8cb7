"""The fast way of reading gives what the slow and strict one gives, byte for byte."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cep_toolkit.errors import InputFileError
from cep_toolkit.own_data import import_declarations
from cep_toolkit.own_data.identifiers import Identifiers
from cep_toolkit.own_data.mapping import FileFormat
from cep_toolkit.own_data.plain_lines import PlainLines
from tests.own_data.made import SMALL, small, small_mapping, text_of

MAPPING = small_mapping(more="description: TEXT")
PIECES = (
    "a",
    " a",
    '"a"',
    '"a,b"',
    '"a""b"',
    '""',
    '5" pipe',
    '"a\nb"',
    '"a',
    'a"',
    "\ufeffa",
    "\u00e4",
    "\0",
    "",
    "\x1c",
)
fields = st.sampled_from(PIECES) | st.text(max_size=6)
ends = st.sampled_from(["\n", "\r\n", "\r", "\n\n", '"\n', "\n \n"])
lines = st.lists(st.tuples(fields, st.integers(0, 30), ends), min_size=1, max_size=12)


def outcome(content: bytes, folder: Path, monkeypatch: pytest.MonkeyPatch, *, fast: bool) -> object:
    """Return every file that an import writes, or its error."""
    folder.mkdir(parents=True)
    (folder / "file.csv").write_bytes(content)
    with monkeypatch.context() as patch:
        patch.setattr("cep_toolkit.own_data.importing.BYTES_IN_A_PIECE", 120)
        if not fast:
            patch.setattr("cep_toolkit.own_data.plain_lines._pattern", lambda *_: "$.")
        try:
            import_declarations(folder / "file.csv", MAPPING, folder / "out")
        except InputFileError as error:
            return str(error)
    return {path.name: path.read_bytes() for path in (folder / "out").iterdir()}


@settings(max_examples=120, deadline=None)
@given(rows=lines)
def test_plain_lines_are_read_as_the_strict_reader_reads_them(
    rows: list[tuple[str, int, str]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    made = [",".join((*small(ID=f"A-{number}"), text)) + end for text, number, end in rows]
    content = (",".join((*SMALL, "TEXT")) + "\n" + "".join(made)).encode("utf-8", errors="surrogatepass")
    folder = tmp_path_factory.mktemp("both")
    with pytest.MonkeyPatch.context() as patch:
        assert outcome(content, folder / "a", patch, fast=True) == outcome(content, folder / "b", patch, fast=False)


def test_usual_lines_are_plain() -> None:
    plain = PlainLines(FileFormat(), 7)
    text = text_of([(*small(), '"x, ""y"""'), (*small(), "z")], (*SMALL, "TEXT"), end="\r\n")
    assert plain.where(plain.lines(text)).all()


@pytest.mark.parametrize("width", [2, 50, 500, 1_500])
def test_files_with_many_columns_are_read_one_way_or_the_other(width: int) -> None:
    plain = PlainLines(FileFormat(), width)
    lines = plain.lines(",".join(["a"] * width) + "\n" + "a\n")
    assert plain.where(lines).tolist() == [width < 1_000, False]


@given(pieces=st.lists(st.lists(st.sampled_from("abcdefgh"), max_size=6), max_size=12))
def test_repeated_numbers_are_those_that_a_plain_list_would_find(pieces: list[list[str]]) -> None:
    seen, first, row = Identifiers(), dict[str, int](), 1
    for piece in pieces:
        rows = list(range(row + 1, row + 1 + len(piece)))
        row += len(piece)
        expected = {}
        for place, (text, number) in enumerate(zip(piece, rows, strict=True)):
            if first.setdefault(text, number) != number:
                expected[place] = first[text]
        assert seen.repeated(piece, rows) == expected


def test_a_hundred_thousand_numbers_in_pieces() -> None:
    seen, draw = Identifiers(), random.Random(4)
    numbers = [f"D{draw.randrange(80_000)}" for _ in range(100_000)]
    again = 0
    for start in range(0, len(numbers), 3_000):
        part = numbers[start : start + 3_000]
        again += len(seen.repeated(part, range(start + 2, start + 2 + len(part))))
    assert again == len(numbers) - len(set(numbers))
    assert len(seen._runs) < 12
