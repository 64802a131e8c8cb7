"""Running a notebook in a clean kernel: nobody's progress, nobody's settings, an empty folder."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cep_toolkit.errors import CourseError

if TYPE_CHECKING:
    from jupyter_client.manager import AsyncKernelManager
    from nbformat import NotebookNode

CELL_SECONDS = 120


@contextmanager
def clean_kernels() -> Iterator[type[AsyncKernelManager]]:
    """Yield the kind of kernel manager whose kernels find no progress and none of the user's own settings.

    nbclient and papermill both take one, so that no variable of this process is changed.
    """
    import zmq
    from jupyter_client.manager import AsyncKernelManager

    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        own = {
            "CEP_PROGRESS": str(Path(folder) / "progress"),
            "IPYTHONDIR": str(Path(folder) / "ipython"),
        }

        class CleanKernelManager(AsyncKernelManager):
            def __init__(self, *given: Any, **options: Any) -> None:
                super().__init__(*given, **options)
                if zmq.has("curve"):
                    self.transport_encryption = "auto"  # else every kernel warns that others could listen

            async def _async_start_kernel(self, **options: Any) -> None:
                await super()._async_start_kernel(**options | {"env": os.environ | own})

            start_kernel = _async_start_kernel

        yield CleanKernelManager


def run(
    notebook: str, made: NotebookNode, progress: Callable[[], object] = lambda: None, folder: Path | None = None
) -> None:
    """Run every cell of a notebook, in place, in an empty folder or where it is told.

    Parameters
    ----------
    notebook : str
        Its name, for errors.
    made : NotebookNode
    progress : callable
        Called before each code cell.
    folder : Path, optional
        Where the cells run.

    Raises
    ------
    CourseError
        A cell failed, took too long or ended the kernel.
    """
    from nbclient import NotebookClient

    with (
        tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as empty,
        watched(notebook, made, progress) as options,
    ):
        where = {"metadata": {"path": str(folder or empty)}}
        NotebookClient(made, timeout=CELL_SECONDS, record_timing=False, resources=where, **options).execute()


@contextmanager
def watched(
    notebook: str, made: NotebookNode, progress: Callable[[], object] = lambda: None
) -> Iterator[dict[str, Any]]:
    """Yield the options with which nbclient or papermill runs a notebook, and name the cell that goes wrong.

    Raises
    ------
    CourseError
        A cell failed, took too long or ended the kernel while the block ran.
    """
    from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError

    at_work: list[NotebookNode] = []

    def started(cell: NotebookNode, cell_index: int) -> None:
        at_work.append(cell)
        progress()

    with clean_kernels() as kernels:
        try:
            yield {"kernel_manager_class": kernels, "on_cell_start": started}
        except CellExecutionError as error:
            raise _failed(notebook, made, at_work[-1], f"{error.ename}: {error.evalue}") from error
        except CellTimeoutError as error:
            raise _failed(notebook, made, at_work[-1], f"it ran longer than {CELL_SECONDS} seconds") from error
        except DeadKernelError as error:
            raise _failed(notebook, made, at_work[-1], "the kernel ended") from error


def _failed(notebook: str, made: NotebookNode, cell: NotebookNode, problem: str) -> CourseError:
    """Return the error of a cell that did not run to its end; papermill's own numbers count one cell more."""
    number = 1 + [other.id for other in made.cells].index(cell.id)
    label = next(iter(cell.metadata.get("tags", [])), "") or cell.source.strip().partition("\n")[0][:60]
    where = f"notebook {notebook}, cell {number} ({label})"
    return CourseError(where, f"{' '.join(problem.split())}.", "Run the cell in JupyterLab and mend the source.")
