"""The followed plots in ``docs/typologies.md``: the prose there is written by hand, what a world shows is not.

``python -m cep_toolkit.workshop.world_report.guide`` writes them anew, after a change to the simulated world.
"""

from __future__ import annotations

import re
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

import pandas as pd

from cep_toolkit.workshop.world_report.grid import shown
from cep_toolkit.world import Scenario, World
from cep_toolkit.world.columns import tables, truth_tables
from cep_toolkit.world.truth import Truth

if TYPE_CHECKING:
    from collections.abc import Mapping

SCENARIO = Scenario(declarations=20_000)
FEWEST, MOST_ACTS, MOST_ROWS = 2, 7, 2
BLOCK = re.compile(r"(<!-- plot of (\w+) -->\n).*?(<!-- end -->)", re.DOTALL)
TOLD: Mapping[str, str] = MappingProxyType(
    {
        "declarations": "date hs description origin departure preference gross_mass_kg net_mass_kg customs_value "
        "duty_rate lane",
        "manifests": "goods gross_mass_kg loading consignee",
        "controls": "date kind selected_by finding additional_duty",
        "containers": "container seal_loading seal_discharge",
        "calls": "date minute caller called seconds",
        "payments": "date payer payee amount currency channel purpose",
        "transits": "date goods limit_hours hours_on_the_way gross_mass_kg arrival_mass_kg seal arrival_seal "
        "explanation report result",
        "parcels": "date sender content value gift selected finding",
        "travellers": "date departure nights ticket booked_days_before cash_declared control finding cash_found",
        "refunds": "date declaration_id claimed_mass_kg carrier_mass_kg duty_claimed explanation result",
    }
)
"""What is told of the rows of a table, beside the key; of other tables everything."""


def rewritten(text: str, world: World, truth: Truth) -> str:
    r"""Return the guide with every followed plot as the world now shows it.

    Examples
    --------
    >>> scenario = Scenario(declarations=5_000)
    >>> made = rewritten("<!-- plot of rip_off -->\n<!-- end -->", World(scenario), Truth(scenario))
    >>> made.splitlines()[2].startswith("**Followed: `rip_off-")
    True
    """
    return BLOCK.sub(lambda block: f"{block[1]}\n{_followed(world, truth, block[2])}\n{block[3]}", text)


def _followed(world: World, truth: Truth, typology: str) -> str:
    plot = _chosen(truth, typology)
    acts = truth.acts[truth.acts["plot"] == plot].sort_values(["date", "key"], kind="stable")
    lines = [f"**Followed: `{plot}`.** {_counted(len(acts))}:", ""]
    lines += [_act(row) for _, row in acts.head(MOST_ACTS).iterrows()]
    lines += ["", "What the tables show of it:", ""]
    for name, trace in truth.traces.items():
        touched = trace[trace["plot"].astype("str") == plot]
        if len(touched):
            lines += _rows(world, truth, name, touched)
    return "\n".join(lines) + "\n"


def _chosen(truth: Truth, typology: str) -> str:
    """Return the guilty plot that shows in most tables, and among these in fewest rows, but two at least."""
    guilty = truth.plots.loc[truth.plots["guilty"] & (truth.plots["typology"] == typology), "plot"]
    parts = [trace[["plot"]].astype("str").assign(table=name) for name, trace in truth.traces.items()]
    found = pd.concat(parts, ignore_index=True)
    sizes = found[found["plot"].isin(guilty)].groupby("plot")["table"].agg(["nunique", "size"])
    enough = sizes[sizes["size"] >= FEWEST]
    return str(enough.sort_values(["nunique", "size"], ascending=[False, True], kind="stable").index[0])


def _counted(acts: int) -> str:
    some = f"{acts} act{'' if acts == 1 else 's'}"
    return f"{some}, the first {MOST_ACTS} of them" if acts > MOST_ACTS else some


def _act(row: pd.Series) -> str:
    other = f" with {row['other']}" if row["other"] else ""
    amount = f", {row['amount']:,.0f} in the reference currency" if row["amount"] else ""
    kind = row["kind"].replace("_", " ")
    return f"- {shown(row['date'])}: {kind}; {row['actor']}{other}, movement {row['object']}{amount}"


def _rows(world: World, truth: Truth, name: str, touched: pd.DataFrame) -> list[str]:
    key = tables()[name][0].name
    rows = world.table(name)[world.table(name)[key].isin(touched[key])]
    more = f" (the first {MOST_ROWS} of {len(rows)} rows)" if len(rows) > MOST_ROWS else ""
    columns = TOLD[name].split() if name in TOLD else list(rows.columns[1:])
    lines = [f"- **{name}**{more}"]
    for _, row in rows.head(MOST_ROWS).iterrows():
        lines.append(f"  - {row[key]}: {_told(row, columns)}.{_so(truth, name, key, row[key])}")
    return lines


def _told(row: pd.Series, columns: list[str]) -> str:
    texts = [(column, shown(row[column]).replace("|", " ")) for column in columns]
    return ", ".join(f"{column} {_quoted(text)}" for column, text in texts if text)


def _quoted(text: str) -> str:
    """Return whole sentences within quotation marks, so that they end before the row does."""
    return f'"{text}"' if text.endswith((".", "?")) and " " in text else text


def _so(truth: Truth, name: str, key: str, number: object) -> str:
    if name not in truth_tables():
        return ""
    table: pd.DataFrame = getattr(truth, name)
    row = table[table[key] == number].iloc[0]
    return f" *In truth:* {_told(row, [column for column in table.columns if column not in (key, 'plot', 'illicit')])}."


def main() -> None:
    """Write the guide's followed plots anew."""
    from cep_toolkit.workshop.places import course_folder

    file = Path(course_folder(), "docs", "typologies.md")
    made = rewritten(file.read_text(encoding="utf-8"), World(SCENARIO), Truth(SCENARIO))
    file.write_text(made, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
