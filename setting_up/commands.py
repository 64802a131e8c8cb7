"""The commands of start.py."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from setting_up.copies import make_copies
from setting_up.installing import set_up
from setting_up.lab_settings import write_lab_settings
from setting_up.locking import write_locks
from setting_up.opening import open_lab, open_page
from setting_up.progress import say
from setting_up.testing import run_steps, steps
from setting_up.trouble import SetUpError, explain_os_error

ROOT = Path(__file__).resolve().parent.parent


def main(arguments: list[str], root: Path = ROOT) -> int:
    """Run one command and return its exit code; what goes wrong is one paragraph on standard error."""
    try:
        return _run(arguments, root)
    except SetUpError as trouble:
        said = str(trouble)
    except OSError as problem:
        said = str(explain_os_error(problem, root))
    sys.stderr.write(f"\n{said}\n")
    return 1


def _run(arguments: list[str], root: Path) -> int:
    if arguments[:1] == ["test"]:
        return test(root, arguments[1:])
    chosen = parser().parse_args(arguments)
    if chosen.command == "lock":
        write_locks(set_up(root, tests=True), upgrade=chosen.upgrade)
        return 0
    if chosen.command == "prepare":
        write_lab_settings(Path(sys.prefix))
        copy_notebooks(root)
        return 0
    environment = set_up(root)
    work = copy_notebooks(root)
    if chosen.command == "page":
        return open_page(environment, chosen.notebook, browser=chosen.browser, port=chosen.port)
    return open_lab(environment, work, browser=chosen.browser, port=chosen.port)


def test(root: Path, arguments: list[str]) -> int:
    """Set up with the test tools and run every check."""
    environment = set_up(root, tests=True)
    copy_notebooks(root)
    return run_steps(environment, steps(environment, arguments))


def copy_notebooks(root: Path) -> Path:
    """Bring the copies under work/ up to date, say what was done, and return the folder."""
    work = root / "work"
    for line in make_copies(root / "notebooks", work).lines():
        say(line)
    return work


def parser() -> argparse.ArgumentParser:
    """Return the parser of every command but `test`, whose arguments are pytest's."""
    serving = argparse.ArgumentParser(add_help=False)
    serving.add_argument("--no-browser", dest="browser", action="store_false", help="print the address, open nothing")
    serving.add_argument("--port", type=int, help="the port on this machine (the next free one where it is taken)")
    whole = argparse.ArgumentParser(
        prog="start.py",
        parents=[serving],
        description="CEP Workshop: set up, then open JupyterLab at the first notebook.",
    )
    commands = whole.add_subparsers(dest="command", metavar="COMMAND")
    page = commands.add_parser("page", parents=[serving], help="open a notebook as a page, without code")
    page.add_argument("notebook", nargs="?", help="for example 12_risk_analysis; the first one where none is named")
    commands.add_parser("test", help="run every test; further arguments go to pytest")
    lock = commands.add_parser("lock", help="write the locks and environment.yml again")
    lock.add_argument("--upgrade", action="store_true", help="take the newest versions")
    commands.add_parser("prepare", help="in a conda or Binder environment: JupyterLab's settings and your copies")
    return whole
