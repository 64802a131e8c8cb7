"""What was asked for: the options that hold for a whole cohort, and one order for each pack."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from cep_toolkit.course.pack import ASSESSMENT, MODES, ROOM
from cep_toolkit.errors import OutOfRangeError, UnknownValueError
from cep_toolkit.world.scenario import Scenario

ALL = "all"


@dataclass(frozen=True)
class Plan:
    """The options that hold for every pack of a cohort.

    Parameters
    ----------
    mode : {"room", "practice", "assessment"}
    notebooks : tuple of str
        What a pack holds where the roster names nothing else.
    level : str
        Likewise.
    declarations : int
        The size of each world.
    administration : str
        The host of every world; empty for each participant's own, as the roster names it. A room has one.
    seed : int
        Of the room's world; in practice every world's seed follows from it. An assessment has none: give 0.

    Raises
    ------
    UnknownValueError, WrongTypeError, OutOfRangeError
        A value is not one that is known.

    Examples
    --------
    >>> Plan("room", ("00_start_here",)).administration
    'XA'
    """

    mode: str
    notebooks: tuple[str, ...]
    level: str = "practitioner"
    declarations: int = 50_000
    administration: str = ""
    seed: int = 2016

    def __post_init__(self) -> None:
        if self.mode not in MODES:
            raise UnknownValueError("mode", self.mode, MODES)
        if self.mode == ROOM and not self.administration:
            object.__setattr__(self, "administration", Scenario().administration)
        if self.mode == ASSESSMENT and self.seed:
            raise OutOfRangeError("seed", self.seed, "none in an assessment: its worlds come from a secret")
        Scenario(self.administration or Scenario().administration, self.seed, self.level, self.declarations)


@dataclass(frozen=True)
class Order:
    """One pack to make.

    Parameters
    ----------
    participant : str
        Whose it is: the number of a participant, or the name of a team.
    administration, level : str
        Of its world.
    notebooks : tuple of str
    members : tuple of str
        How the participant, or the team's members, are called.
    """

    participant: str
    administration: str
    level: str
    notebooks: tuple[str, ...]
    members: tuple[str, ...] = ()


def chosen(text: str, known: Sequence[str]) -> tuple[str, ...]:
    """Return the notebooks that a text names, by name or by number, in teaching order.

    Raises
    ------
    UnknownValueError
        There is no such notebook.

    Examples
    --------
    >>> chosen("12, 00", ["00_start_here", "12_risk_analysis"])
    ('00_start_here', '12_risk_analysis')
    """
    numbers = {name[:2]: name for name in known}
    found = set()
    for word in text.replace(",", " ").replace(";", " ").split():
        if word.casefold() == ALL:
            found |= set(known)
        elif word in numbers or word in known:
            found.add(numbers.get(word, word))
        else:
            raise UnknownValueError("notebook", word, [*known, ALL])
    if not found:
        raise UnknownValueError("notebook", text, [*known, ALL])
    return tuple(name for name in known if name in found)
