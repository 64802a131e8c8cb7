"""The datasets that the world is made from: facts and phrase banks, read once."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from cep_toolkit.errors import InputFileError, UnknownValueError

if TYPE_CHECKING:
    import pandas as pd

_YES = ("freight_included", "insurance_included", "sea_only")
_WHOLE = ("part", "popularity", "currency_decimals", "method")
_REAL = (
    "weight",
    "rate",
    "trade_weight",
    "free_zone_share",
    "x",
    "y",
    "kg_per_unit",
    "price_per_kg",
    "spread",
    "typical_mass_kg",
    "duty_rate",
    "vat_rate",
    "value",
    "low",
    "high",
)


def folder() -> Path:
    """Return the folder of the datasets: in a checkout beside the package, in an installed wheel inside it."""
    package = Path(__file__).parents[1]
    inside = package / "_datasets"
    return inside if inside.is_dir() else package.parent / "datasets"


def names() -> list[str]:
    """Return the names of all datasets."""
    return sorted(file.stem for file in folder().glob("*.csv"))


@cache
def load(name: str) -> pd.DataFrame:
    """Return a dataset; it is read once and must not be changed.

    Every column is text, codes such as ``0101`` and ``NA`` included, unless its name says that it counts, measures
    or answers yes or no; ``datasets/README.md`` tells the columns.

    Raises
    ------
    UnknownValueError
        There is no such dataset.
    InputFileError
        The file cannot be read.

    Examples
    --------
    >>> load("transport_modes").columns.tolist()
    ['mode', 'code', 'meaning']
    """
    import pandas as pd

    if name not in names():
        raise UnknownValueError("dataset", name, names())
    file = folder() / f"{name}.csv"
    try:
        table = pd.read_csv(file, dtype="str", keep_default_na=False, encoding="utf-8")
        kinds = dict.fromkeys(_WHOLE, "int64") | dict.fromkeys(_REAL, "float64")
        table = table.astype({column: kinds[column] for column in table.columns if column in kinds})
    except (OSError, ValueError) as error:
        raise InputFileError(file, f"it cannot be read ({error}).", "Restore it from the repository.") from error
    return table.assign(**{column: table[column] == "yes" for column in _YES if column in table})


@cache
def digest() -> str:
    """Return a digest of all datasets."""
    return hashlib.sha256(checksums().encode()).hexdigest()


def checksums() -> str:
    """Return the lines of ``datasets/checksums.txt``: the SHA-256 of every dataset and its file's name."""
    lines = (
        f"{hashlib.sha256((folder() / f'{name}.csv').read_bytes()).hexdigest()}  {name}.csv\n" for name in names()
    )
    return "".join(lines)
