"""Mappings as YAML files: those that ship with the package, and one's own."""

from __future__ import annotations

from collections.abc import Mapping as Table
from importlib.resources import files
from pathlib import Path
from types import MappingProxyType

from cep_toolkit.errors import InputFileError, UnknownValueError
from cep_toolkit.own_data.mapping import Mapping, TableMapping, Where
from cep_toolkit.own_data.mapping_format import file_format
from cep_toolkit.own_data.mapping_section import Section
from cep_toolkit.own_data.mapping_table import table_mapping
from cep_toolkit.own_data.plain_yaml import read_plain
from cep_toolkit.own_data.targets import CONTROLS, DECLARATIONS, Kind, targets

LONGEST_MAPPING = 1_000_000


def mapping_names() -> tuple[str, ...]:
    """Return the names of the mappings that ship with the package.

    Examples
    --------
    >>> mapping_names()
    ('asycuda_like', 'kcs', 'wco_data_model')
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
    currency = _currency(whole)
    mapping = Mapping(
        name=Path(file).stem,
        title=whole.text("title"),
        currency=currency,
        file=file_format(whole.section("file")),
        declarations=_declarations(whole, currency),
        controls=_controls(whole, currency),
        controlled=_where(whole),
        notes=whole.texts("notes"),
        rates=_rates(whole),
        pseudonymise=_pseudonymised(whole, currency),
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


def _currency(whole: Section) -> str:
    currency = whole.text("currency")
    if len(currency) != 3 or not (currency.isascii() and currency.isalpha() and currency.isupper()):
        whole.refuse(f'must be the three letters of ISO 4217, such as USD, not "{currency}".', "currency")
    return currency


def _rates(whole: Section) -> Table[str, float]:
    section = whole.section("rates")
    for name in section.names():
        if len(name) != 3 or not (name.isascii() and name.isupper()):
            section.refuse("must be the three letters of ISO 4217, such as EUR.", name)
    return MappingProxyType({name: section.number(name, "") for name in section.names()})


def _pseudonymised(whole: Section, currency: str) -> tuple[str, ...]:
    """Return the further columns for codes: only texts can become codes."""
    names = whole.texts("pseudonymise")
    known = targets(DECLARATIONS, currency) | targets(CONTROLS, currency)
    words = [name for name, target in known.items() if target.kind in (Kind.IDENTIFIER, Kind.TEXT, Kind.CODE)]
    for name in names:
        if name not in words:
            whole.refuse_word("pseudonymise", name, words)
    return names


def _declarations(whole: Section, currency: str) -> TableMapping:
    if not whole.has("declarations"):
        whole.refuse("has no declarations: the list of columns.")
    return table_mapping("declarations", whole.section("declarations"), whole.section("constants"), currency)


def _controls(whole: Section, currency: str) -> TableMapping | None:
    if not whole.has("controls"):
        for entry in ("control_constants", "controlled"):
            if whole.has(entry):
                whole.refuse("has no meaning without controls.", entry)
        whole.take("controls")
        return None
    return table_mapping("controls", whole.section("controls"), whole.section("control_constants"), currency)


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
