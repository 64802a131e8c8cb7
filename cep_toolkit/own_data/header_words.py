"""How headers name the columns of the course: words of several systems and languages, in ``header_words.yaml``."""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache
from importlib.resources import files

from cep_toolkit.own_data.plain_yaml import read_plain

IN_A_PATH = 0.9  # its last part alone says less than the whole
_BETWEEN = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])|[^A-Za-z0-9]+")


def words_of(header: str) -> tuple[str, ...]:
    """Return the words of a column's name, in small letters and without accents.

    Examples
    --------
    >>> words_of("OriginCountryCode"), words_of("VIT_WGT_NET"), words_of("Nº déclaration")
    (('origin', 'country', 'code'), ('vit', 'wgt', 'net'), ('no', 'declaration'))
    """
    plain = "".join(letter for letter in unicodedata.normalize("NFKD", header) if not unicodedata.combining(letter))
    return tuple(word.casefold() for word in _BETWEEN.split(plain) if word)


@cache
def phrases(target: str) -> tuple[str, ...]:
    """Return how headers name a column of the course.

    Examples
    --------
    >>> phrases("packages")[:2]
    ('packages', 'packages')
    """
    return (target.replace("_", " "), *_listed("columns", target))


def parts_of_number() -> frozenset[str]:
    """Return the words of columns that make a declaration's number together."""
    return frozenset(_listed("parts_of_number"))


def control_words() -> frozenset[str]:
    """Return the words of columns that tell of controls."""
    return frozenset(_listed("controls"))


@cache
def _listed(*place: str) -> tuple[str, ...]:
    content = read_plain((files("cep_toolkit.own_data") / "header_words.yaml").read_text(encoding="utf-8"))
    for name in place:
        assert isinstance(content, dict)
        content = content[name]
    return tuple(str(word) for word in content)


@lru_cache(20_000)
def likeness(header: str, target: str) -> float:
    """Return how well a column's name fits a column of the course: 0 not at all, 1 by name.

    Examples
    --------
    >>> likeness("Net mass", "net_mass_kg"), likeness("Colour of box", "net_mass_kg")
    (1.0, 0.0)
    >>> likeness("Country of origin indicator", "origin") < likeness("Country of origin", "origin")
    True
    """
    whole = _likeness(words_of(header), target)
    step = max(header.rfind("/"), header.rfind("."))  # of a path such as GoodsMeasure/GrossMassMeasure
    last = words_of(header[step + 1 :]) if step >= 0 else ()
    return max(whole, IN_A_PATH * _likeness(last, target)) if len(last) > 1 else whole  # ID alone says nothing


def _likeness(words: tuple[str, ...], target: str) -> float:
    said = f" {' '.join(words)} "
    found = [phrase for phrase in phrases(target) if f" {phrase} " in said]
    if not found:
        return 0.0
    longest = max(len(phrase.split()) for phrase in found)
    return 1.0 if longest == len(words) else 0.3 + 0.6 * longest / len(words)
