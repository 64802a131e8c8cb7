"""A figure together with the sentence that says what it shows."""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure as Canvas

# Three of the eight colours of Okabe and Ito, "Color Universal Design" (2008): safe for colour-blind readers.
BLUE, ORANGE, GREY = "#0072B2", "#D55E00", "#6E6E6E"
DOTS_PER_INCH = 110
STEADY = {"left": 0.9, "right": 0.25, "bottom": 0.6, "top": 0.35}  # inches around axes of numbers


@dataclass(frozen=True)
class Figure:
    """A drawing and what it shows, in words.

    Parameters
    ----------
    drawing : matplotlib.figure.Figure
    sentence : str
        What it shows, computed from the same data: for readers who do not see it, and for the tests.

    Examples
    --------
    >>> drawing, axes = canvas("Two lanes", "week", "declarations")
    >>> Figure(drawing, "Both lanes grow.")
    Both lanes grow.
    """

    drawing: Canvas
    sentence: str

    @property
    def png(self) -> bytes:
        """The drawing as a PNG image."""
        return png(self.drawing)

    def __repr__(self) -> str:
        return self.sentence

    def _ipython_display_(self) -> None:
        from html import escape

        from IPython.display import Image, display

        display(Image(self.png, alt=self.sentence))  # type: ignore[no-untyped-call]  # IPython ships no types here
        display({"text/plain": self.sentence, "text/html": f"<p>{escape(self.sentence)}</p>"}, raw=True)  # type: ignore[no-untyped-call]


def canvas(
    title: str, x: str, y: str, width: float = 7.5, height: float = 3.6, steady: bool = False
) -> tuple[Canvas, Axes]:
    """Return an empty drawing in the house's style and its axes.

    Parameters
    ----------
    title : str
        The finding, not the subject.
    x, y : str
        What the axes show, with units.
    width, height : float
        Inches.
    steady : bool
        Whether the axes keep their place whatever their labels, for a picture that is drawn again and again; it is
        also drawn in half the time. Else they leave the labels the room they need.
    """
    from matplotlib.figure import Figure as Canvas

    drawing = Canvas(figsize=(width, height), dpi=DOTS_PER_INCH, layout=None if steady else "constrained")
    if steady:
        drawing.subplots_adjust(
            left=STEADY["left"] / width,
            right=1 - STEADY["right"] / width,
            bottom=STEADY["bottom"] / height,
            top=1 - STEADY["top"] / height,
        )
    axes = drawing.add_subplot()
    axes.set_title(title, loc="left", fontsize=11)
    axes.set_xlabel(x)
    axes.set_ylabel(y)
    axes.spines[["top", "right"]].set_visible(False)
    return drawing, axes


def png(drawing: Canvas) -> bytes:
    """Return a drawing as a PNG image, without time stamp; ``savefig`` would draw it twice."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg

    file = io.BytesIO()
    clean: dict[str, Any] = {"Software": None}
    FigureCanvasAgg(drawing).print_png(file, metadata=clean)  # type: ignore[no-untyped-call]  # its stub has no types
    return file.getvalue()
