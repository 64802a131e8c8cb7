"""Progress bars: on standard error, and only where somebody looks."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from tqdm import tqdm

T = TypeVar("T")


def bar(items: Iterable[T] | None = None, *, title: str, total: int | None = None) -> tqdm[Any]:
    """Return a progress bar, over items or to be moved by hand; it shows nothing where no one watches."""
    from tqdm import tqdm

    return tqdm(items, desc=title, total=total, leave=False, file=sys.stderr, disable=not sys.stderr.isatty())
