"""One page that shows a simulated world to those who teach with it or add to it."""

from __future__ import annotations

from cep_toolkit.workshop.world_report.writing import page, write_report

__all__ = ["page", "write_report"]
