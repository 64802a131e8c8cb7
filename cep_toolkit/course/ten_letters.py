"""Notebook 12, at home: ten letters of doubt in three weeks, and what the replies are worth."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from cep_toolkit.checking import Expected, Fields, Offer, Play, Rows, Step, by_word
from cep_toolkit.checking.kinds import Move
from cep_toolkit.checking.play import LOG, Strategy
from cep_toolkit.checking.referee import Referee
from cep_toolkit.course.choosing_letters import NOBODY, TELLING, choose
from cep_toolkit.course.letters_list import LISTS, Line, Question, questions, replies
from cep_toolkit.course.text import as_written
from cep_toolkit.risk.valuation import FACTS
from cep_toolkit.world.currency import money

if TYPE_CHECKING:
    from cep_toolkit.world import World
    from cep_toolkit.world.truth import Truth

LETTERS = (4, 3, 3)
"""How many letters the office can send in each week."""
LEAST_TELLING = 2
COST = 0.2
"""The part of what was found that one letter without a reason takes away."""


@dataclass(frozen=True)
class Reply:
    """What came back for one line: one of ``risk.valuation.FACTS``, and the duty and VAT that follow by law."""

    line: str
    fact: str
    owed: float


@dataclass(frozen=True)
class Mail:
    """The replies of every week so far."""

    weeks: tuple[tuple[Reply, ...], ...] = ()

    @property
    def replies(self) -> tuple[Reply, ...]:
        """All replies, in the order of their letters."""
        return tuple(reply for week in self.weeks for reply in week)


def unreasoned(question: Question, mail: Mail) -> list[str]:
    """Return the lines written about without a reason to doubt.

    Their price is not well below the usual one; or an independent paper on the same goods of the same seller had
    already come, in a week before.
    """
    explained: set[str] = set()
    found = []
    for week in mail.weeks:
        found += [each.line for each in week if not question.doubtful(each.line) or each.line[0] in explained]
        explained |= {each.line[0] for each in week if each.fact == "agrees"}
    return found


_mistake = by_word(lambda world, question, word: _way(word))


def _way(first: str) -> Strategy:
    return lambda offer: {"letters": choose(offer, first)}


class TenLetters(Play):
    """Let each week's replies choose the next letters, and write to nobody without a reason."""

    id = "ten_letters"
    title = "Ten letters"
    minutes = 10
    core = False
    referee = True
    question_type = Question
    most_moves = len(LETTERS)
    enough = 0.85
    most_candidates = 2 * LISTS  # most are put aside unplayed
    needs = ("correspondence.text", "declarations.duty_rate", "declarations.vat_rate", "traders.name", "suppliers.name")
    hints = (
        "Write to different sellers first. A reply tells you something about the seller's other consignments too.",
        (
            "After a higher price on paper, or silence, go on with that seller. "
            "After an independent paper that agrees, leave that seller alone. "
            "Among the others, begin where most duty and VAT are at stake."
        ),
    )
    misconceptions = (
        _mistake(
            "lowest price first",
            "price",
            "You wrote where the price is lowest, whatever the amount. The lowest price may be a few kilograms. Weigh "
            "the duty and VAT at stake, and then read the replies.",
        ),
        _mistake(
            "largest value first",
            "value",
            "You wrote where the value is largest. A large value is no reason to doubt. Look how far the price lies "
            "below the usual one, and what is at stake.",
        ),
        _mistake(
            "ignores the replies",
            "amount",
            "You wrote where most is at stake, week after week, as if no reply had come. A good paper explains a "
            "seller's prices; a higher price on paper points to that seller's other consignments.",
        ),
        _mistake(
            "one importer after the other",
            "importer",
            "You wrote about one importer until the list was done. Spread the first letters. Go on with an importer "
            "only where the replies leave the doubt standing.",
        ),
    )

    def candidates(self, world: World) -> Iterator[Question]:
        """Yield lists of doubtful sellers and one whose prices are usual."""
        yield from questions(world)

    def prompt(self, question: Question) -> str:
        lines = "\n".join(
            f"| {line.line} | {as_written(line.importer)} | {as_written(line.seller)} | {line.hs}, {line.origin} | "
            f"{money(line.value, question.currency)} | {round(100 * line.share)} % | {_at_stake(line, question)} |"
            for line in question.lines
        )
        return (
            "Your office can send ten letters of doubt in three weeks: four, three and three. "
            "**Find the most duty and VAT by lawful ground, and trouble nobody without a reason.**\n\n"
            f"- A price below {round(100 * question.limit)} % of the usual one is a reason to ask. A large value is "
            "none.\n"
            "- An independent paper that agrees explains that seller's prices. Asking again later is then without a "
            "reason.\n"
            "- A paper with a higher price proves what is owed. After silence you give the grounds in writing, and the "
            "next method sets the value.\n"
            "- Each letter without a reason takes a fifth from what you found.\n\n"
            "Lines with the same letter are one importer, one seller and the same goods (subheading, origin). "
            f"Amounts are in {question.currency}; *at stake* is the duty and VAT owed besides, if the price were the "
            "usual one.\n\n"
            "| line | importer | seller | goods | value | of the usual price | at stake |\n"
            f"|---|---|---|---|--:|--:|--:|\n{lines}"
        )

    def reference(self, world: World | None, truth: Truth | None, question: Question) -> Strategy:
        return _way("replies")

    def hidden(self, world: World, truth: Truth, question: Question) -> Mapping[str, Any]:
        """Return for each line what its file would show, and what is owed by it."""
        return replies(world, truth, question)

    def start(self, question: Question) -> Mail:
        return Mail()

    def offer(self, question: Question, state: Mail) -> Offer | None:
        week = len(state.weeks)
        sent = {reply.line for reply in state.replies}
        left = [line for line in question.lines if line.line not in sent]
        if week == len(LETTERS) or not left:
            return None
        count = LETTERS[week]
        choices = {line.line: _choice(line, question) for line in left}
        choices[NOBODY] = "No letter"
        facts = {
            "lines": [line for line in question.seen() if line["line"] not in sent],
            "all": question.seen(),
            "replies": {reply.line: reply.fact for reply in state.replies},
            "letters": count,
        }
        fields: Fields = {"letters": Rows("Lines to write about", "letters", "line", choices, count)}
        return Offer(
            f"**Week {week + 1}.** You can send up to {count} letters, or none.", fields, facts, "Send the letters"
        )

    def earns(self, question: Question, state: Mail, move: Move) -> Collection[str]:
        """Return the lines written about: a letter earns its own reply."""
        return _written(move)

    def step(self, question: Question, state: Mail, move: Move, referee: Referee) -> Step:
        week = tuple(Reply(line, **referee.tell(line)) for line in _written(move))
        shown = "\n".join(f"- **{reply.line}**: {self._said(question, reply)}" for reply in week)
        return Step(Mail((*state.weeks, week)), shown or "No letter was sent.")

    def tell(self, question: Question, state: Mail) -> str:
        found = money(_found(state), question.currency)
        told = "\n".join(f"| {reply.line} | {FACTS[reply.fact]} |" for reply in sorted(state.replies, key=_by_line))
        table = f"\n\n| line | what its file shows |\n|---|---|\n{told}" if told else ""
        if len(state.weeks) < len(LETTERS):
            return f"Letters sent: {len(state.replies)}. Found so far: {found} {question.currency}.{table}"
        without = unreasoned(question, state)
        return (
            f"The three weeks are over. Found by lawful ground: **{found} {question.currency}**. "
            f"Letters without a reason: **{len(without)}**{_listed(without)}. Now check.{table}"
        )

    def worth(self, question: Question, state: Mail) -> float:
        """Return the duty and VAT found, less a fifth for each letter without a reason."""
        return _found(state) * max(0.0, 1 - COST * len(unreasoned(question, state)))

    def remark(self, question: Question, state: Mail, best: Mail) -> str:
        without = len(unreasoned(question, state))
        share = _found(state) / _found(best)
        return (f"You found {share:.0%} of what one good way finds. Letters without a reason: {without}.").replace(
            "%", " %"
        )

    def barren(self, question: Question, hidden: Mapping[str, Any]) -> str:
        """Refuse a list whose replies teach too little, before anything is played."""
        shown = [reply["fact"] for reply in hidden.values()]
        telling = sum(fact in TELLING for fact in shown)
        return "" if telling >= LEAST_TELLING and "agrees" in shown else "the replies teach too little"

    def objection(self, world: World, question: Question, expected: Expected) -> str:
        """Refuse a list in which the good way finds little or troubles somebody, or a bad one is as good."""
        log: Any = expected.fields[LOG]
        ends = {name: log.rules.replay(answer[LOG]).state for name, answer in expected.mistakes.items()}
        best = log.rules.replay(expected.reference[LOG]).state
        telling = sum(reply.fact in TELLING for reply in best.replies)
        explained = sum(reply.fact == "agrees" for reply in best.replies)
        if telling < LEAST_TELLING or not explained or unreasoned(question, best):
            return "the replies teach too little"
        bar = self.enough * self.worth(question, best)
        lucky = [name for name, end in ends.items() if self.worth(question, end) >= bar]
        return f'"{lucky[0]}" does as well' if lucky else ""

    def explanation(self, world: World, question: Question) -> str:
        return (
            "The first letters go to different sellers, where most is at stake: each reply tells about all the "
            "seller's consignments. Then the replies decide. A higher price on paper, or silence, points to the same "
            "seller's other consignments. An independent paper that agrees explains them, and the doubt is gone. "
            "A reply without a paper, or with the seller's word alone, leaves the doubt standing: such a seller comes "
            "next.\n\n"
            "Every letter needs its own reason to doubt (Decision 6.1); a large value is none. The usual price raises "
            "the doubt and never sets the value. What is owed rests on the paper, or, after silence and grounds in "
            "writing, on the next method.\n\n"
            "**The cost of being wrong.** A plan made in the first week spends letters on prices that are explained by "
            "the second. Who asks again after a good paper troubles an honest importer and learns nothing.\n\n"
            "**Another way.** Keep one letter a week for a line drawn by lot. It finds less now, and shows where your "
            "own order is blind."
        )

    def _said(self, question: Question, reply: Reply) -> str:
        fact = FACTS[reply.fact]
        if not reply.owed:
            return f"{fact}."
        how = "It proves" if reply.fact == "higher" else "After grounds in writing, the next method sets"
        return f"{fact}. {how} **{money(reply.owed, question.currency)} {question.currency}** more duty and VAT."


def _written(move: Move) -> tuple[str, ...]:
    return tuple(line for line in move["letters"] if line != NOBODY)


def _found(mail: Mail) -> float:
    return sum(reply.owed for reply in mail.replies)


def _at_stake(line: Line, question: Question) -> str:
    return money(max(line.at_stake, 0.0), question.currency)


def _choice(line: Line, question: Question) -> str:
    share = round(100 * line.share)
    return f"{line.line}: {line.importer}, {share} % of the usual price, {_at_stake(line, question)} at stake"


def _by_line(reply: Reply) -> str:
    return reply.line


def _listed(lines: list[str]) -> str:
    return f" ({', '.join(lines)})" if lines else ""
