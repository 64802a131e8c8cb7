"""Answers chosen from a list: one of, and several of."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from cep_toolkit.checking import messages
from cep_toolkit.checking.kinds.base import Kind, overlap, some_right
from cep_toolkit.checking.kinds.when_wrong import require_messages, said_of, with_one_wrong
from cep_toolkit.checking.reading import RefusedError, choice, clean, many, single, word, words

NONE = "none"


@dataclass(frozen=True)
class OneOf(Kind[str]):
    """One option of a list.

    Parameters
    ----------
    label : str
        What the participant reads beside the input.
    options : Mapping[str, str]
        Short Customs word -> what the form shows.
    when_wrong : Mapping[str, str], optional
        Option -> what somebody is told who chose it wrongly.

    Examples
    --------
    >>> kind = OneOf("Next step", {"documents": "Ask for documents", "release": "Release the goods"})
    >>> kind.parse(" Ask for DOCUMENTS ").value
    'documents'
    >>> kind.parse("relaese").problem
    '"relaese" is not one of the choices. Did you mean "release"? Choose from: documents, release.'
    """

    options: Mapping[str, str]
    when_wrong: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.require_options(self.options)
        require_messages(self, self.when_wrong, self.options, self.options.values())

    def _read(self, raw: object) -> str | None:
        value = single(raw, messages.ONE_CHOICE)
        return None if value is None else choice(word(value), self.options)

    def score(self, value: str, reference: str) -> float:
        """Return 1 for the same option, else 0."""
        return float(value == reference)

    def say(self, value: str) -> str:
        """Return what the form shows for the option."""
        return self.options[value]

    def told(self, value: str, reference: str) -> list[str]:
        """Return what is said of the option, if it is wrong."""
        return said_of([value] if value != reference else [], self.when_wrong)

    def slips(self, reference: str) -> Iterator[tuple[str, str]]:
        """Yield every other option."""
        yield from ((option, option) for option in self.options if option != reference)


@dataclass(frozen=True)
class SeveralOf(Kind[list[str]]):
    """Some options of a list, in no order.

    Parameters
    ----------
    label : str
        What the participant reads beside the boxes.
    options : Mapping[str, str]
        Short Customs word -> what the form shows.
    at_least, at_most : int, optional
        How many may be chosen. With ``at_least=0`` an empty list, or the word *none*, is an answer.
    when_wrong : Mapping[str, str], optional
        Option -> what somebody is told who chose it wrongly.

    Examples
    --------
    >>> kind = SeveralOf("Facts", {"price": "Price per kg", "origin": "Origin", "route": "Route"})
    >>> kind.parse("Origin, price").value
    ['price', 'origin']
    """

    options: Mapping[str, str]
    at_least: int = 1
    at_most: int | None = None
    when_wrong: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.require_options(self.options)
        require_messages(self, self.when_wrong, self.options, self.options.values())
        if not 0 <= self.at_least <= (self.at_most or len(self.options)) <= len(self.options):
            raise self.refuse("at_least and at_most do not fit the options.", "Make 0 <= least <= most <= options.")

    def _read(self, raw: object) -> list[str] | None:
        if isinstance(raw, str):
            text = clean(raw).casefold()
            if not self.at_least and text == NONE:
                return []
            if text in {label.casefold() for label in self.options.values()}:
                raw = [raw]  # a label may itself hold a comma
        given = (raw or None) if isinstance(raw, Mapping) else many(raw)
        found = {choice(text, self.options) for text in words(raw if given is None else given)}
        if not found and (self.at_least or given is None):
            return None
        if len(found) < self.at_least:
            raise RefusedError(messages.TOO_FEW.format(least=self.at_least, count=len(found)))
        if self.at_most is not None and len(found) > self.at_most:
            raise RefusedError(messages.TOO_MANY.format(most=self.at_most, count=len(found)))
        return [key for key in self.options if key in found]

    def score(self, value: list[str], reference: list[str]) -> float:
        """Return the overlap of both choices: choosing everything earns little."""
        return overlap(value, reference)

    def say(self, value: list[str]) -> str:
        """Return what the form shows for the options, with semicolons."""
        return "; ".join(self.options[key] for key in value) or NONE

    @property
    def inputs(self) -> int:
        """One box for each option."""
        return len(self.options)

    def remark(self, value: list[str], reference: list[str]) -> str:
        """Return how many of the chosen options are right."""
        return some_right(value, reference)

    def told(self, value: list[str], reference: list[str]) -> list[str]:
        """Return what is said of the options chosen wrongly, each named."""
        return said_of([option for option in value if option not in reference], self.when_wrong, self.options)

    def slips(self, reference: list[str]) -> Iterator[tuple[str, list[str]]]:
        """Yield every option that is wrong here, added to the right ones or in place of the last."""
        yield from with_one_wrong(reference, self.options, self.at_most or len(self.options))
