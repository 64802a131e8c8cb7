"""Payments that banks and money services reported, and what the financial intelligence unit keeps of them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from cep_toolkit.world import arrays, naming, text
from cep_toolkit.world.acts import kinds
from cep_toolkit.world.consignments import consignments
from cep_toolkit.world.engine import Engine
from cep_toolkit.world.identifiers import PublicIds
from cep_toolkit.world.money.of_acts import of_acts, seller_of
from cep_toolkit.world.money.of_life import of_people, of_traders
from cep_toolkit.world.money.of_trade import of_consignments
from cep_toolkit.world.money.rows import NO_INVOICE, Payments, in_host, supplier
from cep_toolkit.world.observers import declarations
from cep_toolkit.world.population import Ints
from cep_toolkit.world.reality import FIRST_DAY
from cep_toolkit.world.society import FIRM, KINDS, PERSON, TRADER

DIGITS = 12
MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
SUPPLIER = 3
KIND_LETTERS = "TPFS"
PURPOSES = ("commission", "freight", "invoice", "loan", "other", "refund", "rent", "salary")
CHANNELS = ("bank", "cash", "letter_of_credit", "money_service")
OF_PAIR: Mapping[str, Mapping[str, float]] = {
    "TS": {"invoice": 1.0},
    "ST": {"refund": 1.0},
    "TF": {"freight": 0.9, "rent": 0.1},
    "TP": {"commission": 0.45, "salary": 0.35, "rent": 0.2},
    "PT": {"loan": 0.9, "other": 0.1},
    "FP": {"salary": 0.6, "commission": 0.15, "other": 0.25},
    "PF": {"invoice": 0.4, "other": 0.4, "loan": 0.2},
    "FS": {"invoice": 0.6, "other": 0.4},
    "PP": {"loan": 0.3, "rent": 0.25, "other": 0.45},
}
CHANNEL_OF_PAIR: Mapping[str, Mapping[str, float]] = {
    "TS": {"bank": 0.88, "letter_of_credit": 0.12},
    "FP": {"bank": 0.8, "cash": 0.2},
    "PF": {"bank": 0.55, "cash": 0.45},
    "FS": {"money_service": 1.0},
    "PP": {"bank": 0.65, "cash": 0.15, "money_service": 0.2},
}
"""What each pair of payer and payee (trader, person, firm, supplier) writes and how it pays: one way for all."""
MOST_IN_CASH, LEAST_BY_CREDIT = 15_000.0, 10_000.0
ROUND_PAIRS, ROUND_SHARE = ("TP", "PT", "FP", "PP"), 0.5


def table(engine: Engine) -> pd.DataFrame:
    """Return the payments reported, by date."""
    of_trade = [of_consignments(engine, consignments(engine, number)) for number in engine.reality.blocks]
    usual = Payments.joined([*of_trade, of_traders(engine), of_people(engine)])
    planted, made = of_acts(engine)
    every = Payments.joined([usual, planted])
    public = PublicIds(engine.streams, "payment", DIGITS).public(every.key)
    order = np.lexsort((public, every.day))
    behind = np.full(len(usual.key), "", dtype=object)
    plot = np.concatenate([behind, engine.plot_names(made.typology, made.plot)])
    act = np.concatenate([behind, np.array(kinds(), dtype=object)[made.kind]])
    every = every.at(order)
    columns = _columns(engine, every)
    return pd.DataFrame({"payment_id": public[order], **columns, "_plot": plot[order], "_act": act[order]}, copy=False)


def _columns(engine: Engine, every: Payments) -> dict[str, Any]:
    pair = _kind_of(every.payer) * len(KIND_LETTERS) + _kind_of(every.payee)
    amount = _rounded(engine, every, pair)
    decimals = engine.reality.currency_decimals[every.currency]
    purpose = _drawn(engine, "purpose", every.key, pair, OF_PAIR, PURPOSES, "other")
    channel = _drawn(engine, "channel", every.key, pair, CHANNEL_OF_PAIR, CHANNELS, "bank")
    host = in_host(engine, amount, every.currency, every.day)
    words, quoted = _written(engine, every, purpose)
    return {
        "date": arrays.dates(FIRST_DAY, every.day),
        "payer": _parties(engine, every.payer),
        "payee": _parties(engine, every.payee),
        "amount": arrays.major(amount, decimals),
        "currency": declarations.currencies(engine.reality.currencies, every.currency),
        "amount_host": arrays.major(host, engine.region.decimals),
        "channel": arrays.categories(_fitting(engine, channel, host), list(CHANNELS)),
        "purpose": words,
        "invoice_number": quoted,
    }


def _fitting(engine: Engine, channel: Ints, host: Ints) -> Ints:
    """Return the channels: large sums are not paid in cash, nobody opens a letter of credit for small ones."""
    worth = host / 10.0**engine.region.decimals * engine.region.host_rate
    wrong = (channel == CHANNELS.index("cash")) & (worth > MOST_IN_CASH)
    wrong |= (channel == CHANNELS.index("letter_of_credit")) & (worth < LEAST_BY_CREDIT)
    return np.where(wrong, CHANNELS.index("bank"), channel)


def _pair(letters: str) -> int:
    """Return the number of a pair such as ``"TS"``: a trader pays a supplier."""
    return KIND_LETTERS.index(letters[0]) * len(KIND_LETTERS) + KIND_LETTERS.index(letters[1])


def _kind_of(party: Ints) -> Ints:
    return np.where(party < 0, SUPPLIER, party % KINDS)


def _parties(engine: Engine, party: Ints) -> Any:
    """Return public identifiers of entities and suppliers."""
    kind, public = _kind_of(party), np.empty(len(party), dtype=np.int64)
    for place, numbering in enumerate(
        [*(naming.ids(engine, one) for one in (TRADER, PERSON, FIRM)), PublicIds(engine.streams, "supplier", 7)]
    ):
        here = np.flatnonzero(kind == place)
        public[here] = numbering.public(supplier(party[here]) if place == SUPPLIER else party[here] // KINDS)
    return arrays.lettered(np.frombuffer(KIND_LETTERS.encode(), np.uint8)[kind], public, naming.DIGITS)


def _rounded(engine: Engine, every: Payments, pair: Ints) -> Ints:
    """Return amounts; what people give or get is often a round sum, of two figures."""
    some = [_pair(name) for name in ROUND_PAIRS]
    u = engine.streams.uniform("payment", "round", ids=every.key)
    step = 10.0 ** np.maximum(np.floor(np.log10(every.amount)) - 1, 0)
    often = np.isin(pair, some) & (u < ROUND_SHARE)
    return np.where(often, np.rint(every.amount / step) * step, every.amount).astype(np.int64)


def _drawn(
    engine: Engine,
    what: str,
    key: Ints,
    pair: Ints,
    shares: Mapping[str, Mapping[str, float]],
    words: tuple[str, ...],
    otherwise: str,
) -> Ints:
    """Return for each row a place in ``words``, drawn by the shares of its pair of payer and payee."""
    made = np.full(len(key), words.index(otherwise))
    u = engine.streams.uniform("payment", what, ids=key)
    for name, share in shares.items():
        here = np.flatnonzero(pair == _pair(name))
        cdf = np.cumsum(list(share.values()))
        places = np.array([words.index(word) for word in share])
        made[here] = places[np.minimum(np.searchsorted(cdf, u[here], "right"), len(cdf) - 1)]
    return made


def _written(engine: Engine, every: Payments, purpose: Ints) -> tuple[list[str], list[str]]:
    """Return what is written on each payment, and the invoice number that it quotes, empty for none."""
    numbers = _invoice_numbers(engine, every)
    month = arrays.dates(FIRST_DAY, every.day).astype("datetime64[M]").astype(np.int64) % 12
    kinds = np.array(PURPOSES, dtype=object)[purpose]
    wording = text.worded(kinds, "payment_purposes", every.key, engine.streams)
    made = text.filled(wording, {"invoice": numbers, "month": np.array(MONTHS, dtype=object)[month]})
    return made, [number if number in word else "" for number, word in zip(numbers, made, strict=True)]


def _invoice_numbers(engine: Engine, every: Payments) -> list[str]:
    """Return the number of each seller's invoice; where no declaration is meant, one of the payee's own."""
    of_seller = every.invoice != NO_INVOICE
    number = np.where(of_seller, every.invoice, 0)
    streams = engine.streams
    letters = np.where(
        of_seller[:, None],
        declarations.letters_of(streams, seller_of(engine, number)),
        text.letters(streams.mixed("payee letters", ids=every.payee), 2),
    )
    own = streams.mixed("payment", "own number", ids=every.key)
    digits = np.where(of_seller, streams.mixed("invoice", ids=number), own) % np.uint64(10**6)
    return list(np.asarray(arrays.numbered(letters, digits, 6), dtype=object).tolist())
