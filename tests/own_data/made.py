"""Made files: the Korean layout filled from a seed, and a small layout for one thing at a time."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from pathlib import Path

from cep_toolkit.own_data import Mapping, Report, import_declarations
from cep_toolkit.own_data.mapping_file import parse_mapping

KOREAN = [
    "Declaration ID",
    "Date",
    "Office ID",
    "Process Type",
    "Import Type",
    "Import Use",
    "Payment Type",
    "Mode of Transport",
    "Declarant ID",
    "Importer ID",
    "Seller ID",
    "Courier ID",
    "HS6 Code",
    "Country of Departure",
    "Country of Origin",
    "Tax Rate",
    "Tax Type",
    "Country of Origin Indicator",
    "Net Mass",
    "Item Price",
    "Fraud",
    "Critical Fraud",
]
SMALL = ("ID", "DATE", "HS", "ORI", "KG", "VALUE")
SMALL_MAPPING = """
title: a small layout
currency: USD
{before}
declarations:
  declaration_id: ID
  date: DATE
  hs: HS
  origin: ORI
  net_mass_kg: KG
  customs_value: VALUE
  {more}
{after}
"""
GOOD = ("A-1", "2025-03-01", "010121", "NO", "10.5", "200")


def korean_rows(count: int, seed: int = 12) -> list[list[str]]:
    """Return invented rows in the Korean layout, all of them usable."""
    draw = random.Random(seed)
    return [_korean_row(number, draw) for number in range(count)]


def _korean_row(number: int, draw: random.Random) -> list[str]:
    kilograms = round(10 ** draw.uniform(-1, 4), 1)
    fraud = draw.choice("0001")
    return [
        f"{10_000_000 + number}",
        f"2020-{draw.randint(1, 12):02}-{draw.randint(1, 28):02}",
        draw.choice(("20", "30", "40")),
        "B",
        "11",
        "21",
        draw.choice(("11", "43")),
        draw.choice(("10", "40", "50", "90")),
        f"M{draw.randint(100, 120)}",
        f"I{draw.randint(1000, 1400)}",
        draw.choice(("", f"S{draw.randint(1000, 1300)}")),
        draw.choice(("", "K9")),
        draw.choice(("010121", "020130", "620342", "847130")),
        *draw.choices(("NO", "NA", "DE", "VN"), k=2),
        draw.choice(("0.0", "8.0", "13.0")),
        draw.choice(("A", "C", "FXX1", "E1")),
        "E",
        f"{kilograms}",
        f"{round(kilograms * draw.uniform(50, 90), 2)}",
        fraud,
        fraud if fraud == "0" else draw.choice("112"),
    ]


def text_of(rows: Sequence[Sequence[str]], header: Sequence[str] = SMALL, mark: str = ",", end: str = "\n") -> str:
    """Return the text of a file; fields are put down as they are, quotation marks included."""
    return "".join(mark.join(row) + end for row in (header, *rows))


def small(**changes: str) -> tuple[str, ...]:
    """Return a usable row of the small layout, with some fields changed."""
    return tuple(changes.get(name, value) for name, value in zip(SMALL, GOOD, strict=True))


def small_mapping(more: str = "", before: str = "", after: str = "") -> Mapping:
    """Return the mapping of the small layout, with entries added."""
    return parse_mapping(SMALL_MAPPING.format(more=more, before=before, after=after), "small.yaml")


class Desk:
    """Files come in and folders go out of one temporary folder."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.out = folder, folder / "out"
        self.inbox = folder / "in" / "file.csv"
        self.inbox.parent.mkdir()

    def read(
        self,
        content: str | bytes,
        mapping: Mapping | str | None = None,
        progress: Callable[[int, int], object] | None = None,
    ) -> Report:
        """Import a content, by default with the mapping of the small layout."""
        self.inbox.write_bytes(content if isinstance(content, bytes) else content.encode())
        return import_declarations(self.inbox, mapping or small_mapping(), self.out, progress)

    @property
    def refused(self) -> list[list[str]]:
        """The lines of refused.csv after its header, without further fields."""
        import csv

        with (self.out / "refused.csv").open(encoding="utf-8-sig", newline="") as stream:
            return list(csv.reader(stream))[1:]

    @property
    def left(self) -> list[str]:
        """What lies in the folder besides the file that came in."""
        return sorted(path.name for path in self.folder.iterdir() if path.name != "in")
