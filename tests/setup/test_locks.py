"""The locks: what they promise, everywhere it is promised."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
import yaml

from setting_up.environment import LOCK, TEST_LOCK, Environment, installer_variables
from setting_up.finding_python import NEWEST, OLDEST, VERSIONS
from setting_up.installing import locked
from setting_up.locking import conda_environment, write_locks

PLATFORMS = [
    "x86_64-pc-windows-msvc",
    "aarch64-apple-darwin",
    "x86_64-apple-darwin",
    "x86_64-manylinux_2_28",
    "aarch64-manylinux_2_28",
]


def pins(lock: str) -> list[str]:
    """Return every line that names a package, with its marker, without its hashes."""
    return [line.removesuffix("\\").strip() for line in lock.splitlines() if line and not line.startswith(" ")]


@pytest.fixture(params=[LOCK, TEST_LOCK])
def lock(root: Path, request: pytest.FixtureRequest) -> str:
    return (root / request.param).read_text(encoding="utf-8")


def test_every_package_has_one_version(lock: str) -> None:
    names = [pin.split("==")[0] for pin in pins(lock)]
    assert len(names) > 100
    assert sorted(set(names)) == sorted(names)
    assert {"numpy", "pandas", "scipy", "uv", "hatchling"} <= set(names)


def test_no_grammar_is_built_at_the_start_of_every_process(lock: str) -> None:
    assert not [pin for pin in pins(lock) if pin.startswith("rfc3987")]  # jsonschema would import it; see pyproject


def test_every_package_has_hashes(lock: str) -> None:
    for package in re.split(r"\n(?=\S)", lock.strip()):
        assert re.search(r"--hash=sha256:[0-9a-f]{64}", package), package


def test_no_host_and_no_path_is_named(lock: str) -> None:
    assert not re.search(r"://|--(extra-)?index|--find-links|(^|\s)@|file:", lock)


def test_the_test_lock_holds_the_participants_versions(root: Path) -> None:
    participants = pins((root / LOCK).read_text(encoding="utf-8"))
    tests = pins((root / TEST_LOCK).read_text(encoding="utf-8"))
    assert set(participants) < set(tests)


def test_the_promised_pythons_are_pyprojects(root: Path) -> None:
    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert project["requires-python"] == f">={OLDEST[0]}.{OLDEST[1]},<{NEWEST[0]}.{NEWEST[1] + 1}"


def sync(requirements: Path, platform: str, python: str, into: Path) -> subprocess.CompletedProcess[str]:
    uv = [str(Environment(requirements.parent).program("uv")), "pip", "sync", "--dry-run", "--no-build"]
    where = [
        "--python",
        sys.executable,
        "--python-platform",
        platform,
        "--python-version",
        python,
        "--target",
        str(into),
    ]
    return subprocess.run(
        [*uv, *where, str(requirements)],
        env=installer_variables(),
        cwd=requirements.parent,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.network
@pytest.mark.usefixtures("registry")
@pytest.mark.parametrize("python", VERSIONS)
@pytest.mark.parametrize("platform", PLATFORMS)
def test_ready_made_packages_for_every_promised_system_and_python(
    root: Path, tmp_path: Path, platform: str, python: str
) -> None:
    ended = sync(root / TEST_LOCK, platform, python, tmp_path)
    assert ended.returncode == 0, ended.stderr
    assert "Would install" in ended.stderr


@pytest.mark.network
@pytest.mark.usefixtures("registry")
def test_a_package_that_a_system_lacks_is_noticed(root: Path, tmp_path: Path) -> None:
    other = tmp_path / "windows-only.txt"
    other.write_text("pywin32==311\n")
    uv = str(Environment(root).program("uv"))
    command = [uv, "pip", "sync", "--dry-run", "--no-build", "--python", sys.executable, "--python-version", "3.12"]
    where = ["--python-platform", "x86_64-manylinux_2_28", "--target", str(tmp_path / "into")]
    ended = subprocess.run(
        [*command, *where, str(other)], env=installer_variables(), capture_output=True, text=True, check=False
    )
    assert ended.returncode != 0
    assert "no usable wheels" in ended.stderr or "no wheels" in ended.stderr


@pytest.mark.network
@pytest.mark.usefixtures("registry")
def test_the_locks_are_what_pyproject_asks_for(root: Path, tmp_path: Path) -> None:
    write_locks(Environment(root), upgrade=False, to=tmp_path)
    for name in (LOCK, TEST_LOCK):
        made = (tmp_path / name).read_text(encoding="utf-8")
        assert pins(made) == pins((root / name).read_text(encoding="utf-8")), f"{name}: run python3 start.py lock"


def test_conda_and_binder_get_the_locks_versions(root: Path) -> None:
    lock = (root / LOCK).read_text(encoding="utf-8")
    text = (root / "environment.yml").read_text(encoding="utf-8")
    assert text == conda_environment(lock), "run python3 start.py lock"
    described = yaml.safe_load(text)
    python, pip, packages = described["dependencies"]
    assert pip == "pip"
    assert packages["pip"] == pins(lock)
    assert python.removeprefix("python=") in VERSIONS
    assert described["channels"] == ["conda-forge", "nodefaults"]
    assert locked(lock)["jupyterlab"] == next(p for p in packages["pip"] if p.startswith("jupyterlab==")).split("==")[1]


def test_pyprojects_dependencies_are_all_described_for_conda(root: Path) -> None:
    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    packages = yaml.safe_load((root / "environment.yml").read_text(encoding="utf-8"))["dependencies"][-1]["pip"]
    named = {package.split("==")[0] for package in packages}
    assert {re.split(r"[<>=~!\[; ]", wanted)[0] for wanted in project["dependencies"]} <= named


def test_binder_installs_the_course_without_dependencies_and_prepares_it(root: Path) -> None:
    lines = (root / "postBuild").read_text(encoding="utf-8").splitlines()
    assert lines[0] == "#!/usr/bin/env bash"
    commands = [line for line in lines[1:] if not line.startswith("#")]
    assert commands == [
        "set -euo pipefail",
        "python -m pip install --no-deps --no-build-isolation --editable .",
        "python start.py prepare",
    ]
    assert not (root / "binder").exists(), "a folder binder/ would hide environment.yml"
