"""The page says what the text says, and a file cannot put anything into it."""

from __future__ import annotations

import re

from tests.own_data.made import GOOD, SMALL, Desk, small, small_mapping, text_of

EVIL = "<script>alert(1)</script>"


def test_the_page_has_every_count_of_the_text(desk: Desk) -> None:
    mapping = small_mapping(more="lane: {from: LANE, codes: {g: green}, otherwise: empty}", after="notes: [a note]")
    rows = [(*small(ID=f"A-{place}"), f"c{place}") for place in range(1_200)]
    report = desk.read(text_of([*rows, (*small(KG="-1"), "g")], (*SMALL, "LANE")), mapping)
    page = (desk.out / "report.html").read_text(encoding="utf-8")
    shown = re.sub("<[^>]+>", " ", page)
    for line in report.whole_text.splitlines():
        for number in re.findall(r"\d{1,3}(?:,\d{3})+", line):
            assert number in shown
    for column in report.columns:
        assert column.name in shown
    assert "KG" in shown
    assert "negative" in shown
    assert "a note" in shown


def test_texts_of_the_file_are_escaped(desk: Desk) -> None:
    mapping = small_mapping(more="lane: {from: LANE, codes: {g: green}, otherwise: empty}", after=f"notes: ['{EVIL}']")
    desk.read(text_of([(*GOOD, EVIL, "")], (*SMALL, "LANE", f"<b>{EVIL}")), mapping)
    page = (desk.out / "report.html").read_text(encoding="utf-8")
    assert "<script" not in page
    assert "<b>" not in page
    assert "&lt;script&gt;" in page


def test_the_page_asks_for_nothing(desk: Desk) -> None:
    desk.read(text_of([GOOD]))
    page = (desk.out / "report.html").read_text(encoding="utf-8")
    assert not re.search(r"https?:|src=|href=|url\(", page)
