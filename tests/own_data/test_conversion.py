"""What conversions store, and that the report tells of each."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cep_toolkit.errors import InputFileError
from cep_toolkit.own_data import Report
from cep_toolkit.own_data.dates import DatePattern
from cep_toolkit.own_data.mapping_file import parse_mapping
from cep_toolkit.world import World
from tests.own_data.made import GOOD, SMALL, SMALL_MAPPING, Desk, small, small_mapping, text_of


def how(report: Report, name: str) -> dict[str, int]:
    """Return what was done to one column."""
    return next(dict(column.how) for column in report.columns if column.name == name)


def counts(report: Report, name: str) -> tuple[int, int, int, int]:
    """Return how many values were kept as they are, converted, left empty and refused."""
    found = next(column for column in report.columns if column.name == name)
    return found.as_is, found.converted, found.empty, found.refused


def stored(desk: Desk, name: str) -> list[object]:
    """Return one column as the World gives it."""
    return World.from_folder(desk.out).declarations[name].tolist()


def test_plain_values_are_stored_as_they_are(desk: Desk) -> None:
    report = desk.read(text_of([GOOD]))
    assert {(column.as_is, column.converted) for column in report.columns} == {(1, 0)}
    row = World.from_folder(desk.out).declarations.iloc[0]
    assert row.tolist() == ["A-1", pd.Timestamp("2025-03-01"), "010121", "NO", 10.5, 200.0]


def test_units_and_factors(desk: Desk) -> None:
    mapping = small_mapping(more="gross_mass_kg: {from: GROSS, unit: t}\n  freight: {from: FR, times: 0.5}")
    report = desk.read(text_of([(*GOOD, "1.5", "3")], (*SMALL, "GROSS", "FR")), mapping)
    assert (stored(desk, "gross_mass_kg"), stored(desk, "freight")) == ([1500.0], [1.5])
    assert how(report, "gross_mass_kg") == {"multiplied by 1,000": 1}
    assert "multiplied by 0.5" in str(report)


def test_money_is_stored_in_minor_units_and_mass_in_grams(desk: Desk) -> None:
    report = desk.read(text_of([small(KG="0.12345", VALUE="5353.0199999999995"), small(ID="A-2", VALUE="0.125")]))
    assert stored(desk, "net_mass_kg")[0] == 0.123
    assert stored(desk, "customs_value") == [5353.02, 0.12]
    assert how(report, "net_mass_kg") == {"rounded to 0.001": 1}
    assert counts(report, "customs_value") == (1, 1, 0, 0)  # how a float is written is no rounding


def test_decimal_commas(desk: Desk) -> None:
    mapping = small_mapping(before='file: {delimiter: semicolon, decimal: ",", thousands: "."}')
    values = ["1.234,5", "12", "1.5", "1.2345", "1,234.5"]
    rows = [small(ID=f"A-{place}", KG="10,5", VALUE=value) for place, value in enumerate(values)]
    report = desk.read(text_of(rows, mark=";"), mapping)
    assert stored(desk, "customs_value") == [1234.5, 12.0]
    assert how(report, "customs_value") == {'read with decimal ",", thousands "."': 1}
    assert [row[:3] for row in desk.refused] == [
        [f"{row}", "VALUE", "not a number with a decimal comma"] for row in (4, 5, 6)
    ]


@given(number=st.floats(0, 1e9, allow_nan=False), places=st.integers(0, 3))
def test_a_number_is_read_alike_in_both_notations(number: float, places: int) -> None:
    import pyarrow as pa

    from cep_toolkit.own_data.mapping import FileFormat, Source
    from cep_toolkit.own_data.numbers import number_converter
    from cep_toolkit.own_data.targets import targets

    mass = targets("declarations", "USD")["net_mass_kg"]
    english = f"{number:,.{places}f}"
    german = english.translate(str.maketrans(",.", ".,"))
    values = [
        number_converter(mass, Source(("KG",)), FileFormat(decimal=point, thousands=mark))(pa.array([text])).values
        for text, point, mark in ((english, ".", ","), (german, ",", "."))
    ]
    assert values[0].to_pylist() == values[1].to_pylist() == [float(english.replace(",", ""))]


def test_dates_of_several_forms(desk: Desk) -> None:
    mapping = small_mapping(before="file: {date: DD/MM/YYYY}")
    report = desk.read(text_of([small(DATE="01/03/2025"), small(ID="A-2", DATE="1/3/2025 00:00:00")]), mapping)
    assert set(stored(desk, "date")) == {pd.Timestamp("2025-03-01")}
    assert how(report, "date") == {"date written as DD/MM/YYYY": 2}


def test_a_time_of_day_is_left_out_and_told(desk: Desk) -> None:
    mapping = small_mapping(before="file: {date: 'YYYYMMDD hh:mm:ss'}")
    report = desk.read(text_of([small(DATE="20250301 14:30:05")]), mapping)
    assert how(report, "date") == {"time of day left out": 1}


@given(day=st.dates(date(1970, 1, 1), date(2069, 12, 31)))
@pytest.mark.parametrize("form", ["YYYY-MM-DD", "DD.MM.YY", "MM/DD/YYYY", "YYYYMMDD"])
def test_every_day_is_read_as_itself(form: str, day: date) -> None:
    written = (
        form.replace("YYYY", f"{day.year}")
        .replace("YY", f"{day.year % 100:02}")
        .replace("MM", f"{day.month:02}")
        .replace("DD", f"{day.day:02}")
    )
    assert DatePattern.of(form).read(written).value == day


def test_code_lists(desk: Desk) -> None:
    more = """lane: {from: LANE, codes: {G: green, "R*": red, "": yellow, X: ""}, otherwise: empty}"""
    rows = [(*small(ID=f"A-{place}"), code) for place, code in enumerate(["G", "R1", "R2", "", "X", "9", " G "])]
    report = desk.read(text_of(rows, (*SMALL, "LANE")), small_mapping(more=more))
    assert stored(desk, "lane") == ["green", "red", "red", "yellow", "", "", "green"]
    assert how(report, "lane") == {
        "read by the code list": 5,
        'code "9" is not in the list: left empty': 1,
        'code "X" is nothing in the code list: left empty': 1,
    }
    assert counts(report, "lane") == (0, 5, 2, 0)


def test_a_code_outside_the_list_is_refused_unless_the_mapping_says_otherwise(desk: Desk) -> None:
    mapping = small_mapping(more="lane: {from: LANE, codes: {G: green}}")
    desk.read(text_of([(*GOOD, "G"), (*small(ID="A-2"), "R")], (*SMALL, "LANE")), mapping)
    assert desk.refused[0][:3] == ["3", "LANE", "not in the code list of the mapping"]


def test_a_code_list_may_keep_what_it_lacks(desk: Desk) -> None:
    mapping = small_mapping(more="office: {from: OFF, codes: {1: Port}, otherwise: keep}")
    desk.read(text_of([(*GOOD, "1"), (*small(ID="A-2"), "07")], (*SMALL, "OFF")), mapping)
    assert stored(desk, "office") == ["Port", "07"]


def test_codes_stay_text(desk: Desk) -> None:
    desk.read(text_of([small(ID="007", HS="0101.21.00", ORI="NA"), small(ID="1e3", ORI="no")]))
    assert stored(desk, "declaration_id") == ["007", "1e3"]
    assert stored(desk, "hs") == ["010121", "010121"]
    assert stored(desk, "origin") == ["NA", "NO"]


def test_a_lost_zero_is_put_back_where_the_length_tells(desk: Desk) -> None:
    report = desk.read(text_of([small(HS="10121")]))
    assert stored(desk, "hs") == ["010121"]
    assert how(report, "hs") == {"leading zero put back": 1}


def test_gaps_keep_their_type(desk: Desk) -> None:
    more = "aeo: AEO\n  packages: PACK\n  freight: FR\n  lane: LANE"
    rows = [(*GOOD, "Y", "7", "1", "red"), (*small(ID="A-2"), "n", "", "", ""), (*small(ID="A-3"), "", "8.0", "2", "")]
    report = desk.read(text_of(rows, (*SMALL, "AEO", "PACK", "FR", "LANE")), small_mapping(more=more))
    table = World.from_folder(desk.out).declarations
    assert {name: str(table[name].dtype) for name in ("aeo", "packages", "freight", "lane")} == {
        "aeo": "boolean",
        "packages": "Int64",
        "freight": "float64",
        "lane": "str",
    }
    assert table["aeo"].fillna(False).tolist() == [True, False, False]
    assert table["packages"].sum() == 15
    assert counts(report, "aeo") == (0, 2, 1, 0)
    assert World.from_folder(desk.out).sql("select sum(packages) as n from declarations where aeo")["n"][0] == 7


def test_what_the_file_writes_for_nothing(desk: Desk) -> None:
    mapping = small_mapping(before='file: {empty: ["-", NULL]}', more="freight: FR")
    report = desk.read(
        text_of([(*GOOD, "-"), (*small(ID="A-2"), "NULL"), (*small(ID="A-3"), "5")], (*SMALL, "FR")), mapping
    )
    assert counts(report, "freight") == (1, 0, 2, 0)


def test_columns_can_be_joined(desk: Desk) -> None:
    layout = SMALL_MAPPING.format(before="", more="", after="")
    mapping = parse_mapping(layout.replace("_id: ID", "_id: {from: [YEAR, NO], join: /}"), "joined.yaml")
    text = text_of([("2025", "7", *GOOD[1:]), ("2025", "", *GOOD[1:])], ("YEAR", "NO", *SMALL[1:]))
    report = desk.read(text, mapping)
    assert stored(desk, "declaration_id") == ["2025/7"]
    assert how(report, "declaration_id") == {'joined with "/"': 1}
    assert desk.refused[0][:3] == ["3", "YEAR + NO", "empty, but every row needs it"]


def test_constants(desk: Desk) -> None:
    report = desk.read(text_of([GOOD, small(ID="A-2")]), small_mapping(after="constants: {transport_mode: sea}"))
    assert stored(desk, "transport_mode") == ["sea", "sea"]
    assert how(report, "transport_mode") == {'"sea" in every row, from the mapping': 2}


def test_a_constant_that_is_no_value_is_refused(desk: Desk) -> None:
    message = r'small\.yaml: constants\.transport_mode is "ship": not one of air, post, rail, road, sea\.'
    with pytest.raises(InputFileError, match=message):
        desk.read(text_of([GOOD]), small_mapping(after="constants: {transport_mode: ship}"))
    assert desk.left == []


def test_controls_are_the_rows_that_the_mapping_names(desk: Desk) -> None:
    after = """
