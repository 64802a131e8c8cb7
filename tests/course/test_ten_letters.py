"""Ten letters: a list from public tables, replies of the world, and marks for law and fairness too."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cep_toolkit.checking import Offer, Result, Status
from cep_toolkit.checking.game import Game
from cep_toolkit.checking.kinds import Move
from cep_toolkit.checking.play import LOG
from cep_toolkit.checking.reading import RefusedError
from cep_toolkit.course.choosing_letters import FIRST, NOBODY, choose
from cep_toolkit.course.letters_list import Line, Question
from cep_toolkit.course.ten_letters import Mail, Reply, TenLetters, unreasoned
from cep_toolkit.errors import UnknownValueError
from cep_toolkit.risk.price_book import price_book
from cep_toolkit.risk.valuation import FACTS
from cep_toolkit.world import Scenario, World
from cep_toolkit.world.truth import Truth

PLAY = TenLetters()
SCENARIO = Scenario(declarations=20_000)


@pytest.fixture(scope="module")
def world() -> World:
    return World(SCENARIO)


@pytest.fixture(scope="module")
def question(world: World) -> Question:
    posed: Question = PLAY.pose(world, Truth(SCENARIO))
    return posed


@pytest.fixture(scope="module")
def game(world: World, question: Question) -> Game:
    return PLAY.game(world, Truth(SCENARIO), question)


# The list -----------------------------------------------------------------------------------------------------------


def test_the_list_is_found_again_in_the_public_tables(world: World, question: Question) -> None:
    book = price_book(world)
    declared = world.declarations.astype({"declaration_id": "str"}).set_index("declaration_id")
    asked = set(world.table("correspondence")["declaration_id"].astype("str"))
    for line in question.lines:
        row = declared.loc[line.declaration_id]
        prices = book.prices[book.where(line.hs, line.origin)]
        usual = sorted(prices)[(len(prices) - 1) // 2 : len(prices) // 2 + 1]
        assert line.share == pytest.approx(
            row["customs_value"] / row["net_mass_kg"] / (sum(usual) / len(usual)), rel=0.01
        )
        missing = row["customs_value"] * (1 / line.share - 1)
        duty, vat = row["duty_rate"] / 100, row["vat_rate"] / 100
        assert line.at_stake == pytest.approx(missing * (duty + (1 + duty) * vat), rel=0.01, abs=1)
        assert line.declaration_id not in asked


def test_each_letter_is_one_importer_one_seller_and_the_same_goods(question: Question) -> None:
    by_letter: dict[str, set[tuple[str, ...]]] = {}
    for line in question.lines:
        by_letter.setdefault(line.line[0], set()).add((line.importer, line.seller, line.hs, line.origin))
    assert len(by_letter) == 8
    assert {len(same) for same in by_letter.values()} == {1}
    usual = {line.line[0] for line in question.lines if line.share >= question.limit}
    assert len(usual) == 1


def test_what_is_printed_is_enough_to_see_a_reason(question: Question) -> None:
    page = PLAY.prompt(question)
    for line in question.lines:
        assert (round(100 * line.share) < round(100 * question.limit)) == question.doubtful(line.line)
        assert f"| {line.line} |" in page


def test_the_replies_are_those_of_the_truth(world: World, question: Question, game: Game) -> None:
    true = Truth(SCENARIO).declarations.astype({"declaration_id": "str"}).set_index("declaration_id")
    for line in question.lines:
        reply = game.hidden[line.line]
        assert reply["fact"] in FACTS
        row = true.loc[line.declaration_id]
        if reply["owed"]:
            assert row["illicit"]
            assert reply["owed"] == pytest.approx(row["duty_evaded"] + row["vat_evaded"])
        if reply["fact"] == "agrees":
            assert not str(row["plot"]).startswith("undervaluation") or not row["illicit"]


# Law and fairness ---------------------------------------------------------------------------------------------------


def line(name: str, share: float) -> Line:
    return Line(name, name, "Importer", "Seller", "610910", "QR", 100.0, share, 10.0)


SMALL = Question((line("A1", 0.5), line("A2", 0.6), line("B1", 0.95), line("B2", 0.4)), 0.7, "XAS")


def test_a_letter_needs_a_reason() -> None:
    first = (Reply("A1", "agrees", 0.0), Reply("B2", "no_paper", 0.0))
    assert unreasoned(SMALL, Mail((first,))) == []
    assert unreasoned(SMALL, Mail((first, (Reply("A2", "agrees", 0.0),)))) == ["A2"]  # explained a week before
    assert unreasoned(SMALL, Mail(((*first, Reply("A2", "agrees", 0.0)),))) == []  # not yet known in that week
    assert unreasoned(SMALL, Mail(((Reply("B1", "agrees", 0.0),),))) == ["B1"]  # a usual price


def test_each_letter_without_a_reason_takes_a_fifth() -> None:
    found = (Reply("B2", "higher", 500.0), Reply("A1", "agrees", 0.0))
    assert PLAY.worth(SMALL, Mail((found,))) == 500
    assert PLAY.worth(SMALL, Mail((found, (Reply("A2", "agrees", 0.0), Reply("B1", "seller", 0.0))))) == pytest.approx(
        300
    )


def test_the_good_way_troubles_nobody_and_no_other_way_is_as_good(game: Game, question: Question) -> None:
    ends = {first: game.replay(game.run(_way(first)) or []).state for first in FIRST}
    worth = {first: PLAY.worth(question, end) for first, end in ends.items()}
    assert unreasoned(question, ends["replies"]) == []
    assert max(worth[first] for first in FIRST if first != "replies") < PLAY.enough * worth["replies"]
    assert "Found by lawful ground" in PLAY.tell(question, ends["replies"])


def _way(first: str) -> Any:
    return lambda offer: {"letters": choose(offer, first)}


def test_a_week_without_a_letter_is_allowed(game: Game) -> None:
    played = game.replay([{"letters": [NOBODY]}] * 3)
    assert played.offer is None
    assert played.state.replies == ()
    assert not played.revealed


def test_a_misspelt_word_is_answered_with_the_nearest(game: Game) -> None:
    offer = game.begin().offer
    assert offer is not None
    with pytest.raises(UnknownValueError, match='Did you mean "replies"'):
        choose(offer, "reply")


# Random logs --------------------------------------------------------------------------------------------------------

NAMES = [f"{letter}{number}" for letter in "ABCDEFGHI" for number in (1, 2, 3)]
weeks = st.lists(
    st.fixed_dictionaries({"letters": st.lists(st.sampled_from([*NAMES, NOBODY, "", "Z"]), max_size=5)}), max_size=5
)


@settings(max_examples=80, deadline=None)
@given(moves=weeks)
def test_any_log_is_marked_or_told_and_reveals_its_own_letters_only(
    world: World, question: Question, game: Game, moves: list[Move]
) -> None:
    truth = Truth(SCENARIO)
    result = PLAY.check(world, truth, question, moves)
    assert isinstance(result, Result)
    assert result == PLAY.check(world, truth, question, json.loads(json.dumps(moves)))
    played = game.begin()
    for move in moves:
        try:
            played = game.after(played, move)
        except RefusedError:
            continue
    sent = [name for move in played.moves for name in move["letters"] if name != NOBODY]
    assert [reply.line for reply in played.state.replies] == sent
    assert len(sent) <= 10
    kept = PLAY.kept_fields(json.loads(json.dumps(game.kept())))[LOG]
    value, _ = kept.parse(played.moves)
    assert (value is None) == (played.offer is not None)
    if value is not None:
        assert 0 <= kept.score(value, game.run(_way("replies")) or []) <= 1
        assert PLAY.check(world, truth, question, value).status not in (Status.WRONG_FORM, Status.NOT_ATTEMPTED)


def test_a_strategy_that_writes_too_much_is_told(world: World, question: Question) -> None:
    def everybody(offer: Offer) -> object:
        return {"letters": [line["line"] for line in offer.facts["lines"]]}

    assert "Choose at most 4" in PLAY.check(world, Truth(SCENARIO), question, everybody).message
