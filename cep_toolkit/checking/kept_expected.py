"""What marking needs of one posed question, as plain JSON and back: no world, no truth, no code of the course."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import Any

from cep_toolkit.checking.answer import Answer, Fields, read_parts
from cep_toolkit.checking.expected import Expected, Misconception
from cep_toolkit.checking.kinds import Log
from cep_toolkit.checking.plain_kinds import from_plain, to_plain
from cep_toolkit.checking.play import Play
from cep_toolkit.checking.reading import RefusedError
from cep_toolkit.checking.sheet_file import DamagedError


def plain_expected(expected: Expected, misconceptions: Iterable[Misconception]) -> dict[str, Any]:
    """Return what is expected, and what each mistake is told, as plain values.

    Examples
    --------
    >>> from cep_toolkit.checking import Number
    >>> expected = Expected({"rate": Number("Rate", "%")}, {"rate": 5.0}, {"share": {"rate": 0.05}})
    >>> plain = plain_expected(expected, [Misconception("share", lambda world, question: 0.05, "That is a share.")])
    >>> plain["reference"], plain["mistakes"]
    ({'rate': 5.0}, {'share': {'answer': {'rate': 0.05}, 'message': 'That is a share.'}})
    """
    told = {mistake.name: mistake.message for mistake in misconceptions}
    mistakes = {name: {"answer": answer, "message": told[name]} for name, answer in expected.mistakes.items()}
    rules = [kind.rules.kept() for kind in expected.fields.values() if isinstance(kind, Log) and kind.rules]
    play = {"play": rules[0]} if rules else {}
    return {"fields": to_plain(expected.fields), **play, "reference": expected.reference, "mistakes": mistakes}


def expected_of(plain: object, play: Play | None = None) -> tuple[Expected, tuple[Misconception, ...]]:
    """Return what ``plain_expected`` made plain; ``mark`` gives the same results with it.

    Parameters
    ----------
    plain : object
    play : Play, optional
        The exercise, where it is a play: its steps are the course's code; what they need of the world is kept.

    Raises
    ------
    DamagedError
        It has another shape, or an answer does not fit its kind.
    CourseError
        What is kept of a play has another shape.
    """
    parts = _mapping(plain, "fields", "reference", "mistakes")
    fields = from_plain(parts["fields"]) if play is None else play.kept_fields(_mapping(parts.get("play")))
    reference = _answer(fields, parts["reference"])
    if len(reference) < len(fields):
        raise DamagedError("a part of the reference is missing")
    if not isinstance(parts["mistakes"], dict):
        raise DamagedError("another shape")
    answers, misconceptions = {}, []
    for name, mistake in parts["mistakes"].items():
        told = _mapping(mistake, "answer", "message")
        if not isinstance(told["message"], str):
            raise DamagedError("a message is not text")
        answers[name] = _answer(fields, told["answer"])
        misconceptions.append(Misconception(name, partial(_as_kept, answers[name]), told["message"]))
    return Expected(fields, reference, answers), tuple(misconceptions)


def _as_kept(answer: Answer, world: Any, question: Any) -> Answer:
    return answer


def _answer(fields: Fields, plain: object) -> Answer:
    if not isinstance(plain, dict) or not plain or not set(plain) <= set(fields):
        raise DamagedError("an answer has other parts")
    try:
        return read_parts(fields, plain)
    except RefusedError as refusal:
        raise DamagedError(str(refusal)) from refusal


def _mapping(plain: object, *names: str) -> dict[str, Any]:
    if not isinstance(plain, dict) or not set(names) <= set(plain):
        raise DamagedError("another shape")
    return plain
