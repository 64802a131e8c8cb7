"""Notebook 12, at home: what papers say about origin, and the first lawful step."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from cep_toolkit.checking import Cells, Exercise, Fields, by_word
from cep_toolkit.course.text import as_written, in_a_sentence, known_word, lettered
from cep_toolkit.risk.origin import SHOWS, STEPS, OriginFile, next_step, origin_files
from cep_toolkit.world.arrays import instances

if TYPE_CHECKING:
    from cep_toolkit.world import World

STEP, SHOWN = "first step", "what the papers show"
FIRST = ("claim", "loading", "transhipment", "doubt", "certificate")

WRONG = {
    SHOWN: {
        "loaded": "Compare two columns: where the goods were loaded, and which origin is declared.",
        "passed": "Follow the way on the bill from its beginning. Where, if at all, does it name the origin?",
        "absent": "Look at loading and change. Is one of them the origin that is declared, and is one declared at all?",
        "onward": "These goods have a declaration here. The last column says where they stay.",
    },
    STEP: {
        "accept": "Is a preference claimed? If so, does the bill cover the way from the origin that is declared?",
        "way": "These papers tell what happened to the goods before the bill begins. Is that the open question?",
        "verify": (
            "A verification takes months. It may come later, or where the proof itself is in doubt. "
            "Is a preference claimed at all, and who can answer first?"
        ),
        "ordinary": "Look again at the column of the preference, and at where the goods go.",
        "transit": "A transit guarantee covers goods that only pass through. Are these declared for import?",
        "refuse": "A doubt is not a finding. Which question comes first, and who can answer it?",
    },
}

Decision = dict[str, dict[str, str]]


@dataclass(frozen=True)
class Question:
    """Five consignments."""

    files: tuple[OriginFile, ...]


def decide(question: Question, first: str) -> Decision:
    """Return what the papers of each consignment show and the first step, by what an officer looks at first.

    Parameters
    ----------
    question : Question
    first : str
        ``"claim"``: whether a preference is claimed, then the way; ``"loading"``: the port of loading is taken for the
        origin; ``"transhipment"``: whoever changes vessels is refused; ``"doubt"``: any doubt is refused;
        ``"certificate"``: any claim with a proof is accepted.

    Raises
    ------
    UnknownValueError
        ``first`` is none of these.
    """
    word = known_word("first", first, FIRST)
    return {letter: {SHOWN: file.shows, STEP: _step(file, word)} for letter, file in lettered(question.files)}


def _step(file: OriginFile, first: str) -> str:
    step = next_step(file)
    if first == "loading" and file.shows in ("absent", "passed"):
        return "refuse" if file.claimed else "verify"
    if first == "transhipment" and file.claimed and file.transhipment:
        return "refuse"
    if first == "doubt" and step in ("way", "verify"):
        return "refuse"
    return "accept" if first == "certificate" and file.claimed else step


_mistake = by_word(lambda world, question, word: decide(question, word))


class Origin(Exercise):
    """Read the way on the bill, and ask the one who can answer, before a preference is refused."""

    id = "origin"
    title = "Origin and transit: what the papers show"
    core = False
    open_book = True
    needs = ("manifests.loading", "declarations.preference", "declarations.transport_document", "tariff.duty_rate")
    hints = (
        (
            "Begin with two questions: are the goods imported here at all, and is a preference claimed? "
            "Only then follow the way on the bill."
        ),
        (
            "One bill from the origin to here covers the whole way, wherever the goods changed vessels. A bill that "
            "begins elsewhere leaves the first part of the way open. Ask for that part whoever has papers of it at "
            "hand; the exporting side, which verifies proofs, may come later."
        ),
    )
    misconceptions = (
        _mistake(
            "port of loading is origin",
            "loading",
            "Here the port of loading was taken for the origin. Goods are made in one place and loaded where ships "
            "call: at a neighbour's port, or from a stock. Origin is where they were made. And without a claim, no "
            "preference hangs on it.",
        ),
        _mistake(
            "transhipment is fraud",
            "transhipment",
            "A change of vessel in a hub is how most lines work. It takes no origin away while the goods stay under "
            "Customs control and nothing is done to them. Look at what the bill covers, not at how often they changed.",
        ),
        _mistake(
            "refuses on suspicion",
            "doubt",
            "A doubt was answered with a refusal. First ask: the importer for the papers of the way, or the issuing "
            "side for verification. The goods may go against security, unless they are prohibited or restricted, or "
            "fraud is suspected. A refusal without a hearing may not stand on appeal.",
        ),
        _mistake(
            "a certificate settles it",
            "certificate",
            "A proof of origin opens the claim. It does not close your eyes: it says nothing of the way, and it may be "
            "verified. Follow the way on the bill.",
        ),
    )

    def candidates(self, world: World) -> Iterator[Question]:
        """Yield five files: a claim that is covered, two that are not, of both kinds where there are both, two others.

        Claims to goods that came by way of the declared origin are left out: there the importer and the exporting side
        may both be asked first.
        """
        files = origin_files(world)
        files = files.iloc[pd.util.hash_array(files["bill"].to_numpy()).argsort(kind="stable")]
        claimed, shows = files["claimed"], files["shows"]
        changed = files["transhipment"] != ""
        absent = files[claimed & (shows == "absent")]
        stock = absent["sent_from"] == absent["loading"]
        both = stock.nunique() > 1
        parts = (
            files[claimed & (shows == "loaded") & changed],
            absent[stock] if both else absent,
            absent[~stock] if both else absent.iloc[::-1],
            files[~claimed & shows.isin(["absent", "passed"])],
            files[shows == "onward"],
        )
        for turn in range(0 if any(part.empty for part in parts) else max(map(len, parts))):
            chosen = pd.concat([part.iloc[[turn % len(part)]] for part in parts]).sort_values("bill", key=_serial)
            if chosen["bill"].is_unique:
                yield Question(tuple(instances(OriginFile, chosen)))

    def fields(self, question: Question) -> Fields:
        rows = {letter: f"{letter} ({file.declaration_id or file.bill})" for letter, file in lettered(question.files)}
        return {"files": Cells("Your decision on each consignment", rows, {SHOWN: SHOWS, STEP: STEPS}, WRONG)}

    def prompt(self, question: Question) -> str:
        lines = "\n".join(_line(letter, file) for letter, file in lettered(question.files))
        return (
            "Five consignments, each under one bill from the place of loading to here. Every claim to a preference "
            "comes with a proof of origin that is complete in form; nothing but the preference depends on origin here. "
            "**What do the papers show about the declared origin, and what is the first lawful step?** "
            "Others may follow it.\n\n"
            "| | declaration | goods | declared origin | preference claimed | sent from | loaded at | "
            f"changed vessel or aircraft at | goes to |\n|---|---|---|---|---|---|---|---|---|\n{lines}"
        )

    def reference(self, world: World, truth: None, question: Question) -> Decision:
        return decide(question, "claim")

    def explanation(self, world: World, question: Question) -> str:
        lines = "\n".join(
            f"- **{letter}**: {_reason(file)} First: {in_a_sentence(STEPS[next_step(file)])}."
            for letter, file in lettered(question.files)
        )
        return (
            f"{lines}\n\nOrigin is where goods were made. The place of loading, the place they were sent from and the "
            "port where they changed vessels are facts of transport. They can raise a doubt about a claim; they cannot "
            "settle it. The doubt decides who is asked first: the importer about the way, the exporting side about "
            "the making. Verification may follow an answer that does not satisfy. Meanwhile the goods may go against "
            "security, unless they are prohibited or restricted, or fraud is suspected. If no proof comes within the "
            "time that the agreement sets, the preference is refused in writing, with the grounds and the right of "
            "appeal.\n\n"
            "**A way that leaves two steps open.** A bill may go from elsewhere by way of the declared origin. If the "
            "goods only changed vessels there, nothing was worked there on this way. Either they were made there "
            "before and come back: the importer has those papers. Or the proof is wrong: the exporting side can "
            "verify it. Both may be asked; no claim of this kind stands in the list.\n\n"
            "**The cost of being wrong.** To refuse whatever was loaded elsewhere takes the agreement away from honest "
            "traders who have no port of their own. To accept every certificate gives away what others pay.\n\n"
            "**Another way.** Look at many consignments of one exporter: more goods than its works can make, or one "
            "certificate number used twice, are reasons to verify that no single bill shows. The tables here hold no "
            "certificates; your own files do."
        )


def _serial(bills: pd.Series) -> pd.Series:
    """Return the digits of bills, so that the order says nothing of the kind of bill."""
    return bills.str[3:]


def _line(letter: str, file: OriginFile) -> str:
    imported = bool(file.declaration_id)
    cells = (
        f"**{letter}**",
        file.declaration_id or f"none; bill {file.bill}, in transit",
        as_written(file.goods),
        file.origin or "not declared",
        "not declared" if not imported else "yes" if file.claimed else "no",
        file.sent_from or "not declared",
        file.loading,
        file.transhipment or "no change",
        f"{file.destination}, here" if imported else f"{file.destination}, through here",
    )
    return "| " + " | ".join(cells) + " |"


def _reason(file: OriginFile) -> str:
    """Return in one or two sentences why the step is what it is."""
    if file.shows == "onward":
        return (
            f"the goods go on to {file.destination}. They are not imported, so no duty is due and no origin is asked. "
            "The office of destination of the transit, here our office of exit, confirms their arrival."
        )
    if not file.claimed:
        return (
            "no preference is claimed, so nothing is open about one. Origin still matters where anti-dumping duty, a "
            "quota, a sanction or the most-favoured-nation rate depends on it; here nothing does."
        )
    if file.shows == "loaded":
        return (
            f"the bill begins at the declared origin, {file.origin}, and covers the way by {file.transhipment} to here."
        )
    from_stock = file.sent_from == file.loading
    honest = "a sale from a stock there" if from_stock else "an origin that loads at a neighbour's port"
    return (
        f"the bill begins at {file.loading}; it may be {honest}. How the goods came there from {file.origin}, and "
        "whether they stayed under Customs control on the way, it does not say. A certificate of non-manipulation "
        "would."
    )
