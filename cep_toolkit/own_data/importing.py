"""The import itself: pieces of the file read, converted, written and counted, in bounded memory."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from types import MappingProxyType

from cep_toolkit.errors import CourseError
from cep_toolkit.own_data.folder import whole_folder
from cep_toolkit.own_data.identifiers import Identifiers
from cep_toolkit.own_data.manifest import write_manifest
from cep_toolkit.own_data.mapping import Mapping
from cep_toolkit.own_data.opening import open_source
from cep_toolkit.own_data.piece import convert_piece
from cep_toolkit.own_data.plan import Plan, columns_missing, columns_needed, make_plan
from cep_toolkit.own_data.pseudonyms import pseudonyms_of
from cep_toolkit.own_data.refused import RefusedFile
from cep_toolkit.own_data.report import Report
from cep_toolkit.own_data.report_page import page
from cep_toolkit.own_data.source import Source
from cep_toolkit.own_data.tables import Tables
from cep_toolkit.own_data.tally import Tally
from cep_toolkit.own_data.targets import DECLARATIONS

ROWS_IN_A_PIECE = 50_000
BYTES_IN_A_PIECE = 8_000_000

Progress = Callable[[int, int], object]


def import_file(
    file: Path, mapping: Mapping, out: Path, progress: Progress | None = None, key: Path | None = None
) -> Report:
    """Import a file; see ``cep_toolkit.own_data.import_declarations``."""
    with (
        pseudonyms_of(key, out) as codes,
        whole_folder(out) as folder,
        open_source(file, mapping.file) as source,
    ):
        source.need(columns_needed(mapping))
        plan = make_plan(mapping, source.header, typed=source.typed, codes=codes)
        source.is_row = plan.is_row
        report = _import(source, mapping, plan, folder, progress or (lambda done, total: None))
        (folder / "report.txt").write_text(report.whole_text, encoding="utf-8", newline="\n")
        (folder / "report.html").write_text(page(report), encoding="utf-8", newline="\n")
        write_manifest(folder, report)
    return report


def _import(source: Source, mapping: Mapping, plan: Plan, folder: Path, progress: Progress) -> Report:
    tally = Tally(plan)
    with (
        Tables(folder, plan) as tables,
        RefusedFile(folder / "refused.csv", plan.header) as refused,
    ):
        identifiers = Identifiers()
        for batch in source.batches(plan.used, ROWS_IN_A_PIECE, BYTES_IN_A_PIECE):
            piece = convert_piece(batch, plan, identifiers.repeated)
            tables.add(piece)
            refused.add(piece.refused)
            tally.add(piece)
            progress(source.done, source.size)
    report = _report(source, mapping, plan, tally, tables.rows, refused.rows)
    _check(source, report)
    return report


def _report(source: Source, mapping: Mapping, plan: Plan, tally: Tally, tables: dict[str, int], refused: int) -> Report:
    return Report(
        source=source.path.name,
        mapping=mapping.name,
        currency=mapping.currency,
        rows_in=source.rows,
        rows_kept=tables[DECLARATIONS],
        rows_refused=refused,
        blank_lines=source.blank_lines,
        tables=MappingProxyType(tables),
        columns=tally.columns(tables),
        reasons=tally.reasons(),
        not_used=plan.not_used,
        not_there=columns_missing(mapping, plan.header),
        notes=mapping.notes,
    )


def _check(source: Source, report: Report) -> None:
    """Refuse a file without a usable row, and an account that does not balance."""
    if report.rows_in != report.rows_kept + report.rows_refused:
        what = f"{report.rows_in} rows read, but {report.rows_kept} kept and {report.rows_refused} refused."
        raise CourseError("importing", what, "Nothing was written; please report this with the mapping.")
    if not report.rows_in:
        raise source.problem("it has a header, but no row after it.", "Export it again.")
    if not report.rows_kept:
        reason = report.reasons[0]
        what = f"none of its {report.rows_in:,} rows can be used. Row {reason.first_row}, {reason}."
        raise source.problem(what, "Correct the file, or what the mapping says of it.")
