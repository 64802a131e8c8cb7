"""The course's columns as an import needs them: what kind of value each takes, which are required."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple

from cep_toolkit.errors import UnknownValueError
from cep_toolkit.world.columns import tables


class Kind(StrEnum):
    """What a column holds."""

    IDENTIFIER = "identifier"
    TEXT = "text"
    CODE = "code"
    SUBHEADING = "subheading"
    ADMINISTRATION = "administration"
    DATE = "date"
    YES_NO = "yes or no"
    COUNT = "count"
    NUMBER = "number"


class Target(NamedTuple):
    """One column of the course: its kind, and what is allowed in it."""

    name: str
    kind: Kind
    required: bool = False
    decimals: int = 0
    valid: tuple[str, ...] = ()
    is_money: bool = False

    @property
    def identifies(self) -> bool:
        """Whether it names a trader, a consignment or a paper, so that codes can take its place."""
        return self.kind is Kind.IDENTIFIER or self.name in PAPERS


DECLARATIONS, CONTROLS = "declarations", "controls"
IDENTIFIER = "declaration_id"  # a control has that of its own row
REQUIRED = {
    DECLARATIONS: (IDENTIFIER, "date", "hs", "origin", "net_mass_kg", "customs_value"),
    CONTROLS: ("finding",),
}
VALID = {
    "transport_mode": ("air", "post", "rail", "road", "sea"),
    "lane": ("green", "yellow", "red", "blue"),
    "valuation_method": ("1", "2", "3", "4", "5", "6"),
    "kind": ("documents", "physical", "scan", "audit"),
    "selected_by": ("random", "rule", "officer"),
    "finding": ("none", "value", "classification", "origin", "quantity", "brand", "prohibited", "other"),
}
_KIND_OF_NAME = {
    "hs": Kind.SUBHEADING,
    "origin": Kind.ADMINISTRATION,
    "departure": Kind.ADMINISTRATION,
    "related_parties": Kind.YES_NO,
    "aeo": Kind.YES_NO,
    "valuation_method": Kind.COUNT,
} | dict.fromkeys(
    ("declaration_id", "control_id", "importer_id", "declarant_id", "supplier_id"), Kind.IDENTIFIER
) | dict.fromkeys(
    ("office", "procedure", "preference", "incoterm", "transport_mode", "supplementary_unit",
     "invoice_currency", "lane", "lane_rule", "kind", "selected_by", "finding"), Kind.CODE
)  # fmt: skip
PAPERS = (
    "invoice_number",
    "permit",
    "advance_ruling",
    "transport_document",
    "transport_means",
    "previous_document",
)
_KIND_OF_UNIT = {"": Kind.TEXT, "day": Kind.DATE, "count": Kind.COUNT}
_DECIMALS = {"per cent": 4, "host currency per unit": 6}  # kilograms, quantities, invoices: 3
_OWN_MONEY = "host currency"
_THREE_DECIMALS = {"BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"}  # ISO 4217


def targets(table: str, currency: str) -> dict[str, Target]:
    """Return the columns of ``declarations`` or ``controls`` that an import can fill.

    Parameters
    ----------
    table : str
    currency : str
        ISO 4217 code: money is stored to a thousandth or a hundredth of it.

    Raises
    ------
    UnknownValueError
        Own data has no such table.

    Examples
    --------
    >>> targets("declarations", "KRW")["net_mass_kg"]
    Target(name='net_mass_kg', kind=<Kind.NUMBER: 'number'>, required=True, decimals=3, valid=(), is_money=False)
    """
    if table not in REQUIRED:
        raise UnknownValueError("table of own data", table, REQUIRED)
    made = {}
    for name, unit, _, _ in tables()[table]:
        kind = _KIND_OF_NAME.get(name) or _KIND_OF_UNIT.get(unit, Kind.NUMBER)
        decimals = _DECIMALS.get(unit, 3)
        if unit == _OWN_MONEY and currency not in _THREE_DECIMALS:
            decimals = 2
        required = name in REQUIRED[table]
        made[name] = Target(
            name, kind, required, decimals if kind is Kind.NUMBER else 0, VALID.get(name, ()), unit == _OWN_MONEY
        )
    return made
