"""The week: which notebook is worked in which session."""

from __future__ import annotations

import csv
import io
from collections.abc import Collection

from cep_toolkit.course.catalogue import COURSE
from cep_toolkit.workshop.packs.html import page, table
from cep_toolkit.world import reference

HEAD = ("day", "from", "to", "session", "notebooks", "in the packs")
ABOUT = (
    "A session takes 75 to 90 minutes: briefing 10, demonstration 10, core exercises 35, debrief 15. Move sessions as "
    "your room needs; keep the order, because later notebooks build on earlier ones."
)


def report(notebooks: Collection[str]) -> tuple[bytes, bytes]:
    """Return the timetable as a page and as CSV.

    Parameters
    ----------
    notebooks : collection of str
        Those that the packs hold.

    Examples
    --------
    >>> _, sheet = report(["12_risk_analysis"])
    >>> sheet.decode().splitlines()[12]
    'Wednesday,15:15,16:30,Risk analysis,12,12'
    """
    rows = list(_rows(notebooks))
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows([HEAD, *rows])
    body = [f"<p>{ABOUT}</p>", table("The week", HEAD, rows)]
    return page("Timetable", body), text.getvalue().encode()


def _rows(notebooks: Collection[str]) -> list[list[str]]:
    here = {name[:2] for name in notebooks}
    sessions = reference.load("timetable").astype("str").to_numpy().tolist()
    return [_row(session, here) for session in sessions]


def _row(line: list[str], here: set[str]) -> list[str]:
    day, start, end, notebooks, session = line
    numbers = notebooks.split()
    title = session or "; ".join(COURSE[int(number)] for number in numbers)
    return [day, start, end, title, notebooks, " ".join(number for number in numbers if number in here)]
