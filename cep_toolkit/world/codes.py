"""What the codes in the tables mean, for those who read them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cep_toolkit.world import reference

if TYPE_CHECKING:
    from cep_toolkit.world.world import World

DATASETS = {
    "lane": ("lanes", "lane", "meaning"),
    "procedure": ("procedures", "code", "description"),
    "transport_mode": ("transport_modes", "mode", "meaning"),
    "valuation_method": ("valuation_methods", "method", "name"),
}
REGISTERS = {
    "departure": ("administrations", "code", "name"),
    "office": ("offices", "office", "name"),
    "origin": ("administrations", "code", "name"),
}
WORDS = {
    "preference": {"100": "No preference claimed", "300": "Rate of a trade agreement claimed"},
    "supplementary_unit": {
        "kg": "Kilograms",
        "l": "Litres",
        "m2": "Square metres",
        "m3": "Cubic metres",
        "pa": "Pairs",
        "u": "Pieces",
    },
}
COSTS = {
    (True, True): "The price includes freight and insurance to the border",
    (True, False): "The price includes freight to the border, not insurance",
    (False, True): "The price includes insurance to the border, not freight",
    (False, False): "The price includes neither freight nor insurance to the border",
}


def meanings(world: World, column: str) -> dict[str, str]:
    """Return what each code of a column means.

    On own data only delivery terms and what the data itself names are known: the other codes are the
    administration's own.

    Parameters
    ----------
    world : World
    column : str
        A column of any table.

    Returns
    -------
    dict
        Code -> meaning; empty for a column that holds no codes.

    Examples
    --------
    >>> from cep_toolkit.world import Scenario, World
    >>> meanings(World(Scenario(declarations=5_000)), "procedure")["4071"]
    'Release for home use from a Customs warehouse'
    """
    if column == "incoterm":
        return _delivery_terms()
    if column in REGISTERS:
        table, code, meaning = REGISTERS[column]
        if table not in world.tables:
            return {}
        register = world.table(table)
        return dict(zip(register[code].astype(str), register[meaning].astype(str), strict=True))
    if world.is_own_data:
        return {}
    if column in DATASETS:
        name, code, meaning = DATASETS[column]
        codes = reference.load(name)
        return dict(zip(codes[code].astype(str), codes[meaning].astype(str), strict=True))
    return WORDS.get(column, {})


def _delivery_terms() -> dict[str, str]:
    terms = reference.load("incoterms")
    costs = zip(terms["freight_included"], terms["insurance_included"], strict=True)
    return dict(
        zip(terms["code"], (COSTS[bool(freight), bool(insurance)] for freight, insurance in costs), strict=True)
    )
