"""Nothing that a participant passes in raises, and nothing from outside becomes HTML."""

from __future__ import annotations

import re
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cep_toolkit.checking import Cells, Number, OneOf, Result, Status
from cep_toolkit.checking.store import MemoryStore
from cep_toolkit.course import opening, remembering, workbook
from cep_toolkit.course.catalogue import Chapter
from cep_toolkit.course.progress import Progress, Step
from cep_toolkit.course.text import Prompt, Text, as_written, say_answer, show
from cep_toolkit.course.workbook import Workbook
from cep_toolkit.errors import CepError
from tests.checking.odd_objects import ODD, odd_objects
from tests.checking.toys import WORLD, Shortfall

ATTACKS = (
    '<img src=x onerror="alert(1)">',
    "<script>alert(1)</script>",
    "![pixel](http://example.com/pixel.png)",
    "![pixel][1]\n\n[1]: http://example.com/pixel.png",
    "[click](javascript:alert(1))",
    "<javascript:alert(1)>",
    '[click](http://example.com" onmouseover="alert(1))',
    "`<b>`\n\n    <i>code</i>\n\n```<u>\n<s>\n```",
)
TAGS = re.compile(r"<(?!/?(p|strong|em|code|pre|table|thead|tbody|tr|th|td|ul|ol|li|a|br|div)\b)[^>]*>")


@pytest.fixture
def wb(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Workbook:
    """A workbook on the toy world, in an empty folder."""
    world: Any = SimpleNamespace(
        weighings=WORLD.weighings, fingerprint="0123456789abcdef", is_own_data=False, is_national=False
    )
    for module in (workbook, remembering):
        monkeypatch.setattr(module, "chapter", lambda notebook: Chapter("00_toy", "A toy", {"shortfall": Shortfall()}))
    monkeypatch.setattr(remembering, "notebooks", lambda: ("00_toy",))
    monkeypatch.setattr(opening, "open_world", lambda *parameters: world)
    monkeypatch.setattr(opening, "truth_of", lambda world: None)
    monkeypatch.chdir(tmp_path)
    return Workbook("00_toy", store=MemoryStore())


def every_method(wb: Workbook, thing: Any) -> None:
    """Pass a thing to every method, as every parameter."""
    assert isinstance(wb.check("shortfall", thing), Result)
    assert isinstance(wb.check("shortfall", {"gap": thing, "step": "ask"}), Result)
    assert isinstance(wb.check("shortfall", {"gap": 20, "step": "ask"}, thing), Result)
    assert isinstance(wb.check(thing, thing), Result)
    for method in (wb.ask, wb.hint, wb.solution, wb.reset, wb.restore, wb.resume, wb.load, wb.save):
        assert isinstance(method(thing), Text)
        assert isinstance(method(thing).html, str)
    wb.record(thing)
    wb.answer("shortfall")(thing)
    wb.answer("shortfall")(lambda: thing)
    decorate: Any = wb.answer(thing)
    if not callable(thing):
        decorate(lambda: 5)
    assert isinstance(str(wb.progress()) + wb.resume_code(), str)


@pytest.mark.parametrize("make", ODD)
def test_no_odd_object_makes_a_method_raise(wb: Workbook, make: Any) -> None:
    every_method(wb, make())


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(thing=odd_objects())
def test_no_made_up_object_makes_a_method_raise(wb: Workbook, thing: object) -> None:
    every_method(wb, thing)


@pytest.mark.parametrize("make", ODD)
def test_a_question_by_an_odd_name_is_refused_with_the_names(wb: Workbook, make: Any) -> None:
    with pytest.raises(CepError, match="Valid: shortfall"):
        wb.question(make())


# HTML ---------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("attack", ATTACKS)
def test_text_never_brings_html_from_outside_into_a_page(attack: str) -> None:
    for text in (Text(attack), Prompt(attack, attack, attack), Text(f"|a|\n|--|\n|{attack}|"), Text(f"- {attack}")):
        page = text._repr_html_()
        assert not TAGS.search(page)
        assert not re.search(r"<[^>]*(onerror|onmouseover|javascript|src)[^>]*>", page)


@pytest.mark.parametrize("attack", ATTACKS)
def test_what_a_participant_types_never_becomes_html(wb: Workbook, attack: str) -> None:
    for text in (wb.ask(attack), wb.resume(attack), wb.load(attack), wb.reset(attack)):
        assert not TAGS.search(text.html)
    assert not TAGS.search(wb.check("shortfall", {"gap": attack, "step": attack})._repr_html_().replace("role=", ""))


@given(text=st.text(alphabet="ab <>&*_`[]()!#|~-+\\{}\n1.", max_size=30))
def test_text_from_data_is_shown_as_it_is_written(text: str) -> None:
    import html

    page = Text(f"Goods: {as_written(text)}.").html
    shown = html.unescape(re.sub(r"</?p>", "", page))
    assert shown == " ".join(f"Goods: {' '.join(text.split())}.".split(" ")).replace("Goods: .", "Goods: .")


def test_what_is_written_is_what_a_plain_screen_shows() -> None:
    assert str(Text(as_written("2 * 4 [x] a_b-c"))) == "2 * 4 [x] a_b-c"


def test_an_answer_from_data_is_said_as_it_is_written() -> None:
    fields = {"who": OneOf("Who?", {"a": "A*B* <b>", "b": "C"}), "rate": Number("Rate", "%")}
    said = Text(say_answer(fields, {"who": "a", "rate": 5.0}))
    assert str(said) == "- Who?: **A*B* <b>**\n- Rate: **5.00\u00a0%**"
    assert "<strong>A*B* &lt;b&gt;</strong>" in said.html


def test_cells_are_said_row_by_row() -> None:
    kind = Cells("Rate", {"a": "Air", "b": "Sea"}, {"likelihood": {"low": "Low", "high": "High"}})
    value = {"a": {"likelihood": "low"}, "b": {"likelihood": "high"}}
    assert str(Text(say_answer({"rate": kind}, {"rate": value}))) == (
        "- Rate:\n  - Air: likelihood: Low\n  - Sea: likelihood: High"
    )


def test_a_result_is_displayed_in_a_notebook_and_printed_elsewhere(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    displayed: list[object] = []
    monkeypatch.setattr("IPython.display.display", displayed.append)
    result = Result(Status.CORRECT, 1.0, "That is right.")
    show(result)
    assert capsys.readouterr().out == "Correct. That is right.\n"
    monkeypatch.setattr("IPython.get_ipython", lambda: "a shell")
    show(result)
    assert displayed == [result]


def test_progress_never_brings_html_from_outside_into_a_page() -> None:
    attack = ATTACKS[0]
    page = Progress(attack, [Step("x", attack, attack, attack, attack)], 0, 1)._repr_html_()
    assert "<img" not in page
    assert page.count("&lt;img") == 5
