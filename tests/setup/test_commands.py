"""What the commands open and run."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from setting_up import commands, opening, testing
from setting_up.environment import Environment
from setting_up.opening import lab_command
from setting_up.testing import Step, run_steps, steps


@pytest.fixture
def became(course: Path, monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """Set-up does nothing, and what would be opened is written here."""
    opened: list[list[str]] = []

    def become(command: list[str], folder: Path) -> int:
        opened.append(command)
        return 0

    monkeypatch.setattr(commands, "set_up", lambda root, *, tests=False: Environment(root))
    monkeypatch.setattr(opening, "_become", become)
    return opened


def test_the_lab_opens_at_the_first_notebook_on_this_machine_alone(course: Path, became: list[list[str]]) -> None:
    assert commands.main(["--no-browser", "--port", "8899"], course) == 0
    (command,) = became
    assert command[:3] == [str(Environment(course).python), "-m", "jupyterlab"]
    assert "--ServerApp.ip=127.0.0.1" in command
    assert f"--ServerApp.root_dir={course / 'work'}" in command
    assert "--LabApp.default_url=/lab/tree/00_start_here.ipynb" in command
    assert "--no-browser" in command
    assert "--ServerApp.port=8899" in command
    assert not any("token" in word for word in command)


def test_without_the_first_notebook_the_folder_opens(course: Path) -> None:
    command = lab_command(Environment(course), course / "work", browser=True, port=None)
    assert not any("default_url" in word for word in command)
    assert "--no-browser" not in command


def test_a_page_opens_by_cep(course: Path, became: list[list[str]]) -> None:
    commands.main(["page"], course)
    commands.main(["page", "12_risk_analysis", "--no-browser", "--port", "8866"], course)
    cep = str(Environment(course).program("cep"))
    assert became == [[cep, "page"], [cep, "page", "12_risk_analysis", "--no-browser", "--port", "8866"]]
    assert (course / "work" / "12_risk_analysis.ipynb").exists()


def test_an_unknown_command_is_refused_with_the_known_ones(
    course: Path, became: list[list[str]], capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as stopped:
        commands.main(["tests"], course)
    assert stopped.value.code == 2
    assert "page" in capsys.readouterr().err
    assert became == []


def test_prepare_uses_the_environment_at_hand(
    course: Path, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    prefix = tmp_path_factory.mktemp("conda")
    monkeypatch.setattr(sys, "prefix", str(prefix))
    assert commands.main(["prepare"], course) == 0
    assert (prefix / "share" / "jupyter" / "lab" / "settings" / "overrides.json").exists()
    assert (course / "work" / "00_start_here.ipynb").exists()
    assert not (course / ".venv").exists()


def test_every_check_is_run_and_pytest_gets_the_arguments(root: Path) -> None:
    planned = steps(Environment(root), ["-k", "copies"])
    assert [step.name for step in planned] == ["ruff check", "ruff format", "mypy", "lint-imports", "pytest"]
    assert planned[-1].command[-2:] == ["-k", "copies"]
    assert planned[-1].live


def test_all_steps_run_even_when_one_fails(course: Path, capfd: pytest.CaptureFixture[str]) -> None:
    def step(name: str, code: str, *, live: bool = False) -> Step:
        return Step(name, [sys.executable, "-c", code], live)

    failing = step("first", "print('a finding'); raise SystemExit(3)")
    quiet = step("second", "print('not worth showing')")
    shown = step("third", "print('3 passed')", live=True)
    assert run_steps(Environment(course), [failing, quiet, shown]) == 1
    said = capfd.readouterr().out
    lines = [line.partition(",")[0] for line in said.splitlines()]
    assert lines == ["a finding", "first: FAILED", "second: passed", "3 passed", "third: passed", "Failed: first."]


def test_all_passed_is_zero(course: Path) -> None:
    assert run_steps(Environment(course), [Step("one", [sys.executable, "-c", ""])]) == 0


def test_the_test_command_sets_up_with_the_test_tools(course: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[bool] = []

    def set_up(root: Path, *, tests: bool = False) -> Environment:
        asked.append(tests)
        return Environment(root)

    monkeypatch.setattr(commands, "set_up", set_up)
    monkeypatch.setattr(commands, "run_steps", lambda environment, planned: len(planned))
    assert commands.main(["test", "--maxfail=1"], course) == 5
    assert asked == [True]
    assert testing.steps(Environment(course), ["--maxfail=1"])[-1].command[-1] == "--maxfail=1"
