"""start.py says something sensible whatever Python reads it."""

from __future__ import annotations

import ast
import importlib.util
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

READ_BY_ANY_PYTHON = ["start.py", "setting_up/__init__.py", "setting_up/finding_python.py"]
OLD_PYTHONS = sorted((Path.home() / ".pyenv" / "versions").glob("3.[6-9].*/bin/python"))


def load(root: Path) -> ModuleType:
    specification = importlib.util.spec_from_file_location("start_py", root / "start.py")
    assert specification is not None
    assert specification.loader is not None
    module = importlib.util.module_from_spec(specification)
    specification.loader.exec_module(module)
    return module


@pytest.mark.parametrize("name", READ_BY_ANY_PYTHON)
def test_what_is_read_first_keeps_to_old_syntax(root: Path, name: str) -> None:
    text = (root / name).read_text(encoding="utf-8")
    tree = ast.parse(text, feature_version=(3, 6))
    newer = [
        node for node in ast.walk(tree) if isinstance(node, (ast.JoinedStr, ast.AnnAssign, ast.NamedExpr, ast.Match))
    ]
    assert not newer
    assert "from __future__" not in text
    for function in (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)):
        annotations = [argument.annotation for argument in function.args.args] + [function.returns]
        assert all(isinstance(a, (ast.Name, ast.Constant)) for a in annotations if a is not None), function.name


def test_the_old_pythons_at_hand_read_it(root: Path) -> None:
    for python in OLD_PYTHONS:
        ended = subprocess.run(
            [str(python), "-B", "-c", "import start"], cwd=root, capture_output=True, text=True, check=False
        )
        assert ended.stderr == "", python


def test_the_command_goes_on_in_the_python_that_was_found(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    start = load(root)
    monkeypatch.setattr(start, "hand_over", lambda script, arguments: 7)
    assert start.start(["--no-browser"]) == 7


def test_ctrl_c_is_no_traceback(
    root: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    start = load(root)

    def interrupted(script: str, arguments: list[str]) -> int:
        raise KeyboardInterrupt

    monkeypatch.setattr(start, "hand_over", interrupted)
    assert start.start([]) == 130
    assert "Run the same command to go on" in capsys.readouterr().err


def test_help_names_the_commands(root: Path) -> None:
    ended = subprocess.run(
        [sys.executable, "start.py", "--help"], cwd=root, capture_output=True, text=True, check=False
    )
    assert ended.returncode == 0
    for word in ("page", "test", "lock", "prepare", "--no-browser", "--port"):
        assert word in ended.stdout
