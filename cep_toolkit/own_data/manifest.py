"""``manifest.json``: what a folder of own data holds, and how to tell that it is still what was written."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

from cep_toolkit.own_data.report import Report

KIND = "own data"
EDITION = 1


def write_manifest(folder: Path, report: Report) -> None:
    """Describe the tables of a folder; the same tables have the same fingerprint.

    Parameters
    ----------
    folder : Path
        With the tables that the report names.
    report : Report
    """
    tables = {
        name: {"rows": rows, "sha256": _sha256(folder / f"{name}.parquet")} for name, rows in report.tables.items()
    }
    content: dict[str, Any] = {"kind": KIND, "edition": EDITION, "currency": report.currency, "tables": tables}
    fingerprint = hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()
    content |= {"fingerprint": fingerprint, "source": report.source, "notes": list(report.notes)}
    text = json.dumps(content, indent=1, ensure_ascii=False)
    (folder / "manifest.json").write_text(text + "\n", encoding="utf-8", newline="\n")


def _sha256(file: Path) -> str:
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
