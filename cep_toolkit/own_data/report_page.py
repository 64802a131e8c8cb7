"""The report as a page for a browser: no script, nothing from outside, every text of the file escaped."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from html import escape

from cep_toolkit.own_data.report import ColumnCount, Report

STYLE = """
body { font: 1rem/1.45 system-ui, sans-serif; max-width: 70rem; margin: 2rem auto; padding: 0 1rem; color: #1b1b1b; }
table { border-collapse: collapse; margin: .5rem 0 1.5rem; }
th, td { border-bottom: 1px solid #bbb; padding: .25rem .8rem .25rem 0; text-align: left; vertical-align: top; }
td.n, th.n { text-align: right; font-variant-numeric: tabular-nums; }
caption { text-align: left; font-weight: bold; padding: .3rem 0; }
"""
Cell = str | int


def page(report: Report) -> str:
    """Return the report as one HTML page.

    Examples
    --------
    >>> from types import MappingProxyType
    >>> made = page(Report("<a>.csv", "kcs", "KRW", 2, 1, 1, 0, MappingProxyType({"declarations": 1}), ()))
    >>> "&lt;a&gt;.csv" in made, "<script" in made
    (True, False)
    """
    title = escape(f"Import of {report.source}")
    head = f'<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8"><title>{title}</title>'
    return "\n".join(
        [head, f"<style>{STYLE}</style></head><body>", f"<h1>{title}</h1>", *_body(report), "</body></html>\n"]
    )


def _body(report: Report) -> Iterator[str]:
    yield f"<p>Read with the mapping {escape(report.mapping)}; amounts in {escape(report.currency)}.</p>"
    counts: list[Sequence[Cell]] = [
        ("rows in", report.rows_in),
        ("rows kept", report.rows_kept),
        ("rows refused", report.rows_refused),
        ("blank lines, no rows", report.blank_lines),
    ]
    yield from _table("Rows in = rows kept + rows refused", ("", "rows"), counts)
    yield from _refused(report)
    for name, rows in report.tables.items():
        columns = [column for column in report.columns if column.table == name]
        head = ("column", "from", "as it is", "converted", "empty", "refused", "what was done")
        yield from _table(f"{name}: {rows:,} rows", head, [_line(column) for column in columns])
    for what, names in (("Not used", report.not_used), ("Not in the file", report.not_there)):
        if names:
            yield f"<p>{what}: {escape(', '.join(names))}</p>"
    if report.notes:
        yield "<h2>Notes of the mapping</h2><ul>"
        yield from (f"<li>{escape(note)}</li>" for note in report.notes)
        yield "</ul>"


def _refused(report: Report) -> Iterator[str]:
    if report.reasons:
        lines = [(found.column or "whole row", found.reason, found.rows, found.first_row) for found in report.reasons]
        head = ("column", "reason", "rows", "first in row")
        yield from _table("Refused (each row with its reason: refused.csv)", head, lines)


def _line(column: ColumnCount) -> Sequence[Cell]:
    ranked = sorted(column.how.items(), key=lambda item: (-item[1], item[0]))
    done = "; ".join(f"{what} ({rows:,})" for what, rows in ranked)
    return (column.name, column.source, column.as_is, column.converted, column.empty, column.refused, done)


def _table(caption: str, head: Iterable[str], rows: Iterable[Sequence[Cell]]) -> Iterator[str]:
    lines = list(rows)
    numbers = [isinstance(cell, int) for cell in lines[0]] if lines else []
    heads = "".join(
        f'<th scope="col"{" class=n" if place < len(numbers) and numbers[place] else ""}>{escape(name)}</th>'
        for place, name in enumerate(head)
    )
    yield f"<table><caption>{escape(caption)}</caption><thead><tr>{heads}</tr></thead><tbody>"
    yield from ("<tr>" + "".join(map(_cell, row)) + "</tr>" for row in lines)
    yield "</tbody></table>"


def _cell(value: Cell) -> str:
    return f"<td class=n>{value:,}</td>" if isinstance(value, int) else f"<td>{escape(value)}</td>"
