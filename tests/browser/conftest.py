from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

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
PATIENCE = 90_000  # milliseconds; a loaded machine is slow, and waiting costs nothing where it is fast


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """Debian's Chromium; where it is missing, a failure in CI and a skip elsewhere."""
    if CHROMIUM is None:
        missing = "Chromium is not installed (Debian: apt install chromium)."
        pytest.fail(missing) if os.environ.get("CI") else pytest.skip(missing)
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        yield browser
        browser.close()


@pytest.fixture
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


@pytest.fixture(scope="session")
def at_home(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Variables for servers and kernels that leave the user's own Jupyter and progress alone."""
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


@pytest.fixture(scope="session")
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
            known: dict[str, str] = json.loads(file.read_text(encoding="utf-8"))
            return known
        if server.poll() is not None:
            break
        time.sleep(0.1)
    raise AssertionError("JupyterLab did not start.")
