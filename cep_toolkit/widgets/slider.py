"""A slider with a name, whose value is said in words."""

from __future__ import annotations

from pathlib import Path

import anywidget
import traitlets


class Slider(anywidget.AnyWidget):
    """The browser's own slider; that of ipywidgets has no name for screen readers, and says a bare number.

    Attributes
    ----------
    label : str
        Its name.
    value, min, max, step : float
    text : str
        What the value means, in words.
    """

    _esm = Path(__file__).with_name("slider.js")
    label = traitlets.Unicode().tag(sync=True)
    value = traitlets.Float(0.0).tag(sync=True)
    min = traitlets.Float(0.0).tag(sync=True)
    max = traitlets.Float(1.0).tag(sync=True)
    step = traitlets.Float(0.01).tag(sync=True)
    text = traitlets.Unicode().tag(sync=True)
