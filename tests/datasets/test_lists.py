"""Lists from which seizures, news and people are made: what one says of another holds."""

from __future__ import annotations

import re
from itertools import product

import pytest

from cep_toolkit.world import reference

GROUPS = {
    "drugs", "precursors", "tobacco", "alcohol", "IPR", "medicines", "CITES", "hazardous waste and ODS",
    "weapons and explosives", "currency", "cultural heritage", "nuclear and strategic goods",
    "other tax and duty evasion",
}  # fmt: skip
STREAMS = {"sea", "air", "road", "rail", "post", "traveller", "small_craft"}
OWN_PLACES = {"drugs", "tobacco", "currency", "CITES", "IPR"}
UNITS = {"kg", "pieces", "sticks", "litres", "currency units"}
KEYS = {
    "commodities": ["type"],
    "concealments": ["stream", "group", "text"],
    "jobs": ["job"],
    "news_events": ["text"],
    "payment_purposes": ["text"],
    "publishers": ["name"],
    "streets": ["language", "word"],
}
PEOPLES = {"foreign", "foreigner", "foreigners", "migrant", "national", "nationals", "religion", "tribe"}


@pytest.mark.parametrize("name", sorted(KEYS))
def test_no_row_stands_twice(name: str) -> None:
    assert not reference.load(name).duplicated(KEYS[name]).any()


@pytest.mark.parametrize("name", sorted(KEYS))
def test_texts_are_plain_and_name_no_group_of_people(name: str) -> None:
    for column in reference.load(name).select_dtypes(include="str"):
        for text in reference.load(name)[column]:
            assert text.isascii(), text
            assert text == " ".join(text.split()) != "", text
            assert not PEOPLES & set(re.findall("[a-z]+", text.lower())), text


def test_commodity_groups_are_the_thirteen_of_the_course() -> None:
    counts = reference.load("commodities")["group"].value_counts()
    assert set(counts.index) == GROUPS
    assert counts.between(3, 8).all()


def test_amounts_of_commodities_are_possible() -> None:
    table = reference.load("commodities")
    assert (table[["median_quantity", "spread", "value_per_unit", "weight"]] > 0).all(axis=None)
    assert set(table["unit"]) == UNITS
    assert (table["spread"] < 2.5).all()
    in_money = table["unit"] == "currency units"
    assert (in_money == (table["group"] == "currency")).all()
    assert (table.loc[in_money, "value_per_unit"] == 1).all()


def test_commodities_have_codes_of_the_harmonized_system() -> None:
    codes = reference.load("commodities")["hs"]
    assert codes.str.fullmatch("[0-9]{4}(?:[0-9]{2})?").all()
    assert codes.str[:2].astype(int).between(1, 97).all()
    assert not codes.str.startswith("77").any()


def test_the_tariff_knows_a_good_part_of_the_commodities() -> None:
    known = set(reference.load("tariff")["heading"])
    assert reference.load("commodities")["hs"].str[:4].isin(known).mean() > 0.5


def test_streams_of_commodities_are_known_and_each_stream_carries_many_groups() -> None:
    table = reference.load("commodities")
    streams = table["streams"].str.split(";")
    assert all(len(set(row)) == len(row) and set(row) <= STREAMS for row in streams)
    carried = table.assign(stream=streams).explode("stream").groupby("stream")["group"].nunique()
    assert set(carried.index) == STREAMS
    assert (carried >= 5).all()


@pytest.mark.parametrize(("stream", "group"), sorted(product(STREAMS, OWN_PLACES | {"general"})))
def test_every_stream_has_places_of_hiding(stream: str, group: str) -> None:
    table = reference.load("concealments")
    assert len(table[(table["stream"] == stream) & (table["group"] == group)]) >= 3


def test_places_of_hiding_read_after_in() -> None:
    table = reference.load("concealments")
    assert set(table["stream"]) == STREAMS
    assert set(table["group"]) == OWN_PLACES | {"general", "bulk"}
    assert table["text"].str.fullmatch(r"(?:an?|the) [a-z' -]+").all()


def test_places_of_hiding_of_their_own_belong_to_groups_of_commodities() -> None:
    assert set(reference.load("concealments")["group"]) - {"general", "bulk"} <= set(
        reference.load("commodities")["group"]
    )


