"""One guilty plot followed through everything that it left: its acts in order, and the rows of each table."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from cep_toolkit.workshop.world_report.grid import Grid, grid, shown
from cep_toolkit.world.columns import tables, truth_tables

if TYPE_CHECKING:
    from cep_toolkit.world import World
    from cep_toolkit.world.truth import Truth

MOST_ACTS = 40
MOST_ROWS = 5


@dataclass(frozen=True)
class Shown:
    """What one table shows of a plot.

    Parameters
    ----------
    table : str
    rows : int
        How many of its rows the plot touched.
    same : tuple of (str, str)
        Columns that say the same in all these rows, and what.
    differing : Grid
        The other columns of the first rows, one line a column.
    """

    table: str
    rows: int
    same: tuple[tuple[str, str], ...]
    differing: Grid


@dataclass(frozen=True)
class Story:
    """A plot, its cast, its acts and its traces."""

    plot: str
    cast: Grid
    acts: Grid
    traces: tuple[Shown, ...]


def story(world: World, truth: Truth) -> Story:
    """Return the guilty plot that shows in most tables, and among these in most rows."""
    plot = _richest(truth)
    return Story(plot, _cast(world, truth, plot), _acts(world, truth, plot), tuple(_traces(world, truth, plot)))


def _richest(truth: Truth) -> str:
    parts = [trace[["plot"]].astype("str").assign(table=name) for name, trace in truth.traces.items()]
    found = pd.concat(parts, ignore_index=True)
    found = found[found["plot"].isin(truth.plots.loc[truth.plots["guilty"], "plot"])]
    sizes = found.groupby("plot")["table"].agg(["nunique", "size"])
    return str(sizes.sort_values(["nunique", "size"], ascending=False, kind="stable").index[0])


def _names(world: World) -> dict[str, str]:
    people = world.table("people").set_index("person_id")
    firms = world.table("firms").set_index("firm_id")
    kind = firms["kind"].astype("str").str.replace("_", " ")
    told = [
        people["name"].astype("str") + ", " + people["job"].astype("str"),
        firms["name"].astype("str") + ", " + kind,
    ]
    return {str(who): name for names in told for who, name in names.items()}


def _cast(world: World, truth: Truth, plot: str) -> Grid:
    row = truth.plots.set_index("plot").loc[plot]
    names = _names(world)
    traders = world.table("traders")
    names |= {f"T{number}": name for number, name in zip(traders["importer_id"], traders["name"], strict=True)}
    lines = [
        (role, row[column], names.get(str(row[column]), ""))
        for role, column in (
            ("owner", "owner"),
            ("importer", "importer_id"),
            ("helper", "partner"),
            ("firm used", "channel"),
        )
        if row[column]
    ]
    lines.append(
        (
            "from, to",
            f"{shown(row['start'])} to {shown(row['end'])}",
            f"touches {row['share']:.0%} of the owner's movements",
        )
    )
    lines.append(("strength", f"{row['strength']:.0%}", "how plainly it shows"))
    lines.append(
        ("owner knows", shown(row["owner_knows"]), "" if row["owner_knows"] else "its lawful consignments are used")
    )
    return grid(pd.DataFrame(lines, columns=["role", "who or what", "name"]), f"Cast of {plot}")


def _acts(world: World, truth: Truth, plot: str) -> Grid:
    acts = truth.acts[truth.acts["plot"] == plot].sort_values(["date", "key"], kind="stable")
    names = _names(world)
    shorter = acts.head(MOST_ACTS)
    table = pd.DataFrame(
        {
            "date": shorter["date"],
            "act": shorter["kind"].str.replace("_", " "),
            "who": [_called(names, who) for who in shorter["actor"]],
            "with": [_called(names, who) for who in shorter["other"]],
            "movement": shorter["object"].astype("str"),
            "place": shorter["place"],
            "amount (reference currency)": shorter["amount"].where(shorter["amount"] > 0),
        }
    )
    return grid(table, f"Acts in order: {len(shorter)} of {len(acts)}")


def _called(names: dict[str, str], who: str) -> str:
    return f"{names[who]} ({who})" if who in names else str(who)


def _traces(world: World, truth: Truth, plot: str) -> list[Shown]:
    found = []
    for name, trace in truth.traces.items():
        key = tables()[name][0].name
        touched = trace[trace["plot"].astype("str") == plot]
        if len(touched):
            rows = world.table(name)[world.table(name)[key].isin(touched[key])]
            found.append(_shown(name, _with_truth(truth, name, key, rows)))
    return found


def _with_truth(truth: Truth, name: str, key: str, rows: pd.DataFrame) -> pd.DataFrame:
    """Put what is so beside what is said, where the truth keeps it."""
    if name not in truth_tables():
        return rows
    hidden: pd.DataFrame = getattr(truth, name).drop(columns=["plot", "illicit"])
    hidden = hidden.rename(columns={column: f"{column} (truth)" for column in hidden.columns if column != key})
    return rows.merge(hidden, on=key, how="left")


def _shown(name: str, rows: pd.DataFrame) -> Shown:
    texts = rows.map(shown)
    alike = [column for column in texts.columns if len(rows) > 1 and texts[column].nunique() == 1]
    told = tuple((column, texts[column].iloc[0]) for column in alike if texts[column].iloc[0] != "")
    first = texts.drop(columns=alike).head(MOST_ROWS)
    first = first.loc[:, (first != "").any()]
    turned = first.T.reset_index()
    turned.columns = pd.Index(["column", *[f"row {number}" for number in range(1, len(first) + 1)]])
    return Shown(name, len(rows), told, grid(turned, f"{name}: {len(first)} of {len(rows)} rows"))
