"""Marking a folder: read, mark, and write the sheets and pages whole or not at all."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from cep_toolkit.errors import InputFileError, StorageError
from cep_toolkit.own_data.folder import whole_folder
from cep_toolkit.workshop.key import read_key
from cep_toolkit.workshop.marking import tables
from cep_toolkit.workshop.marking.feedback import feedback
from cep_toolkit.workshop.marking.gathering import Found, gather
from cep_toolkit.workshop.marking.marks import Marking, mark_all
from cep_toolkit.workshop.marking.spreadsheet import csv_file, excel_file
from cep_toolkit.workshop.marking.statistics import count, statistics, statistics_page

FEEDBACK = "feedback"


def mark_folder(
    submissions: Path, key: Path, out: Path | None, progress: Callable[[str], object] = lambda name: None
) -> Marking:
    """Mark every submission in a folder and write what came of it; nothing that was handed in is run.

    Parameters
    ----------
    submissions : Path
        The folder of what participants handed in; folders and zip files in it are read too.
    key : Path
        The cohort's key.
    out : Path, optional
        The folder to make, with ``marks.csv``, ``marks.xlsx``, ``statistics.csv``, ``statistics.html`` and a page for
        each participant in ``feedback``; nothing is written where it is ``None``. The same files give the same bytes.
    progress : callable
        Called with the name of each file that was looked at.

    Raises
    ------
    InputFileError
        There is no such folder, or the key cannot be read.
    StorageError
        The folder to make is there already and not empty, lies in the submissions, or cannot be written.
    """
    if not submissions.is_dir():
        raise InputFileError(submissions, "this is no folder.", "Give the folder of what was handed in.")
    if out is not None and submissions.resolve() in (out.resolve(), *out.resolve().parents):
        raise StorageError(out, "this lies in the folder of submissions.", "Give a folder beside it.")
    known = read_key(key)

    def told(found: Found) -> Found:
        progress(found.name)
        return found

    if out is None:
        return mark_all(known, map(told, gather(submissions)))
    with whole_folder(out) as folder:  # before marking: a folder that cannot be made is said at once
        marking = mark_all(known, map(told, gather(submissions)))
        _write(marking, folder)
    return marking


def _write(marking: Marking, folder: Path) -> None:
    sheets = [tables.participants(marking), tables.answers(marking), tables.files(marking)]
    counts = count(marking)
    page = statistics_page(counts, len(marking.marked), len(marking.key.participants))
    (folder / "marks.csv").write_bytes(csv_file(sheets[1]))
    (folder / "marks.xlsx").write_bytes(excel_file(sheets))
    (folder / "statistics.csv").write_bytes(csv_file(statistics(counts)))
    (folder / "statistics.html").write_bytes(page.encode())
    (folder / FEEDBACK).mkdir()
    for each in marking.marked:
        (folder / FEEDBACK / f"feedback-{each.participant}.html").write_bytes(feedback(each).encode())


def summary(marking: Marking) -> str:
    """Return what came of a folder as a table for a screen, with the reason of every refused file."""
    every = tables.participants(marking)
    lines = [[str(cell) for cell in (line[0], *line[2:8])] for line in (every.headings, *every.lines)]
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    rows = ["  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip() for line in lines]
    others = (("Refused", marking.refused), ("The same again", marking.repeated))
    rows += [f"{what}: {each.file}: {each.reason}" for what, some in others for each in some]
    marked, everybody, refused = len(marking.marked), len(marking.key.participants), len(marking.refused)
    absent = len(marking.absent)
    return "\n".join(
        [*rows, f"Marked: {marked} of {everybody} participants. Nothing handed in: {absent}. Files refused: {refused}."]
    )
