"""A play: its log is replayed, its referee answers what was earned, and nothing that comes in raises."""

from __future__ import annotations

import json
from collections.abc import Collection
from copy import deepcopy
from dataclasses import asdict
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cep_toolkit.checking import Exercise, Log, Misconception, Number, Offer, Play, Result, Status
from cep_toolkit.checking.game import Game, Played
from cep_toolkit.checking.kept_expected import expected_of, plain_expected
from cep_toolkit.checking.kinds import Move
from cep_toolkit.checking.kinds.log import MOST_LETTERS
from cep_toolkit.checking.marking import mark
from cep_toolkit.checking.play import LOG
from cep_toolkit.checking.reading import RefusedError
from cep_toolkit.checking.referee import Referee
from cep_toolkit.errors import CourseError
from tests.checking.odd_objects import ODD, odd_objects
from tests.checking.toy_play import HIDDEN, FiveBoxes, Opened, Shed, log, open_boxes

PLAY = FiveBoxes()
QUESTION = PLAY.pose(None, HIDDEN)
GAME = PLAY.game(None, HIDDEN, QUESTION)


def check(raw: object) -> Result:
    return PLAY.check(None, HIDDEN, QUESTION, raw)


# Marking ------------------------------------------------------------------------------------------------------------


def test_the_outcome_counts_and_not_the_order_of_the_moves() -> None:
    assert GAME.run(PLAY.reference(None, None, QUESTION)) == log("ACD")
    assert check(log("DCE")).status is Status.CORRECT
    assert check(log("DAE")) == check(log("DAE", dog="yes"))
    assert check(log("DAE")).score == 0.5
    assert "Finds: 1 of 2." in check(log("DAE")).message


@pytest.mark.parametrize("mistake", PLAY.misconceptions, ids=lambda mistake: mistake.name)
def test_a_strategy_and_its_log_are_told_the_same(mistake: Misconception) -> None:
    strategy = open_boxes(mistake.word)
    results = [check(raw) for raw in (strategy, GAME.run(strategy), {LOG: strategy})]
    assert {(result.misconception, result.message) for result in results} == {(mistake.name, mistake.message)}


def test_a_way_is_known_though_one_small_thing_differs() -> None:
    assert GAME.way(log("BEA", dog="yes")) == "heaviest first"  # 3.5 of 4 moves
    assert GAME.way(log("ACD")) == GAME.way(log("EBA")) == ""


def test_an_end_worth_enough_is_right_and_any_other_is_not() -> None:
    class Generous(FiveBoxes):
        enough = 0.5

    assert Generous().check(None, HIDDEN, QUESTION, log("DAE")).status is Status.CORRECT
    assert Generous().check(None, HIDDEN, QUESTION, log("ABE")).score == 0


def test_a_play_without_a_difference_is_not_posed() -> None:
    with pytest.raises(CourseError, match="give the same answer"):
        PLAY.pose(None, dict.fromkeys(HIDDEN, "tobacco"))


# Logs that cannot be taken ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("moves", "told"),
    [
        (log("AC"), "The play is not at its end. Go on, then check. Turns made: 3."),
        (log("ACDE"), "A play has at most 4 moves here; this holds 5."),
        (log("AAC"), 'Turn 3: "A" is not one of the choices.'),
        ([{"dog": "no"}], "Turn 1: Still empty: How far. Fill every part, then check again."),
        ([{}], "Turn 1: There is no answer to check yet."),
        ([{"dog": "no", "metres": float("inf")}], "This number is too large."),
        ([{"dig": "no", "metres": 1}], 'Turn 1: There is no part "dig".'),
        ("A; C; D", "This is not a list of moves."),
        ({"box": ["A"]}, "This is not a list of moves."),
        ([{"box": [[[[["A"]]]]]}], "This answer cannot be read."),
        ([{"box": ["x" * 1_900] * 11}], "This is too much to read."),
        ([["A"]], "This is not a list of moves."),
    ],
)
def test_a_log_that_cannot_be_taken_is_told_why(moves: object, told: str) -> None:
    result = check({LOG: moves})
    assert result.status is Status.WRONG_FORM
    assert told in result.message


@pytest.mark.parametrize("nothing", [None, "", [], {}, {LOG: None}, {LOG: []}])
def test_no_move_is_no_attempt(nothing: object) -> None:
    assert check(nothing).status is Status.NOT_ATTEMPTED


@pytest.mark.parametrize("make", ODD)
def test_no_odd_object_makes_a_check_raise(make: Any) -> None:
    assert isinstance(check(make()), Result)
    assert isinstance(check([make(), {"box": make()}]), Result)
    assert isinstance(check(lambda offer: make()), Result)


@given(thing=odd_objects())
def test_no_made_up_object_makes_a_check_raise(thing: object) -> None:
    assert isinstance(check(thing), Result)
    assert isinstance(check([{"dog": thing, "metres": thing}]), Result)