controls:
  finding: {from: FOUND, codes: {"0": none, "1": value}}
  date: CDATE
control_constants: {kind: physical}
controlled: {from: INSPECTED, is: [Y, J]}
"""
    rows = [
        (*GOOD, "Y", "0", "2025-03-02"),
        (*small(ID="A-2"), "J", "1", ""),
        (*small(ID="A-3"), "N", "", "not read: there was no control"),
        (*small(ID="A-4"), "Y", "", ""),
    ]
    report = desk.read(text_of(rows, (*SMALL, "INSPECTED", "FOUND", "CDATE")), small_mapping(after=after))
    controls = World.from_folder(desk.out).controls
    assert list(controls) == ["declaration_id", "date", "kind", "finding"]
    assert controls["declaration_id"].tolist() == ["A-1", "A-2"]
    assert controls["finding"].tolist() == ["none", "value"]
    assert (report.tables["declarations"], report.tables["controls"], report.rows_refused) == (3, 2, 1)
    assert desk.refused[0][:3] == ["5", "FOUND", "empty, but every row needs it"]


def test_columns_without_a_target_are_listed(desk: Desk) -> None:
    report = desk.read(text_of([(*GOOD, "x", "y")], (*SMALL, "Colour", "")))
    assert report.not_used == ("Colour", "column 8")
    assert "Not used: Colour, column 8" in str(report)
    assert list(World.from_folder(desk.out).declarations) == [
        "declaration_id", "date", "hs", "origin", "net_mass_kg", "customs_value",
    ]  # fmt: skip


def test_many_different_notes_do_not_fill_the_memory(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("cep_toolkit.own_data.tally.MOST_DIFFERENT", 3)
    rows = [(*small(ID=f"A-{place}"), f"c{place}") for place in range(9)]
    mapping = small_mapping(more="lane: {from: LANE, codes: {g: green}, otherwise: empty}")
    report = desk.read(text_of(rows, (*SMALL, "LANE")), mapping)
    assert len(how(report, "lane")) == 4
    assert sum(how(report, "lane").values()) == 9
