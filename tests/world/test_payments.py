"""What holds of payments in every world, and that their form betrays nobody."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from scipy.stats import ks_2samp

from cep_toolkit.world import Scenario, World
from cep_toolkit.world.engine import Engine
from cep_toolkit.world.observers import payments
from cep_toolkit.world.truth import Truth

KNOWN = {"T": ("traders", "importer_id"), "S": ("suppliers", "supplier_id"), "P": ("people", "person_id")}
KNOWN |= {"F": ("firms", "firm_id")}


def paid(world: World) -> pd.DataFrame:
    table = world.table("payments")
    return table.assign(pair=table["payer"].str[0] + table["payee"].str[0])


def test_both_parties_are_known(world: World) -> None:
    table = paid(world)
    for letter, (name, column) in KNOWN.items():
        given = world.table(name)[column].astype("str")
        known = set(given if letter in "PF" else letter + given)
        for party in ("payer", "payee"):
            assert {value for value in table[party] if value[0] == letter} <= known
    assert (table["payer"] != table["payee"]).all()


def test_amounts_are_whole_minor_units_and_converted_at_the_rate_of_the_week(world: World) -> None:
    table = paid(world)
    assert (table["amount"] > 0).all()
    assert np.allclose(table["amount_host"] * 100, np.rint(table["amount_host"] * 100), atol=1e-3)
    own = table["currency"].astype("str") == world.currency
    assert (table.loc[own, "amount"] == table.loc[own, "amount_host"]).all()
    rates = world.declarations.assign(week=lambda d: (d["date"] - pd.Timestamp("2025-01-06")).dt.days // 7)
    rates = rates.drop_duplicates(["week", "invoice_currency"]).astype({"invoice_currency": "str"})
    table = table.assign(week=(table["date"] - pd.Timestamp("2025-01-06")).dt.days // 7)
    table = table.astype({"currency": "str"}).merge(
        rates, left_on=["week", "currency"], right_on=["week", "invoice_currency"]
    )
    large = table[table["amount_host"] > 100]
    assert np.allclose(large["amount"] * large["exchange_rate"], large["amount_host"], rtol=1e-3)


def test_about_one_consignment_in_eight_is_seen_paid_for_what_the_invoice_says(world: World, truth: Truth) -> None:
    bank = paid(world).query("pair == 'TS'").merge(world.declarations, on="invoice_number", suffixes=("", "_declared"))
    bank = bank[bank["payee"] == "S" + bank["supplier_id"].astype("str")]
    assert (bank["payer"] == "T" + bank["importer_id"].astype("str")).all()
    assert 0.11 < len(bank) / len(world.declarations) < 0.16
    assert (bank["date"] > bank["date_declared"]).all()
    assert (bank["currency"].astype("str") == bank["invoice_currency"].astype("str")).all()
    in_full = np.isclose(bank["amount"], bank["invoice_value"])
    assert in_full.mean() > 0.8
    assert (bank["amount"] <= bank["invoice_value"] + 0.01).all()
    assert not set(truth.traces["payments"]["payment_id"]) & set(bank["payment_id"])


def test_an_invoice_paid_in_two_parts_is_paid_whole(world: World, truth: Truth) -> None:
    planted = set(truth.traces["payments"]["payment_id"])
    table = paid(world)
    to_seller = table[table["pair"].isin(["TS", "FS"]) & (table["invoice_number"] != "")]
    to_seller = to_seller[~to_seller["payment_id"].isin(planted)]
    parts = to_seller.groupby(["invoice_number", "payee"]).agg(n=("amount", "size"), amount=("amount", "sum"))
    parts = parts[parts["n"] == 2].reset_index()
    declared = world.declarations.assign(payee="S" + world.declarations["supplier_id"].astype("str"))
    both = parts.merge(declared, on=["invoice_number", "payee"])
    assert len(both) > 50
    assert np.isclose(both["amount"], both["invoice_value"], atol=0.02).mean() > 0.95


def test_a_quoted_invoice_stands_in_the_purpose(world: World) -> None:
    table = paid(world)
    quoted = table[table["invoice_number"] != ""]
    assert 0.4 < len(quoted) / len(table) < 0.9
    assert all(number in text for number, text in zip(quoted["invoice_number"], quoted["purpose"], strict=True))
    assert not any(set(text) & set("{}[]|") for text in table["purpose"])


def test_the_rest_of_a_price_was_paid_through_a_money_service(world: World, truth: Truth) -> None:
    """What guilty plots left out of the invoice is the sum of what the invoice says and of what the service paid."""
    traces = truth.traces["payments"].merge(truth.plots, on="plot")
    under = traces[(traces["typology"] == "undervaluation") & traces["guilty"]]
    out = paid(world).merge(under[["payment_id"]], on="payment_id").query("pair == 'FS' and invoice_number != ''")
    rows = out.merge(world.declarations, on="invoice_number", suffixes=("", "_declared"))
    rows = rows[rows["payee"] == "S" + rows["supplier_id"].astype("str")]
    rows = rows.merge(truth.declarations, on="declaration_id")
    assert len(rows) > 10
    whole = rows["invoice_value"] + rows["amount"]
    step = 1 / rows["exchange_rate"] + 0.01  # an act's amount is rounded to units of the reference currency
    assert (np.abs(whole - rows["true_invoice_value"]) < 3 * step).all()


def test_every_way_of_paying_is_mostly_honest(world: World, truth: Truth) -> None:
    table = paid(world).assign(planted=lambda t: t["payment_id"].isin(truth.traces["payments"]["payment_id"]))
    share = table.groupby("pair")["planted"].mean()
    assert share.max() < 0.5
    by_channel = table.groupby(table["channel"].astype("str"))["planted"].mean()
    assert by_channel.max() < 0.5
    decoys = truth.traces["payments"].merge(truth.plots, on="plot")["guilty"]
    assert 0.2 < decoys.mean() < 0.8


def test_large_sums_are_not_paid_in_cash_nor_small_ones_by_letter_of_credit(world: World) -> None:
    by_channel = world.table("payments").groupby("channel", observed=True)["amount_host"]
    assert by_channel.max()["cash"] < 40_000
    assert by_channel.min()["letter_of_credit"] > 15_000


def test_levels_are_paired() -> None:
    easy, hard = (
        payments.table(Engine(Scenario(seed=7, level=level, declarations=5_000))).set_index("payment_id")
        for level in ("foundation", "advanced")
    )
    shared = easy.index.intersection(hard.index)
    columns = ["date", "payer", "payee", "purpose", "_plot", "_act"]
    assert len(shared) > 0.8 * len(easy)
    same = easy.loc[shared, "_plot"] == hard.loc[shared, "_plot"]  # whom two plots cast, the first one played has
    assert same.mean() > 0.99
    assert easy.loc[shared, columns][same].equals(hard.loc[shared, columns][same])
    of_plots = easy["_plot"].isin(set(hard["_plot"]) - {""})
    reported = set(easy.index[of_plots])
    assert len(set(hard.index) & reported) < len(reported)


@pytest.fixture(scope="module")
def pooled() -> pd.DataFrame:
    worlds = [Engine(Scenario(seed=seed, declarations=20_000)) for seed in range(100, 106)]
    made = [payments.table(engine).assign(row=_row_in_day) for engine in worlds]
    table = pd.concat(made, ignore_index=True)
    return table.assign(pair=table["payer"].str[0] + table["payee"].str[0])


def _row_in_day(table: pd.DataFrame) -> pd.Series:
    count = table.groupby("date")["payment_id"].transform("size")
    return (table.groupby("date").cumcount() + 0.5) / count


def test_no_feature_of_form_tells_the_planted_apart(pooled: pd.DataFrame) -> None:
    """Compared within each pair of payer and payee: who pays whom is what a link chart shows, not form."""
    features = {
        "number": pooled["payment_id"],
        "last digit": pooled["payment_id"] % 10,
        "row within the day": pooled["row"],
        "cents": np.rint(pooled["amount"] * 100) % 100,
        "channel": pooled["channel"].cat.codes,
        "words": pooled["purpose"].str[:3].rank(method="dense"),
        "quoted": (pooled["invoice_number"] != "").astype(int),
    }
    planted = (pooled["_plot"] != "").to_numpy()
    pairs = [pair for pair in ("PF", "FS", "FP") if planted[pooled["pair"] == pair].sum() >= 50]
    assert len(pairs) == 3
    chance = {}
    for pair in pairs:
        of_pair = (pooled["pair"] == pair).to_numpy()
        for name, values in features.items():
            here, there = values[of_pair & planted], values[of_pair & ~planted]
            chance[pair, name] = ks_2samp(here, there).pvalue
    assert min(chance.values()) > 0.01 / len(chance), chance