def test_every_place_of_hiding_belongs_to_a_conveyance() -> None:
    for text in reference.load("concealments")["conveyances"]:
        assert all(re.fullmatch(r"an? [a-z0-9 -]+", conveyance) for conveyance in text.split(";"))


def test_bulky_goods_are_found_where_loads_are() -> None:
    goods, places = reference.load("commodities"), reference.load("concealments")
    bulky = goods[goods["bulky"]]
    assert 5 <= len(bulky) < len(goods) / 3
    with_room = set(places.loc[places["group"] == "bulk", "stream"])
    assert with_room == STREAMS - {"post", "traveller"}


def test_every_kind_of_act_can_be_told_and_every_group_is_known() -> None:
    from cep_toolkit.world.acts import kinds

    table = reference.load("act_kinds")
    assert sorted(table["act"]) == sorted(kinds())
    assert set(table["group"]) - {""} <= GROUPS
    told = set(reference.load("report_phrases")["kind"])
    assert {f"content_{content}" for content in table["content"]} <= told
    assert set(table["rumour"]) == {"none", "person", "trader"}
    assert table["reported"].between(0, 1).all()


def test_publishers_are_invented_where_they_appear() -> None:
    table = reference.load("publishers")
    assert len(table) == 30
    assert set(table["kind"]) == {"agency", "blog", "daily", "port paper"}
    languages = reference.load("administrations").set_index("code")["language"]
    assert (table["language"] == table["administration"].map(languages)).all()
    assert set(table["administration"]) == set(languages.index)


def test_publishers_are_called_after_an_invented_place() -> None:
    administrations = reference.load("administrations").set_index("code")["name"]
    offices = reference.load("offices").groupby("administration")["name"]
    towns = offices.apply(lambda names: {name.split()[0] for name in names})
    for row in reference.load("publishers").itertuples():
        places = {administrations[row.administration], *towns[row.administration]}
        assert places & set(row.name.split()), row.name


def test_domains_are_reserved_ones() -> None:
    domains = reference.load("publishers")["domain"]
    assert domains.is_unique
    assert domains.str.fullmatch(r"[a-z]+(?:-[a-z]+)*\.example").all()


def test_payments_have_a_handful_of_wordings_a_kind() -> None:
    table = reference.load("payment_purposes")
    assert set(table["kind"]) == {"commission", "freight", "invoice", "loan", "other", "refund", "rent", "salary"}
    assert (table["part"] == 1).all()
    assert (table["kind"].value_counts() >= 5).all()
    for phrase in table["text"]:
        assert set(re.findall(r"\{(\w+)\}", phrase)) <= {"invoice", "month"}, phrase
        assert re.fullmatch(r"(?:[^\[\]|]|\[[^\[\]|]+(?:\|[^\[\]|]+)+\])+", phrase), phrase


def test_no_list_names_a_currency() -> None:
    own = set(reference.load("administrations")["currency_name"])
    words = own | {"dollar", "dollars", "euro", "euros", "pound", "pounds", "yen", "franc", "francs", "rouble"}
    for name in KEYS:
        for text in reference.load(name).select_dtypes(include="str").stack():
            assert not words & set(re.findall("[a-z]+", text.lower())), text


def test_street_words_have_the_sounds_of_their_language() -> None:
    languages = reference.load("languages").set_index("language")
    words = reference.load("streets").groupby("language")["word"]
    assert set(words.groups) == set(languages.index)
    assert (words.size() >= 10).all()
    for language, row in languages.iterrows():
        onset, nucleus, coda = (row[part].replace(" ", "|") for part in ("onsets", "nuclei", "codas"))
        pattern = f"(?:(?:{onset})(?:{nucleus}))+(?:{coda})"
        for word in words.get_group(language):
            assert re.fullmatch(pattern, word.lower()), word


def test_jobs_are_done_in_all_places() -> None:
    table = reference.load("jobs")
    assert (table["weight"] > 0).all()
    assert set(table["place"]) == {"airport", "office", "other", "port", "road"}
    assert len(table) >= 40
    assert (table["place"].value_counts() >= 6).all()


def test_events_of_the_news_read_inside_a_sentence() -> None:
    table = reference.load("news_events")
    assert (table["what"].value_counts() >= 10).all()
    assert set(table["what"]) == {"court", "policy", "port", "unrelated"}
    assert table["text"].str.fullmatch("[a-z][a-z -]+").all()
    events = table.loc[table["what"] != "court", "text"]
    assert events.str.startswith("the ").all()
