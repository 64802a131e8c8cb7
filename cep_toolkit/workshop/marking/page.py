"""A page for a browser, large or small, or for paper: no script, nothing from outside, every text escaped."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from html import escape

from cep_toolkit.workshop.marking.tables import Cell

NOTHING_FROM_OUTSIDE = "default-src 'none'; style-src 'unsafe-inline'; img-src data:"
STYLE = """
body { font: 1rem/1.5 system-ui, sans-serif; max-width: 46rem; margin: 1.5rem auto; padding: 0 1rem; color: #1b1b1b; }
h1 { font-size: 1.5rem; } h2 { font-size: 1.2rem; margin-top: 2rem; } h3 { font-size: 1rem; margin-bottom: .2rem; }
p, li { overflow-wrap: anywhere; } p { margin: .3rem 0; }
section { border-left: .25rem solid #bbb; padding-left: .8rem; margin: 1.2rem 0; break-inside: avoid; }
.wide { overflow-x: auto; }
table { border-collapse: collapse; margin: .5rem 0 1.5rem; }
th, td { border-bottom: 1px solid #bbb; padding: .25rem .8rem .25rem 0; text-align: left; vertical-align: top; }
td.n, th.n { text-align: right; font-variant-numeric: tabular-nums; }
caption { text-align: left; font-weight: bold; padding: .3rem 0; }
figure { margin: 1rem 0; } img { max-width: 100%; height: auto; }
@media print { body { margin: 0; max-width: none; } .wide { overflow-x: visible; } }
"""


def page(title: str, body: Iterable[str]) -> str:
    """Return a whole page.

    Parameters
    ----------
    title : str
        Plain text.
    body : iterable of str
        HTML whose texts are escaped.

    Examples
    --------
    >>> "<title>A &lt; B</title>" in page("A < B", [])
    True
    """
    head = (
        '<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{NOTHING_FROM_OUTSIDE}">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{escape(title)}</title><style>{STYLE}</style></head><body>"
    )
    whole = "\n".join([head, f"<h1>{escape(title)}</h1>", *body, "</body></html>\n"])
    return "".join(sign if _is_seen(sign) else "\N{REPLACEMENT CHARACTER}" for sign in whole)


def _is_seen(sign: str) -> bool:
    """Whether a sign is one to read: none that turns the reading order or steers a terminal."""
    return sign.isprintable() or sign == "\n" or unicodedata.category(sign) == "Zs"


def paragraph(text: str, before: str = "") -> str:
    """Return plain text as a paragraph, with some words in bold before it.

    Examples
    --------
    >>> paragraph("a < b", before="Look:")
    '<p><strong>Look:</strong> a &lt; b</p>'
    """
    bold = f"<strong>{escape(before)}</strong> " if before else ""
    return f"<p>{bold}{escape(text)}</p>".replace(" </p>", "</p>")


def table(caption: str, headings: Iterable[str], lines: Iterable[Iterable[Cell]]) -> str:
    """Return a table; numbers stand at the right."""
    head = "".join(f'<th scope="col">{escape(name)}</th>' for name in headings)
    rows = "".join(f"<tr>{''.join(map(_cell, line))}</tr>" for line in lines)
    return (
        f'<div class="wide"><table><caption>{escape(caption)}</caption><thead><tr>{head}</tr></thead>'
        f"<tbody>{rows}</tbody></table></div>"
    )


def _cell(value: Cell) -> str:
    return f"<td>{escape(value)}</td>" if isinstance(value, str) else f'<td class="n">{value:,}</td>'
