"""Mappings as YAML files: those that ship with the package, and one's own."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path
from types import MappingProxyType
from typing import cast

from cep_toolkit.errors import InputFileError, UnknownValueError
from cep_toolkit.own_data.dates import DatePattern
from cep_toolkit.own_data.mapping import FileFormat, Mapping, Otherwise, Source, TableMapping, Where
from cep_toolkit.own_data.mapping_section import Section
from cep_toolkit.own_data.plain_yaml import read_plain
from cep_toolkit.own_data.targets import Kind, Target, targets

DELIMITERS = {"comma": ",", "semicolon": ";", "tab": "\t", "pipe": "|"}
QUOTES = {"double": '"', "single": "'", "none": ""}
UNITS = {"kg": 1.0, "g": 0.001, "t": 1000.0, "lb": 0.45359237}
LONGEST_MAPPING = 1_000_000
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
_ENTRIES = ("codes", "otherwise", "digits", "date", "times", "unit")
_GENERATED = {"controls": ("declaration_id",)}  # a control always belongs to its own row's declaration


def mapping_names() -> tuple[str, ...]:
    """Return the names of the mappings that ship with the package.

    Examples
    --------
    >>> mapping_names()
    ('asycuda', 'kcs')
    """
    shipped = files("cep_toolkit.own_data") / "mappings"
    return tuple(sorted(Path(file.name).stem for file in shipped.iterdir() if file.name.endswith(".yaml")))


def load_mapping(name_or_path: str | Path) -> Mapping:
    """Return the shipped mapping of that name, or the one in that YAML file.

    Raises
    ------
    UnknownValueError
        There is neither a shipped mapping of that name nor such a file.
    InputFileError
        The file is not a mapping; the message names the entry.

    Examples
    --------
    >>> load_mapping("kcs").declarations.columns["hs"].label
    'HS6 Code'
    """
    name = str(name_or_path)
    if name in mapping_names():
        shipped = files("cep_toolkit.own_data") / "mappings" / f"{name}.yaml"
        return parse_mapping(shipped.read_text(encoding="utf-8"), f"{name}.yaml")
    file = Path(name_or_path)
    if not file.suffix and not file.exists():
        raise UnknownValueError("mapping", name, (*mapping_names(), "or the path of a YAML file"))
    return parse_mapping(_text(file), file.name)


def parse_mapping(text: str, file: str) -> Mapping:
    """Return the mapping that a YAML text describes.

    Parameters
    ----------
    text : str
    file : str
        The name that messages give it.

    Raises
    ------
    InputFileError
        The text is not a mapping; the message names the entry.
    """
    try:
        content = read_plain(text)
    except ValueError as error:
        raise InputFileError(file, f"this is not YAML: {error}.", "Correct that line.") from error
    whole = Section(file, "", content)
    currency = whole.text("currency")
    if len(currency) != 3 or not (currency.isascii() and currency.isalpha() and currency.isupper()):
        whole.refuse(f'must be the three letters of ISO 4217, such as USD, not "{currency}".', "currency")
    mapping = Mapping(
        name=Path(file).stem,
        title=whole.text("title"),
        currency=currency,
        file=_file_format(whole.section("file")),
        declarations=_declarations(whole, currency),
        controls=_controls(whole, currency),
        controlled=_where(whole),
        notes=whole.texts("notes"),
    )
    whole.finish()
    return mapping


def _text(file: Path) -> str:
    try:
        with file.open(encoding="utf-8-sig") as stream:
            text = stream.read(LONGEST_MAPPING + 1)
    except UnicodeDecodeError as error:
        raise InputFileError(file, "the mapping is not UTF-8 text.", "Save it as UTF-8.") from error
    except OSError as error:
        raise InputFileError(file, f"the mapping cannot be read ({error.strerror}).", "Check the path.") from error
    if len(text) > LONGEST_MAPPING:
        raise InputFileError(file, "the mapping is longer than a million characters.", "Is it the right file?")
    return text


def _file_format(section: Section) -> FileFormat:
    delimiter = section.text("delimiter", "comma")
    delimiter = DELIMITERS.get(delimiter, delimiter)
    if len(delimiter) != 1 or delimiter in "\r\n\0" or delimiter.isalnum():
        section.refuse(f'must be one character or one of {", ".join(DELIMITERS)}, not "{delimiter}".', "delimiter")
    made = FileFormat(
        delimiter=delimiter,
        quote=QUOTES[section.text("quote", "double", among=QUOTES)],
        encoding=_encoding(section),
        date=_date(section, "YYYY-MM-DD"),
        decimal=section.text("decimal", ".", among=(".", ",")),
        thousands=section.text("thousands", "", among=("", ".", ",", " ", "'", "\N{NO-BREAK SPACE}")),
        empty=("", *section.texts("empty")),
    )
    if made.thousands == made.decimal:
        section.refuse("and file.decimal cannot be the same character.", "thousands")
    section.finish()
    return made


def _encoding(section: Section) -> str:
    encoding = section.text("encoding", "utf-8")
    try:
        "".encode(encoding)
    except (LookupError, ValueError):
        section.refuse(f'is "{encoding}", which is no encoding. Usual: utf-8, cp1252, utf-16, cp949.', "encoding")
    return encoding


def _date(section: Section, default: str) -> str:
    text = section.text("date", default)
    try:
        DatePattern.of(text or "YYYY-MM-DD")
    except ValueError as error:
        section.refuse(f'is "{text}": {error}', "date")
    return text


def _declarations(whole: Section, currency: str) -> TableMapping:
    if not whole.has("declarations"):
        whole.refuse("has no declarations: the list of columns.")
    constants = whole.section("constants")
    made = _table("declarations", whole.section("declarations"), constants, currency)
    missing = [
        target.name
        for target in targets("declarations", currency).values()
        if target.required and target.name not in made.columns and target.name not in made.constants
    ]
    if missing:
        whole.refuse(f"must name a source for {', '.join(missing)}.", "declarations")
    return made


def _controls(whole: Section, currency: str) -> TableMapping | None:
    if not whole.has("controls"):
        whole.take("controls")
        return None
    return _table("controls", whole.section("controls"), whole.section("control_constants"), currency)


def _where(whole: Section) -> Where | None:
    if not whole.has("controlled"):
        whole.take("controlled")
        return None
    section = whole.section("controlled")
    where = Where(section.text("from"), section.texts("is"))
    if not where.column or not where.values:
        section.refuse("needs from (a column) and is (one value or several).")
    section.finish()
    return where


def _table(table: str, columns: Section, constants: Section, currency: str) -> TableMapping:
    known = {name: target for name, target in targets(table, currency).items() if name not in _GENERATED.get(table, ())}
    sources = {}
    for name in columns.names():
        target = _known(columns, name, known)
        sources[name] = _source(columns, name, target)
    given = {}
    for name in constants.names():
        _known(constants, name, known)
        given[name] = constants.text(name)
        if name in sources:
            constants.refuse("has a source column already.", name)
    return TableMapping(MappingProxyType(sources), MappingProxyType(given))


def _known(section: Section, name: str, known: dict[str, Target]) -> Target:
    try:
        if name not in known:
            raise UnknownValueError("column", name, known)
    except UnknownValueError as error:
        section.refuse(f"is no column of the course: {error}", name)
    return known[name]


def _source(columns: Section, name: str, target: Target) -> Source:
    value = columns.take(name)
    section = Section(columns.file, f"{columns.place}.{name}", {"from": value} if isinstance(value, str) else value)
    _refuse_unfitting(section, target)
    digits = section.text("digits", "", among=("", *map(str, range(6, 15))))
    source = Source(
        columns=tuple(column for column in section.texts("from") if column),
        join=section.text("join", "-"),
        codes=MappingProxyType(section.table("codes")),
        otherwise=cast(Otherwise, section.text("otherwise", "refuse", among=("keep", "empty", "refuse"))),
        times=section.number("times", "1") * UNITS[section.text("unit", "kg", among=UNITS)],
        date=_date(section, ""),
        digits=int(digits or 0),
        optional=section.text("optional", "no", among=("yes", "no")) == "yes",
    )
    section.finish()
    _check(section, source, target)
    return source


def _refuse_unfitting(section: Section, target: Target) -> None:
    """Refuse an entry that this kind of column does not use: it would be passed over in silence."""
    fitting = ["from", "join", "optional", *_FITTING[target.kind]]
    if target.name.endswith("_mass_kg"):
        fitting.append("unit")
    for entry in section.names():
        if entry in _ENTRIES and entry not in fitting:
            section.refuse(f"is not for a column of this kind ({target.kind}). Fitting: {', '.join(fitting)}.", entry)


def _check(section: Section, source: Source, target: Target) -> None:
    if not source.columns:
        section.refuse("names no column of the file.", "from")
    for code, meaning in source.codes.items():
        if target.valid and meaning and meaning not in target.valid:
            valid = ", ".join(target.valid)
            section.refuse(f'turns "{code}" into "{meaning}". Valid: {valid}, or nothing.', "codes")
