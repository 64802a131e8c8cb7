"""A made file in the Korean layout, as large as one likes: ``python benchmarks/own_files.py FILE ROWS``."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.csv

IN_A_PART = 1_000_000
PARTNERS = np.array(["NO", "NA", "DE", "VN", "CN", "KR", "US", "FR", "IT", "JP"])


def write(file: Path, rows: int) -> None:
    """Write a CSV file; every row can be used."""
    draw = np.random.default_rng(1)
    codes = np.char.zfill(draw.choice(np.arange(10_000, 760_000), 3_000, replace=False).astype(str), 6)
    with file.open("wb") as stream:
        for start in range(0, rows, IN_A_PART):
            options = pyarrow.csv.WriteOptions(include_header=start == 0, quoting_style="needed")
            table = pa.table(_part(draw, codes, start, min(IN_A_PART, rows - start)))
            pyarrow.csv.write_csv(table, stream, options)


def _part(draw: np.random.Generator, codes: Any, start: int, rows: int) -> dict[str, Any]:
    def one_of(*words: str) -> Any:
        return draw.choice(np.array(words), rows)

    def numbered(letter: str, most: int) -> Any:
        return np.char.add(letter, draw.integers(0, most, rows).astype(str))

    kilograms = np.round(10 ** draw.uniform(-1, 4, rows), 1)
    fraud = one_of("0", "0", "0", "1")
    days = np.datetime64("2020-01-01") + draw.integers(0, 450, rows)
    return {
        "Declaration ID": (draw.permutation(rows) + 10_000_000 + start).astype(str),
        "Date": np.datetime_as_string(days),
        "Office ID": one_of("20", "30", "40"),
        "Process Type": one_of("B"),
        "Import Type": one_of("11"),
        "Import Use": one_of("21"),
        "Payment Type": one_of("11", "43"),
        "Mode of Transport": one_of("10", "40", "50", "90"),
        "Declarant ID": numbered("M", 2_000),
        "Importer ID": numbered("I", 60_000),
        "Seller ID": numbered("S", 90_000),
        "Courier ID": one_of(""),
        "HS6 Code": draw.choice(codes, rows),
        "Country of Departure": draw.choice(PARTNERS, rows),
        "Country of Origin": draw.choice(PARTNERS, rows),
        "Tax Rate": one_of("0.0", "8.0", "13.0"),
        "Tax Type": one_of("A", "C", "FCN1", "E1"),
        "Country of Origin Indicator": one_of("E"),
        "Net Mass": kilograms,
        "Item Price": np.round(kilograms * draw.lognormal(4, 0.5, rows), 2),
        "Fraud": fraud,
        "Critical Fraud": fraud,
    }


if __name__ == "__main__":
    write(Path(sys.argv[1]), int(sys.argv[2]))
