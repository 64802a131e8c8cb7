"""Notebook 12, second exercise: innocent explanations and the next lawful step."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cep_toolkit.checking import Cells, Exercise, Fields, by_word
from cep_toolkit.course.text import as_written, in_a_sentence, known_word, lettered
from cep_toolkit.risk.screening import amount
from cep_toolkit.risk.valuation import FACTS, STEPS, ValuationFile, fact, next_step, valuation_files
from cep_toolkit.world.arrays import instances
from cep_toolkit.world.currency import money

if TYPE_CHECKING:
    from cep_toolkit.world import World

WELL_BELOW, LEAST_INVOICE = 0.75, 300.0
STEP, FACT = "next step", "what the file shows"
FIRST = ("paper", "reason", "price", "discount")

WRONG = {
    FACT: {
        "agrees": (
            "A paper is independent only if somebody besides the seller stands behind it. "
            "Read who made it, and compare the amounts."
        ),
        "seller": (
            "Ask of each paper who made it and who signed it. "
            "A bank, a buyer's signature, inspectors or accountants add to the seller's word."
        ),
        "higher": (
            "Compare two amounts: the one on the paper and the one on the invoice. The typical price is not a paper."
        ),
        "no_paper": "Read the end of each file again: what came, and who sent it?",
        "no_reply": "Silence means that the importer wrote nothing at all. A reply that says little is still a reply.",
    },
    STEP: {
        "accept": (
            "Before you accept a price, check two things. Does anything besides the seller's word support it? "
            "Are the buyer and the seller related?"
        ),
        "document": (
            "One more paper does not always help. Look at what you have: the amounts, the relationship, "
            "and whether a reply came."
        ),
        "relationship": (
            "This step is for related parties whose prices nobody has studied yet. "
            "It comes after a reply, where no paper contradicts the price."
        ),
        "grounds": (
            "Grounds are given before Customs decides against the importer. "
            "First use what the importer sent, or ask for what is missing."
        ),
        "refer": (
            "A low price, a weak reply or silence proves nothing. "
            "A file goes to investigation when a paper contradicts the invoice."
        ),
    },
}

Decision = dict[str, dict[str, str]]


@dataclass(frozen=True)
class Question:
    """Four files about doubted prices; prices per kg are in ``currency``."""

    files: tuple[ValuationFile, ...]
    currency: str


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
    return {letter: {FACT: fact(file), STEP: _step(file, word)} for letter, file in lettered(question.files)}


def _step(file: ValuationFile, first: str) -> str:
    step = next_step(file)
    if first == "price":
        return "refer"
    if first == "reason" and file.reason:
        return "accept"
    return "accept" if first == "discount" and step == "relationship" else step


def _worth_a_letter(file: ValuationFile) -> bool:
    """Whether an officer of the course would have doubted it: the price is well below the usual one, and matters."""
    low = not file.typical_price or file.price_per_kg < WELL_BELOW * file.typical_price
    return low and file.invoice_value >= LEAST_INVOICE


_mistake = by_word(lambda world, question, word: decide(question, word))


class InnocentExplanation(Exercise):
    """Look for the innocent explanation, and take the next lawful step before anyone is named."""

    id = "innocent_explanation"
    title = "Innocent explanations and the next lawful step"
    open_book = True
    needs = ("correspondence.text", "declarations.related_parties", "traders.name", "suppliers.name")
    hints = (
        (
            "Read the paper before the reason. Does a paper show the price, is it the price on the invoice, "
            "and who made the paper?"
        ),
        (
            "A reason without an independent paper is not yet accepted, and not yet refused: ask for a paper. "
            "Where the parties are related, a low price may be honest, but the circumstances of the sale are examined, "
            "unless a study of their prices is on file. No reply: give the grounds in writing first."
        ),
    )
    misconceptions = (
        _mistake(
            "low price is undervaluation",
            "price",
            "A low price is a reason to ask, not proof. Only a paper that shows a higher price makes a file for "
            "investigation. Each of these importers has the right to explain.",
        ),
        _mistake(
            "any reason will do",
            "reason",
            "A reason is easily given. Accept it with an independent paper that shows the price; without one, ask.",
        ),
        _mistake(
            "related-party discount",
            "discount",
            "A discount between related parties is accepted only after the circumstances of the sale were examined: "
            "did the relationship influence the price?",
        ),
    )

    def candidates(self, world: World) -> Iterator[Question]:
        """Yield four files with four different next steps, a related sale always among them."""
        by_step: dict[str, list[ValuationFile]] = {step: [] for step in STEPS}
        for file in instances(ValuationFile, valuation_files(world)):
            if _worth_a_letter(file):
                by_step[next_step(file)].append(file)
        by_step["document"].sort(key=lambda file: fact(file) != "seller")  # the seller's word comes first
        for turn in range(max(map(len, by_step.values()), default=0)):
            for left_out in ("grounds", "refer", "document", "accept"):
                chosen = [by_step[step] for step in STEPS if step != left_out]
                if all(len(files) > turn for files in chosen):
                    files = sorted((files[turn] for files in chosen), key=lambda file: file.declaration_id)
                    yield Question(tuple(files), world.currency)

    def fields(self, question: Question) -> Fields:
        rows = {letter: f"{letter} ({file.declaration_id})" for letter, file in lettered(question.files)}
        return {"files": Cells("Your decision on each file", rows, {FACT: FACTS, STEP: STEPS}, WRONG)}

    def prompt(self, question: Question) -> str:
        files = "\n\n".join(_told(letter, file, question.currency) for letter, file in lettered(question.files))
        return (
            "Four prices were doubted, and the importers were asked to explain. A paper is **independent** if more "
            "than the seller stands behind it: a contract signed by both sides, a bank's record, a published price "
            "list, an inspection firm's report, a study of prices by outside accountants. What the seller alone wrote "
            "for this sale only repeats the invoice. "
            f"**What does each file show, and what is the next lawful step?**\n\n{files}"
        )

    def reference(self, world: World, truth: None, question: Question) -> Decision:
        return decide(question, "paper")

    def explanation(self, world: World, question: Question) -> str:
        lines = "\n".join(
            f"- **{letter}**: {_shown(file)}{', and the parties are related' if file.related else ''}. "
            f"Next: {in_a_sentence(STEPS[next_step(file)])}."
            for letter, file in lettered(question.files)
        )
        return (
            f"{lines}\n\nThe order is that of the law. Doubt, ask, wait for the reply, give the grounds in writing, "
            "decide in writing (Decision 6.1). Only then the next valuation method. Customs may always satisfy itself "
            "that a paper is true (Article 17); a letter of the seller alone repeats the invoice and proves no more. "
            "Related parties are not a ground by themselves; the circumstances of the sale are examined (Article 1.2). "
            "A false price is proved by a second invoice or a payment, never by a typical price.\n\n"
            "**The cost of being wrong.** If Customs accepts the seller's word alone, revenue is lost, and importers "
            "who show their papers are treated unfairly. If Customs accuses without proof, it breaks the law and loses "
            "the case.\n\n"
            "**Another way.** Release the goods against a security while the question is open (Article 13): trade "
            "flows, and the revenue is secured."
        )


def _shown(file: ValuationFile) -> str:
    """Return what the file shows, with the amounts where a paper names one."""
    if not file.document:
        return in_a_sentence(FACTS[fact(file)])
    paper, invoice = (
        f"{money(value, file.currency)} {file.currency}" for value in (file.document_amount, file.invoice_value)
    )
    alone = ", but nobody except the seller says so" if fact(file) == "seller" else ""
    return f"the paper shows {paper}, the invoice {invoice}{alone}"


def _told(letter: str, file: ValuationFile, currency: str) -> str:
    related = "related" if file.related else "not related"
    invoiced = money(file.invoice_value, file.currency)
    lines = [
        f"Importer: {as_written(file.importer)}. Seller: {as_written(file.seller)}. The two are {related}.",
        f"Invoice {file.invoice_number}: {invoiced} {file.currency}. {_compared(file, currency)}",
    ]
    if file.reply:
        lines.append(f"Reply: *{as_written(file.reply)}*")
        lines.append(f"Paper: *{as_written(file.document_text)}*" if file.document else "No paper came with it.")
    else:
        lines.append("There is no reply, and the time to answer is over.")
    return f"**{letter}.** Declaration {file.declaration_id}\n\n" + "\n".join(f"- {line}" for line in lines)


def _compared(file: ValuationFile, currency: str) -> str:
    """Return the declared price per kg beside the typical one, where enough can be compared."""
    declared = f"Price declared: **{amount(file.price_per_kg)} {currency}/kg**"
    group = f"{file.hs} from {file.origin}"
    if not file.typical_price:
        return f"{declared}; too few declarations of {group} to compare ({file.compared})."
    typical = f"{amount(file.typical_price)} {currency}/kg"
    return f"{declared}; typical for {group}: **{typical}** ({file.compared:,} declarations)."
