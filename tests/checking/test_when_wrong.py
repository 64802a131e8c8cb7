"""What is said of options chosen wrongly: something that moves on, and nothing that gives the answer away."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from cep_toolkit.checking import Cells, Expected, Kind, OneOf, Rows, SeveralOf, Status
from cep_toolkit.checking.marking import mark
from cep_toolkit.errors import CourseError

STEPS = {"accept": "Accept the value", "ask": "Ask for a paper", "refer": "Pass the file on"}
FACTS = {"low": "The price is low", "paper": "A paper agrees", "silent": "No reply came", "late": "The reply was late"}
FILES = {"A": "A (1001)", "B": "B (1002)"}
LISTED = {"1001": "1001: rice", "1002": "1002: tea", "1003": "1003: coffee"}
WRONG_STEP = {
    "accept": "Something must show the price before you accept it.",
    "ask": "Has the importer been asked already?",
    "refer": "Silence proves nothing.",
}
WRONG_FACT = {
    "low": "This was the reason to ask.",
    "paper": "Compare the amounts.",
    "silent": "Read the last letter again.",
    "late": "Count the days.",
}
WRONG_ROW = dict.fromkeys(("1001", "1003"), "One of these has a small total only.")

one_of = OneOf("Next step?", STEPS, WRONG_STEP)
several = SeveralOf("Facts", FACTS, when_wrong=WRONG_FACT)
rows = Rows("Prices", "declarations", "declaration_id", LISTED, at_most=3, when_wrong=WRONG_ROW)
cells = Cells("Files", FILES, {"fact": FACTS, "step": STEPS}, {"fact": WRONG_FACT, "step": WRONG_STEP})
RIGHT = {"A": {"fact": "low", "step": "ask"}, "B": {"fact": "silent", "step": "refer"}}


def told(fields: dict[str, Kind[Any]], reference: dict[str, Any], answer: dict[str, Any]) -> str:
    """Return the message that an answer gets where no mistake is known."""
    return mark(Expected(fields, reference, {}), (), answer).message


@pytest.mark.parametrize(
    ("kind", "value", "reference", "said"),
    [
        (one_of, "accept", "ask", [WRONG_STEP["accept"]]),
        (one_of, "ask", "ask", []),
        (
            several,
            ["low", "paper", "late"],
            ["paper"],
            [
                f'You chose "The price is low". {WRONG_FACT["low"]}',
                f'You chose "The reply was late". {WRONG_FACT["late"]}',
            ],
        ),
        (several, ["paper"], ["paper", "late"], []),  # of what is missing nothing is said
        (rows, ["1001", "1003"], ["1002"], [WRONG_ROW["1001"]]),  # the same is not said twice
        (rows, ["1002"], ["1001"], []),  # a row without a message
        (cells, RIGHT, RIGHT, []),
        (
            cells,  # in turns from each column, the most often chosen first
            {"A": {"fact": "late", "step": "accept"}, "B": {"fact": "late", "step": "accept"}},
            RIGHT,
            [
                f'You chose "The reply was late". {WRONG_FACT["late"]}',
                f'You chose "Accept the value". {WRONG_STEP["accept"]}',
            ],
        ),
        (OneOf("Step", STEPS), "accept", "ask", []),
    ],
)
def test_what_is_said_of_wrong_options(kind: Kind[Any], value: Any, reference: Any, said: list[str]) -> None:
    assert kind.told(value, reference) == said


def test_one_wrong_field_is_told_what_is_right_and_two_messages() -> None:
    answer = {"step": "ask", "facts": ["low", "paper", "late"]}
    assert told({"step": one_of, "facts": several}, {"step": "ask", "facts": ["silent"]}, answer) == (
        "Right: Next step. Look again at: Facts. Right so far: 0 of your 3. "
        'You chose "The price is low". This was the reason to ask. You chose "A paper agrees". Compare the amounts.'
    )


def test_several_wrong_fields_are_told_one_message_each() -> None:
    answer = {"step": "accept", "facts": ["low", "late"]}
    assert told({"step": one_of, "facts": several}, {"step": "ask", "facts": ["silent"]}, answer) == (
        "This is not the answer yet. "
        'On "Next step": Something must show the price before you accept it. '
        'On "Facts": Right so far: 0 of your 2. You chose "The price is low". This was the reason to ask.'
    )


def test_without_messages_a_count_is_told() -> None:
    plain = SeveralOf("Facts", FACTS)
    assert told({"facts": plain}, {"facts": ["paper"]}, {"facts": ["low"]}) == (
        "This is not the answer yet. Right so far: 0 of your 1."
    )


@pytest.mark.parametrize(
    ("kind", "reference", "count"),
    [
        (one_of, "ask", 2),
        (several, ["low", "paper"], 2),
        (SeveralOf("Facts", FACTS, at_least=2, at_most=2), ["low", "paper"], 2),
        (SeveralOf("Facts", FACTS, at_least=0), [], 4),
        (rows, ["1002"], 2),
        (Rows("Prices", "declarations", "declaration_id"), ["1002"], 0),  # any row may be picked: no list of options
        (cells, RIGHT, 2 * (3 + 2)),
    ],
)
def test_every_single_wrong_option_is_found_and_can_be_answered(kind: Kind[Any], reference: Any, count: int) -> None:
    slips = list(kind.slips(reference))
    assert len({option for option, _ in slips}) == len(slips) == count
    for _, value in slips:
        assert not kind.parse(value).problem
        assert kind.score(value, reference) < 1


# Whatever is answered -----------------------------------------------------------------------------------------------

FIELDS: dict[str, Kind[Any]] = {"step": one_of, "facts": several, "prices": rows, "files": cells}


def some(names: dict[str, str]) -> st.SearchStrategy[list[str]]:
    return st.sets(st.sampled_from(sorted(names)), min_size=1).map(lambda keys: [key for key in names if key in keys])


row = st.fixed_dictionaries({"fact": st.sampled_from(sorted(FACTS)), "step": st.sampled_from(sorted(STEPS))})
answers = st.fixed_dictionaries(
    {
        "step": st.sampled_from(sorted(STEPS)),
        "facts": some(FACTS),
        "prices": some(LISTED),
        "files": st.fixed_dictionaries({"A": row, "B": row}),
    }
)


@given(answer=answers, reference=answers)
@settings(deadline=None)
def test_a_wrong_answer_is_told_something_that_gives_no_option_and_no_row_away(answer: Any, reference: Any) -> None:
    """Options are named only where the person chose them wrongly."""
    assume(answer != reference)
    result = mark(Expected(FIELDS, reference, {}), (), answer)
    assert result.status in (Status.NOT_YET, Status.PARTLY)
    assert result.message.strip()
    shown = result.message.casefold()
    wrong = {FACTS[name] for name in set(answer["facts"]) - set(reference["facts"])}
    for file, options in answer["files"].items():
        for column, labels in (("fact", FACTS), ("step", STEPS)):
            if options[column] != reference["files"][file][column]:
                wrong.add(labels[options[column]])
    for name in {*STEPS.values(), *FACTS.values(), *FILES.values(), *LISTED, *LISTED.values()} - wrong:
        assert name.casefold() not in shown


@given(answer=answers, reference=answers)
@settings(deadline=None)
def test_a_wrong_option_with_a_message_is_never_answered_by_a_count_alone(answer: Any, reference: Any) -> None:
    for name, kind in FIELDS.items():
        said = kind.told(answer[name], reference[name])
        if said:
            expected = Expected({name: kind}, {name: reference[name]}, {})
            assert said[0] in mark(expected, (), {name: answer[name]}).message


# What an author may not do ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("describe", "rule"),
    [
        (lambda: OneOf("Step", STEPS, {"acept": "No."}), '"acept", which is no option. Did you mean "accept"'),
        (lambda: OneOf("Step", STEPS, {"zzz": "No."}), "Use the short word of an option"),
        (lambda: OneOf("Step", STEPS, {"accept": " "}), "is empty"),
        (lambda: OneOf("Step", STEPS, {"accept": "You should ask for a paper."}), 'names "Ask for a paper"'),
        (lambda: SeveralOf("Facts", FACTS, when_wrong={"low": "But no reply came."}), 'names "No reply came"'),
        (lambda: SeveralOf("Facts", FACTS, when_wrong={"none": "No."}), "is no option"),
        (lambda: Rows("Rows", "t", "id", LISTED, when_wrong={"1004": "No."}), "is no option"),
        (lambda: Rows("Rows", "t", "id", LISTED, when_wrong={"1001": "Take 1002."}), 'names "1002"'),
        (lambda: Rows("Rows", "t", "id", when_wrong={"1001": "No."}), "is no option"),
        (lambda: Cells("Files", FILES, {"step": STEPS}, {"fact": {}}), 'a column "fact"'),
        (lambda: Cells("Files", FILES, {"step": STEPS}, {"step": {"aks": "No."}}), "is no option"),
        (
            lambda: Cells("Files", FILES, {"fact": FACTS, "step": STEPS}, {"step": {"refer": "A paper agrees."}}),
            'names "A paper agrees"',
        ),
        (lambda: Cells("Files", FILES, {"step": STEPS}, {"step": {"refer": "Look at A (1001)."}}), r"names \"A \(1001"),
    ],
)
def test_a_message_written_wrongly_is_a_course_error(describe: Any, rule: str) -> None:
    with pytest.raises(CourseError, match=rule):
        describe()


def test_a_name_of_one_plain_word_may_stand_in_a_message() -> None:
    level = {"low": "Low", "high": "High"}
    assert OneOf("Risk", level, {"low": "Is a high value no risk?"}).told("low", "high") == ["Is a high value no risk?"]
