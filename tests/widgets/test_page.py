from __future__ import annotations

import socket
from pathlib import Path

import nbformat
import pytest
from nbformat import v4

from cep_toolkit.errors import CepError, InputFileError, OutOfRangeError, StorageError
from cep_toolkit.widgets.page import HOST, PORTS_TRIED, SETTINGS, free_port, serve, without_code_doors


def tagged(text: str, *tags: str, code: bool = True) -> nbformat.NotebookNode:
    make = v4.new_code_cell if code else v4.new_markdown_cell
    return make(text, metadata={"tags": list(tags)})  # type: ignore[no-any-return,no-untyped-call]


@pytest.fixture
def notebook() -> nbformat.NotebookNode:
    unfolded = tagged("#### Answer in code instead", "lab", code=False)  # as one who opened it in JupyterLab saved it
    other = v4.new_markdown_cell("#### Folded, but of the lesson", metadata={"jp-MarkdownHeadingCollapsed": True})
    return v4.new_notebook(  # type: ignore[no-any-return,no-untyped-call]
        cells=[
            tagged("seed: int = 2016", "parameters"),
            v4.new_markdown_cell("Text\n\n# 12 · Risk analysis"),
            tagged("To begin: open the menu Run", "lab", code=False),
            tagged("wb = 1", "opening"),
            tagged('wb.ask("unit_price")', "exercise:unit_price"),
            unfolded,
            tagged("return ____", "door:blank:unit_price"),
            tagged("return None", "door:write:unit_price"),
            tagged("solved", "solution:unit_price"),
            other,
            tagged("wb.progress()"),
        ]
    )


def test_the_doors_their_heading_and_what_only_jupyterlab_needs_are_left_out(notebook: nbformat.NotebookNode) -> None:
    kept = [cell.source for cell in without_code_doors(notebook).cells]
    assert kept == [
        "seed: int = 2016",
        "Text\n\n# 12 · Risk analysis",
        "wb = 1",
        'wb.ask("unit_price")',
        "#### Folded, but of the lesson",
        "wb.progress()",
    ]


def test_no_tag_is_left_that_could_become_a_class_of_the_page(notebook: nbformat.NotebookNode) -> None:
    assert not [cell for cell in without_code_doors(notebook).cells if "tags" in cell.metadata]


def test_the_pages_title_is_the_first_heading(notebook: nbformat.NotebookNode) -> None:
    assert without_code_doors(notebook).metadata["title"] == "12 · Risk analysis"
    assert without_code_doors(v4.new_notebook()).metadata["title"] == "CEP Workshop"  # type: ignore[no-untyped-call]


def test_a_busy_port_gives_way_to_the_next_free_one() -> None:
    with socket.socket() as busy:
        busy.bind((HOST, 0))
        busy.listen()
        port = busy.getsockname()[1]
        assert port < free_port(port) <= port + PORTS_TRIED


@pytest.mark.parametrize("port", [0, -1, 65_536])
def test_a_number_that_is_no_port_is_refused(port: int) -> None:
    with pytest.raises(OutOfRangeError, match="1 to 65535"):
        free_port(port)


def test_no_free_port_at_all_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*arguments: object) -> None:
        raise OSError

    monkeypatch.setattr(socket.socket, "bind", refuse)
    with pytest.raises(StorageError, match="--port"):
        free_port(8866)


def test_a_missing_or_unreadable_notebook_is_one_error(tmp_path: Path) -> None:
    broken = tmp_path / "broken.ipynb"
    broken.write_text("{", encoding="utf-8")
    for name in (str(tmp_path / "none.ipynb"), str(broken), str(tmp_path)):
        with pytest.raises(InputFileError) as refused:
            serve(name)
        assert isinstance(refused.value, CepError)


def test_the_template_asks_no_other_machine() -> None:
    from cep_toolkit.widgets.page import TEMPLATES

    text = "".join(file.read_text(encoding="utf-8") for file in TEMPLATES.rglob("*") if file.is_file())
    assert "http" not in text


def test_no_connection_is_closed_because_a_ping_is_due() -> None:
    from jupyter_server.base.websocket import WebSocketMixin

    class Connection(WebSocketMixin):
        settings = SETTINGS

    page = Connection()
    # The server closes where the last answer is older than the time-out, and looks only when the next ping is due.
    assert page.ping_interval == 0 or page.ping_timeout > page.ping_interval
