"""Which kind of file it is, told by its first bytes and not by its name."""

from __future__ import annotations

import zipfile
from pathlib import Path

from cep_toolkit.own_data.mapping import FileFormat
from cep_toolkit.own_data.source import Source

SIGN_OF_PARQUET = b"PAR1"


def open_source(path: Path, file_format: FileFormat) -> Source:
    """Open a file of declarations: delimited text, Excel workbook (.xlsx) or Parquet.

    Raises
    ------
    InputFileError
        It cannot be opened, is of another kind, is empty, or its header is not usable.
    """
    from cep_toolkit.own_data.parquet_file import ParquetFile
    from cep_toolkit.own_data.source_file import SourceFile
    from cep_toolkit.own_data.workbook_file import WorkbookFile

    if not path.is_file():
        return SourceFile(path, file_format)  # which says what is wrong
    if zipfile.is_zipfile(path):
        return WorkbookFile(path, file_format)
    try:
        with path.open("rb") as stream:
            start = stream.read(len(SIGN_OF_PARQUET))
    except OSError:
        start = b""
    return (ParquetFile if start == SIGN_OF_PARQUET else SourceFile)(path, file_format)
