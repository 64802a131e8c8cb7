"""The sections of a mapping that name columns: one entry for each column of the course."""

from __future__ import annotations

from types import MappingProxyType
from typing import cast

from cep_toolkit.own_data.factors import UNITS
from cep_toolkit.own_data.mapping import Otherwise, Source, TableMapping
from cep_toolkit.own_data.mapping_format import date_format
from cep_toolkit.own_data.mapping_section import Section
from cep_toolkit.own_data.targets import DECLARATIONS, IDENTIFIER, Kind, Target, targets

DIGITS = ("", *map(str, range(6, 15)))  # of a whole national tariff code
_CODED = ("codes", "otherwise")
_FITTING = {
    Kind.IDENTIFIER: (),
    Kind.TEXT: _CODED,
    Kind.CODE: _CODED,
    Kind.SUBHEADING: ("digits",),
    Kind.ADMINISTRATION: _CODED,
    Kind.DATE: ("date",),
    Kind.YES_NO: _CODED,
    Kind.COUNT: _CODED,
    Kind.NUMBER: ("times",),
}
_FACTORS = ("unit_from", "currency_from", "rate_from")
_ENTRIES = ("codes", "otherwise", "digits", "date", "times", "unit", *_FACTORS)


def table_mapping(table: str, columns: Section, constants: Section, currency: str) -> TableMapping:
    """Return where the columns of one table come from.

    Raises
    ------
    InputFileError
        A column is unknown, is named twice or lacks its source.
    """
    known = targets(table, currency)
    if table != DECLARATIONS:
        known.pop(IDENTIFIER)
    sources = {name: _source(columns, name, _known(columns, name, known)) for name in columns.names()}
    given = {name: _constant(constants, name, known, sources) for name in constants.names()}
    missing = [name for name, target in known.items() if target.required and name not in sources | given]
    if missing:
        columns.refuse(f"must name a source for {', '.join(missing)}.")
    return TableMapping(MappingProxyType(sources), MappingProxyType(given))


def _known(section: Section, name: str, known: dict[str, Target]) -> Target:
    if name not in known:
        section.refuse_word(name, name, known, what="is no column of the course.")
    return known[name]


def _constant(constants: Section, name: str, known: dict[str, Target], sources: dict[str, Source]) -> str:
    _known(constants, name, known)
    if name in sources:
        constants.refuse("has a source column already.", name)
    if name == IDENTIFIER:
        constants.refuse("must differ from row to row: name its source under declarations.", name)
    return constants.text(name)


def _source(columns: Section, name: str, target: Target) -> Source:
    value = columns.take(name)
    section = Section(columns.file, f"{columns.place}.{name}", {"from": value} if isinstance(value, str) else value)
    _refuse_unfitting(section, target)
    source = Source(
        columns=tuple(column for column in section.texts("from") if column),
        join=section.text("join", "-"),
        codes=MappingProxyType(section.table("codes")),
        otherwise=cast(Otherwise, section.text("otherwise", "refuse", among=("keep", "empty", "refuse"))),
        times=section.number("times", "1") * UNITS[section.text("unit", "kg", among=UNITS)],
        date=date_format(section, ""),
        digits=int(section.text("digits", "", among=DIGITS) or 0),
        optional=section.text("optional", "no", among=("yes", "no")) == "yes",
        unit_from=section.text("unit_from"),
        currency_from=section.text("currency_from"),
        rate_from=section.text("rate_from"),
    )
    section.finish()
    _check(section, source, target)
    return source


def _refuse_unfitting(section: Section, target: Target) -> None:
    """Refuse an entry that this kind of column does not use: it would be passed over in silence."""
    fitting = ["from", "join", "optional", *_FITTING[target.kind]]
    if target.name.endswith("_mass_kg"):
        fitting += ["unit", "unit_from"]
    if target.is_money:
        fitting += ["currency_from", "rate_from"]
    for entry in section.names():
        if entry in _ENTRIES and entry not in fitting:
            section.refuse(f"is not for a column of this kind ({target.kind}). Fitting: {', '.join(fitting)}.", entry)


def _check(section: Section, source: Source, target: Target) -> None:
    if source.currency_from and source.rate_from:
        section.refuse("and rate_from cannot stand together: the rate is told once.", "currency_from")
    if not source.columns:
        section.refuse("names no column of the file.", "from")
    if source.optional and target.required:
        section.refuse("cannot be yes: every row needs this column.", "optional")
    for code, meaning in source.codes.items():
        if target.valid and meaning and meaning not in target.valid:
            section.refuse_word("codes", meaning, target.valid, what=f'turns "{code}" into "{meaning}".')
