"""Code lists that are the same in many systems, for a first mapping."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from cep_toolkit.own_data.looks import Column
from cep_toolkit.own_data.targets import VALID

# UN/CEFACT Recommendation 19: the first digit. Words are those of exports in several languages.
_MODES = {"1": "sea", "2": "rail", "3": "road", "4": "air", "5": "post"}
_MODE_WORDS = {
    "sea": ("sea", "maritime", "ocean", "vessel", "maritimo"),
    "rail": ("rail",),
    "road": ("road", "truck", "route", "terrestre"),
    "air": ("air", "aereo", "aerien"),
    "post": ("post", "mail", "postal"),
}
_LANE_WORDS = {
    "green": ("g", "v", "vert", "verde"),
    "yellow": ("y", "j", "jaune", "amarillo", "amarelo"),
    "red": ("r", "rouge", "rojo", "vermelho"),
    "blue": ("b", "bleu", "azul"),
}
# UN/ECE Recommendation 20.
_UNITS = {"kgm": "kg", "nar": "u", "nmb": "u", "c62": "u", "npr": "pa", "ltr": "l", "mtk": "m2", "mtq": "m3"}
_UNITS_OF_COURSE = ("kg", "u", "pa", "l", "m2", "m3")


class CodeList(NamedTuple):
    """The file's codes that have a known meaning, and what is to be said of it."""

    known: dict[str, str]
    why: str


def code_list(target: str, column: Column) -> CodeList | None:
    """Return the code list that a column needs; None where its values can stay as they are.

    Examples
    --------
    >>> code_list("transport_mode", Column("MOT", ["40", "10", "90"]))
    CodeList(known={'10': 'sea', '40': 'air'}, why='by UN/CEFACT Recommendation 19, or by the words; not known: 90')
    >>> code_list("lane", Column("LANE", ["Red", "green"])) is None
    True
    """
    values = sorted(column.counted)
    match target:
        case "transport_mode":
            return _listed(values, VALID[target], _mode, "by UN/CEFACT Recommendation 19, or by the words")
        case "lane":
            return _listed(
                values, VALID[target], lambda value: _among(_LANE_WORDS, value), "by the usual colours: check"
            )
        case "supplementary_unit":
            return _listed(values, _UNITS_OF_COURSE, lambda value: _UNITS.get(value, ""), "by UN/ECE Recommendation 20")
        case "valuation_method":
            return _listed(values, VALID[target], lambda value: "", "the course has 1 to 6: give a list")
        case "preference":
            return _listed(values, ("100", "300"), lambda value: "", "the course has 100 (none) and 300: give a list")
    return None


def _mode(value: str) -> str:
    if value.isdigit() and len(value) <= 2:
        return _MODES.get(value[0], "")
    return _among(_MODE_WORDS, value)


def _among(words: Mapping[str, Sequence[str]], value: str) -> str:
    return next((meaning for meaning, names in words.items() if value in names), "")


def _listed(values: Sequence[str], valid: Sequence[str], meaning: Callable[[str], str], why: str) -> CodeList | None:
    if all(value.casefold() in valid for value in values):
        return None
    read = {value: value.casefold() if value.casefold() in valid else meaning(value.casefold()) for value in values}
    unknown = [value[:20] for value, found in read.items() if not found]
    more = f"; not known: {', '.join(unknown[:8])}" if unknown else ""
    return CodeList({value: found for value, found in read.items() if found}, why + more)
