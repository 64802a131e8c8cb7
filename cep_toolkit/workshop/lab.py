"""Opening JupyterLab as start.py does, in whatever environment runs this."""

from __future__ import annotations

import sys
from pathlib import Path

from cep_toolkit.workshop.places import course_folder


def open_lab(*, browser: bool, port: int | None) -> int:
    """Bring the participant's copies up to date, open JupyterLab at the first one, and return when it is stopped."""
    root = course_folder()
    if str(root) not in sys.path:
        sys.path.insert(0, str(root))  # start.py's own modules lie beside the package, not in it
    from setting_up import commands, environment, opening

    class ThisEnvironment(environment.Environment):
        """The environment that runs this, wherever it lies."""

        @property
        def python(self) -> Path:
            return Path(sys.executable)

    return opening.open_lab(ThisEnvironment(root), commands.copy_notebooks(root), browser=browser, port=port)
