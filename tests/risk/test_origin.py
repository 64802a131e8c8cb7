from __future__ import annotations

from collections import Counter

import pytest

from cep_toolkit.risk.origin import (
    IMPORTED,
    SHOWS,
    STEPS,
    OriginFile,
    claims_by_way,
    next_step,
    origin_files,
    sentence,
)
from cep_toolkit.world import World
from cep_toolkit.world.arrays import instances


def file(**changes: object) -> OriginFile:
    plain: dict[str, object] = {
        "bill": "BL-00000001",
        "declaration_id": "1",
        "goods": "Taps",
        "origin": "XC",
        "claimed": True,
        "sent_from": "XC",
        "loading": "XC",
        "transhipment": "",
        "destination": "XA",
        "shows": "loaded",
    }
    return OriginFile(**(plain | changes))  # type: ignore[arg-type]  # the fields of one file


@pytest.mark.parametrize(
    ("changes", "step"),
    [
        ({}, "accept"),
        ({"transhipment": "QS"}, "accept"),  # one bill for the whole way: a hub takes no origin away
        ({"loading": "QS", "shows": "absent"}, "way"),
        ({"loading": "QS", "transhipment": "QR", "shows": "absent"}, "way"),
        ({"loading": "QR", "transhipment": "XC", "shows": "passed"}, "way"),  # nothing was worked on this way
        ({"claimed": False}, "ordinary"),
        ({"claimed": False, "loading": "QS", "shows": "absent"}, "ordinary"),
        ({"claimed": False, "loading": "QR", "transhipment": "XC", "shows": "passed"}, "ordinary"),
        ({"declaration_id": "", "origin": "", "claimed": False, "destination": "XB", "shows": "onward"}, "transit"),
    ],
)
def test_the_next_lawful_step(changes: dict[str, object], step: str) -> None:
    assert next_step(file(**changes)) == step
    assert step in STEPS


def test_a_doubt_alone_never_refuses(world: World) -> None:
    assert "refuse" not in {next_step(each) for each in instances(OriginFile, origin_files(world).iloc[::20])}


def test_every_file_recomputed_by_sql(world: World) -> None:
    files = origin_files(world)
    again = world.sql(
        """
        select m.bill, coalesce(cast(d.declaration_id as varchar), '') as declaration_id,
          case when d.bill is null then 'onward' when m.loading = d.origin then 'loaded'
            when m.transhipment = d.origin then 'passed' else 'absent' end as shows,
          coalesce(d.preference = '300', false) as claimed,
          coalesce(case when d.preference = '300' then d.customs_value * (t.duty_rate - d.duty_rate) / 100 end, 0)
            as duty_at_stake
        from manifests m left join (select *, transport_document as bill from declarations) d on m.bill = d.bill
          left join tariff t on t.hs = d.hs
        where m.status in ('import', 'transit') order by m.bill
        """
    )
    assert files["bill"].tolist() == again["bill"].tolist()
    for column in ("declaration_id", "shows", "claimed"):
        assert files[column].tolist() == again[column].tolist()
    assert files["duty_at_stake"].to_numpy() == pytest.approx(again["duty_at_stake"].to_numpy())
    assert set(files["shows"]) == set(SHOWS)
    assert (files["duty_at_stake"] >= 0).all()


def test_goods_in_transit_are_not_declared_and_do_not_stay(world: World) -> None:
    files = origin_files(world)
    onward = files[files["shows"] == "onward"]
    assert (onward[["declaration_id", "origin", "sent_from"]] == "").all(axis=None)
    assert not onward["claimed"].any()
    assert (onward["destination"] != "XA").all()
    assert (files.loc[files["shows"] != "onward", "destination"] == "XA").all()


def test_claims_are_counted_by_their_way(world: World) -> None:
    ways, files = claims_by_way(world), origin_files(world)
    assert ways["papers show"].tolist() == [SHOWS[shows] for shows in IMPORTED]
    counted = Counter(zip(files["shows"], files["claimed"], strict=True))
    for shows, row in zip(IMPORTED, ways.to_dict("records"), strict=True):
        assert (row["claims"], row["no claim"]) == (counted[shows, True], counted[shows, False])
    assert ways["duty at stake, XAS"].sum() == pytest.approx(files["duty_at_stake"].sum(), abs=2)
    elsewhere = ways["claims"].sum() - ways["claims"][0]
    assert f"in {elsewhere:,} the goods were loaded elsewhere" in sentence(ways)
