"""What all faces share: the style, safe text, a call in code, and what a notebook shows before it is run."""

from __future__ import annotations

import base64
import html
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import ipywidgets as widgets

from cep_toolkit.errors import CepError
from cep_toolkit.widgets import messages
from cep_toolkit.widgets.keys import Keys

if TYPE_CHECKING:
    from cep_toolkit.figures import Figure


@cache
def _style() -> str:
    return Path(__file__).with_name("style.css").read_text(encoding="utf-8")


def face(kind: str, parts: list[Any]) -> Any:
    """Return the parts one under the other, with the house's style, and keys that are theirs."""
    hidden = widgets.Layout(display="none")
    style = widgets.HTML(f"<style>{_style()}</style>", layout=hidden)
    box = widgets.VBox([*parts, style, Keys(layout=hidden)])
    box.add_class("cep-face")
    box.add_class(f"cep-{kind}")
    return box


def safe(text: object) -> str:
    """Return text with everything that HTML would take for its own escaped."""
    return html.escape(str(text))


def bundle(view: Any, plain: str, safe_html: str, what: str) -> dict[str, Any]:
    """Return a face's representations: the widget, and for a notebook that is not running what it would show.

    Parameters
    ----------
    view
        The widget.
    plain, safe_html : str
        What it shows, as text and as HTML; the same in every run.
    what : str
        How the sentence calls it that says how to make it appear.
    """
    run = messages.RUN_FIRST.format(what=what)
    return {
        **(view._repr_mimebundle_() or {}),
        "text/plain": f"{plain}\n{run}",
        "text/html": f"{safe_html}\n<p><em>{safe(run)}</em></p>",
    }


def status(safe_html: str, kind: str = "") -> str:
    """Return HTML that screen readers say when it appears."""
    return f'<div role="status" class="cep-status {kind}">{safe_html}</div>' if safe_html else ""


def drawn(figure: Figure, caption: bool = True) -> str:
    """Return a figure as HTML, with the sentence that says what it shows.

    Parameters
    ----------
    figure : Figure
    caption : bool
        Whether the sentence is also printed below; where it stands elsewhere, it is for screen readers alone.
    """
    picture = base64.b64encode(figure.png).decode("ascii")
    sentence = safe(figure.sentence)
    below = f"<figcaption>{sentence}</figcaption>" if caption else ""
    return f'<figure><img src="data:image/png;base64,{picture}" alt="{sentence}">{below}</figure>'


def trouble(error: Exception) -> str:
    """Return what a person reads when a click went wrong."""
    return str(error) if isinstance(error, CepError) else messages.TROUBLE.format(name=type(error).__name__)


def guarded(action: Callable[..., object], say: Callable[[str], object]) -> Callable[..., None]:
    """Return a callback that never raises: an exception there would go into a log that nobody reads."""

    def callback(*arguments: object) -> None:
        try:
            action(*arguments)
        except Exception as error:
            say(trouble(error))

    return callback


class Code:
    """A folded line that shows the call that does the same.

    Parameters
    ----------
    call : callable
        Gives the code; asked for only while it is shown.
    """

    def __init__(self, call: Callable[[], str]) -> None:
        self._call = call
        self._button = widgets.ToggleButton(value=False, description=messages.SHOW_CODE, icon="")
        self._button.add_class("cep-quiet")
        self._code = widgets.HTML()
        self.view = widgets.VBox([self._button, self._code])
        self._button.observe(lambda change: self.refresh(), "value")

    @property
    def parts(self) -> tuple[Any, Any]:
        """The button and the text, to be placed apart."""
        return self._button, self._code

    def refresh(self) -> None:
        """Show the call as it is now, where it is shown at all."""
        self._button.description = messages.HIDE_CODE if self._button.value else messages.SHOW_CODE
        if not self._button.value:
            self._code.value = ""
            return
        code = guarded_text(self._call)
        self._code.value = (
            f'<div class="cep-code">{safe(messages.SAME_IN_CODE)}<pre tabindex="0">{safe(code)}</pre></div>'
        )


def guarded_text(make: Callable[[], str]) -> str:
    """Return a text, or the sentence that says why there is none."""
    try:
        return make()
    except Exception as error:
        return f"# {trouble(error)}"
