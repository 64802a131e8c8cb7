"""The table of progress, kept up to date: in a page nobody can run its cell again."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import ipywidgets as widgets

from cep_toolkit.course.progress import Progress
from cep_toolkit.widgets.look import face


class LiveProgress(Progress):
    """Progress as it is now; where it is shown, it follows what is done later.

    Parameters
    ----------
    count_again : callable
        Gives the progress anew.
    """

    def __init__(self, count_again: Callable[[], Progress]) -> None:
        now = count_again()
        super().__init__(now.title, now.steps, now.done, now.count)
        self._count_again = count_again
        self._table = widgets.HTML(now.html(links=True))
        self.view = face("progress", [self._table])

    def refresh(self) -> None:
        """Show the progress as it is now."""
        self._table.value = self._count_again().html(links=True)

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, Any]:
        view = self.view._repr_mimebundle_() or {}
        return {**view, "text/plain": repr(self), "text/html": self._repr_html_()}
