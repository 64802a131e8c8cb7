"""Reading what a participant gives: any Python object, never an error.

An answer may come from a form, from a text box or from code: a word, a number of numpy, a column of a table.
The functions here bring it down to plain values. They know tables by their shape only (``tolist``, ``columns``,
``index``), so that this room needs no heavy library.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Iterable, Mapping
from itertools import islice
from typing import Generic, NamedTuple, TypeVar

from cep_toolkit.checking import messages
from cep_toolkit.errors import CepError, CourseError, nearest

V = TypeVar("V")

MOST_ITEMS = 2_000
MOST_LETTERS = 2_000
SHOWN_LETTERS = 40
SHOWN_OPTIONS = 12


class Parsed(NamedTuple, Generic[V]):
    """What was read: a plain value, or ``None`` and, where something is wrong, a sentence that says what to do.

    Examples
    --------
    >>> Parsed(None, "Choose one only.").problem
    'Choose one only.'
    """

    value: V | None
    problem: str = ""


class RefusedError(CepError):
    """An answer that cannot be read; the text tells the participant what to do. It never leaves this room."""


def guarded(read: Callable[[], V | None]) -> Parsed[V]:
    """Run a reading and turn whatever goes wrong in it into a sentence.

    Participants pass objects of any make, whose own methods may fail in any way: hence everything is caught but the
    participant's own wish to stop, and what the course's author did wrong.
    """
    try:
        return Parsed(read())
    except RefusedError as refusal:
        return Parsed(None, str(refusal))
    except (KeyboardInterrupt, CourseError):
        raise
    except BaseException:
        return Parsed(None, messages.UNREADABLE)


def many(raw: object) -> list[object] | None:
    """Return the members of a list, set, column, table or iterator; ``None`` when ``raw`` is one value.

    Examples
    --------
    >>> many((1, 2)), many("Origin"), many(iter("ab"))
    ([1, 2], None, ['a', 'b'])
    """
    if isinstance(raw, (str, bytes, bytearray, Mapping)):
        return None
    if getattr(raw, "ndim", None) == 0:
        return None
    refuse_large(raw)
    if getattr(getattr(raw, "dtype", None), "kind", "") == "M" and hasattr(raw, "astype"):
        raw = raw.astype(str)
    if hasattr(raw, "columns") and hasattr(raw, "to_numpy"):
        raw = raw.to_numpy().ravel()
    members = raw.tolist() if hasattr(raw, "tolist") else raw
    if not isinstance(members, Iterable):
        return None
    found = list(islice(members, MOST_ITEMS + 1))
    if len(found) > MOST_ITEMS:
        raise RefusedError(messages.TOO_MUCH)
    return found


def refuse_large(raw: object) -> None:
    """Refuse a column or table that is too large for an answer before anything is made of it."""
    if isinstance(size := getattr(raw, "size", 0), int) and size > MOST_ITEMS:
        raise RefusedError(messages.TOO_MUCH)


def single(raw: object, refusal: str = messages.ONE_ONLY) -> object:
    """Return the one value in ``raw`` as a plain Python object; ``None`` when it is blank or missing.

    Examples
    --------
    >>> single([" Origin "]), single(float("nan")), single("  ")
    ('Origin', None, None)
    """
    for _ in range(4):  # a table of one cell is a list in a list
        members = many(raw)
        if members is None:
            return _plain(raw)
        if len(members) > 1:
            raise RefusedError(refusal.format(count=len(members)))
        raw = members[0] if members else None
    raise RefusedError(messages.UNREADABLE)


def _plain(raw: object) -> object:
    if getattr(getattr(raw, "dtype", None), "kind", "") == "M":
        raw = str(raw)
    elif hasattr(raw, "item") and hasattr(raw, "dtype"):
        raw = raw.item()
    if raw is None or type(raw).__name__ in ("NAType", "NaTType"):
        return None
    if isinstance(raw, str):
        if len(raw) > MOST_LETTERS:
            raise RefusedError(messages.TOO_MUCH)
        return clean(raw) or None
    if isinstance(raw, (bytes, bytearray, Mapping)):
        raise RefusedError(messages.UNREADABLE)
    return None if raw != raw else raw  # a missing number differs from itself


def word(value: object) -> str:
    """Return one plain value as the text people would type for it.

    Examples
    --------
    >>> word(True), word(4.0), word(852872), word(" Origin ")
    ('yes', '4', '852872', 'Origin')
    """
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, (str, int, float)):
        return clean(str(value))
    if isinstance(value, datetime.date):
        return value.isoformat()
    raise RefusedError(messages.UNREADABLE)


def clean(text: str) -> str:
    """Return a text with single spaces and only letters that every file and screen can hold."""
    return " ".join(text.encode("utf-8", "replace").decode("utf-8").split())


def words(raw: object) -> list[str]:
    """Return the words of a list, column, ticked boxes (``{"origin": True}``) or of one text with ``;`` or ``,``.

    Examples
    --------
    >>> words("origin; value"), words({"origin": True, "value": False})
    (['origin', 'value'], ['origin'])
    """
    if isinstance(raw, Mapping):
        raw = [key for key, ticked in pairs(raw) if single(ticked) is True]
    members = many(raw)
    if members is None:
        members = split(raw) if isinstance(raw, str) else [raw]
    plain = [single(member) for member in members]
    return [word(value) for value in plain if value is not None]


def pairs(raw: Mapping[object, object]) -> list[tuple[object, object]]:
    """Return the keys and values of a mapping that may be of any make, and without end."""
    found = list(islice(raw.items(), MOST_ITEMS + 1))
    if len(found) > MOST_ITEMS:
        raise RefusedError(messages.TOO_MUCH)
    return found


def split(text: str, *marks: str) -> list[object]:
    """Cut a typed list at the first of the marks that it holds: semicolons or line ends, else commas.

    Examples
    --------
    >>> split("air, sea; road"), split("air > sea", ">")
    (['air, sea', ' road'], ['air ', ' sea'])
    """
    if len(text) > MOST_LETTERS:
        raise RefusedError(messages.TOO_MUCH)
    for signs in (";\n", *marks, ","):
        if any(sign in text for sign in signs):
            return list(re.split(f"[{signs}]", text))
    return [text]


def shown(value: object) -> str:
    """Return a value short enough to quote in a sentence.

    Examples
    --------
    >>> shown("x" * 100)
    'xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx…'
    """
    text = clean(str(value))
    return text if len(text) <= SHOWN_LETTERS else text[: SHOWN_LETTERS - 1] + "…"


def listed(names: Iterable[str]) -> str:
    """Return names as one short list for a sentence."""
    every = list(names)
    rest = len(every) - SHOWN_OPTIONS
    return ", ".join(every[:SHOWN_OPTIONS]) + (f" and {rest} more" if rest > 0 else "")


def choice(text: str, options: Mapping[str, str]) -> str:
    """Return the key of the option that ``text`` names by key or label, in any case.

    Raises
    ------
    RefusedError
        When no option has that name; the sentence gives the nearest and the list.

    Examples
    --------
    >>> choice("ORIGIN of the goods", {"origin": "Origin of the goods", "value": "Customs value"})
    'origin'
    """
    names = {label.casefold(): key for key, label in options.items()}
    names |= {key.casefold(): key for key in options}
    key = names.get(text.casefold())
    if key is not None:
        return key
    close = nearest(shown(text), [*options, *options.values()])
    raise RefusedError(
        messages.NOT_A_CHOICE.format(
            value=shown(text),
            guess=messages.GUESS.format(guess=close) if close else "",
            options=listed(options),
        )
    )
