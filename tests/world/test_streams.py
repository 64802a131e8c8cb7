from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from cep_toolkit.world import Scenario
from cep_toolkit.world.identifiers import PublicIds
from cep_toolkit.world.streams import Streams

SECRETS = st.binary(min_size=16, max_size=32)


def test_level_and_size_leave_the_streams_alone() -> None:
    easy = Streams.of(Scenario(level="foundation", declarations=5_000))
    hard = Streams.of(Scenario(level="advanced"))
    assert easy.key("plots", 1) == hard.key("plots", 1)
    assert easy.key("plots", 1) != Streams.of(Scenario(seed=1)).key("plots", 1)


def test_names_are_not_run_together() -> None:
    streams = Streams(b"0123456789abcdef")
    assert streams.key("plots", 11) != streams.key("plots", 1, 1)


@given(SECRETS, st.lists(st.integers(0, 2**40), min_size=1, max_size=50))
def test_a_draw_for_an_id_depends_on_that_id_alone(secret: bytes, ids: list[int]) -> None:
    streams = Streams(secret)
    together = streams.uniform("lane", ids=ids)
    alone = [streams.uniform("lane", ids=[number])[0] for number in ids]
    assert together.tolist() == alone
    assert ((together >= 0) & (together < 1)).all()


def test_draws_are_spread_evenly() -> None:
    u = Streams(b"0123456789abcdef").uniform("lane", ids=np.arange(100_000))
    counts = np.histogram(u, bins=20, range=(0, 1))[0]
    assert abs(counts - 5_000).max() < 5 * np.sqrt(5_000)
    assert abs(np.corrcoef(u[:-1], u[1:])[0, 1]) < 0.015


@given(SECRETS, st.integers(1, 8), st.data())
def test_public_numbers_are_a_bijection_of_fixed_width(secret: bytes, digits: int, data: st.DataObject) -> None:
    ids = PublicIds(Streams(secret), "declaration", digits)
    internal = np.array(data.draw(st.lists(st.integers(0, 9 * 10 ** (digits - 1) - 1), min_size=1, unique=True)))
    public = ids.public(internal)
    assert all(len(str(number)) == digits for number in public)
    assert len(set(public.tolist())) == len(internal)
    assert (ids.internal(public) == internal).all()


def test_public_order_says_nothing_about_internal_order() -> None:
    public = PublicIds(Streams(b"0123456789abcdef"), "declaration").public(np.arange(20_000))
    assert abs(np.corrcoef(np.arange(20_000), public)[0, 1]) < 0.03
    assert abs(np.corrcoef(np.arange(20_000), public % 10)[0, 1]) < 0.03
