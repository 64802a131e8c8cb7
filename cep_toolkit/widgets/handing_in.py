"""The button that hands in: it writes one file, and says where it is and what to do with it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import ipywidgets as widgets

from cep_toolkit.widgets import messages
from cep_toolkit.widgets.look import Code, bundle, face, guarded, safe, status

if TYPE_CHECKING:
    from cep_toolkit.widgets.workbook import Workbook


class HandingIn:
    """A button for a notebook of a pack.

    Parameters
    ----------
    workbook : Workbook
        One that has a pack.
    """

    def __init__(self, workbook: Workbook) -> None:
        self._workbook = workbook
        self._said = widgets.HTML()
        self._about = messages.HAND_IN_ABOUT.format(participant=workbook.pack.participant if workbook.pack else "")
        button = widgets.Button(description=messages.HAND_IN)
        button.on_click(guarded(lambda _: self.hand_in(), lambda trouble: self._say(safe(trouble))))
        code = Code(lambda: "wb.submit()")
        line = widgets.HBox([button, code.parts[0]])
        line.add_class("cep-line")
        self.view = face("handing-in", [widgets.HTML(f"<p>{safe(self._about)}</p>"), line, self._said, code.parts[1]])

    def hand_in(self) -> None:
        """Write the file and say where it is."""
        self._say(self._workbook.submit().html)

    def _say(self, safe_html: str) -> None:
        self._said.value = status(safe_html)

    def _repr_mimebundle_(self, **_: object) -> dict[str, Any]:
        return bundle(self.view, self._about, f"<p>{safe(self._about)}</p>", messages.THE_BUTTON)
