"""A notebook as a page: its code hidden, for those who have never seen Jupyter."""

from __future__ import annotations

import os
import socket
import sys
import webbrowser
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from cep_toolkit.errors import InputFileError, OutOfRangeError, StorageError
from cep_toolkit.widgets import messages

TEMPLATE = "cep"
TEMPLATES = Path(__file__).with_name("page_template")
HOST = "127.0.0.1"
FIRST_PORT = 8866
PORTS_TRIED = 100
# JupyterLab's other extensions have nothing to do in a page, and some do not start there.
EXTENSIONS = ("@jupyter-widgets/jupyterlab-manager", "@voila-dashboards/widgets-manager8", "anywidget")
LAB_ONLY = "lab"  # how to run cells, and the heading over the code doors, are no matter in a page
BESIDE = r"[0-9][0-9]_[a-z0-9_]+\.ipynb"
HIDDEN = ("door:", "solution:", LAB_ONLY)
SETTINGS = {
    "allow_remote_access": False,  # a web page elsewhere cannot reach it under another name
    "ws_ping_interval": 0,  # no pings: nothing between two programs of one machine drops a silent connection
}


def serve(notebook: str, port: int | None = None, open_browser: bool = True) -> None:
    """Show a notebook as a page on this machine alone, until Ctrl+C.

    Parameters
    ----------
    notebook : str
        The path of a built notebook.
    port : int, optional
        Where to listen; the next free one where it is taken.
    open_browser : bool
        Whether to open it in the browser.

    Raises
    ------
    InputFileError
        There is no such notebook, or it cannot be read.
    OutOfRangeError
        The port is none.
    StorageError
        No port is free.
    """
    path = _readable(notebook)
    chosen = free_port(FIRST_PORT if port is None else port)
    templates = os.pathsep.join([str(TEMPLATES), *filter(None, [os.environ.get("JUPYTER_PATH")])])
    os.environ["JUPYTER_PATH"] = templates  # where Voila looks for templates, before anywhere else
    server = _server(path, chosen, open_browser)
    server.start()
    print(messages.PAGE_STOPPED, flush=True)


def without_code_doors(notebook: Any) -> Any:
    """Return a notebook without the cells that answer in code, their heading, and what only JupyterLab needs.

    Parameters
    ----------
    notebook : NotebookNode
        Changed in place; it was read for one visit.
    """
    notebook.cells = [cell for cell in notebook.cells if not _is_left_out(cell)]
    for cell in notebook.cells:
        cell.metadata.pop("tags", None)  # they would become names of classes in the page
    notebook.metadata["title"] = _title(notebook)
    return notebook


def free_port(first: int) -> int:
    """Return a port of this machine that nobody listens at: the first one, or the next free after it.

    Raises
    ------
    OutOfRangeError
        The number is no port.
    StorageError
        None of a hundred is free.
    """
    if not 1 <= first <= 65_535:
        raise OutOfRangeError("port", first, "1 to 65535")
    for port in range(first, min(first + PORTS_TRIED, 65_536)):
        with socket.socket() as candidate:
            if os.name != "nt":  # there, the option would let two servers share a port
                candidate.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                candidate.bind((HOST, port))
            except OSError:
                continue
            return port
    raise StorageError(
        f"port {first}", "neither this port nor one of the next hundred is free.", "Choose another with --port."
    )


def _readable(notebook: str) -> Path:
    import nbformat

    path = Path(notebook)
    if not path.is_file():
        raise InputFileError(notebook, "there is no such notebook.", "Name one that lies in work/ or notebooks/.")
    try:
        nbformat.read(path, as_version=4)  # type: ignore[no-untyped-call]  # nbformat types half of itself
    except Exception as error:  # a file that is no notebook fails in many ways, all with one remedy
        raise InputFileError(notebook, "this is not a notebook.", "Name a file that ends in .ipynb.") from error
    return path.resolve()


def _is_left_out(cell: Any) -> bool:
    return any(tag.startswith(HIDDEN) for tag in cell.metadata.get("tags", []))


def _title(notebook: Any) -> str:
    """Return the notebook's first heading."""
    lines: Iterator[str] = (
        line for cell in notebook.cells if cell.cell_type == "markdown" for line in cell.source.splitlines()
    )
    return next((line.lstrip("# ").strip() for line in lines if line.startswith("# ")), "CEP Workshop")


def _server(path: Path, port: int, open_browser: bool) -> Any:
    """Return Voila, ready to start: on this machine alone, with our template, without configuration files."""
    import logging

    from jupyter_server.utils import url_path_join
    from traitlets.config import Config
    from voila.app import Voila
    from voila.tornado.handler import TornadoVoilaHandler

    def say_where(address: str) -> None:
        print(messages.PAGE_OPEN.format(address=address), flush=True)
        if open_browser:
            webbrowser.open(address)

    class Page(Voila):  # type: ignore[misc]  # Voila ships no types
        def init_handlers(self) -> list[Any]:
            return [self._beside(), *super().init_handlers()]

        def _beside(self) -> tuple[Any, ...]:
            """Let the course's other notebooks in the same folder be opened from this one."""
            parts = {name: getattr(self, name) for name in ("template_paths", "config", "voila_configuration")}
            return url_path_join(self.server_url, f"/({BESIDE})"), TornadoVoilaHandler, parts

        def launch_browser(self) -> None:
            say_where(f"http://{HOST}:{self.port}/")

    config = Config()
    config.VoilaConfiguration.template = TEMPLATE
    config.VoilaConfiguration.allow_template_override = "NO"
    config.VoilaConfiguration.file_allowlist = [r".*\.(png|jpg|gif|svg|json)"]
    config.VoilaConfiguration.prelaunch_hook = lambda request, notebook, cwd: without_code_doors(notebook)
    config.VoilaConfiguration.extension_allowlist = list(EXTENSIONS)
    config.VoilaExecutor.cell_error_instruction = "Open this notebook in JupyterLab to read what to do."
    config.VoilaExecutor.timeout = 600
    server = Page(
        config=config,
        notebook_path=str(path),
        root_dir=str(path.parent),
        port=port,
        ip=HOST,
        open_browser=True,  # always: launch_browser says where the page is
        log_level=logging.ERROR,
        config_file_paths=[],
        tornado_settings=SETTINGS,
    )
    server.initialize([])
    return server


if __name__ == "__main__":
    serve(sys.argv[1], open_browser=False)
