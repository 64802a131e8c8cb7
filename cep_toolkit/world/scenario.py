"""What a world is made from."""

from __future__ import annotations

import hashlib
from dataclasses import asdict, dataclass

from cep_toolkit.errors import OutOfRangeError, UnknownValueError, WrongTypeError
from cep_toolkit.world.host import known as known_host

EDITION = 1
LEVELS = ("foundation", "practitioner", "advanced")
SMALLEST, LARGEST = 5_000, 10_000_000
LARGEST_SEED = 2**63 - 1


@dataclass(frozen=True, slots=True)
class Scenario:
    """The few values that decide everything in a simulated world.

    Parameters
    ----------
    administration : str
        Code of the host administration: one of the invented region's 24, or in national mode the ISO 3166 alpha-2
        code of a real one, such as ``"FJ"``.
    seed : int
        Any whole number from 0; another seed is another world.
    level : {"foundation", "practitioner", "advanced"}
        How hard the cases are. Two levels of one seed share traders and storyline.
    declarations : int
        Number of import declarations in the year, 5,000 to 10,000,000.
    edition : int
        Version of the world's format.

    Raises
    ------
    UnknownValueError, WrongTypeError, OutOfRangeError
        A value that is unknown, of the wrong type, or out of range.

    Examples
    --------
    >>> Scenario(seed=7).level
    'practitioner'
    """

    administration: str = "XA"
    seed: int = 2016
    level: str = "practitioner"
    declarations: int = 50_000
    edition: int = EDITION

    def __post_init__(self) -> None:
        if not isinstance(self.administration, str):
            raise WrongTypeError("administration", self.administration, 'a code such as "XA"')
        if not isinstance(self.level, str):
            raise WrongTypeError("level", self.level, 'a word such as "practitioner"')
        known_host(self.administration)
        if self.level not in LEVELS:
            raise UnknownValueError("level", self.level, LEVELS)
        _whole("seed", self.seed, 0, LARGEST_SEED)
        _whole("declarations", self.declarations, SMALLEST, LARGEST)
        _whole("edition", self.edition, EDITION, EDITION)

    @property
    def fingerprint(self) -> str:
        """Sixteen hexadecimal digits that stand for this scenario in public."""
        text = "|".join(f"{name}={value}" for name, value in asdict(self).items())
        return hashlib.sha256(text.encode()).hexdigest()[:16]


def _whole(what: str, value: object, low: int, high: int) -> None:
    if isinstance(value, bool) or not isinstance(value, int):
        raise WrongTypeError(what, value, "a whole number")
    if not low <= value <= high:
        allowed = f"{low:,} to {high:,}" if high > low else f"{low:,}"
        raise OutOfRangeError(what, value, allowed)
