"""The referee of a play: the only way to hidden results, asked move by move."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from cep_toolkit.errors import CourseError


class Referee:
    """What one move has earned; a step may ask for this and nothing else.

    Parameters
    ----------
    hidden : Mapping[str, Any]
        Everything that the referee could answer: name -> plain value.
    earned : collection of str
        The names that this move earned.

    Raises
    ------
    CourseError
        A move earned what the referee does not know.

    Examples
    --------
    >>> referee = Referee({"box 1": "tobacco", "box 2": "tea"}, ["box 2"])
    >>> referee.tell("box 2")
    'tea'
    >>> referee.tell("box 1")
    Traceback (most recent call last):
    cep_toolkit.errors.CourseError: the referee: This move did not earn "box 1". Name it in earns().
    """

    def __init__(self, hidden: Mapping[str, Any], earned: Collection[str]) -> None:
        if unknown := [name for name in earned if name not in hidden]:
            raise CourseError("the referee", f'It knows nothing of "{unknown[0]}".', "Put it into hidden().")
        self._told = {name: hidden[name] for name in earned}

    def tell(self, name: str) -> Any:
        """Return one hidden result.

        Raises
        ------
        CourseError
            The move did not earn it.
        """
        if name not in self._told:
            raise CourseError("the referee", f'This move did not earn "{name}".', "Name it in earns().")
        return self._told[name]