def test_without_rules_a_log_has_a_shape_and_no_strategy_is_run() -> None:
    kind = PLAY.fields(QUESTION)[LOG]
    assert kind.parse(log("AC")).value == log("AC")
    assert kind.parse(open_boxes("find")).problem.startswith("This play needs a referee")
    assert (kind.score(log("A"), log("A")), kind.score(log("A"), log("C"))) == (1, 0)
    assert kind.say(log("AC")) == "Moves made: 3."
    assert len(json.dumps(kind.parse([{"a": ["b" * 1_000] * 9}]).value)) < MOST_LETTERS


# Strategies ---------------------------------------------------------------------------------------------------------


def test_an_empty_function_and_an_open_blank_are_no_attempt() -> None:
    def blank(offer: Offer) -> object:
        return {"dog": "no", "metres": 1} if "dog" in offer.fields else {"box": "____"}

    assert check(blank).status is check(lambda offer: None).status is Status.NOT_ATTEMPTED


@pytest.mark.parametrize(
    ("function", "told"),
    [
        (dict, "Write a function that returns your answer."),
        (lambda: None, "Write one name in the brackets after the function's name: offer."),
        (lambda offer: 1 / 0, "You divide by zero."),
        (lambda offer: {"dog": "no", "metres": 1} if offer.turn == 0 else None, "Turn 2: Your function gives no move"),
        (lambda offer: {"dog": "perhaps", "metres": 1}, 'Turn 1: Dog: "perhaps" is not one of the choices.'),
    ],
)
def test_a_strategy_that_fails_is_told_where(function: object, told: str) -> None:
    result = check(function)
    assert result.status is Status.WRONG_FORM
    assert told in result.message


def test_a_strategy_may_do_as_it_likes_with_the_facts() -> None:
    def careless(offer: Offer) -> object:
        move = open_boxes("find")(offer)
        for value in offer.facts.values():
            value.clear()
        return move

    assert GAME.run(careless) == log("ACD")


# The referee --------------------------------------------------------------------------------------------------------


def test_a_step_that_asks_for_what_was_not_earned_is_an_error_of_the_course() -> None:
    class Greedy(FiveBoxes):
        def earns(self, question: Shed, state: Opened, move: Move) -> Collection[str]:
            return ()

    with pytest.raises(CourseError, match=r'did not earn "A".*Name it in earns'):
        Greedy().check(None, HIDDEN, QUESTION, log("ACD"))
    with pytest.raises(CourseError, match='knows nothing of "box 9"'):
        Referee(HIDDEN, ["box 9"])


def test_nothing_that_a_participant_can_see_holds_a_hidden_result() -> None:
    played = GAME.replay(log("A"))
    assert played.offer is not None
    shown = [turn.shown for turn in played.turns]
    seen = json.dumps([asdict(played.state), played.moves, shown, dict(played.offer.facts)])
    assert "tea" in seen
    assert "tobacco" not in seen
    assert "tobacco" not in repr(PLAY.answer_fields(None, HIDDEN, QUESTION)) + repr(GAME) + repr(PLAY.fields(QUESTION))


class Listening(dict[str, Any]):
    """Hidden results that note what was asked."""

    def __init__(self, hidden: dict[str, Any]) -> None:
        super().__init__(hidden)
        self.asked: list[str] = []

    def __getitem__(self, name: str) -> Any:
        self.asked.append(name)
        return super().__getitem__(name)


# Random logs --------------------------------------------------------------------------------------------------------

moves = st.one_of(
    st.fixed_dictionaries(
        {"dog": st.sampled_from(["yes", "No", "maybe", 1]), "metres": st.sampled_from([0, "10", -1])}
    ),
    st.fixed_dictionaries({"box": st.lists(st.sampled_from(["A", "B", "C", "D", "E", "F"]), max_size=2)}),
    st.dictionaries(st.text(max_size=3), st.one_of(st.none(), st.floats(), st.text(max_size=3)), max_size=2),
    st.one_of(st.none(), st.integers(), st.lists(st.integers(), max_size=2)),
)
logs = st.lists(moves, max_size=9)


def made(game: Game, played: Played, move: object) -> Played | None:
    """Return the play after a move, or nothing where the move is refused."""
    try:
        return game.after(played, move)
    except RefusedError:
        return None


def played_as_far_as_it_goes(game: Game, moves: list[object], pauses: set[int]) -> tuple[Played, list[bool]]:
    """Play moves one by one, taken up again from the kept log after each pause; illegal ones change nothing."""
    played, taken = game.begin(), []
    for number, move in enumerate(moves):
        if number in pauses:
            played = game.replay(json.loads(json.dumps(played.moves)))
        before = deepcopy(played.state)
        after = made(game, played, move)
        assert played.state == before  # a step changes nothing that it is given
        taken.append(after is not None)
        played = after or played
    return played, taken


