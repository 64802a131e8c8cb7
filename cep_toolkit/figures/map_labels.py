"""Labels that do not meet."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from cep_toolkit.world.geography import Place

if TYPE_CHECKING:
    import numpy as np
    from matplotlib.axes import Axes
    from numpy.typing import NDArray

Box = tuple[float, float, float, float]


class Labels:
    """Places texts on a drawing one after the other, each clear of those before.

    Parameters
    ----------
    axes : matplotlib.axes.Axes
        Its limits must be set, since texts are measured against them.

    Examples
    --------
    >>> from cep_toolkit.figures import canvas
    >>> drawing, axes = canvas("Two names", "", "")
    >>> labels = Labels(axes)
    >>> for name in ("here", "there"):
    ...     labels.place(name, [(0.5, 0.5), (0.5, 0.8)])
    >>> [round(bottom + top, 1) for _, bottom, _, top in labels.boxes]
    [1.0, 1.6]
    """

    def __init__(self, axes: Axes) -> None:
        self._axes = axes
        self.boxes: list[Box] = []
        """The texts placed so far: left, bottom, right and top in the units of the axes."""
        self._marks: list[Box] = []

    def avoid(self, x: Iterable[float], y: Iterable[float], half: float) -> None:
        """Keep texts off marks where that can be had; ``half`` is half a mark's width, in the units of the axes."""
        self._marks += [(a - half, b - half, a + half, b + half) for a, b in zip(x, y, strict=True)]

    def place(self, text: str, candidates: Iterable[Place], **look: Any) -> None:
        """Write a text about the first of the candidate places where it meets least: texts count before marks."""
        import numpy as np
        from matplotlib.patheffects import withStroke

        halo = [withStroke(linewidth=2.2, foreground="white", alpha=0.8)]
        made = self._axes.text(0, 0, text, ha="center", va="center", linespacing=1.0, path_effects=halo, **look)
        extent = made.get_window_extent().transformed(self._axes.transData.inverted())
        half = np.array([extent.width, extent.height]) / 2
        middles = np.array(list(candidates), dtype=float)
        best = int(self._cost(np.hstack([middles - half, middles + half])).argmin())
        made.set_position(tuple(middles[best]))
        (x, y), (across, up) = middles[best].tolist(), half.tolist()
        self.boxes.append((x - across, y - up, x + across, y + up))

    def _cost(self, boxes: NDArray[np.float64]) -> NDArray[np.float64]:
        """Weigh boxes: off the drawing is worst, then on a text, then on a mark."""
        (left, right), (bottom, top) = self._axes.get_xlim(), self._axes.get_ylim()
        inside = _shared(boxes, [(left, bottom, right, top)])
        own = (boxes[:, 2] - boxes[:, 0]) * (boxes[:, 3] - boxes[:, 1])
        cost = 1000 * (own - inside) + 100 * _shared(boxes, self.boxes) + _shared(boxes, self._marks)
        return cost.round(6)  # equal places tie, and the first wins


def _shared(boxes: NDArray[np.float64], others: list[Box]) -> NDArray[np.float64]:
    """Return the area that each box shares with the others."""
    import numpy as np

    other = np.array(others, dtype=float).reshape(1, -1, 4)
    low, high = np.maximum(boxes[:, None, :2], other[..., :2]), np.minimum(boxes[:, None, 2:], other[..., 2:])
    area: NDArray[np.float64] = (high - low).clip(0).prod(axis=2).sum(axis=1)
    return area
