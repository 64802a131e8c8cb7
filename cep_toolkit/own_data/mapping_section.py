"""One section of a mapping file: takes its entries out one by one and refuses what is left."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NoReturn

from cep_toolkit.errors import InputFileError, nearest
from cep_toolkit.own_data.plain_yaml import Plain

REMEDY = "Correct the mapping; docs/own_data.md lists every entry."


class Section:
    """A part of a mapping file, with the name that messages give it.

    Parameters
    ----------
    file : str
        Name of the mapping file.
    place : str
        Where in the file, such as ``declarations.hs``; empty for the whole.
    content : text, list or mapping
        What stands there.
    """

    def __init__(self, file: str, place: str, content: Plain) -> None:
        self.file, self.place = file, place
        if content == "":
            content = {}
        if not isinstance(content, dict):
            self.refuse(f'must hold entries of the form "name: value", not {_described(content)}.')
        self._left: dict[str, Plain] = dict(content)
        self._asked: list[str] = []

    def refuse(self, problem: str, entry: str = "", remedy: str = REMEDY) -> NoReturn:
        """Raise the error that names the file, the place and the problem."""
        place = ".".join(part for part in (self.place, entry) if part) or "the mapping"
        raise InputFileError(self.file, f"{place} {problem}", remedy)

    def refuse_word(self, entry: str, word: str, valid: Iterable[str], more: str = "", what: str = "") -> NoReturn:
        """Raise the error that gives the nearest valid word, and all of them."""
        words = [shown for shown in valid if shown]
        guess = nearest(word, words)
        hint = f' Did you mean "{guess}"?' if guess else ""
        listed = ", ".join([*words, *([more] if more else [])])
        self.refuse(f"""{what or f'is "{word}".'}{hint} Valid: {listed}.""", entry)

    def has(self, entry: str) -> bool:
        """Tell whether the entry is there, and still to be taken."""
        return entry in self._left

    def names(self) -> tuple[str, ...]:
        """Return the names of all entries not yet taken."""
        return tuple(self._left)

    def take(self, entry: str, default: Plain = "") -> Plain:
        """Take an entry of any form."""
        self._asked.append(entry)
        return self._left.pop(entry, default)

    def text(self, entry: str, default: str = "", *, among: Iterable[str] = ()) -> str:
        """Take a text; it must be among the words, if any are given."""
        value = self.take(entry, default)
        if not isinstance(value, str):
            self.refuse(f"must be a text, not {_described(value)}.", entry)
        words = list(among)
        if words and value not in words:
            self.refuse_word(entry, value, words)
        return value

    def texts(self, entry: str, default: Sequence[str] = ()) -> tuple[str, ...]:
        """Take a list of texts; a single text is a list of one."""
        value = self.take(entry, list(default))
        items = [value] if isinstance(value, str) else value
        if not isinstance(items, list) or not all(isinstance(item, str) for item in items):
            self.refuse("must be a text or a list of texts.", entry)
        return tuple(item for item in items if isinstance(item, str))

    def table(self, entry: str) -> dict[str, str]:
        """Take entries that are all texts."""
        inner = self.section(entry)
        return {name: inner.text(name) for name in inner.names()}

    def section(self, entry: str) -> Section:
        """Take an inner section; an empty one if it is absent."""
        return Section(self.file, f"{self.place}.{entry}" if self.place else entry, self.take(entry, {}))

    def number(self, entry: str, default: str) -> float:
        """Take a number above zero, written with a decimal point."""
        text = self.text(entry, default)
        try:
            value = float(text)
        except ValueError:
            value = 0.0
        if not 0 < value < float("inf"):
            self.refuse(f'must be a number above zero, not "{text}".', entry)
        return value

    def finish(self) -> None:
        """Refuse what nobody asked for."""
        for entry in self._left:
            self.refuse_word(entry, entry, dict.fromkeys(self._asked), what="is not known.")


def _described(value: Plain) -> str:
    if isinstance(value, str):
        return f'the text "{value}"'
    return "a list" if isinstance(value, list) else "a group of entries"
