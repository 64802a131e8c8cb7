"""Open the course: JupyterLab at the participant's first notebook, or a notebook as a page."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from setting_up.environment import Environment
from setting_up.progress import say

FIRST = "00_start_here.ipynb"


def open_lab(environment: Environment, work: Path, *, browser: bool, port: int | None) -> int:
    """Open JupyterLab on this machine alone, at the first notebook; return when it is stopped."""
    say("Opening JupyterLab. To stop it, come back to this window and press Ctrl+C twice.")
    return _become(lab_command(environment, work, browser=browser, port=port), work)


def lab_command(environment: Environment, work: Path, *, browser: bool, port: int | None) -> list[str]:
    """Return the command that opens JupyterLab; its token is JupyterLab's own, new each time."""
    quiet = ["--ServerApp.log_level=WARN", "--LabApp.log_level=WARN", "--LabApp.extension_manager=readonly"]
    command = [str(environment.python), "-m", "jupyterlab", *quiet]
    command += ["--ServerApp.ip=127.0.0.1", f"--ServerApp.root_dir={work}"]
    if (work / FIRST).exists():
        command.append(f"--LabApp.default_url=/lab/tree/{FIRST}")
    if not browser:
        command.append("--no-browser")
    if port is not None:
        command.append(f"--ServerApp.port={port}")
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        command.append("--allow-root")  # JupyterLab refuses otherwise, and in a container there is no one else
    return command


def open_page(environment: Environment, notebook: str | None, *, browser: bool, port: int | None) -> int:
    """Open a notebook as a page with its code hidden; return when it is stopped."""
    command = [str(environment.program("cep")), "page"]
    command += [notebook] if notebook else []
    command += [] if browser else ["--no-browser"]
    command += ["--port", str(port)] if port is not None else []
    return _become(command, environment.root)


def _become(command: list[str], folder: Path) -> int:
    """Run a command in place of this one, where the system can in the same process: to stop one is to stop both."""
    sys.stdout.flush()
    os.chdir(folder)
    if os.name != "nt":
        os.execv(command[0], command)
    with subprocess.Popen(command) as running:
        while True:
            try:
                return running.wait()
            except KeyboardInterrupt:
                continue  # the program was told as well, and ends in its own way
