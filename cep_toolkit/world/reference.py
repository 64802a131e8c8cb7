"""Reference facts and phrase banks: the tables of ``datasets/``, read once, with their types."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from cep_toolkit.errors import InputFileError, UnknownValueError

if TYPE_CHECKING:
    import pandas as pd

CHECKSUMS = "checksums.txt"
COLUMNS = {
    "act_kinds": "act group content person:flag quantity:flag rumour reported:float",
    "administrations": "code name currency currency_name currency_decimals:int rate:float language "
    "trade_weight:float free_zone_share:float x:float y:float tariff_level:float vat_rate:float",
    "cargo_forms": "hs form setpoint:float remark",
    "codes": "table column code meaning",
    "columns": "table column unit meaning rule",
    "commodities": "group type unit median_quantity:float spread:float value_per_unit:float hs weight:float streams "
    "bulky:flag kg_per_unit:float",
    "concealments": "stream group text conveyances most_kg:float",
    "control_remarks": "kind part:int text",
    "disputed_pairs": "hs neighbour ruling:flag ground",
    "field_figures": "figure meaning value:float low:float high:float source",
    "goods_phrases": "hs phrase precision",
    "incoterms": "code freight_included:flag insurance_included:flag sea_only:flag weight:float",
    "innocent_reasons": "reason meaning document",
    "jobs": "job weight:float place",
    "land_borders": "administration neighbour nautical_miles:int crossings",
    "lanes": "lane meaning",
    "languages": "language onsets nuclei codas firm_words legal_forms given_endings surname_endings place_endings",
    "national_administrations": "code name wco_region currency currency_name currency_decimals:int rate:float "
    "vat_rate:float duty_mean:float duty_free_share:float duty_max_usual:float coast:flag approximate:flag source",
    "news_events": "what text",
    "news_phrases": "kind part:int text",
    "offices": "administration office name kind locode",
    "payment_purposes": "kind part:int text",
    "procedures": "code description weight:float",
    "publishers": "name kind administration language domain",
    "reply_phrases": "kind part:int text",
    "report_phrases": "kind part:int text",
    "roster": "participant administration",
    "sea_distances": "from_office to_office nautical_miles:int",
    "seizure_phrases": "kind part:int text",
    "streets": "language word",
    "tariff": "hs description chapter heading sector unit kg_per_unit:float price_per_kg:float spread:float "
    "popularity:int typical_mass_kg:float duty_rate:float vat_rate:float permit neighbours",
    "timetable": "day start end notebooks session",
    "transport_modes": "mode code meaning",
    "valuation_methods": "method:int name article when",
}
"""The columns of each table; ``datasets/README.md`` says what they mean."""

_FLAGS = {"yes": True, "no": False}


def folder() -> Path:
    """Return the folder of the datasets: in an installed wheel inside the package, in a checkout beside it."""
    package = Path(__file__).parents[1]
    inside = package / "_datasets"  # asked first: beside an installed package stand other people's
    return inside if inside.is_dir() else package.parent / "datasets"


def names() -> list[str]:
    """Return the names of all datasets."""
    return sorted(COLUMNS)


def load(name: str) -> pd.DataFrame:
    """Return a dataset; to change it changes nobody else's.

    Every column is text, codes such as ``0101`` and ``NA`` included, unless it counts, measures or answers yes or no
    (see ``COLUMNS``). An empty text is ``""``, an empty number is missing.

    Raises
    ------
    UnknownValueError
        There is no such dataset.
    InputFileError
        Its file is missing or damaged.

    Examples
    --------
    >>> load("transport_modes").columns.tolist()
    ['mode', 'code', 'meaning']
    """
    if name not in COLUMNS:
        raise UnknownValueError("dataset", name, names())
    return _read(folder() / f"{name}.csv", COLUMNS[name]).copy(deep=False)  # pandas copies on write


@cache
def digest() -> str:
    """Return a digest of all datasets."""
    return hashlib.sha256(checksums().encode()).hexdigest()


def checksums() -> str:
    """Return the lines of ``datasets/checksums.txt``: SHA-256 and name of every dataset, and of the map."""
    files = sorted([*folder().glob("*.csv"), *folder().glob("*.geojson")])
    return "".join(f"{hashlib.sha256(file.read_bytes()).hexdigest()}  {file.name}\n" for file in files)


def write_checksums() -> None:
    """Write ``datasets/checksums.txt`` anew, after a dataset was changed on purpose."""
    (folder() / CHECKSUMS).write_text(checksums(), encoding="utf-8", newline="\n")


@cache
def _read(file: Path, columns: str) -> pd.DataFrame:
    import pandas as pd

    kinds = dict(column.partition(":")[::2] for column in columns.split())
    try:
        table = pd.read_csv(file, dtype="str", keep_default_na=False, encoding="utf-8")
        return table.assign(**{name: _typed(table[name], kind) for name, kind in kinds.items()})
    except FileNotFoundError as error:
        raise InputFileError(file, "the dataset is missing.", "Restore it from the repository.") from error
    except KeyError as error:
        raise InputFileError(file, f"{error} is missing or damaged.", "Restore it from the repository.") from error
    except (OSError, ValueError) as error:
        raise InputFileError(file, f"it cannot be read ({error}).", "Restore it from the repository.") from error


def _typed(texts: pd.Series, kind: str) -> pd.Series:
    if kind == "flag":
        return texts.map(lambda word: _FLAGS[word]).astype(bool)
    if kind == "int":
        return texts.astype("int64")
    return texts.mask(texts == "").astype("float64") if kind == "float" else texts
