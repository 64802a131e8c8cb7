"""A mapping is text as it was written; a wrong one is refused with section, column and remedy."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from cep_toolkit.errors import InputFileError, UnknownValueError
from cep_toolkit.own_data import load_mapping, mapping_names
from cep_toolkit.own_data.mapping_file import parse_mapping
from tests.own_data.made import SMALL_MAPPING, small_mapping

SOUND = SMALL_MAPPING.format(before="", more="", after="")
REMEDY = "Correct the mapping; docs/own_data.md lists every entry."
WRONG = {
    "unknown section": (SOUND + "declaration: {}", 'declaration is not known. Did you mean "declarations"?'),
    "unknown column": (
        SOUND.replace("hs: HS", "hs_code: HS"),
        "declarations.hs_code is no column of the course.",
    ),
    "misspelt column": (
        SOUND.replace("origin: ORI", "orgin: ORI"),
        'declarations.orgin is no column of the course. Did you mean "origin"? Valid: declaration_id, date, office',
    ),
    "column without source": (
        SOUND.replace("net_mass_kg: KG", ""),
        "declarations must name a source for net_mass_kg.",
    ),
    "empty source": (SOUND.replace("hs: HS", "hs:"), "declarations.hs.from names no column of the file."),
    "no declarations": ("title: x\ncurrency: USD", "the mapping has no declarations: the list of columns."),
    "currency": (
        SOUND.replace("USD", "dollars"),
        'currency must be the three letters of ISO 4217, such as USD, not "dollars".',
    ),
    "unknown entry": (
        SOUND.replace("hs: HS", "hs: {from: HS, digit: 8}"),
        'declarations.hs.digit is not known. Did you mean "digits"?',
    ),
    "entry of another kind": (
        SOUND.replace("hs: HS", "hs: {from: HS, times: 8}"),
        "declarations.hs.times is not for a column of this kind (subheading). Fitting: from, join, optional, digits.",
    ),
    "a list": (SOUND.replace("hs: HS", "hs: [HS]"), 'declarations.hs must hold entries of the form "name: value"'),
    "delimiter": (SOUND + "file: {delimiter: semicolons}", 'file.delimiter is "semicolons". Did you mean "semicolon"?'),
    "encoding": (SOUND + "file: {encoding: utf-9}", 'file.encoding is "utf-9". Did you mean "utf-8"?'),
    "codec for something else": (SOUND + "file: {encoding: rot13}", 'file.encoding is "rot13".'),
    "quote": (SOUND + "file: {quote: dubble}", 'file.quote is "dubble". Did you mean "double"?'),
    "quote and delimiter": (
        SOUND + """file: {delimiter: "'", quote: single}""",
        "file.quote and file.delimiter cannot be the same character.",
    ),
    "decimal and thousands": (
        SOUND + 'file: {decimal: ",", thousands: ","}',
        "file.thousands and file.decimal cannot be the same character.",
    ),
    "date without a year": (
        SOUND + "file: {date: DD/MM}",
        'file.date is "DD/MM": the year must stand in it once, as YYYY or YY; for example DD/MM/YYYY.',
    ),
    "date with a part twice": (SOUND + "file: {date: DD/MM/DD/YYYY}", "a part of the date stands twice."),
    "factor": (
        SOUND.replace("VALUE", "{from: VALUE, times: 1e400}"),
        'declarations.customs_value.times must be a number above zero, not "1e400".',
    ),
    "unit": (SOUND.replace("KG", "{from: KG, unit: tons}"), 'declarations.net_mass_kg.unit is "tons".'),
    "digits": (SOUND.replace("hs: HS", "hs: {from: HS, digits: 4}"), 'declarations.hs.digits is "4".'),
    "required and optional": (
        SOUND.replace("hs: HS", "hs: {from: HS, optional: yes}"),
        "declarations.hs.optional cannot be yes: every row needs this column.",
    ),
    "meaning of a code": (
        SOUND.replace("hs: HS", "hs: HS\n  lane: {from: LANE, codes: {1: gren}}"),
        'declarations.lane.codes turns "1" into "gren". Did you mean "green"? Valid: green, yellow, red, blue.',
    ),
    "codes": (SOUND.replace("hs: HS", "hs: HS\n  lane: {from: LANE, codes: 1}"), "must hold entries of the form"),
    "constant with a source": (SOUND + "constants: {hs: 010121}", "constants.hs has a source column already."),
    "constant identifier": (
        SOUND.replace("declaration_id: ID", "") + "constants: {declaration_id: 1}",
        "constants.declaration_id must differ from row to row",
    ),
    "controls without finding": (SOUND + "controls: {kind: KIND}", "controls must name a source for finding."),
    "controlled without controls": (
        SOUND + "controlled: {from: C, is: 1}",
        "controlled has no meaning without controls.",
    ),
    "controlled without a value": (
        SOUND + "controls: {finding: F}\ncontrolled: {from: C}",
        "controlled needs from (a column) and is (one value or several).",
    ),
    "notes": (SOUND + "notes: {a: b}", "notes must be a text or a list of texts."),
    "no mapping": ("- a\n- b", 'the mapping must hold entries of the form "name: value", not a list.'),
    "nothing": ("", "currency must be"),
}
NO_YAML = {
    "tab": ("title: x\n\tcurrency: USD", "line 2, column 1"),
    "open bracket": ("title: {a: b", "line 1"),
    "twice": (SOUND + "title: again", 'line 14, column 1: "title" stands twice'),
    "reference": ("title: &a x\ncurrency: *a", "line 2, column 11: references (*name) are not used here"),
    "key that is a list": ("? [a, b]\n: c", "line 1, column 3: a key must be a text"),
    "two documents": ("title: a\n---\ntitle: b", "line 2"),
    "control character": ("title: \x07", "special characters are not allowed"),
    "nested": ("[" * 5_000 + "]" * 5_000, "line 1, column 21: entries are nested more than 20 deep"),
}


def test_the_small_mapping_is_sound() -> None:
    assert parse_mapping(SOUND, "small.yaml").name == "small"


@pytest.mark.parametrize("name", WRONG)
def test_a_wrong_mapping_names_section_and_column_and_remedy(name: str) -> None:
    text, message = WRONG[name]
    with pytest.raises(InputFileError, match=re.escape(message)) as caught:
        parse_mapping(text, "mine.yaml")
    assert str(caught.value).startswith("mine.yaml: ")
    assert str(caught.value).endswith(REMEDY)


@pytest.mark.parametrize("name", NO_YAML)
def test_what_is_not_yaml_is_named_by_line(name: str) -> None:
    text, message = NO_YAML[name]
    with pytest.raises(InputFileError, match=re.escape(message)):
        parse_mapping(text, "mine.yaml")


def test_scalars_stay_text() -> None:
    more = "lane: {from: NO, codes: {NO: red, 0101: green, 1:30: blue, ~: yellow, 1e3: red}}"
    lane = small_mapping(more=more).declarations.columns["lane"]
    assert lane.columns == ("NO",)
    assert list(lane.codes) == ["NO", "0101", "1:30", "~", "1e3"]


def test_shipped_mappings_are_sound() -> None:
    for name in mapping_names():
        mapping = load_mapping(name)
        assert (mapping.name, bool(mapping.title), bool(mapping.notes)) == (name, True, True)


def test_an_unknown_name_gives_the_nearest() -> None:
    with pytest.raises(UnknownValueError, match=re.escape('mapping "kc" is not known. Did you mean "kcs"?')):
        load_mapping("kc")


def test_a_mapping_of_ones_own(tmp_path: Path) -> None:
    file = tmp_path / "mine.yaml"
    file.write_text(SOUND, encoding="utf-8-sig")
    assert load_mapping(file) == parse_mapping(SOUND, "mine.yaml")


def test_a_mapping_that_cannot_be_read(tmp_path: Path) -> None:
    with pytest.raises(InputFileError, match="the mapping cannot be read"):
        load_mapping(tmp_path / "none.yaml")
    (tmp_path / "bad.yaml").write_bytes(b"title: \xff\xff")
    with pytest.raises(InputFileError, match=r"the mapping is not UTF-8 text\. Save it as UTF-8\."):
        load_mapping(tmp_path / "bad.yaml")
    (tmp_path / "long.yaml").write_text("#" * 1_000_001)
    with pytest.raises(InputFileError, match="longer than a million characters"):
        load_mapping(tmp_path / "long.yaml")
