"""JupyterLab's settings for a workshop: no news, nothing asked of the network, saved notebooks without dead forms."""

from __future__ import annotations

import json
from pathlib import Path

SETTINGS: dict[str, dict[str, object]] = {
    "@jupyterlab/apputils-extension:notification": {"fetchNews": "false", "checkForUpdates": False},
}
SERVER: dict[str, dict[str, object]] = {
    "FileContentsManager": {"pre_save_hook": "cep_toolkit.widgets.saved.without_views"}
}


def write_lab_settings(prefix: Path) -> Path:
    """Write the settings into an environment, keeping what else stands in its overrides, and return that file.

    Parameters
    ----------
    prefix
        The environment's folder (`sys.prefix` of its Python).
    """
    file = prefix / "share" / "jupyter" / "lab" / "settings" / "overrides.json"
    _add(SETTINGS, file)
    _add(SERVER, prefix / "etc" / "jupyter" / "jupyter_server_config.json")
    return file


def _add(settings: dict[str, dict[str, object]], file: Path) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(json.dumps(_present(file) | settings, indent=2) + "\n", encoding="utf-8")


def _present(file: Path) -> dict[str, dict[str, object]]:
    try:
        content = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return content if isinstance(content, dict) else {}
