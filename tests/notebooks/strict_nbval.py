"""Running a stored notebook again under strict nbval, and counting what that really compared."""

from __future__ import annotations

import os
import subprocess
import sys
import xml.etree.ElementTree as ElementTree
from dataclasses import dataclass
from pathlib import Path

from nbformat import NotebookNode

from cep_toolkit.workshop import notebook as nb

NOT_COMPARED = ("image/png", "image/jpeg", "application/vnd.jupyter.widget-view+json")
IGNORED = ("nbval-ignore-output", "nbval-skip", "raises-exception")


@dataclass(frozen=True)
class Rerun:
    """What nbval reported.

    Parameters
    ----------
    cells, failed : int
        Code cells that ran, and those that failed or whose outputs differed.
    said : str
        The report.
    """

    cells: int
    failed: int
    said: str


def rerun(notebook: Path, folder: Path) -> Rerun:
    """Run a notebook again in a process of its own, with nobody's progress, and compare every output.

    ``folder`` takes the report; the project's own pytest settings do not apply there.
    """
    report, settings = folder / "report.xml", folder / "pytest.ini"
    settings.write_text("[pytest]\n")
    strict = ["--nbval", "--nbval-current-env", "--nbval-cell-timeout=120"]
    plain = ["-q", "-c", str(settings), "--rootdir", str(notebook.parent), "-p", "no:cacheprovider", "-p", "no:xdist"]
    ended = subprocess.run(
        [sys.executable, "-m", "pytest", *strict, *plain, f"--junitxml={report}", str(notebook)],
        env=os.environ | {"CEP_PROGRESS": str(folder / "progress"), "PYTEST_ADDOPTS": ""},
        capture_output=True,
        text=True,
        check=False,
    )
    (suite,) = ElementTree.parse(report).getroot().iter("testsuite")
    failed = sum(int(suite.attrib[name]) for name in ("failures", "errors", "skipped"))
    assert (ended.returncode == 0) is (failed == 0), ended.stdout + ended.stderr
    return Rerun(int(suite.attrib["tests"]), failed, ended.stdout)


def code_cells(notebook: NotebookNode) -> list[NotebookNode]:
    """Return the cells that nbval makes a test of."""
    return [cell for cell in notebook.cells if cell.cell_type == "code"]


def compared(cell: NotebookNode) -> bool:
    """Whether a cell has an output that nbval compares: not a picture alone, not a widget's view alone."""
    tags = set(cell.metadata.get("tags", []))
    if tags.intersection(IGNORED) or "NBVAL" in cell.source:
        return False
    return any(
        output.output_type == "stream" or set(output.get("data", {})).difference(NOT_COMPARED)
        for output in cell.outputs
    )


def vacuous(file: Path) -> str:
    """Say why running a notebook again would prove nothing; an empty text where it would prove something."""
    cells = code_cells(nb.read(file))
    if any(cell.execution_count is None for cell in cells):
        return "a code cell was never run"
    count = sum(map(compared, cells))
    return "" if count >= max(3, len(cells) // 2) else f"only {count} of {len(cells)} cells have outputs to compare"
