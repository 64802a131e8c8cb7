"""The administration a world is played for: an invented one, or a real one that takes an invented one's place."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from cep_toolkit.errors import UnknownValueError
from cep_toolkit.world import reference

ANALOGUE = (
    "A training analogue: name and currency are real, and duty and VAT are about as high as the published averages; "
    "the rates of single goods, partners, people, firms and places are invented."
)


@dataclass(frozen=True)
class Host:
    """Who receives the declarations.

    Parameters
    ----------
    code : str
        As the scenario names it.
    place : str
        Code of the invented administration whose place, offices and language the host has: its own, or in national
        mode that of the one that steps aside.
    name, currency : str
    decimals : int
        Decimal places of an amount.
    rate : float
        Reference currency for one unit.

    Examples
    --------
    >>> Host.of("FJ").currency, Host.of("FJ").national, Host.of("XA").place
    ('FJD', True, 'XA')
    """

    code: str
    place: str
    name: str
    currency: str
    decimals: int
    rate: float

    @property
    def national(self) -> bool:
        """Whether it is a real administration."""
        return self.code != self.place

    @classmethod
    def of(cls, code: str) -> Host:
        """Return the host of a code.

        Raises
        ------
        UnknownValueError
            It is neither an invented administration's nor one of ``national_administrations``.
        """
        known(code)
        national = code in national_codes()
        table = reference.load("national_administrations" if national else "administrations")
        own = table.set_index("code").loc[code].to_dict()
        return cls(
            code=code,
            place=_place(code, coast=bool(own["coast"])) if national else code,
            name=str(own["name"]),
            currency=str(own["currency"]),
            decimals=int(own["currency_decimals"]),
            rate=float(own["rate"]),
        )


@cache
def invented_codes() -> tuple[str, ...]:
    """Return the codes of the invented region, in order."""
    return tuple(sorted(reference.load("administrations")["code"]))


@cache
def national_codes() -> tuple[str, ...]:
    """Return the ISO 3166 codes of the real administrations, in order."""
    return tuple(sorted(reference.load("national_administrations")["code"]))


def known(code: str) -> None:
    """Refuse a code that is nobody's.

    Raises
    ------
    UnknownValueError
        With the invented codes, and the nearest of all codes and real names.
    """
    if code in invented_codes() or code in national_codes():
        return
    real = reference.load("national_administrations")
    also = f"in national mode the ISO 3166 codes of {len(real)} real administrations, such as FJ"
    near = dict(zip(real["name"], real["code"], strict=True)) if len(code) > 2 else {}
    near |= {each: each for each in (*invented_codes(), *national_codes())}
    raise UnknownValueError("administration", code, invented_codes(), also=also, near=near)


def _place(code: str, *, coast: bool) -> str:
    """Return the invented administration that steps aside: by the letters of the code, so that it stays the same.

    Where the host has no coast, it is one without a seaport.
    """
    offices = reference.load("offices")
    by_sea = set(offices.loc[offices["kind"] == "seaport", "administration"])
    fitting = [each for each in invented_codes() if (each in by_sea) == coast]
    number = ord(code[0]) + 26 * ord(code[1])
    return fitting[number % len(fitting)]
