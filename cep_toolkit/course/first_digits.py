"""Notebook 12, at home: when first digits may be asked, and what they say."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cep_toolkit.checking import Cells, Exercise, Fields, by_word
from cep_toolkit.course.number_sets import MOST, NumberSet, number_sets
from cep_toolkit.course.text import as_written, known_word, lettered
from cep_toolkit.risk.first_digits import BANDS, NONCONFORMING, benford
from cep_toolkit.risk.number_sets import OBJECTIONS, Numbers, enough
from cep_toolkit.risk.screening import amount

if TYPE_CHECKING:
    from cep_toolkit.world import World

ASKED = 6
OBJECTION, MEANING = "first objection", "what follows"
FEWEST_SHARED = 100  # ten values cover much of fewer numbers than this, however they arose
BELIEFS = ("documents", "digits", "fit", "band", "any numbers")
MEANINGS = {
    "leave": "Leave this test out, and look in another way",
    "quiet": "The test may be used: no reason to look, and nobody is cleared",
    "sample": "Look for an honest reason, then read documents of a sample",
    "guilty": "Those who made these numbers are suspects",
    "true": "The numbers are true: no further control is needed",
}
WRONG = {
    OBJECTION: {
        "none": "Go through the three questions: how did they arise, how many are there, how far do they reach?",
        "assigned": "A number that is only a name measures nothing. Do these numbers measure or count something?",
        "fixed": "Read the column of the ten most common values. Do a few values make up nearly all of them?",
        "few": (
            "Compare the last column, what chance alone makes of a set of this size, with where the bands end. "
            "How the numbers arose comes before that."
        ),
        "narrow": (
            "Divide the upper end of the middle by the lower end: is it less than ten? Usual sizes may be the reason "
            "for a departure; where the numbers reach further, they are no objection. How they arose comes before that."
        ),
    },
    MEANING: {
        "leave": "This follows where there is an objection. Is there one?",
        "quiet": (
            "The deviation may lie below what chance explains, that is true. But may the test be used? Where almost "
            "nothing could lie above that limit, the test cannot speak."
        ),
        "sample": "This follows where the test may be used and the deviation is larger than chance explains. Is it so?",
        "guilty": (
            "Digits name nobody. Honest amounts depart from the law for many reasons: a limit, a usual price, a wage. "
            "What would tell you the reason?"
        ),
        "true": "False amounts can follow the law as well as honest ones do. What can a good fit not tell?",
    },
}

Decision = dict[str, dict[str, str]]


@dataclass(frozen=True)
class Question:
    """Six sets of numbers."""

    sets: tuple[NumberSet, ...]


def judge(question: Question, believe: str) -> Decision:
    """Return the first objection against the test and what follows, for each set.

    Parameters
    ----------
    question : Question
    believe : str
        What an officer believes in the end: ``"documents"``; the ``"digits"``, as if they named the guilty; a good
        ``"fit"``, as if it cleared everybody; the ``"band"``, whatever the size of the set; or ``"any numbers"``, as if
        the law held for all.

    Raises
    ------
    UnknownValueError
        ``believe`` is none of these.
    """
    word = known_word("believe", believe, BELIEFS)
    return {letter: _judged(each.numbers, word) for letter, each in lettered(question.sets)}


def _judged(numbers: Numbers, believe: str) -> dict[str, str]:
    objection = numbers.objection
    if (believe == "band" and objection == "few") or (believe == "any numbers" and objection not in ("none", "few")):
        return {OBJECTION: "none", MEANING: "sample" if numbers.digits.band == NONCONFORMING else "quiet"}
    if objection != "none":
        return {OBJECTION: objection, MEANING: "leave"}
    if numbers.departs:
        return {OBJECTION: objection, MEANING: "guilty" if believe == "digits" else "sample"}
    return {OBJECTION: objection, MEANING: "true" if believe == "fit" else "quiet"}


_mistake = by_word(lambda world, question, word: judge(question, word))


class FirstDigits(Exercise):
    """Ask the digits only where the law can hold, and let the documents answer."""

    id = "first_digits"
    title = "May the first digits be asked?"
    minutes = 12
    core = False
    open_book = True
    needs = ("declarations.customs_value", "declarations.net_mass_kg", "declarations.importer_id")
    hints = (
        "Leave the deviation aside at first. How did these numbers arise: measured, agreed, set by a rule, given out?",
        (
            "Then the size: compare the last column with 0.015, where the bands end. Then the reach: divide the upper "
            "end of the middle by the lower. Only for the sets that are left, compare the deviation with the last "
            "column. Whatever comes out, it concerns the set and no person."
        ),
    )
    misconceptions = (
        _mistake(
            "failing names the guilty",
            "digits",
            "A departure has many honest reasons, and the digits do not know whose amounts they are. Look for the "
            "reason first, then read documents of a sample.",
        ),
        _mistake(
            "a good fit clears everybody",
            "fit",
            "A value that is cut by half keeps to the law: the law does not change when amounts are multiplied. A good "
            "fit only means that the digits give no reason to look.",
        ),
        _mistake(
            "the band at any size",
            "band",
            "The bands were made for large sets. Even among sets drawn from the law, nearly all as small as this "
            "fall outside them by chance. Read the last column first.",
        ),
        _mistake(
            "any numbers will do",
            "any numbers",
            "The law is about amounts that arose by themselves and reach over several powers of ten. Rates, running "
            "numbers and loads of lorries never follow it, and nobody is to blame.",
        ),
    )

    def candidates(self, world: World) -> Iterator[Question]:
        """Yield six sets: one that departs, one or two that do not, one too small, and sets that the law never fits."""
        kinds: dict[str, list[NumberSet]] = {kind: [] for kind in ("quiet", "sample", "small", "unfit")}
        for each in number_sets(world):
            kinds[_kind(each.numbers)].append(each)
        kinds["unfit"] = _one_of_each(kinds["unfit"])
        first = sum(map(len, kinds.values()))  # so that worlds begin at different sets
        for turn in range(first, first + max(map(len, kinds.values()))):
            unfit = min(2 + turn % 2, len(kinds["unfit"]))
            numbers = (("sample", 1), ("small", 1), ("unfit", unfit), ("quiet", 4 - unfit))
            chosen = {each for kind, count in numbers for each in _from(kinds[kind], turn, count)}
            if len(chosen) == ASKED:
                yield Question(tuple(sorted(chosen, key=lambda each: each.name)))

    def fields(self, question: Question) -> Fields:
        rows = {letter: f"{letter}: {each.name}" for letter, each in lettered(question.sets)}
        columns = {OBJECTION: OBJECTIONS, MEANING: MEANINGS}
        return {"sets": Cells("Your judgement of each set", rows, columns, WRONG)}

    def prompt(self, question: Question) -> str:
        lines = "\n".join(_told(letter, each) for letter, each in lettered(question.sets))
        return (
            "Six sets of numbers and their first digits. Ask of each set, in this order: how did the numbers arise, "
            "how many are there, how far do they reach? The first objection counts. Zeros are left out. Of a longer "
            f"set the first {MOST:,} are taken, in the order of its table. "
            "**What is it, and what follows for the set?**\n\n"
            "| set | numbers | ten most common values cover | the middle 90 % lie from | to | deviation (MAD) | "
            "Nigrini's band | of 100 sets of this size drawn from the law, 95 stay below |\n"
            f"|---|--:|--:|--:|--:|--:|---|--:|\n{lines}\n\n"
            f"The bands end at {BANDS[-1][0]}; a larger deviation is called *{NONCONFORMING}*."
        )

    def reference(self, world: World, truth: None, question: Question) -> Decision:
        return judge(question, "documents")

    def explanation(self, world: World, question: Question) -> str:
        lines = "\n".join(f"- **{letter}**: {_because(each)}" for letter, each in lettered(question.sets))
        return (
            f"{lines}\n\nThe order matters: a set that the law never fits departs from it always, and a small set by "
            f"chance. It takes about {round(enough(), -1):,} numbers until 95 of 100 sets drawn from the law stay "
            "inside the bands. Honest sets may leave them at any size. Where a "
            "departure is real, amounts of one usual size often make it: wages, one kind of goods in one packing, "
            "values just below a limit. Documents tell which.\n\n"
            "**The cost of being wrong.** Whoever reads a departure as guilt sends letters to honest traders with 40 "
            "invoices. Whoever reads a good fit as truth lets every price that was halved pass.\n\n"
            "**Another way.** Compare one part of the data with another in place of the law: the first digits of one "
            "year with those of the year before, or of one office with the others."
        )


def _one_of_each(sets: list[NumberSet]) -> list[NumberSet]:
    """Return the first set of each objection."""
    return list({each.numbers.objection: each for each in reversed(sets)}.values())


def _from(sets: list[NumberSet], turn: int, count: int) -> Iterator[NumberSet]:
    """Yield some sets of a list, from the one whose turn it is."""
    yield from (sets[(turn + number) % len(sets)] for number in range(count) if sets)


def _kind(numbers: Numbers) -> str:
    if numbers.objection == "none":
        return "sample" if numbers.departs else "quiet"
    return "small" if numbers.objection == "few" else "unfit"


def _told(letter: str, each: NumberSet) -> str:
    numbers, digits = each.numbers, each.numbers.digits
    common = f"{100 * numbers.common:.0f} %" if digits.amounts >= FEWEST_SHARED else f"{numbers.different} different"
    return (
        f"| **{letter}** {as_written(each.name)} | {digits.amounts:,} | {common} | "
        f"{amount(numbers.low)} | {amount(numbers.high)} | {digits.deviation:.4f} | {digits.band} | "
        f"{digits.chance_limit:.4f} |"
    )


def _because(each: NumberSet) -> str:
    numbers, digits = each.numbers, each.numbers.digits
    if numbers.objection == "few":
        return (
            f"{digits.amounts} numbers are too few. Of 100 sets of this size drawn from the law, 95 stay below "
            f"{digits.chance_limit:.4f}, far outside the bands. That {digits.deviation:.4f} lies below it is true, and "
            "says nothing: almost nothing could lie above. A test that cannot speak is left out."
        )
    if numbers.objection == "narrow":
        return f"the middle 90 % reach from {amount(numbers.low)} to {amount(numbers.high)}, less than a power of ten."
    if numbers.objection == "fixed":
        return f"ten values cover {100 * numbers.common:.0f} % of them: a rule sets them, and the rule sets the digits."
    if numbers.objection == "assigned":
        return "the numbers were given out one after the other. They are names, and nothing was measured."
    beyond = (
        f"more than chance explains. {_often(each)} Look for the honest reason, then read documents of a sample"
        if numbers.departs
        else "no more than chance explains: no reason to look, and nobody is cleared"
    )
    return (
        f"no objection; the deviation is {digits.deviation:.4f}; of 100 sets drawn from the law, 95 stay below "
        f"{digits.chance_limit:.4f}. That is {beyond}."
    )


def _often(each: NumberSet) -> str:
    """Say which first digit is more frequent than the law has it, and which goods most often stand behind it."""
    digits = each.numbers.digits
    digit = digits.most_above
    share, law = 100 * digits.shares[digit - 1], 100 * benford()[digit - 1]
    goods = f", most often {as_written(each.goods)}" if each.goods else ""
    return (
        f"{share:.0f} of 100 begin with {digit} (the law: {law:.0f}){goods}. A usual size, price or wage repeats the "
        "same digit."
    )
