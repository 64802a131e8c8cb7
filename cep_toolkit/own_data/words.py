"""Texts that stay texts: identifiers, codes, descriptions, subheadings, and yes or no."""

from __future__ import annotations

import re

from cep_toolkit.own_data.cell import Cell
from cep_toolkit.own_data.targets import Target

SHORTENED = r"^[0-9](\.[0-9]+)?[eE]\+[0-9]{2}$"  # by a spreadsheet
_SHORTENED = re.compile(SHORTENED)
_WHOLE_NUMBER = re.compile(r"([0-9]{1,15})(\.0*)?")
_ADMINISTRATION = re.compile(r"[A-Z][A-Z0-9]{1,2}|[0-9]{3}")
_POINTED_NUMBER = re.compile(r"([0-9]{5,14})\.0+")
_SUBHEADING = re.compile(r"[0-9]+|[0-9]{4}[ .-][0-9]{2}([ .-]?[0-9]{1,4})*")
YES = ("1", "y", "yes", "true", "t")
NO = ("0", "n", "no", "false", "f")
LONGEST_CODE = 14
MOST_PIECES = 2_000_000_000


def identifier(text: str) -> Cell:
    """Return an identifier as it is, unless a spreadsheet has destroyed it.

    Examples
    --------
    >>> identifier("0045")
    Cell(value='0045', problem='', note='')
    >>> identifier("2.02001E+11").problem
    'a number that a spreadsheet has shortened: its last digits are lost'
    """
    if _SHORTENED.fullmatch(text):
        return Cell(problem="a number that a spreadsheet has shortened: its last digits are lost")
    return Cell(text)


def code(text: str, target: Target) -> Cell:
    """Return a code; where the course knows a few words only, one of them.

    Examples
    --------
    >>> code("SEA", Target("transport_mode", "code", valid=("air", "sea"))).value
    'sea'
    """
    if not target.valid or text in target.valid:
        return Cell(text)
    if text.casefold() in target.valid:
        return Cell(text.casefold(), note="written in small letters")
    return Cell(problem=f"not one of {', '.join(target.valid)}")


def administration(text: str) -> Cell:
    """Return the code of an administration: two or three letters, or three digits.

    Examples
    --------
    >>> administration("no").value, administration("Norway").problem
    ('NO', 'not a code of two or three letters, or of three digits')
    """
    capital = text.upper()
    if not _ADMINISTRATION.fullmatch(capital):
        return Cell(problem="not a code of two or three letters, or of three digits")
    return Cell(capital, note="" if capital == text else "written in capitals")


def yes_or_no(text: str) -> Cell:
    """Return true or false.

    Examples
    --------
    >>> yes_or_no("Y").value, yes_or_no("0").value
    (True, False)
    """
    word = text.casefold()
    if word in YES or word in NO:
        return Cell(word in YES)
    return Cell(problem="neither yes nor no: give a code list in the mapping")


def count(text: str, target: Target) -> Cell:
    """Return a whole number that is not negative.

    Examples
    --------
    >>> count("12.0", Target("packages", "count")).value
    12
    """
    found = _WHOLE_NUMBER.fullmatch(text)
    if found is None:
        return Cell(problem="negative" if re.fullmatch(r"-[0-9.]*[1-9][0-9.]*", text) else "not a whole number")
    number = int(found[1])
    if target.valid and str(number) not in target.valid:
        return Cell(problem=f"not one of {', '.join(target.valid)}")
    return Cell(problem="too large") if number > MOST_PIECES else Cell(number)


def subheading(text: str, digits: int = 0) -> Cell:
    """Return the six digits of the Harmonized System that a tariff code begins with.

    A zero that a spreadsheet took from the front is put back where the length tells that it is
    missing. Where the length does not tell, the row is refused: a wrong chapter is worse.

    Parameters
    ----------
    text : str
    digits : int
        Length of the whole national code; 0 if the mapping does not say.

    Examples
    --------
    >>> subheading("0101.21").value, subheading("8528.72.0000").value, subheading("10121").value
    ('010121', '852872', '010121')
    >>> subheading("101210000", digits=10)
    Cell(value='010121', problem='', note='leading zero put back; first six digits of the national code taken')
    >>> subheading("101210000").problem
    '9 digits: the mapping must say digits, the length of a whole code'
    """
    pointed = _POINTED_NUMBER.fullmatch(text)
    written = pointed[1] if pointed else text
    plain = re.sub("[ .-]", "", written)
    if not _SUBHEADING.fullmatch(written) or len(plain) > LONGEST_CODE:
        return Cell(problem="not a tariff code")
    problem = _length_problem(len(plain), digits)
    if problem:
        return Cell(problem=problem)
    notes = []
    if len(plain) == (digits or 6) - 1:
        plain = "0" + plain
        notes.append("leading zero put back")
    if len(plain) > 6:
        notes.append("first six digits of the national code taken")
    if plain[:2] == "00" or plain[:2] == "77":  # the Harmonized System keeps chapter 77 for later
        return Cell(problem=f"there is no chapter {plain[:2]}")
    return Cell(plain[:6], note="; ".join(notes))


def _length_problem(length: int, digits: int) -> str:
    if length < 5:
        return f"{length} digits: a chapter or heading does not tell the subheading"
    if not digits and length > 6 and length % 2:
        return f"{length} digits: the mapping must say digits, the length of a whole code"
    whole_or_shorter = length in (digits, digits - 1) or 6 <= length < digits
    if digits and not whole_or_shorter:
        return f"{length} digits, where a whole code has {digits}"
    return ""
