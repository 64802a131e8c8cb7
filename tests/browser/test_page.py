"""Notebook 12 as a page, for those who have never seen Jupyter."""

from __future__ import annotations

import os
import signal
import subprocess
import urllib.error
import urllib.request
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest

from cep_toolkit.course.risk_analysis import EXERCISES

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser

NOTEBOOK = "12_risk_analysis.ipynb"
CODE = ("administration: str", "wb.ask", "____", "Answer in code", "door:", "celltag", "my_answer")


def test_a_page_opens_is_answered_by_the_keyboard_alone_and_ends(
    page_of: Callable[[str], tuple[str, subprocess.Popen[str]]], visit: Callable[[str], Page], unit_price: Any
) -> None:
    from playwright.sync_api import expect

    address, server = page_of(NOTEBOOK)
    page = visit(address)
    expect(page.get_by_text("Loading, about ten seconds.")).to_be_visible()
    form = page.locator(".cep-form", has_text=unit_price.title)
    form.get_by_role("button", name="Check").wait_for()  # nothing was pressed: opening is the one action
    assert not [text for text in CODE if text in page.content()]

    expect(form.locator(".cep-status")).to_have_count(0)
    for label in unit_price.boxes:
        form.get_by_label(label, exact=True).focus()
        page.keyboard.press("Space")
    form.get_by_role("button", name="Check").focus()
    page.keyboard.press("Enter")
    expect(form.locator(".cep-status")).to_contain_text("Correct. That is right.")
    expect(page.locator(".cep-face.cep-progress")).to_contain_text(f"1 of {len(EXERCISES)}")

    line = page.locator(".cep-prices .cep-status")
    before = line.text_content() or ""
    page.locator(".cep-prices").get_by_role("slider", name="Threshold").focus()
    for _ in range(12):
        page.keyboard.press("ArrowRight")
    expect(line).not_to_have_text(before)

    with pytest.raises(urllib.error.HTTPError, match="403"):
        urllib.request.urlopen(urllib.request.Request(address, headers={"Host": "elsewhere.example"}))
    server.send_signal(signal.SIGINT)  # what Ctrl+C sends
    said, _ = server.communicate(timeout=30)
    assert server.returncode == 0
    assert "The page is closed. Your progress is kept." in said
    assert "Traceback" not in said
    with pytest.raises(ProcessLookupError):
        os.killpg(server.pid, 0)  # no kernel is left


def test_the_course_map_opens_another_notebook_of_the_folder(
    page_of: Callable[[str], tuple[str, subprocess.Popen[str]]], visit: Callable[[str], Page], unit_price: Any
) -> None:
    address, _ = page_of("00_start_here.ipynb")
    page = visit(address)
    with page.expect_popup() as opened:
        page.get_by_role("link", name="12 Risk analysis").click()
    other = opened.value
    other.locator(".cep-form", has_text=unit_price.title).get_by_role("button", name="Check").wait_for()
    assert other.url == address + NOTEBOOK
