"""The page that a participant reads first."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from cep_toolkit.course.catalogue import chapter
from cep_toolkit.course.pack import ASSESSMENT, PRACTICE, ROOM
from cep_toolkit.workshop.packs.html import listed, page
from cep_toolkit.workshop.packs.plan import Order
from cep_toolkit.world.host import Host

ABOUT = {
    ROOM: "Everybody in the room has the same data. Your answers are marked when you press <em>Check</em>.",
    PRACTICE: "The data in this pack is yours alone. Your answers are marked when you press <em>Check</em>.",
    ASSESSMENT: (
        "The data in this pack is yours alone. <em>Check</em> keeps your answer; it is marked after you hand in. "
        "You may change an answer as often as you like. Hints and solutions are closed."
    ),
}
OPEN_BOOK = (
    "<strong>Open book.</strong> These exercises can be worked out from the tables in this pack, "
    "and you may use every tool of the course for them: {titles}."
)
CLOSED_BOOK = "<strong>Closed.</strong> For these, the tables alone do not settle the answer: {titles}."
OPEN_IT = (
    "Unpack the folder whole, and put it into the folder <code>work</code> of the course.",
    (
        "<strong>In JupyterLab:</strong> start the course as usual. In the list of files at the left open "
        "<code>{participant}</code>, then <code>notebooks</code>, then {first}. Choose <em>Run</em>, "
        "<em>Run All Cells</em>."
    ),
    (
        "<strong>As a page without code:</strong> in the course's folder type "
        "<code>cep page work/{participant}/notebooks/{first}.ipynb</code>."
    ),
)
HAND_IN = (
    "At the end of each notebook stands the button <em>Hand in</em>. It writes the answers of all notebooks into one "
    "file, <code>submission-{participant}.json</code>, beside the notebook. Give this file to your instructor: nothing "
    "is sent by itself. If you hand in again, the new file takes the place of the old one."
)
KEEP = (
    "Do not change the files <code>manifest.json</code> and <code>world</code>: the notebooks open only with the "
    "tables that were made for you. The region, the firms and the people are invented."
)


def readme(order: Order, mode: str) -> bytes:
    """Return the page of a pack."""
    return page(f"Your pack: {order.participant}", _body(order, mode))


def _body(order: Order, mode: str) -> Iterator[str]:
    host = Host.of(order.administration)
    if order.members:
        yield f"<p>For {escape(', '.join(order.members))}.</p>"
    yield f"<p>You work for the Customs administration of <strong>{escape(host.name)}</strong> ({host.code}).</p>"
    yield f"<p>{ABOUT[mode]}</p>"
    yield "<h2>Notebooks</h2>"
    yield listed(f"<code>{name}</code>: {escape(chapter(name).title)}" for name in order.notebooks)
    if mode == ASSESSMENT:
        yield from _books(order)
    yield "<h2>To open them</h2>"
    known = {"participant": escape(order.participant), "first": order.notebooks[0]}
    yield listed(line.format_map(known) for line in OPEN_IT)
    yield f"<h2>To hand in</h2><p>{HAND_IN.format_map(known)}</p><p>{KEEP}</p>"


def _books(order: Order) -> Iterator[str]:
    exercises = [each for name in order.notebooks for each in chapter(name).exercises.values()]
    for text, is_open in ((OPEN_BOOK, True), (CLOSED_BOOK, False)):
        if titles := [escape(each.title) for each in exercises if each.open_book == is_open]:
            yield f"<p>{text.format(titles='; '.join(titles))}</p>"
