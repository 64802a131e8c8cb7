"""Keeping what was done: the resume code, and the file of everything, both ways."""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING, Any

import ipywidgets as widgets

from cep_toolkit.checking.save_file import FILE_NAME
from cep_toolkit.widgets import messages
from cep_toolkit.widgets.look import bundle, face, guarded, safe, status

if TYPE_CHECKING:
    from cep_toolkit.widgets.workbook import Workbook


class Keeping:
    """A panel that shows the resume code, takes one back, and saves and brings back the progress file.

    Parameters
    ----------
    workbook : Workbook
    """

    def __init__(self, workbook: Workbook) -> None:
        self._workbook = workbook
        self._code, self._said, self._link = widgets.HTML(), widgets.HTML(), widgets.HTML()
        self._typed = widgets.Text(placeholder=messages.CODE_EXAMPLE, description=messages.A_CODE)
        self._file = widgets.FileUpload(accept=".json", multiple=False, description=messages.BRING_FILE)
        bring, save = (widgets.Button(description=word) for word in (messages.BRING_CODE, messages.SAVE_FILE))
        bring.on_click(guarded(lambda _: self.bring_code(self._typed.value), self._say))
        save.on_click(guarded(lambda _: self.offer_file(), self._say))
        self._file.observe(guarded(lambda _: self._take_file(), self._say), "value")
        lines = [widgets.HBox(parts) for parts in ([self._typed, bring], [save, self._link], [self._file])]
        for line in lines:
            line.add_class("cep-line")
        self.view = face("keeping", [self._code, *lines, self._said])
        self.refresh()

    def refresh(self) -> None:
        """Show the resume code as it is now."""
        self._code.value = f"<p>{safe(messages.YOUR_CODE)} <strong>{safe(self._workbook.resume_code())}</strong></p>"

    def bring_code(self, code: str) -> None:
        """Bring back the statuses of a code that was written down."""
        self._say(str(self._workbook.resume(code)))

    def offer_file(self) -> None:
        """Show a link that downloads everything done so far."""
        content = base64.b64encode(self._workbook.saved()).decode("ascii")
        self._link.value = (
            f'<a download="{FILE_NAME}" href="data:application/json;base64,{content}">{safe(messages.DOWNLOAD)}</a>'
        )
        self._say(messages.FILE_READY.format(name=FILE_NAME))

    def _take_file(self) -> None:
        if self._file.value:
            self._say(str(self._workbook.load(bytes(self._file.value[0]["content"]))))

    def _say(self, sentence: str) -> None:
        self._said.value = status(safe(sentence))

    def _repr_mimebundle_(self, **_: object) -> dict[str, Any]:
        plain = f"{messages.YOUR_CODE} {self._workbook.resume_code()}"
        return bundle(self.view, plain, f"<p>{safe(plain)}</p>", messages.THE_PANEL)
