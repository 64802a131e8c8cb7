from __future__ import annotations

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page

ROOT = Path(__file__).resolve().parents[2]
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
QUIET = [
    "--no-sandbox",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]


class UnitPrice(NamedTuple):
    """How the exercise is headed, and which boxes its right answer ticks."""

    title: str
    boxes: list[str]


PATIENCE = 90_000  # milliseconds; a loaded machine is slow, and waiting costs nothing where it is fast


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """Debian's Chromium; where it is missing, a failure in CI on Linux and a skip elsewhere."""
    if sys.platform != "linux":
        pytest.skip("The browser tests drive Debian's Chromium, on Linux.")
    if CHROMIUM is None:
        missing = "Chromium is not installed (Debian: apt install chromium)."
        pytest.fail(missing) if os.environ.get("CI") else pytest.skip(missing)
    from playwright.sync_api import expect, sync_playwright

    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def visit(chromium: Browser) -> Iterator[Callable[[str], Page]]:
    """Open addresses in a window of their own, and hold that nothing was asked of any other machine."""
    asked: list[str] = []
    window: BrowserContext = chromium.new_context(viewport={"width": 1280, "height": 1000})
    window.set_default_timeout(PATIENCE)
    window.on("request", lambda request: asked.append(request.url))

    def open_address(address: str) -> Page:
        page = window.new_page()
        page.goto(address, wait_until="commit")
        return page

    yield open_address
    window.close()
    here = ("http://127.0.0.1:", "data:", "blob:", "about:", "devtools:")
    assert not [url for url in asked if not url.startswith(here)]


@pytest.fixture(scope="module")
def at_home(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Variables for servers and kernels that leave the user's own Jupyter alone; each file of tests is a new person."""
    home = tmp_path_factory.mktemp("home")
    own = {
        "CEP_PROGRESS": "progress",
        "JUPYTER_CONFIG_DIR": "config",
        "JUPYTER_RUNTIME_DIR": "runtime",
        "JUPYTER_DATA_DIR": "data",
        "IPYTHONDIR": "ipython",
    }
    for name, folder in own.items():
        (home / folder).mkdir()
        own[name] = str(home / folder)
    return {**os.environ, **own, "PYTHONUTF8": "1"}


@pytest.fixture(scope="session")
def work(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A participant's folder with copies of the built notebooks, as start.py makes it."""
    from setting_up.copies import make_copies

    folder = tmp_path_factory.mktemp("course") / "work"
    make_copies(ROOT / "notebooks", folder)
    return folder


def start(command: list[str], folder: Path, variables: dict[str, str]) -> subprocess.Popen[str]:
    """Start a server in a group of its own, so that its kernels end with it."""
    return subprocess.Popen(
        command,
        cwd=folder,
        env=variables,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )


def end(server: subprocess.Popen[str]) -> None:
    """Ask a server to stop, and end its group if it does not."""
    server.send_signal(signal.SIGTERM)
    try:
        server.wait(20)
    except subprocess.TimeoutExpired:
        os.killpg(server.pid, signal.SIGKILL)
        server.wait()
    if server.stdout is not None:
        server.stdout.close()


@pytest.fixture(scope="module")
def lab(work: Path, at_home: dict[str, str]) -> Iterator[str]:
    """JupyterLab as start.py opens it; its address with ``{notebook}`` to fill in."""
    from setting_up.environment import Environment
    from setting_up.opening import lab_command

    command = lab_command(Environment(ROOT), work, browser=False, port=None)
    server = start([sys.executable, *command[1:]], work, at_home)
    try:
        known = _runtime(Path(at_home["JUPYTER_RUNTIME_DIR"]), server)
        yield f"{known['url']}lab/tree/{{notebook}}?token={known['token']}"
    finally:
        end(server)


def _runtime(folder: Path, server: subprocess.Popen[str]) -> dict[str, str]:
    """Wait for the file in which a Jupyter server says where it is."""
    for _ in range(600):
        for file in folder.glob("jpserver-*.json"):
            with suppress(ValueError):  # it is not written to its end yet
                known: dict[str, str] = json.loads(file.read_text(encoding="utf-8"))
                return known
        if server.poll() is not None:
            break
        time.sleep(0.1)
    raise AssertionError("JupyterLab did not start.")


@pytest.fixture
def page_of(work: Path, at_home: dict[str, str]) -> Iterator[Callable[[str], tuple[str, subprocess.Popen[str]]]]:
    """Open a participant's copy as a page, as ``start.py page`` does; its address, and the server."""
    running: list[subprocess.Popen[str]] = []

    def open_page(notebook: str) -> tuple[str, subprocess.Popen[str]]:
        command = "from cep_toolkit.cli import main; main()"
        arguments = ["page", str(work / notebook), "--no-browser"]
        server = start([sys.executable, "-c", command, *arguments], ROOT, at_home)
        running.append(server)
        assert server.stdout is not None
        line = server.stdout.readline()
        found = re.search(r"http://127\.0\.0\.1:\d+/", line)
        assert found, line
        return found.group(), server

    yield open_page
    for server in running:
        end(server)


@pytest.fixture(scope="session")
def unit_price() -> UnitPrice:
    """The first exercise of notebook 12 in the notebook's own world, with the lines that its right answer ticks."""
    from cep_toolkit.checking.store import MemoryStore
    from cep_toolkit.course.catalogue import chapter
    from cep_toolkit.course.text import Prompt
    from cep_toolkit.course.workbook import Workbook

    book = Workbook("12_risk_analysis", store=MemoryStore())
    exercise = chapter(book.notebook).exercises["unit_price"]
    prompt = book.ask("unit_price")
    assert isinstance(prompt, Prompt)
    right = exercise.reference(book.world, None, book.question("unit_price"))
    assert isinstance(right, dict)
    fields: dict[str, Any] = dict(prompt.fields)
    lines = [fields["declarations"].choices[name] for name in right["declarations"]]
    return UnitPrice(prompt.title, [*lines, *(fields["facts"].options[name] for name in right["facts"])])
