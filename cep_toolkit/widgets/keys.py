"""Keys pressed inside a face belong to its controls, not to JupyterLab."""

from __future__ import annotations

from pathlib import Path

import anywidget


class Keys(anywidget.AnyWidget):
    """Nothing to see: where it stands, "x" on a button no longer cuts the notebook's cell."""

    _esm = Path(__file__).with_name("keys.js")
