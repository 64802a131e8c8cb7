"""An administration's own declarations, mapped to the columns of the course.

``import_declarations`` reads a file with a mapping, writes a folder that ``World.from_folder`` opens, and
tells by column what was kept, converted, left empty and refused.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from cep_toolkit.own_data.mapping import Mapping
from cep_toolkit.own_data.mapping_file import load_mapping, mapping_names
from cep_toolkit.own_data.report import Report

if TYPE_CHECKING:
    from collections.abc import Callable

    Progress = Callable[[int, int], object]

__all__ = ["Mapping", "Report", "import_declarations", "load_mapping", "mapping_names", "suggest_mapping"]


def import_declarations(
    file: str | Path,
    mapping: Mapping | str | Path,
    out: str | Path,
    progress: Progress | None = None,
    *,
    pseudonymise: str | Path | None = None,
) -> Report:
    """Read a file of declarations and write the folder that ``World.from_folder`` opens.

    Parameters
    ----------
    file : path
        Delimited text, Excel workbook (.xlsx) or Parquet, with a header.
    mapping : Mapping, str or path
        The name of a mapping that ships with the package, a YAML file, or what ``load_mapping`` returned.
    out : path
        The folder to make; it must not be there yet, or be empty.
    progress : callable, optional
        Called with what is read and what there is in all: bytes of a text, rows of Parquet.
    pseudonymise : path, optional
        The file of a key, made if it is not there: keyed codes take the place of names and identifiers.

    Returns
    -------
    Report
        What was kept, converted, left empty and refused. Rows in = rows kept + rows refused.

    Raises
    ------
    InputFileError
        The file, the mapping or the key cannot be used; nothing is left behind.
    UnknownValueError
        There is no mapping of that name.
    StorageError
        ``out`` is not empty, or cannot be written; nothing is left behind.
    """
    from cep_toolkit.own_data.importing import import_file  # pyarrow is loaded here and not before

    chosen = mapping if isinstance(mapping, Mapping) else load_mapping(mapping)
    return import_file(Path(file), chosen, Path(out), progress, Path(pseudonymise) if pseudonymise else None)


def suggest_mapping(file: str | Path) -> str:
    r"""Return the text of a first mapping for a file, told from its header and its values.

    Parameters
    ----------
    file : path
        Delimited text, Excel workbook (.xlsx) or Parquet, with a header.

    Returns
    -------
    str
        YAML. Each line says why; what is not sure is a comment and has no effect.

    Raises
    ------
    InputFileError
        The file cannot be opened, or has no header or no row.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     _ = Path(folder, "a.csv").write_text("No;Net mass\n1;2,5\n2;3,25\n")
    ...     print(suggest_mapping(Path(folder, "a.csv")).splitlines()[11])
      decimal: ","            # by the numbers of Net mass
    """
    from cep_toolkit.own_data.suggestion import suggest  # pyarrow is loaded here and not before

    return suggest(Path(file))
