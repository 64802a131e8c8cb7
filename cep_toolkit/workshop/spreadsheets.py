"""The public tables of a world as CSV, for people with a spreadsheet, and a README that explains them."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from cep_toolkit.errors import OutOfRangeError
from cep_toolkit.own_data.folder import whole_folder
from cep_toolkit.own_data.refused import harmless
from cep_toolkit.world.columns import tables

if TYPE_CHECKING:
    from cep_toolkit.world import Scenario, World

MEGABYTE, ROOM_OF_README = 1_000_000, 50_000
README = "README.md"


def write_spreadsheets(scenario: Scenario, out: Path, megabytes: int | None = None) -> Path:
    """Write every public table as ``OUT/TABLE.csv``, with ``OUT/README.md``.

    The files are UTF-8 with a byte order mark, by which Excel on Windows knows it; dates are ISO 8601, flags yes or
    no. A cell that a spreadsheet could take for a formula begins with an apostrophe. The same scenario gives the same
    bytes.

    Parameters
    ----------
    scenario : Scenario
    out : Path
        The folder to make; it must not be there yet, or be empty.
    megabytes : int, optional
        Most that all files take together. Where they take more, the largest tables that no other points to keep
        their first rows only, and the README says so.

    Raises
    ------
    OutOfRangeError
        The tables that others point to take more than that.
    StorageError
        The folder is there already and not empty, or cannot be written.
    """
    from cep_toolkit.world import World

    world = World(scenario)
    lines = {name: _lines(world.table(name)) for name in world.tables}
    kept = lines if megabytes is None else shortened(lines, megabytes * MEGABYTE - ROOM_OF_README)
    with whole_folder(out) as folder:
        for name, made in kept.items():
            (folder / f"{name}.csv").write_bytes(b"".join(made))
        (folder / README).write_text(_readme(world, kept, megabytes), encoding="utf-8", newline="\n")
    return out


def shortened(lines: Mapping[str, list[bytes]], most: int) -> dict[str, list[bytes]]:
    """Return the tables with the largest of those that none points to cut to one length, so that all fit.

    Raises
    ------
    OutOfRangeError
        Not even without them would it fit.

    Examples
    --------
    >>> made = shortened({"offices": [b"123"] * 2, "calls": [b"12"] * 9, "refunds": [b"12"]}, 14)
    >>> {name: len(rows) for name, rows in made.items()}
    {'offices': 2, 'calls': 3, 'refunds': 1}
    """
    sizes = {name: sum(map(len, rows)) for name, rows in lines.items()}
    free = {name: size for name, size in sizes.items() if name not in _pointed_to()}
    room = most - sum(sizes.values()) + sum(free.values())
    if room < sum(len(lines[name][0]) for name in free):
        raise OutOfRangeError("megabytes", most // MEGABYTE, "more: the tables that others point to stay whole")
    length = _length(sorted(free.values()), room)
    return {name: _first(rows, length) if name in free else rows for name, rows in lines.items()}


def _length(sizes: list[int], room: int) -> int:
    """Return the length to which sizes, the smallest first, are cut so that they fill the room."""
    for place, size in enumerate(sizes):
        each = room // (len(sizes) - place)
        if size > each:
            return each
        room -= size
    return sizes[-1] if sizes else 0


def _first(rows: list[bytes], length: int) -> list[bytes]:
    """Return the header, and rows as long as they fit."""
    kept, used = rows[:1], len(rows[0])
    for row in rows[1:]:
        used += len(row)
        if used > length:
            break
        kept.append(row)
    return kept


def _pointed_to() -> set[str]:
    """Return the tables that a column of another table refers to."""
    rules = [
        (name, rule) for name, columns in tables().items() for column in columns for rule in column.rule.split("; ")
    ]
    targets = [(name, rule.removeprefix("-> ").partition(".")[0]) for name, rule in rules if rule.startswith("-> ")]
    return {target for name, target in targets if target != name} | {"declarations"}


def _lines(table: pd.DataFrame) -> list[bytes]:
    """Return a table as lines of CSV, the header first."""
    texts = pd.DataFrame({column: _texts(table[column]) for column in table.columns})
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    made: list[bytes] = []
    for row in (tuple(texts.columns), *texts.itertuples(index=False, name=None)):
        stream.seek(0)
        stream.truncate()
        writer.writerow(row)
        made.append(stream.getvalue().encode("utf-8" if made else "utf-8-sig"))
    return made


def _texts(values: pd.Series) -> pd.Series:
    """Return a column as texts; only what is text in the table could start a formula."""
    if pd.api.types.is_datetime64_any_dtype(values):
        dates: pd.Series = values.dt.strftime("%Y-%m-%d").fillna("")
        return dates
    if pd.api.types.is_bool_dtype(values):
        return values.map({True: "yes", False: "no"})
    if pd.api.types.is_numeric_dtype(values):
        return values.astype("object").map(lambda value: "" if pd.isna(value) else plain(value))
    return values.astype("object").fillna("").astype("str").map(harmless)


def plain(value: float) -> str:
    """Return a number as shortly as it can be read back; a whole one without a point.

    Examples
    --------
    >>> plain(12.50), plain(7.0), plain(1e9)
    ('12.5', '7', '1000000000')
    """
    return str(int(value)) if float(value).is_integer() else repr(float(value))


def _readme(world: World, kept: Mapping[str, list[bytes]], megabytes: int | None) -> str:
    from cep_toolkit.world.schemas import dictionary

    parts = [_about(world, megabytes)]
    for name, rows in kept.items():
        whole = len(world.table(name))
        cut = f"; **cut**: the first {len(rows) - 1:,} of {whole:,}" if len(rows) - 1 < whole else ""
        parts.append(f"## {name}.csv\n\n{whole:,} rows{cut}.\n\n{dictionary(name)}\n")
    return "\n".join(parts)


def _about(world: World, megabytes: int | None) -> str:
    from cep_toolkit.workshop.world_report.about import said

    scenario = world.scenario
    assert scenario is not None  # it was made from one
    host = f"--administration {scenario.administration} --seed {scenario.seed} --level {scenario.level}"
    limit = f" --megabytes {megabytes}" if megabytes else ""
    command = f"cep world {host} --declarations {scenario.declarations} --csv FOLDER{limit}"
    told = "\n\n".join(said(scenario))
    return f"""# A simulated year, for a spreadsheet

{told}

These files are made by one command, never by hand (the folder must be empty or not there):

```
{command}
```

**Opening them.** UTF-8 with a byte order mark, so that Excel on Windows shows every letter; a comma between fields; LF
line ends. Dates are ISO 8601; flags say yes or no; an empty cell is missing. A cell that a spreadsheet could take for a
formula, such as a telephone that begins with +, begins with an apostrophe. Codes such as `hs` are text: a double click
in Excel drops the first zero of `010221`. Use *Data ▸ From Text/CSV* there and set such columns to text; LibreOffice
asks when it opens the file.

**Tables.** The first column is the key. In a rule, `-> table.column` says where a number points to.
"""
