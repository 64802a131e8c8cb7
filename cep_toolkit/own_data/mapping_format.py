"""The section ``file`` of a mapping: how the file is written."""

from __future__ import annotations

from cep_toolkit.own_data.dates import DatePattern
from cep_toolkit.own_data.mapping import FileFormat
from cep_toolkit.own_data.mapping_section import Section

DELIMITERS = {"comma": ",", "semicolon": ";", "tab": "\t", "pipe": "|"}
QUOTES = {"double": '"', "single": "'", "none": ""}
THOUSANDS = ("", ".", ",", " ", "'", "\N{NO-BREAK SPACE}", "\N{NARROW NO-BREAK SPACE}")
NOT_FOR_FILES = ("idna", "punycode", "unicode_escape", "raw_unicode_escape", "undefined")


def file_format(section: Section) -> FileFormat:
    """Return what the section says; an entry that is absent has its usual value.

    Raises
    ------
    InputFileError
        An entry is unknown or wrong.
    """
    delimiter = _delimiter(section)
    quote = QUOTES[section.text("quote", "double", among=QUOTES)]
    if quote == delimiter:
        section.refuse("and file.delimiter cannot be the same character.", "quote")
    made = FileFormat(
        delimiter=delimiter,
        quote=quote,
        encoding=_encoding(section),
        date=date_format(section, "YYYY-MM-DD"),
        decimal=section.text("decimal", ".", among=(".", ",")),
        thousands=section.text("thousands", "", among=THOUSANDS),
        sheet=section.text("sheet"),
        empty=("", *section.texts("empty")),
    )
    if made.thousands == made.decimal:
        section.refuse("and file.decimal cannot be the same character.", "thousands")
    section.finish()
    return made


def date_format(section: Section, default: str) -> str:
    """Take the entry ``date``, of the file or of one column."""
    text = section.text("date", default)
    try:
        DatePattern.of(text or "YYYY-MM-DD")
    except ValueError as error:
        section.refuse(f'is "{text}": {error}', "date")
    return text


def _delimiter(section: Section) -> str:
    written = section.text("delimiter", "comma")
    delimiter = DELIMITERS.get(written, written)
    if len(delimiter) != 1 or delimiter in "\r\n\0" or delimiter.isalnum():
        section.refuse_word("delimiter", written, DELIMITERS, "or any single character")
    return delimiter


def _encoding(section: Section) -> str:
    encoding = section.text("encoding", "utf-8")
    try:
        "".encode(encoding)
        known = encoding.casefold().replace("-", "_") not in NOT_FOR_FILES
    except (LookupError, ValueError):
        known = False
    if not known:
        section.refuse_word("encoding", encoding, ("utf-8", "cp1252", "utf-16", "cp949"), "and others of Python's")
    return encoding
