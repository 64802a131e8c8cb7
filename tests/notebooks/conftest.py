"""The course's own notebooks."""

from __future__ import annotations

from tests.workshop.places import one_cache

__all__ = ["one_cache"]