@given(moves=logs, pauses=st.sets(st.integers(0, 8)))
def test_any_moves_in_any_pieces_give_one_result(moves: list[object], pauses: set[int]) -> None:
    at_once, taken = played_as_far_as_it_goes(GAME, moves, set())
    in_pieces, taken_in_pieces = played_as_far_as_it_goes(GAME, moves, pauses)
    assert (at_once.state, at_once.moves, taken) == (in_pieces.state, in_pieces.moves, taken_in_pieces)
    assert GAME.replay(at_once.moves).state == at_once.state
    assert GAME.replay(at_once.moves) == GAME.replay(at_once.moves)
    assert check(moves) == check(moves)
    result = check(at_once.moves)
    assert result == check(at_once.moves)
    assert (result.status in (Status.NOT_ATTEMPTED, Status.WRONG_FORM)) == (at_once.offer is not None)


@given(moves=logs)
def test_the_referee_is_asked_for_what_the_moves_earned_and_nothing_else(moves: list[object]) -> None:
    hidden = Listening(HIDDEN)
    played, _ = played_as_far_as_it_goes(Game(PLAY, QUESTION, hidden), moves, set())
    assert sorted(hidden.asked) == sorted(box for move in played.moves for box in move.get("box", ()))


@given(moves=logs)
def test_hidden_results_that_were_not_earned_change_nothing(moves: list[object]) -> None:
    played, _ = played_as_far_as_it_goes(GAME, moves, set())
    opened = {box for move in played.moves for box in move.get("box", ())}
    other = {box: held if box in opened else "gold" for box, held in HIDDEN.items()}
    assert played_as_far_as_it_goes(Game(PLAY, QUESTION, other), moves, set())[0] == played


# For the key --------------------------------------------------------------------------------------------------------


@given(moves=logs)
def test_a_marker_replays_from_plain_json_without_a_world(moves: list[object]) -> None:
    kept = json.loads(json.dumps(GAME.kept()))
    ours, theirs = PLAY.kept_fields(kept)[LOG], PLAY.answer_fields(None, HIDDEN, QUESTION)[LOG]
    for raw in (moves, played_as_far_as_it_goes(GAME, moves, set())[0].moves):
        assert ours.parse(raw) == theirs.parse(raw)
        value, _ = ours.parse(raw)
        if value is not None:
            assert ours.score(value, log("ACD")) == theirs.score(value, log("ACD"))


@pytest.mark.parametrize(
    "raw", [log("ACD"), log("BEA"), log("ABC"), log("EBA"), log("AC"), [], [{"box": 5}], "no log", {LOG: log("ECD")}]
)
def test_a_key_of_plain_json_marks_as_the_play_does(raw: object) -> None:
    expected = PLAY.expected(None, HIDDEN, QUESTION)
    plain = json.loads(json.dumps(plain_expected(expected, PLAY.misconceptions)))
    kept, misconceptions = expected_of(plain, PLAY)
    assert mark(kept, misconceptions, raw) == check(raw)
    assert kept == expected


@pytest.mark.parametrize(
    "kept",
    [
        {},
        {"question": {}, "hidden": {}},
        {"question": None, "hidden": {}},
        {"question": {"weights": [1], "shippers": "one"}, "hidden": {}},
        {"question": {"weights": ["1"], "shippers": []}, "hidden": {}},
        {"question": {"weights": [], "shippers": []}, "hidden": []},
    ],
)
def test_what_is_kept_in_another_shape_is_refused(kept: dict[str, Any]) -> None:
    with pytest.raises(CourseError, match="another shape"):
        PLAY.kept_fields(kept)


# What an author may get wrong ---------------------------------------------------------------------------------------


def test_a_play_without_end_or_with_too_many_inputs_is_refused() -> None:
    class Endless(FiveBoxes):
        def offer(self, question: Shed, state: Opened) -> Offer | None:
            return Offer("Go on", {"dog": Number("How far", "m")})

    class Wide(FiveBoxes):
        def offer(self, question: Shed, state: Opened) -> Offer | None:
            return Offer("Type", {str(number): Number(str(number), "m") for number in range(13)})

    with pytest.raises(CourseError, match="no end after 4 moves"):
        Game(Endless(), QUESTION, HIDDEN).replay([{"dog": 1}] * 4)
    with pytest.raises(CourseError, match="Turn 1 has 13 inputs"):
        Game(Wide(), QUESTION, HIDDEN).begin()


@pytest.mark.parametrize(
    ("changed", "rule"),
    [({"question_type": None}, "no question_type"), ({"most_moves": 0}, "out of range"), ({"enough": 1.5}, "out of")],
)
def test_a_play_badly_described_is_refused(changed: dict[str, Any], rule: str) -> None:
    with pytest.raises(CourseError, match=rule):
        type("Bad", (FiveBoxes,), changed)()


def test_a_log_of_no_or_too_many_moves_is_refused() -> None:
    for most in (0, 201):
        with pytest.raises(CourseError, match="1 to 200"):
            Log("Moves", most)


def test_a_play_is_an_exercise() -> None:
    assert isinstance(PLAY, Exercise)
    assert isinstance(PLAY, Play)
    assert PLAY.expected(None, HIDDEN, QUESTION).completed("in order") == {LOG: log("ABC")}
