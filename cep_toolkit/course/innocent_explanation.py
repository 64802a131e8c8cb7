"""Notebook 12, second exercise: innocent explanations and the next lawful step."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from cep_toolkit.checking import Cells, Exercise, Fields, Misconception
from cep_toolkit.course.text import as_written, known_word
from cep_toolkit.risk.valuation import FACTS, STEPS, ValuationFile, fact, next_step, valuation_files
from cep_toolkit.world.arrays import instances

if TYPE_CHECKING:
    from cep_toolkit.world import World

LETTERS = "ABCD"
STEP, FACT = "next step", "what the file shows"
FIRST = ("paper", "reason", "price", "discount")

Decision = dict[str, dict[str, str]]


@dataclass(frozen=True)
class Question:
    """Four files about doubted prices."""

    files: tuple[ValuationFile, ...]


def decide(question: Question, first: str) -> Decision:
    """Return what each file shows and the next step, by what an officer looks at first.

    Parameters
    ----------
    question : Question
    first : str
        ``"paper"``: what is on paper, and how the parties are related; ``"reason"``: any reason given is accepted;
        ``"price"``: a low price is taken for proof; ``"discount"``: a related party may have its discount.

    Raises
    ------
    UnknownValueError
        ``first`` is none of these.
    """
    word = known_word("first", first, FIRST)
    return {
        letter: {FACT: fact(file), STEP: _step(file, word)}
        for letter, file in zip(LETTERS, question.files, strict=True)
    }


def _step(file: ValuationFile, first: str) -> str:
    step = next_step(file)
    if first == "price":
        return "refer"
    if first == "reason" and file.reason:
        return "accept"
    return "accept" if first == "discount" and step == "relationship" else step


def _mistake(first: str, world: World, question: Question) -> Decision:
    return decide(question, first)


class InnocentExplanation(Exercise):
    """Look for the innocent explanation, and take the next lawful step before anyone is named."""

    id = "innocent_explanation"
    title = "Innocent explanations and the next lawful step"
    open_book = True
    needs = ("correspondence.text", "declarations.related_parties")
    hints = (
        "Read the paper before the reason. Does a paper show the price, and is it the price on the invoice?",
        (
            "A reason without a paper is not yet accepted, and not yet refused: ask for the paper that would show it. "
            "Where the parties are related, a low price may be honest, but the circumstances of the sale are examined. "
            "No reply: give the grounds in writing first."
        ),
    )
    misconceptions = (
        Misconception(
            "low price is undervaluation",
            partial(_mistake, "price"),
            "A low price is a reason to ask, not proof. Only a paper that shows a higher price makes a file for "
            "investigation. Each of these importers has the right to explain.",
            word="price",
        ),
        Misconception(
            "any reason will do",
            partial(_mistake, "reason"),
            "A reason is easily given. Accept it with a paper that shows it; without one, ask for the paper.",
            word="reason",
        ),
        Misconception(
            "related-party discount",
            partial(_mistake, "discount"),
            "A discount between related parties is accepted only after the circumstances of the sale were examined: "
            "did the relationship influence the price?",
            word="discount",
        ),
    )

    def candidates(self, world: World) -> Iterator[Question]:
        """Yield four files with four different next steps, a related sale always among them."""
        by_step: dict[str, list[ValuationFile]] = {step: [] for step in STEPS}
        for file in instances(ValuationFile, valuation_files(world)):
            by_step[next_step(file)].append(file)
        for turn in range(max(map(len, by_step.values()), default=0)):
            for left_out in ("grounds", "refer", "document", "accept"):
                chosen = [by_step[step] for step in STEPS if step != left_out]
                if all(len(files) > turn for files in chosen):
                    files = sorted((files[turn] for files in chosen), key=lambda file: file.declaration_id)
                    yield Question(tuple(files))

    def fields(self, question: Question) -> Fields:
        rows = {
            letter: f"{letter} ({file.declaration_id})" for letter, file in zip(LETTERS, question.files, strict=True)
        }
        return {"files": Cells("Your decision on each file", rows, {FACT: FACTS, STEP: STEPS})}

    def prompt(self, question: Question) -> str:
        files = "\n\n".join(_told(letter, file) for letter, file in zip(LETTERS, question.files, strict=True))
        return (
            "Four prices were doubted, and the importers were asked to explain. "
            f"**What does each file show, and what is the next lawful step?**\n\n{files}"
        )

    def reference(self, world: World, truth: None, question: Question) -> Decision:
        return decide(question, "paper")

    def explanation(self, world: World, question: Question) -> str:
        lines = "\n".join(
            f"- **{letter}**: {_shown(file)}{', and the parties are related' if file.related else ''}. "
            f"Next: {STEPS[next_step(file)][0].lower()}{STEPS[next_step(file)][1:]}."
            for letter, file in zip(LETTERS, question.files, strict=True)
        )
        return (
            f"{lines}\n\nThe order is that of the law. Doubt, ask, wait for the reply, give the grounds in writing, "
            "decide in writing (Decision 6.1). Only then the next valuation method. Related parties are not a ground "
            "by themselves; the circumstances of the sale are examined (Article 1.2). A false price is proved by a "
            "second invoice or a payment, never by a median.\n\n"
            "**The cost of being wrong.** To accept without a paper loses revenue and is unfair to those who show "
            "theirs. To accuse without proof breaks the law, and the case with it.\n\n"
            "**Another way.** Release the goods against a security while the question is open (Article 13): trade "
            "flows, and the revenue is secured."
        )


def _shown(file: ValuationFile) -> str:
    """Return what the file shows, with the amounts where a paper names one."""
    if not file.document:
        return FACTS[fact(file)].lower()
    paper, invoice = (f"{value:,.2f} {file.currency}" for value in (file.document_amount, file.invoice_value))
    return f"the paper shows {paper}, the invoice {invoice}"


def _told(letter: str, file: ValuationFile) -> str:
    related = "The buyer and the seller are related." if file.related else "The buyer and the seller are not related."
    reply = f"Reply: *{as_written(file.reply)}*" if file.reply else "There is no reply, and the time to answer is over."
    paper = f"Paper: *{as_written(file.document_text)}*" if file.document else "No paper came with it."
    return (
        f"**{letter}.** Declaration {file.declaration_id}, invoice {file.invoice_number}: "
        f"{file.invoice_value:,.2f} {file.currency}. "
        f"{related} {reply} {paper if file.reply else ''}".strip()
    )
