"""The plain page of which everything that packs write for people is made: no script, nothing from outside."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape

STYLE = """
body { font: 1rem/1.45 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem; color: #1b1b1b; }
table { border-collapse: collapse; margin: .5rem 0 1.5rem; }
th, td { border-bottom: 1px solid #bbb; padding: .25rem .8rem .25rem 0; text-align: left; vertical-align: top; }
caption { text-align: left; font-weight: bold; padding: .3rem 0; }
code { background: #f2f2f2; padding: 0 .2rem; }
"""


def page(title: str, body: Iterable[str]) -> bytes:
    """Return a page of parts that are HTML already."""
    name = escape(title)
    head = f'<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8"><title>{name}</title>'
    text = [head, f"<style>{STYLE}</style></head><body>", f"<h1>{name}</h1>", *body, "</body></html>\n"]
    return "\n".join(text).encode()


def table(caption: str, head: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """Return a table of texts, each escaped.

    Examples
    --------
    >>> "&lt;b&gt;" in table("Names", ["name"], [["<b>"]])
    True
    """
    heads = "".join(f'<th scope="col">{escape(name)}</th>' for name in head)
    lines = ("<tr>" + "".join(f"<td>{escape(str(cell))}</td>" for cell in row) + "</tr>" for row in rows)
    top = f"<table><caption>{escape(caption)}</caption><thead><tr>{heads}</tr></thead>"
    return f"{top}\n<tbody>{''.join(lines)}</tbody></table>"


def listed(items: Iterable[str]) -> str:
    """Return a list of items that are HTML already."""
    return "<ul>" + "".join(f"<li>{item}</li>" for item in items) + "</ul>"
