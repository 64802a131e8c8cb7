"""A course in a folder of its own, and the package registry."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from setting_up.environment import LOCK, TEST_LOCK, Environment, installer_variables
from setting_up.trouble import NO_NETWORK, explain

ROOT = Path(__file__).resolve().parents[2]
SMALL_LOCK = "tqdm==4.70.1 \\\n    --hash=sha256:aa\nuv==0.13.9 \\\n    --hash=sha256:bb\n    --hash=sha256:cc\n"


@pytest.fixture
def root() -> Path:
    """The project's folder."""
    return ROOT


@pytest.fixture
def course(tmp_path: Path) -> Path:
    """A folder with the files that the set-up reads, two notebooks, and nothing else."""
    (tmp_path / "pyproject.toml").write_text("[project]\nname = 'course'\n")
    (tmp_path / LOCK).write_text(SMALL_LOCK)
    (tmp_path / TEST_LOCK).write_text(SMALL_LOCK + "ruff==0.17.6 \\\n    --hash=sha256:dd\n")
    notebooks = tmp_path / "notebooks"
    notebooks.mkdir()
    for name in ("00_start_here", "12_risk_analysis"):
        (notebooks / f"{name}.ipynb").write_text(f"{name}, first edition")
    return tmp_path


@pytest.fixture(scope="session")
def registry(tmp_path_factory: pytest.TempPathFactory) -> None:
    """The package registry answers; without a network the test is skipped, but never in CI."""
    asked = tmp_path_factory.mktemp("registry") / "asked.txt"
    asked.write_text("six\n")
    uv = str(Environment(ROOT).program("uv"))
    ended = subprocess.run(
        [uv, "pip", "compile", "--no-cache", "--quiet", str(asked)],
        env=installer_variables(),
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    if ended.returncode == 0:
        return
    unreachable = str(explain(ended.stderr, "", ROOT, asked, wheels=False)) == NO_NETWORK
    if unreachable and not os.environ.get("CI"):
        pytest.skip("the package registry cannot be reached from here")
    pytest.fail(f"the package registry did not answer:\n{ended.stderr}")
