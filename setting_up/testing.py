"""Run every check there is, all of them even when one fails."""

from __future__ import annotations

import os
import subprocess
import time
from dataclasses import dataclass

from setting_up.environment import Environment
from setting_up.progress import say


@dataclass(frozen=True)
class Step:
    """One check: what it is called, the command, and whether its output is shown while it runs."""

    name: str
    command: list[str]
    live: bool = False


def steps(environment: Environment, arguments: list[str]) -> list[Step]:
    """List the checks, pytest last so that its closing line ends the output."""
    python = str(environment.python)
    workers = min(4, os.cpu_count() or 1)
    shared = ["-n", str(workers), "--dist", "loadscope"] if workers > 1 else []
    return [
        Step("ruff check", [python, "-m", "ruff", "check", "--quiet", "."]),
        Step("ruff format", [python, "-m", "ruff", "format", "--check", "--quiet", "."]),
        Step("mypy", [python, "-m", "mypy"]),
        Step("lint-imports", [str(environment.program("lint-imports"))]),
        Step("pytest", [python, "-m", "pytest", *shared, *arguments], live=True),
    ]


def run_steps(environment: Environment, wanted: list[Step]) -> int:
    """Run the checks, say of each how it went and how long it took, and return 0 where all passed."""
    failed = [step.name for step in wanted if not _run(environment, step)]
    if failed:
        say(f"Failed: {', '.join(failed)}.")
    return 1 if failed else 0


def _run(environment: Environment, step: Step) -> bool:
    begun = time.monotonic()
    variables = dict(os.environ, PYTHONUTF8="1")
    shown = None if step.live else subprocess.PIPE
    ended = subprocess.run(
        step.command,
        cwd=environment.root,
        env=variables,
        stdout=shown,
        stderr=subprocess.STDOUT if shown else None,
        check=False,
    )
    passed = ended.returncode == 0
    if not passed and not step.live:
        say(ended.stdout.decode("utf-8", "replace").rstrip())
    say(f"{step.name}: {'passed' if passed else 'FAILED'}, {time.monotonic() - begun:.1f} s")
    return passed
