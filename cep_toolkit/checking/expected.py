"""What the checker compares an answer with: the reference and the answers that known mistakes give."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import combinations
from typing import Any

from cep_toolkit.checking.answer import Answer, Fields, same, shows


@dataclass(frozen=True)
class Misconception:
    """One mistake that officers really make, computed like an answer.

    Parameters
    ----------
    name : str
        What a colleague would call the mistake; for markers and authors.
    compute : callable
        ``(world, question) -> answer``: the answer of somebody who makes this mistake. With several fields it may
        name only those the mistake touches; any value is then accepted in the others.
    message : str
        What moves the person on, in plain English: why this is not so, and what to look at.
    word : str
        What a participant types in the blank to make this mistake.
    """

    name: str
    compute: Callable[[Any, Any], object]
    message: str
    word: str = ""


def by_word(answer: Callable[[Any, Any, str], object]) -> Callable[[str, str, str], Misconception]:
    """Return what makes a mistake of a name, the word that makes it in the blank, and a message.

    Parameters
    ----------
    answer : callable
        ``(world, question, word) -> answer``: what the word in the blank gives.

    Examples
    --------
    >>> mistake = by_word(lambda world, question, word: {"rate": question[word]})
    >>> mistake("reads the VAT", "VAT", "This is the VAT.").compute(None, {"duty": 5, "VAT": 18})
    {'rate': 18}
    """

    def mistake(name: str, word: str, message: str) -> Misconception:
        return Misconception(name, lambda world, question: answer(world, question, word), message, word)

    return mistake


@dataclass(frozen=True)
class Expected:
    """The reference of one posed question and the answers of its mistakes.

    Parameters
    ----------
    fields : Mapping[str, Kind]
        The parts of the answer.
    reference : dict
        The right value of every field.
    mistakes : Mapping[str, dict]
        Misconception's name -> the values it gives, in the fields it touches.
    """

    fields: Fields
    reference: Answer
    mistakes: Mapping[str, Answer]

    def completed(self, name: str) -> Answer:
        """Return a whole answer that makes one mistake and is right everywhere else."""
        return {**self.reference, **self.mistakes[name]}

    def recognised(self, answer: Answer) -> str:
        """Return the name of the mistake that ``answer`` shows, the most exact one first, or nothing."""
        shown = [name for name, values in self.mistakes.items() if shows(self.fields, answer, values)]
        return max(shown, key=lambda name: len(self.mistakes[name]), default="")

    def ambiguity(self) -> str:
        """Return which two answers cannot be told apart here, or nothing."""
        whole = {f'"{name}"': self.completed(name) for name in self.mistakes}
        for name, answer in whole.items():
            if same(self.fields, answer, self.reference) or shows(self.fields, self.reference, answer):
                return f"the reference and {name} give the same answer"
        for (first, ours), (second, theirs) in combinations(whole.items(), 2):
            if shows(self.fields, ours, theirs) or shows(self.fields, theirs, ours):
                return f"{first} and {second} give the same answer"
        return ""
