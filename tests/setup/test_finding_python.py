"""Which Python the course accepts, and what it says of the others."""

from __future__ import annotations

import os
import stat
import sys
from pathlib import Path
from typing import Any

import pytest

from setting_up import finding_python


def python(**changed: Any) -> dict[str, Any]:
    usual: dict[str, Any] = {
        "python": "python3.13",
        "version": [3, 13, 0],
        "bits": 64,
        "kind": "cpython",
        "platform": "linux-x86_64",
        "free_threaded": False,
        "can_make_venv": True,
    }
    return usual | changed


@pytest.mark.parametrize("minor", [11, 12, 13, 14])
def test_promised_versions_suit(minor: int) -> None:
    assert finding_python.complaint(python(version=[3, minor, 0])) == ""


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"version": [3, 10, 13]}, "this is Python 3.10.13"),
        ({"version": [3, 15, 0]}, "this is Python 3.15.0"),
        ({"bits": 32}, "32-bit"),
        ({"kind": "pypy"}, "pypy"),
        ({"free_threaded": True}, "free-threaded"),
        ({"platform": "win-arm64"}, "ARM"),
    ],
)
def test_others_do_not_and_it_is_said_why(changed: dict[str, Any], words: str) -> None:
    assert words in finding_python.complaint(python(**changed))


def test_the_facts_of_this_python() -> None:
    facts = finding_python.facts()
    assert facts["version"] == list(sys.version_info[:3])
    assert Path(facts["python"]).exists()
    assert facts == finding_python.ask([sys.executable])


def answers(monkeypatch: pytest.MonkeyPatch, **by_command: dict[str, Any]) -> None:
    monkeypatch.setattr(finding_python, "candidates", lambda: [[name] for name in by_command])
    monkeypatch.setattr(finding_python, "ask", lambda command: by_command[command[0]] or None)


def test_this_one_is_taken_where_it_suits(monkeypatch: pytest.MonkeyPatch) -> None:
    answers(monkeypatch, newer=python(python="newer"))
    assert finding_python.find(python(python="this"))["python"] == "this"


def test_another_is_taken_where_this_one_is_too_old(monkeypatch: pytest.MonkeyPatch) -> None:
    answers(monkeypatch, silent={}, old=python(version=[3, 9, 0]), good=python(python="good"))
    assert finding_python.find(python(version=[3, 6, 0]))["python"] == "good"


def test_one_that_can_make_environments_is_preferred(monkeypatch: pytest.MonkeyPatch) -> None:
    answers(monkeypatch, whole=python(python="whole"))
    assert finding_python.find(python(python="this", can_make_venv=False))["python"] == "whole"


def test_one_that_cannot_is_better_than_none(monkeypatch: pytest.MonkeyPatch) -> None:
    answers(monkeypatch, silent={})
    assert finding_python.find(python(python="this", can_make_venv=False))["python"] == "this"
    assert finding_python.find(python(version=[3, 9, 0])) is None


def test_none_found_says_which_to_install(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    answers(monkeypatch)
    monkeypatch.setattr(finding_python, "facts", lambda: python(version=[3, 9, 18]))
    assert finding_python.hand_over("start.py", []) == 2
    said = capsys.readouterr().err
    assert "needs Python 3.11 to 3.14; this is Python 3.9.18" in said
    assert "Install Python 3.13" in said
    assert said.count("\n") == 1


@pytest.mark.skipif(os.name == "nt", reason="Windows keeps the first process and starts a second")
def test_the_found_one_takes_over_the_process(monkeypatch: pytest.MonkeyPatch) -> None:
    answers(monkeypatch, good=python(python="good"))
    monkeypatch.setattr(finding_python, "facts", lambda: python(version=[3, 9, 18]))
    became: list[Any] = []
    monkeypatch.setattr(finding_python.os, "execv", lambda *call: became.append(call))
    finding_python.hand_over("start.py", ["test", "-q"])
    assert became == [("good", ["good", "start.py", "test", "-q"])]


def test_windows_asks_its_launcher(monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patched:
        patched.setattr(finding_python.os, "name", "nt")
        commands = finding_python.candidates()
    assert commands[:4] == [["py", "-3.14"], ["py", "-3.13"], ["py", "-3.12"], ["py", "-3.11"]]
    assert commands[-1] == ["python"]


@pytest.mark.skipif(os.name == "nt", reason="pyenv's shims are shell scripts")
def test_a_shim_that_is_switched_off_is_passed_over_for_the_version_beside_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shim = tmp_path / "shims" / "python3.13"
    real = tmp_path / "versions" / "3.13.0" / "bin" / "python"
    for file, text in ((shim, "#!/bin/sh\nexit 127\n"), (real, f'#!/bin/sh\nexec "{sys.executable}" "$@"\n')):
        file.parent.mkdir(parents=True)
        file.write_text(text)
        file.chmod(file.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setenv("PATH", str(shim.parent))
    monkeypatch.setenv("HOME", str(tmp_path / "empty"))
    monkeypatch.delenv("PYENV_ROOT", raising=False)
    assert finding_python.ask([str(shim)]) is None
    assert [str(real)] in finding_python.candidates()
    assert finding_python.ask([str(real)]) is not None


def test_what_is_no_python_gives_no_answer(tmp_path: Path) -> None:
    assert finding_python.ask([str(tmp_path / "missing")]) is None
