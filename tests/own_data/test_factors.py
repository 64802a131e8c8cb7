"""Amounts and masses whose unit differs from row to row."""

from __future__ import annotations

import re

import pytest

from cep_toolkit.errors import InputFileError
from cep_toolkit.own_data.mapping import Mapping
from cep_toolkit.own_data.mapping_file import parse_mapping
from cep_toolkit.world import World
from tests.own_data.made import GOOD, SMALL, SMALL_MAPPING, Desk, small, small_mapping, text_of


def mapped(entry: str, instead: str, after: str = "") -> Mapping:
    """Return the small mapping with another source for one column."""
    return parse_mapping(SMALL_MAPPING.format(before="", more="", after=after).replace(entry, instead), "m.yaml")


def test_amounts_are_converted_by_a_table_of_rates(desk: Desk) -> None:
    mapping = mapped("VALUE", "{from: VALUE, currency_from: CUR}", "rates: {EUR: 1.08, JPY: 0.0067}")
    rows = [(*GOOD, "USD"), (*small(ID="A-2"), "eur"), (*small(ID="A-3"), "GBP"), (*small(ID="A-4"), "")]
    report = desk.read(text_of(rows, (*SMALL, "CUR")), mapping)
    assert World.from_folder(desk.out).declarations["customs_value"].tolist() == [200.0, 216.0]
    assert [row[:3] for row in desk.refused] == [
        ["4", "VALUE", "CUR: the mapping has no rate for this currency"],
        ["5", "VALUE", "CUR: the mapping has no rate for this currency"],
    ]
    column = next(column for column in report.columns if column.name == "customs_value")
    assert (column.as_is, column.converted, dict(column.how)) == (1, 1, {"multiplied by what CUR says": 1})


def test_amounts_are_converted_by_a_column_of_rates(desk: Desk) -> None:
    mapping = mapped("VALUE", "{from: VALUE, rate_from: RATE, times: 0.01}")
    rows = [(*GOOD, "108"), (*small(ID="A-2"), "0"), (*small(ID="A-3"), ""), (*small(ID="A-4"), "x")]
    desk.read(text_of(rows, (*SMALL, "RATE")), mapping)
    assert World.from_folder(desk.out).declarations["customs_value"].tolist() == [216.0]
    assert [row[2] for row in desk.refused] == [
        "RATE: zero is no rate",
        "RATE: empty, but every row needs it",
        "RATE: not a number with a decimal point",
    ]


def test_masses_are_converted_by_their_unit(desk: Desk) -> None:
    mapping = mapped("KG", "{from: KG, unit_from: UNIT}")
    rows = [(*small(ID=unit), unit) for unit in ("KGM", "grm", " TNE ", "lb", "box")]
    desk.read(text_of(rows, (*SMALL, "UNIT")), mapping)
    assert World.from_folder(desk.out).declarations["net_mass_kg"].tolist() == [10.5, 0.01, 10500.0, 4.763]
    assert desk.refused[0][1:3] == ["KG", "UNIT: this is no unit of mass that the course knows"]


def test_nothing_needs_no_rate(desk: Desk) -> None:
    mapping = small_mapping(more="freight: {from: FR, currency_from: CUR}", after="rates: {EUR: 2}")
    report = desk.read(text_of([(*GOOD, "", ""), (*small(ID="A-2"), "3", "EUR")], (*SMALL, "FR", "CUR")), mapping)
    assert World.from_folder(desk.out).declarations["freight"].fillna(-1).tolist() == [-1.0, 6.0]
    assert (report.rows_kept, report.not_used) == (2, ())


@pytest.mark.parametrize(
    ("mapping", "message"),
    [
        (("VALUE", "{from: VALUE, currency_from: C, rate_from: R}"), "cannot stand together: the rate is told once"),
        (("KG", "{from: KG, currency_from: C}"), "currency_from is not for a column of this kind"),
        (("VALUE", "{from: VALUE, unit_from: C}"), "unit_from is not for a column of this kind"),
        (("currency: USD", "currency: USD\nrates: {EUR: 0}"), 'rates.EUR must be a number above zero, not "0"'),
        (("currency: USD", "currency: USD\nrates: {euro: 2}"), "rates.euro must be the three letters of ISO 4217"),
    ],
)
def test_a_wrong_factor_is_refused(mapping: tuple[str, str], message: str) -> None:
    with pytest.raises(InputFileError, match=re.escape(message)):
        mapped(*mapping)


def test_the_column_of_factors_must_be_there(desk: Desk) -> None:
    with pytest.raises(InputFileError, match="lacks CUR"):
        desk.read(text_of([GOOD]), mapped("VALUE", "{from: VALUE, currency_from: CUR}"))
