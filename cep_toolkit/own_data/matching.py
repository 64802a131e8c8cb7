"""Which column of the file is probably which column of the course: by its name and by its values."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from cep_toolkit.own_data.header_words import likeness, parts_of_number, words_of
from cep_toolkit.own_data.looks import Column
from cep_toolkit.own_data.targets import IDENTIFIER, Target

SURE, CLEARLY = 0.75, 0.1  # likeness of names, and its distance from the next best
MOST_PARTS, MOST_LOOKED_AT = 4, 8


@dataclass(frozen=True)
class Match:
    """What a column of the course could come from.

    Parameters
    ----------
    target : Target
    columns : tuple of Column
        One, or those that are joined; none if nothing fits.
    why : str
    sure : bool
    """

    target: Target
    columns: tuple[Column, ...]
    why: str
    sure: bool


def matches(columns: Sequence[Column], known: Iterable[Target]) -> list[Match]:
    """Return a match for every column of the course that something in the file could fill.

    Examples
    --------
    >>> from cep_toolkit.own_data.targets import targets
    >>> columns = [Column("Weight net", ["10.5", "3"]), Column("Net mass", ["1", "2.5"])]
    >>> found = matches(columns, [targets("declarations", "USD")["net_mass_kg"]])[0]
    >>> found.columns[0].name, found.sure
    ('Net mass', True)
    """
    wanted = list(known)
    scored = {
        (target.name, place): likeness(column.name, target.name)
        for target in wanted
        for place, column in enumerate(columns)
    }
    found: list[Match] = []
    for target in wanted:
        find = _identifier if target.name == IDENTIFIER else _match
        made = find(columns, target, scored)
        if made:
            found.append(made)
    return found


def _match(columns: Sequence[Column], target: Target, scored: dict[tuple[str, int], float]) -> Match | None:
    ranked = _ranked(columns, target, scored)
    named = [(score, place) for score, place in ranked if columns[place].looks_like(target)]
    if not named:
        return _by_one_sign(columns, target, ranked)
    score, place = named[0]
    column = columns[place]
    rivals = [columns[other].name for near, other in named[1:] if near > score - CLEARLY]
    elsewhere = max((value for (name, at), value in scored.items() if at == place and name != target.name), default=0)
    if elsewhere >= SURE > score and not target.required:
        return None
    if rivals:
        return Match(target, (column,), f"or is it {', '.join(rivals)}? The names fit alike", sure=False)
    if score < SURE or elsewhere > score:
        return Match(target, (column,), "the name fits a little, the values could be it", sure=False)
    return Match(target, (column,), "by name and values", sure=True)


def _ranked(columns: Sequence[Column], target: Target, scored: dict[tuple[str, int], float]) -> list[tuple[float, int]]:
    pairs = ((scored[target.name, place], place) for place in range(len(columns)))
    return sorted(((score, place) for score, place in pairs if score), key=lambda pair: (-pair[0], pair[1]))


def _by_one_sign(columns: Sequence[Column], target: Target, ranked: list[tuple[float, int]]) -> Match | None:
    """Return what only the name or, where every row needs the column, only the values speak for."""
    if ranked and ranked[0][0] >= SURE:
        column = columns[ranked[0][1]]
        seen = ", ".join(value[:20] for value, _ in column.counted.most_common(3)) if column.filled else "nothing"
        why = "the name fits, the values do not"
        return Match(target, (column,), why if target.identifies else f"{why}: {seen}", sure=False)
    if not target.required:
        return None
    could = [column for column in columns if column.filled and column.looks_like(target)]
    names = ", ".join(column.name for column in could[:6])
    why = f"no name says so; by the values it could be {names}" if names else "nothing in the file looks like it"
    return Match(target, (), why, sure=False)


def _identifier(columns: Sequence[Column], target: Target, scored: dict[tuple[str, int], float]) -> Match:
    """Return what makes every row's number: one column, or the fewest that differ from row to row together."""
    named = [columns[place] for score, place in _ranked(columns, target, scored) if score >= SURE]
    for column in named:
        if column.is_unique:
            return Match(target, (column,), "by name; every row looked at has another value", sure=True)
    for chosen in _joins(_parts(columns, scored)):
        if len(set(zip(*(column.values for column in chosen), strict=True))) == len(chosen[0].values):
            return Match(target, chosen, "together they differ in every row looked at", sure=True)
    unique = [column.name for column in columns if column.is_unique]
    if named:
        why = "the name fits, but the value stands in several rows: join it with the item's number"
        return Match(target, (named[0],), why, sure=False)
    could = (
        f"; it could be {', '.join(unique[:6])}" if unique else "; which columns together make a number of their own?"
    )
    return Match(target, (), f"no name says so{could}", sure=False)


def _parts(columns: Sequence[Column], scored: dict[tuple[str, int], float]) -> list[Column]:
    """Return the columns that could be a part of a number, and are nothing else by name but the office."""
    taken = {place for (name, place), score in scored.items() if score >= SURE and name not in (IDENTIFIER, "office")}
    named = [column for place, column in enumerate(columns) if place not in taken]
    named = [column for column in named if parts_of_number() & set(words_of(column.name))]
    return [column for column in named if len(column.filled) == len(column.values)][:MOST_LOOKED_AT]


def _joins(parts: list[Column]) -> Iterator[tuple[Column, ...]]:
    """Give all parts together if they are few, as what differs today may not tomorrow; then the smallest sets."""
    if 1 < len(parts) <= MOST_PARTS:
        yield tuple(parts)
    for count in range(2, MOST_PARTS + 1):
        yield from combinations(parts, count)
