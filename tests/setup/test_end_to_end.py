"""From nothing to JupyterLab, in a bare environment, for real."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from setting_up.environment import Environment

KEPT = ("cep_toolkit", "datasets", "setting_up")
NEEDED_BY_WINDOWS = ("SYSTEMROOT", "TEMP", "TMP", "USERPROFILE", "LOCALAPPDATA", "APPDATA", "COMSPEC")


def copy_course(root: Path, to: Path) -> None:
    """Copy what the set-up needs, with a small notebook in place of the real ones."""
    for name in KEPT:
        shutil.copytree(root / name, to / name, ignore=shutil.ignore_patterns("__pycache__"))
    for file in root.iterdir():
        if file.is_file():
            shutil.copy2(file, to / file.name)
    cell = {"cell_type": "markdown", "id": "hello", "metadata": {}, "source": "Hello"}
    notebook = {"cells": [cell], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
    (to / "notebooks").mkdir()
    (to / "notebooks" / "00_start_here.ipynb").write_text(json.dumps(notebook), encoding="utf-8")


def bare(home: Path) -> dict[str, str]:
    """Return an environment with next to nothing in it."""
    kept = {name: os.environ[name] for name in NEEDED_BY_WINDOWS if os.name == "nt" and name in os.environ}
    return {"PATH": os.environ["PATH"], "HOME": str(home), **kept}


@contextmanager
def started(course: Path, home: Path) -> Iterator[tuple[str, str]]:
    """Run start.py until JupyterLab answers; yield what was printed and the page; stop it."""
    command = [getattr(sys, "_base_executable", sys.executable), "start.py", "--no-browser"]
    process = subprocess.Popen(
        command,
        cwd=course,
        env=bare(home),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    try:
        printed, address = read_address(process)
        yield printed, read_page(address, process)
    finally:
        stop(process)


def read_page(address: str, process: subprocess.Popen[str]) -> str:
    """Return JupyterLab's page; it prints its address shortly before it listens there."""
    end = time.monotonic() + 30
    while True:
        try:
            with urllib.request.urlopen(address, timeout=30) as page:
                return str(page.read().decode("utf-8"))
        except urllib.error.URLError:
            if process.poll() is not None or time.monotonic() > end:
                raise
            time.sleep(0.2)


def read_address(process: subprocess.Popen[str]) -> tuple[str, str]:
    """Read what is printed up to JupyterLab's address."""
    assert process.stdout is not None
    printed = ""
    for line in process.stdout:
        printed += line
        address = re.search(r"http://127\.0\.0\.1:\S+token=\w+", line)
        if address:
            return printed, address.group()
    pytest.fail(f"JupyterLab did not start:\n{printed}")


def stop(process: subprocess.Popen[str]) -> None:
    """Stop JupyterLab, firmly where it does not listen."""
    process.terminate()
    try:
        process.communicate(timeout=20)
    except subprocess.TimeoutExpired:
        process.kill()
        process.communicate()


@pytest.mark.network
@pytest.mark.usefixtures("registry")
def test_from_nothing_to_jupyterlab_and_again(root: Path) -> None:
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        course, home = Path(folder) / "the course", Path(folder) / "home"
        course.mkdir()
        home.mkdir()
        copy_course(root, course)

        with started(course, home) as (printed, page):
            assert "Setting up CEP Workshop" in printed
            assert "/lab/tree/00_start_here.ipynb?token=" in printed
            assert "JupyterLab" in page
        environment = Environment(course.resolve())
        stamp = environment.stamp_file.read_text()
        written = environment.stamp_file.stat().st_mtime_ns
        assert (course / "work" / "00_start_here.ipynb").exists()

        with started(course, home) as (printed, _):
            assert "Setting up" not in printed
        assert environment.stamp_file.read_text() == stamp
        assert environment.stamp_file.stat().st_mtime_ns == written

        if os.name != "nt":
            after_build_on_binder(environment, home)


def after_build_on_binder(environment: Environment, home: Path) -> None:
    """Run postBuild where Binder would: in an environment that holds the locked packages and is switched on."""
    settings = environment.folder / "share" / "jupyter" / "lab" / "settings" / "overrides.json"
    settings.unlink()
    variables = bare(home)
    variables["PATH"] = f"{environment.python.parent}{os.pathsep}{variables['PATH']}"
    ended = subprocess.run(
        ["bash", "postBuild"], cwd=environment.root, env=variables, capture_output=True, text=True, check=False
    )
    assert ended.returncode == 0, ended.stderr
    assert settings.exists()
    asked = [str(environment.python), "-c", "import cep_toolkit; print(cep_toolkit.__file__)"]
    found = subprocess.run(asked, cwd=home, capture_output=True, text=True, check=True)
    assert Path(found.stdout.strip()).is_relative_to(environment.root)
