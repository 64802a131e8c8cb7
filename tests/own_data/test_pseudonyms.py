"""With a key, no byte of what is written holds a name or an identifier of the file."""

from __future__ import annotations

import hashlib
import hmac
import stat
import sys
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cep_toolkit.errors import InputFileError, StorageError
from cep_toolkit.own_data import Report, import_declarations
from cep_toolkit.own_data.mapping import Mapping
from cep_toolkit.own_data.pseudonyms import Pseudonyms
from cep_toolkit.world import World
from tests.own_data.made import GOOD, SMALL, Desk, small_mapping, text_of

HEADER = (*SMALL, "IMP", "DECL", "PERSON", "INV", "MODE", "FOUND")
NAMES = ("Zacharias Quill", "QUILL-77", "Quimby Ltd", "INV-4242", "A-1701", "A-1702", "secretcode")
MORE = """importer_id: IMP
  declarant_id: DECL
  invoice_number: INV
  transport_mode: {from: MODE, codes: {1: sea}, otherwise: empty}
  office: {from: MODE, codes: {1: Quimby Ltd}, otherwise: keep}"""
AFTER = """controls: {finding: {from: FOUND, codes: {0: none}}}
constants: {supplier_id: QUILL-77}
pseudonymise: [office]"""


def row(**changes: str) -> tuple[str, ...]:
    """Return a row that is full of names."""
    base = dict(zip(HEADER, (*GOOD, "QUILL-77", "QUILL-77", "Zacharias Quill", "INV-4242", "1", "0"), strict=True))
    return tuple((base | {"ID": "A-1701"} | changes)[name] for name in HEADER)


ROWS = [
    row(),
    row(ID="A-1702", MODE="secretcode"),
    row(ID="A-1702"),  # repeated
    row(ID="x", KG="-1"),
    row(ID="x", KG="Zacharias Quill"),  # shifted: a name where a number should be
    row(ID="x", FOUND="secretcode"),
    row(ID="x")[:5],
    (*row(ID="x"), "Zacharias Quill"),
    row(ID="x", PERSON="Zacharias Quill\0"),
]


def mapping() -> Mapping:
    """Return a mapping with everything that could give a name away."""
    return small_mapping(more=MORE, after=AFTER)


def imported(desk: Desk, key: Path, rows: list[tuple[str, ...]] = ROWS) -> Report:
    """Import with a key."""
    desk.inbox.write_text(text_of(rows, HEADER), encoding="utf-8")
    return import_declarations(desk.inbox, mapping(), desk.out, pseudonymise=key)


@pytest.fixture
def key(desk: Desk) -> Path:
    """A place for a key."""
    return desk.folder / "key"


def test_no_byte_of_the_folder_holds_a_name(desk: Desk, key: Path) -> None:
    report = imported(desk, key)
    assert (report.rows_in, report.rows_kept) == (9, 2)
    written = {path.name: path.read_bytes() for path in desk.out.rglob("*") if path.is_file()}
    unpacked = {
        name: pq.read_table(desk.out / name).to_pandas().to_csv().encode() for name in written if "parquet" in name
    }
    for name in NAMES:
        for place, content in (*written.items(), *unpacked.items(), ("terminal", str(report).encode())):
            assert name.encode() not in content, (name, place)
            assert name.encode("utf-16-le") not in content, (name, place)


def test_the_search_would_find_them(desk: Desk) -> None:
    desk.read(text_of(ROWS, HEADER), mapping())
    text = (desk.out / "refused.csv").read_text(encoding="utf-8") + (desk.out / "report.txt").read_text(
        encoding="utf-8"
    )
    assert {name for name in NAMES if name in text} >= {
        "Zacharias Quill",
        "QUILL-77",
        "INV-4242",
        "A-1702",
        "secretcode",
    }


def test_codes_are_the_same_in_every_table_and_column(desk: Desk, key: Path) -> None:
    imported(desk, key)
    world = World.from_folder(desk.out)
    assert world.controls["declaration_id"].tolist() == world.declarations["declaration_id"].tolist()
    firms = world.declarations[["importer_id", "declarant_id", "supplier_id"]]
    assert len(set(firms.to_numpy().ravel())) == 1
    assert world.declarations["declaration_id"].is_unique


def test_the_same_key_gives_the_same_bytes_and_another_key_others(tmp_path: Path) -> None:
    made = {}
    for place, key in (("a", "one"), ("b", "one"), ("c", "two")):
        (tmp_path / place).mkdir()
        desk = Desk(tmp_path / place)
        imported(desk, tmp_path / key)
        made[place] = {path.name: path.read_bytes() for path in desk.out.iterdir()}
    assert made["a"] == made["b"]
    assert made["a"]["declarations.parquet"] != made["c"]["declarations.parquet"]


def test_what_stays_stays_as_it_was(desk: Desk, key: Path) -> None:
    imported(desk, key)
    table = World.from_folder(desk.out).declarations
    assert table[["hs", "origin"]].to_numpy().tolist() == [["010121", "NO"]] * 2
    assert table["transport_mode"].tolist() == ["sea", ""]
    assert table["invoice_number"].nunique() == 1


def test_refused_rows_show_codes_and_nothing_else(desk: Desk, key: Path) -> None:
    imported(desk, key)
    codes = Pseudonyms(key.read_bytes())
    assert desk.refused[1][:5] == ["5", "KG", "negative", codes.code("x"), "(left out)"]
    assert desk.refused[4][3:5] == ["(left out)", "(left out)"]


def test_a_key_is_made_for_its_owner_alone(desk: Desk, key: Path) -> None:
    imported(desk, key)
    assert len(key.read_bytes()) == 32
    if sys.platform != "win32":
        assert stat.S_IMODE(key.stat().st_mode) == 0o600


def test_a_key_that_is_there_is_used_and_left_alone(desk: Desk, key: Path) -> None:
    key.write_bytes(b"k" * 40)
    imported(desk, key)
    assert key.read_bytes() == b"k" * 40
    digest = hmac.new(b"k" * 40, b"A-1701", hashlib.sha256).digest()
    stored = World.from_folder(desk.out).declarations["declaration_id"].tolist()
    assert stored[0] == "P" + digest[:10].hex().upper()


@pytest.mark.parametrize("place", ["out", "out/key", "out/a/key"])
def test_a_key_never_lies_with_the_data(desk: Desk, place: str) -> None:
    with pytest.raises(InputFileError, match="the key must not lie with the data that it opens"):
        imported(desk, desk.folder / place)
    assert desk.left == []


def test_a_short_key_is_refused(desk: Desk, key: Path) -> None:
    key.write_bytes(b"short")
    with pytest.raises(InputFileError, match="a key has 32 bytes or more"):
        imported(desk, key)
    assert key.read_bytes() == b"short"


def test_a_key_that_cannot_be_written(desk: Desk) -> None:
    with pytest.raises(StorageError, match="the key cannot be written"):
        imported(desk, desk.folder / "none" / "key")


def test_a_failed_import_leaves_no_new_key(desk: Desk, key: Path) -> None:
    with pytest.raises(InputFileError):
        imported(desk, key, [])
    assert desk.left == []


def test_only_texts_become_codes() -> None:
    with pytest.raises(InputFileError, match=r'pseudonymise is "date"\.'):
        small_mapping(after="pseudonymise: [date]")


@given(st.text(min_size=1).filter(str.strip), st.text(min_size=1).filter(str.strip))
def test_codes_differ_where_texts_differ(first: str, second: str) -> None:
    codes = Pseudonyms(bytes(range(32)))
    assert (codes.code(first) == codes.code(second)) == (first.strip() == second.strip())
