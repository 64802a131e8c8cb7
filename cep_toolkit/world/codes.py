"""What the codes in the tables mean, for those who read them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cep_toolkit.world import reference

if TYPE_CHECKING:
    from cep_toolkit.world.world import World

DATASETS = {
    "explanation": ("innocent_reasons", "reason", "meaning"),
    "lane": ("lanes", "lane", "meaning"),
    "procedure": ("procedures", "code", "description"),
    "reason": ("innocent_reasons", "reason", "meaning"),
    "transport_mode": ("transport_modes", "mode", "meaning"),
    "valuation_method": ("valuation_methods", "method", "name"),
}
REGISTERS = {
    "departure": ("administrations", "code", "name"),
    "hs": ("tariff", "hs", "description"),
    "office": ("offices", "office", "name"),
    "origin": ("administrations", "code", "name"),
}
COSTS = {
    (True, True): "The price includes freight and insurance to the border",
    (True, False): "The price includes freight to the border, not insurance",
    (False, True): "The price includes insurance to the border, not freight",
    (False, False): "The price includes neither freight nor insurance to the border",
}


def meanings(world: World, table: str, column: str) -> dict[str, str]:
    """Return what each code of a column means.

    On own data only delivery terms and what the data itself names are known: the other codes are the
    administration's own.

    Parameters
    ----------
    world : World
    table, column : str
        A column of one of its tables.

    Returns
    -------
    dict
        Code -> meaning; empty for a column that holds no codes.

    Examples
    --------
    >>> from cep_toolkit.world import Scenario, World
    >>> meanings(World(Scenario(declarations=5_000)), "declarations", "procedure")["4071"]
    'Release for home use from a Customs warehouse'
    """
    if column == "incoterm":
        return _delivery_terms()
    if column in REGISTERS:
        name, code, meaning = REGISTERS[column]
        if name not in world.tables:
            return {}
        register = world.table(name)
        return dict(zip(register[code].astype(str), register[meaning].astype(str), strict=True))
    if world.is_own_data:
        return {}
    if column in DATASETS:
        name, code, meaning = DATASETS[column]
        codes = reference.load(name)
        return dict(zip(codes[code].astype(str), codes[meaning].astype(str), strict=True))
    words = reference.load("codes")
    here = words[(words["table"] == table) & (words["column"] == column)]
    return dict(zip(here["code"], here["meaning"], strict=True))


def _delivery_terms() -> dict[str, str]:
    terms = reference.load("incoterms")
    costs = zip(terms["freight_included"], terms["insurance_included"], strict=True)
    return dict(
        zip(terms["code"], (COSTS[bool(freight), bool(insurance)] for freight, insurance in costs), strict=True)
    )
