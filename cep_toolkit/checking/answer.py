"""An answer as a whole: its fields, read together."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeAlias

from cep_toolkit.checking import messages
from cep_toolkit.checking.kinds import Kind
from cep_toolkit.checking.reading import Parsed, RefusedError, guarded, listed, pairs, shown, word
from cep_toolkit.errors import nearest

Fields: TypeAlias = Mapping[str, Kind[Any]]
"""Field's name -> its kind of answer, in the order of the form."""

Answer: TypeAlias = dict[str, Any]
"""Field's name -> canonical value, plain enough for JSON."""


def read_answer(fields: Fields, raw: object) -> Parsed[Answer]:
    """Read what a participant handed in, without ever raising.

    Parameters
    ----------
    fields : Mapping[str, Kind]
        The parts of the answer.
    raw : object
        ``{field: value}``; the bare value where there is one field; a tuple in the fields' order where there are
        several.

    Returns
    -------
    Parsed
        Every field's canonical value; ``None`` when all are empty, and with a problem when only some are.

    Examples
    --------
    >>> from cep_toolkit.checking import Number, OneOf
    >>> fields = {"rate": Number("Rate", "%"), "step": OneOf("Step", {"ask": "Ask", "release": "Release"})}
    >>> read_answer(fields, {"rate": "12,5", "step": "ask"}).value
    {'rate': 12.5, 'step': 'ask'}
    >>> read_answer(fields, {"rate": "12,5"}).problem
    'Still empty: Step. Fill every part, then check again.'
    """

    def read() -> Answer | None:
        found = read_parts(fields, raw)
        if found and len(found) < len(fields):
            empty = listed(kind.label for name, kind in fields.items() if name not in found)
            raise RefusedError(messages.STILL_EMPTY.format(parts=empty))
        return found or None

    return guarded(read)


def read_parts(fields: Fields, raw: object) -> Answer:
    """Return the canonical value of every field that is filled; raise ``RefusedError`` at the first wrong one."""
    found: Answer = {}
    parts = _parts(fields, raw)
    for name, kind in fields.items():
        value, problem = kind.parse(parts.get(name))
        if problem:
            alone = len(fields) == 1
            raise RefusedError(problem if alone else messages.PART.format(part=kind.label, problem=problem))
        if value is not None:
            found[name] = value
    return found


def _parts(fields: Fields, raw: object) -> Mapping[str, object]:
    names = list(fields)
    if isinstance(raw, Mapping) and (len(names) > 1 or names[0] in raw or not raw):
        parts = {word(part): value for part, value in pairs(raw)}
        if unknown := [part for part in parts if part not in fields]:
            close = nearest(shown(unknown[0]), names)
            guess = messages.GUESS.format(guess=close) if close else ""
            refusal = messages.NO_SUCH_PART.format(value=shown(unknown[0]), guess=guess, parts=listed(names))
            raise RefusedError(refusal)
        return parts
    if len(names) == 1:
        return {names[0]: raw}
    if raw is None:
        return {}
    if isinstance(raw, (list, tuple)) and len(raw) == len(names):
        return dict(zip(names, raw, strict=True))
    raise RefusedError(messages.NEEDS_PARTS.format(count=len(names), parts=listed(names)))


def same(fields: Fields, given: Answer, wanted: Answer) -> bool:
    """Whether ``given`` agrees with every field of ``wanted``, which may name some fields only."""
    return all(name in given and fields[name].score(given[name], value) >= 1.0 for name, value in wanted.items())


def shows(fields: Fields, given: Answer, mistake: Answer) -> bool:
    """Whether ``given`` shows a mistake in every field that the mistake touches."""
    return all(name in given and fields[name].agrees(given[name], value) for name, value in mistake.items())
