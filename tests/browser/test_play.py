"""The play of notebook 12 in a page: a week is played by the keyboard, and a new kernel goes on after it."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser

NOTEBOOK = "12_risk_analysis.ipynb"
WEEKS = ("Week 1.", "Week 2.", "Week 3.")


def test_a_play_is_played_by_the_keyboard_and_taken_up_by_a_new_kernel(
    page_of: Callable[[str], tuple[str, subprocess.Popen[str]]], visit: Callable[[str], Page]
) -> None:
    from playwright.sync_api import expect

    address, _ = page_of(NOTEBOOK)
    page = visit(address)
    form = page.locator(".cep-form", has_text="Ten letters")
    for place, week in enumerate(WEEKS):
        expect(form).to_contain_text(week)
        form.get_by_label("Lines to write about, 1").select_option(index=1)  # the first line without a letter
        form.get_by_role("button", name="Send the letters").focus()
        page.keyboard.press("Enter")
        expect(form).to_contain_text(f"Moves so far: {place + 1}")
        if place == 0:  # each visit of a page starts a kernel of its own
            page.close()
            page = visit(address)
            form = page.locator(".cep-form", has_text="Ten letters")
            expect(form).to_contain_text("Letters sent: 1.")
    expect(form).to_contain_text("The three weeks are over.")
    expect(form.get_by_role("button", name="Send the letters")).to_be_hidden()
    form.get_by_role("button", name="Check").click()
    expect(form.locator(".cep-status")).to_contain_text("You found")
    form.get_by_role("button", name="Begin again").click()
    expect(form).to_contain_text("Week 1.")
