"""The panel that keeps what was done: a code and a file, both ways."""

from __future__ import annotations

import base64
import datetime
import re

import pytest

from cep_toolkit.checking.store import MemoryStore
from cep_toolkit.widgets.workbook import Workbook


def workbook() -> Workbook:
    return Workbook("00_start_here", declarations=5_000, store=MemoryStore())


def uploaded(content: bytes) -> tuple[dict[str, object], ...]:
    """Return what the browser gives for a chosen file."""
    now = datetime.datetime.now(datetime.UTC)
    return ({"name": "x.json", "type": "", "size": len(content), "last_modified": now, "content": content},)


@pytest.fixture
def done() -> Workbook:
    wb = workbook()
    wb.keep()
    wb.check("duty_rate", wb.question("duty_rate").duty_rate)
    return wb


def test_the_code_follows_what_is_done_and_works_elsewhere(done: Workbook) -> None:
    assert done.resume_code() in done._tables["keeping"]._code.value
    other = workbook()
    panel = other.keep()
    panel.bring_code(done.resume_code())
    assert other.progress().done == 1
    assert other.resume_code() == done.resume_code()
    assert other.resume_code() in panel._code.value


def test_a_wrong_code_is_answered_by_a_sentence() -> None:
    panel = workbook().keep()
    panel.bring_code("<b>no code</b>")
    assert "<b>" not in panel._said.value
    assert "code" in panel._said.value


def test_the_file_carries_answers_to_another_place(done: Workbook) -> None:
    panel = done._tables["keeping"]
    panel.offer_file()
    data = re.search(r"base64,([^\"]+)", panel._link.value)
    assert data is not None
    other = workbook()
    taking = other.keep()
    taking._file.value = uploaded(base64.b64decode(data[1]))
    assert other.record("duty_rate").answer == done.record("duty_rate").answer
    assert "1" in taking._said.value


def test_a_file_of_something_else_is_refused() -> None:
    panel = workbook().keep()
    panel._file.value = uploaded(b"<html>")
    assert "not readable as saved progress" in panel._said.value


def test_before_it_runs_it_shows_the_code() -> None:
    wb = workbook()
    assert wb.resume_code() in wb.keep()._repr_mimebundle_()["text/plain"]
