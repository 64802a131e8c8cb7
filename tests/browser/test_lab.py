"""Notebook 12 in JupyterLab, opened as start.py opens it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

pytestmark = pytest.mark.browser

NOTEBOOK = "12_risk_analysis.ipynb"


@pytest.fixture(scope="module")
def notebook(lab: str, visit: Callable[[str], Page]) -> Page:
    """The notebook, run from its first cell to its last; the tests below go on with it one after the other."""
    page = visit(lab.format(notebook=NOTEBOOK))
    page.get_by_text("| Idle").wait_for()  # before that, a command is lost
    page.get_by_role("menuitem", name="Run", exact=True).click()
    page.get_by_role("menuitem", name="Run All Cells", exact=True).click()
    page.locator(".cep-face.cep-progress").wait_for(state="attached")  # the last cell's output
    page.get_by_text("| Idle").wait_for()
    return page


def face(page: Page, kind: str, text: str = "") -> Locator:
    """Return a face, scrolled into sight: JupyterLab draws only what is near."""
    found = page.locator(f".cep-{kind}", has_text=text)
    found.scroll_into_view_if_needed()
    return found


def test_an_exercise_is_answered_by_the_form_alone(notebook: Page, unit_price: Any) -> None:
    from playwright.sync_api import expect

    form = face(notebook, "form", unit_price.title)
    result = form.locator(".cep-status")
    form.get_by_role("button", name="Check").click()
    expect(result).to_contain_text("Not attempted.")
    for label in unit_price.boxes[1:]:
        form.get_by_label(label, exact=True).check()
    form.get_by_role("button", name="Check").click()
    expect(result).to_contain_text("Look again at: Declarations to ask about.")
    form.get_by_label(unit_price.boxes[0], exact=True).check()
    expect(result).to_contain_text("Your last check:")
    form.get_by_role("button", name="Check").click()
    expect(result).to_contain_text("Correct. That is right.")
    form.get_by_role("button", name="Solution").click()
    expect(form.locator(".cep-help")).to_contain_text("The cost of being wrong")


def test_the_slider_changes_the_printed_line(notebook: Page) -> None:
    from playwright.sync_api import expect

    explorer = face(notebook, "prices")
    line = explorer.locator(".cep-status")
    expect(line).to_contain_text("Below")
    before = line.text_content() or ""
    explorer.get_by_role("slider", name="Threshold").focus()
    for _ in range(12):
        notebook.keyboard.press("ArrowRight")
    expect(line).not_to_have_text(before)
    explorer.get_by_role("button", name="Back to the fence").click()
    expect(line).to_have_text(before)


def test_a_letter_pressed_on_a_control_is_no_command_to_the_notebook(notebook: Page) -> None:
    from playwright.sync_api import expect

    explorer = face(notebook, "explorer")
    explorer.get_by_role("button", name="Draw").focus()
    notebook.keyboard.press("x")  # JupyterLab's key for cutting a cell
    group = explorer.get_by_label("Group by")
    group.focus()
    notebook.keyboard.press("ArrowDown")
    expect(explorer.locator(".cep-summary")).to_contain_text("groups by hs")
    group.select_option(index=0)
    expect(explorer.locator(".cep-summary")).to_have_text("All 50,000 declarations.")


def test_the_table_explorer_filters_sorts_and_draws(notebook: Page) -> None:
    from playwright.sync_api import expect

    explorer = face(notebook, "explorer")
    summary = explorer.locator(".cep-summary")
    explorer.get_by_label("Filter").select_option("origin")
    explorer.get_by_label("value", exact=True).fill("QR")
    explorer.get_by_label("value", exact=True).press("Enter")
    expect(summary).to_contain_text("of 50,000 declarations where origin is QR")
    explorer.get_by_role("button", name="customs_value").click()
    expect(summary).to_contain_text("sorted by customs_value, lowest first")
    expect(explorer.locator("th[aria-sort=ascending]")).to_contain_text("customs_value")
    explorer.get_by_role("button", name="Draw").click()
    expect(explorer.locator("figcaption")).to_contain_text("half lie between")


def test_a_saved_notebook_opens_again_with_its_questions(
    notebook: Page, lab: str, visit: Callable[[str], Page]
) -> None:
    notebook.keyboard.press("Control+s")
    notebook.wait_for_timeout(1_000)
    notebook.evaluate(
        """async () => {
            const xsrf = document.cookie.match(/_xsrf=([^;]+)/)[1];
            const sessions = await (await fetch("/api/sessions")).json();
            for (const session of sessions)
                await fetch("/api/sessions/" + session.id, { method: "DELETE", headers: { "X-XSRFToken": xsrf } });
        }"""
    )
    notebook.close()
    again = visit(lab.format(notebook=NOTEBOOK))
    again.get_by_text("to see the form.").first.wait_for(state="attached")
    assert "Error displaying widget" not in again.content()
