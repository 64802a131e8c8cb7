"""What JupyterLab writes to disk: a saved notebook shows the questions, not errors about forms that no longer run."""

from __future__ import annotations

from typing import Any

VIEW = "application/vnd.jupyter.widget-view+json"


def without_views(model: dict[str, Any], **_: object) -> None:
    """Take the views of widgets out of a notebook that is being saved, where text stands beside them.

    A view belongs to a running kernel. Opened again without it, JupyterLab would say "Error displaying widget"; so it
    shows the text, which asks to run the notebook. JupyterLab calls this before each save:
    ``--FileContentsManager.pre_save_hook=cep_toolkit.widgets.saved.without_views``.

    Parameters
    ----------
    model : dict
        The file as Jupyter's contents manager describes it; changed in place.

    Examples
    --------
    >>> output = {"output_type": "execute_result", "data": {VIEW: {}, "text/plain": "The question"}}
    >>> without_views({"type": "notebook", "content": {"cells": [{"cell_type": "code", "outputs": [output]}]}})
    >>> output["data"]
    {'text/plain': 'The question'}
    """
    content = model.get("content")
    if model.get("type") != "notebook" or not isinstance(content, dict):
        return
    for cell in content.get("cells", []):
        for output in cell.get("outputs", []):
            data = output.get("data", {})
            if VIEW in data and len(data) > 1:
                del data[VIEW]
