"""What every kind of answer does: read it, score it, say it."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

from cep_toolkit.checking import messages
from cep_toolkit.checking.reading import Parsed, guarded
from cep_toolkit.errors import CourseError

V = TypeVar("V")


@dataclass(frozen=True)
class Kind(ABC, Generic[V]):
    """One kind of answer; ``V`` is its canonical value, plain enough for JSON.

    Parameters
    ----------
    label : str
        What the participant reads beside the form's input.
    """

    label: str

    def parse(self, raw: object) -> Parsed[V]:
        """Read any object a participant gives, without ever raising.

        Returns
        -------
        Parsed
            The canonical value; ``None`` for an empty answer, and with a problem for one of the wrong form.
        """
        return guarded(lambda: self._read(raw))

    @abstractmethod
    def _read(self, raw: object) -> V | None:
        """Return the canonical value, ``None`` when empty, or raise ``RefusedError`` with a sentence."""

    @abstractmethod
    def score(self, value: V, reference: V) -> float:
        """Return how near ``value`` is to ``reference``: 1 where they are the same, less, down to 0, elsewhere."""

    def agrees(self, value: V, wanted: V) -> bool:
        """Whether ``value`` is what somebody gives who makes the mistake that gives ``wanted``."""
        return self.score(value, wanted) >= 1.0

    @abstractmethod
    def say(self, value: V) -> str:
        """Return the value in words for people; where a line of text can hold it, ``parse`` reads it back."""

    @property
    def inputs(self) -> int:
        """How many inputs the form needs for it."""
        return 1

    def remark(self, value: V, reference: V) -> str:
        """Return one sentence on how near a wrong value is, or nothing."""
        return ""

    def told(self, value: V, reference: V) -> list[str]:
        """Return what the author says of the options chosen wrongly: the most often chosen first, none twice."""
        return []

    def slips(self, reference: V) -> Iterator[tuple[str, V]]:
        """Yield every option that is wrong here, with an answer in which nothing else is chosen wrongly."""
        yield from ()

    def refuse(self, rule: str, remedy: str) -> CourseError:
        """Return the error of an author who described this kind wrongly."""
        return CourseError(f'{type(self).__name__} "{self.label}"', rule, remedy)

    def require_options(self, options: Mapping[str, str], least: int = 2) -> None:
        """Raise ``CourseError`` unless there are enough options, and no reader can confuse them."""
        if len(options) < least:
            raise self.refuse(f"It has fewer options than {least}.", "Give more.")
        if not all(isinstance(name, str) for name in (*options, *options.values())):
            raise self.refuse("An option is not text.", "Write its short word and what the form shows as text.")
        names = [name for key, label in options.items() for name in {key.casefold(), label.casefold()}]
        if len(names) > len(set(names)):
            raise self.refuse("Two options share a key or a label.", "Name each option differently.")
        if bad := [name for name in names if name != " ".join(name.split()) or ";" in name or not name]:
            raise self.refuse(f'The option "{bad[0]}" has a semicolon or stray spaces.', "Take them out.")


def some_right(value: Collection[str], reference: Collection[str]) -> str:
    """Return in words how much of a choice is right, without saying which part."""
    right = len(set(value) & set(reference))
    told = messages.SOME_RIGHT.format(right=right, count=len(value))
    return f"{told} {messages.SOME_MISSING}" if value and right == len(value) else told


def overlap(chosen: Iterable[str], wanted: Iterable[str]) -> float:
    """Return the Jaccard index of two sets: shared members over all members.

    Taking everything, or nothing, earns little. Source: P. Jaccard, Bull. Soc. Vaud. Sci. Nat. 37 (1901) 547.

    Examples
    --------
    >>> overlap(["value", "origin"], ["value"])
    0.5
    """
    ours, theirs = set(chosen), set(wanted)
    return len(ours & theirs) / len(ours | theirs) if ours | theirs else 1.0
