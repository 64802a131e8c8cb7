"""The page for Customs IT officers says what is true: its example works, its tables name every key."""

from __future__ import annotations

import re
from dataclasses import fields
from pathlib import Path

from cep_toolkit.own_data import import_declarations, load_mapping, mapping_names
from cep_toolkit.own_data.factors import UNITS
from cep_toolkit.own_data.mapping import FileFormat
from cep_toolkit.own_data.mapping_file import parse_mapping
from cep_toolkit.own_data.mapping_format import DELIMITERS, QUOTES
from cep_toolkit.own_data.targets import REQUIRED, VALID, targets
from cep_toolkit.world import World
from tests.own_data.made import Desk

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs" / "own_data.md").read_text(encoding="utf-8")
WHOLE = {
    "title",
    "currency",
    "file",
    "declarations",
    "constants",
    "controls",
    "control_constants",
    "controlled",
    "notes",
    "rates",
    "pseudonymise",
}
COLUMN = {
    "from",
    "join",
    "optional",
    "codes",
    "otherwise",
    "digits",
    "date",
    "times",
    "unit",
    "unit_from",
    "currency_from",
    "rate_from",
}


def block(kind: str) -> str:
    """Return the page's only block of a kind."""
    found = re.findall(rf"```{kind}\n(.*?)```", PAGE, re.DOTALL)
    assert len(found) == 1
    return str(found[0])


def tables() -> list[set[str]]:
    """Return the keys of the page's three tables of keys."""
    found = re.findall(r"\| key \|.*?\n\|---.*?\n((?:\|.*\n)+)", PAGE)
    return [set(re.findall(r"^\| `(\w+)` \|", rows, re.MULTILINE)) for rows in found]


def test_the_example_works_as_it_stands(desk: Desk) -> None:
    report = desk.read(block("csv"), parse_mapping(block("yaml"), "mine.yaml"))
    assert (report.rows_in, report.rows_kept, report.not_used) == (3, 3, ())
    world = World.from_folder(desk.out)
    assert world.declarations["declaration_id"].tolist() == ["2025/4711/1", "2025/4711/2", "2025/4712/1"]
    assert world.declarations["hs"].tolist() == ["620342", "010121", "847130"]
    assert world.declarations["net_mass_kg"].tolist() == [1250.5, 430.0, 12.8]
    assert world.declarations["transport_mode"].tolist() == ["air", "sea", "sea"]
    assert world.controls["finding"].tolist() == ["none", "value"]


def test_the_page_names_the_layouts_that_ship(tmp_path: Path) -> None:
    for name in mapping_names():
        assert f"| `{name}` |" in PAGE
    shown = re.findall(r"^cep import (cep_toolkit\S+) --mapping (\w+) --out \w+$", PAGE, re.MULTILINE)
    assert len(shown) == 2
    for file, name in shown:
        report = import_declarations(ROOT / file, name, tmp_path / name)
        assert report.rows_refused == 1
        assert report.rows_in == report.rows_kept + 1


def test_every_part_of_the_worked_examples_is_used() -> None:
    asycuda, wco = load_mapping("asycuda_like"), load_mapping("wco_data_model")
    assert len(asycuda.declarations.columns["declaration_id"].columns) == 4
    assert (asycuda.file.decimal, asycuda.file.encoding) == (",", "cp1252")
    assert dict(wco.rates) == {"EUR": 1.08, "QZD": 0.25}
    assert wco.declarations.columns["net_mass_kg"].unit_from.endswith("@unitCode")


def test_the_page_says_what_gets_codes() -> None:
    named = {target.name for target in targets("declarations", "USD").values() if target.identifies}
    assert named == {
        "declaration_id", "importer_id", "declarant_id", "supplier_id", "invoice_number", "permit", "advance_ruling",
        "transport_document", "transport_means", "previous_document",
    }  # fmt: skip
    assert {target.name for target in targets("controls", "USD").values() if target.identifies} == {
        "declaration_id",
        "control_id",
    }


def test_the_tables_name_every_key() -> None:
    assert tables() == [WHOLE, {field.name for field in fields(FileFormat)}, COLUMN]


def test_the_page_names_every_word() -> None:
    for word in (*DELIMITERS, *QUOTES, *UNITS):
        assert f"`{word}`" in PAGE
    for name in ("transport_mode", "lane", "kind", "selected_by", "finding"):
        assert f"`{name}` ({', '.join(VALID[name])})" in " ".join(PAGE.split())


def test_the_page_counts_right() -> None:
    known = len(targets("declarations", "USD"))
    assert len(REQUIRED["declarations"]) == 6
    assert f"Up to {known - 6} further columns" in " ".join(PAGE.split())
