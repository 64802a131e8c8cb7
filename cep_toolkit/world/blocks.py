"""The year's declarations come in blocks: work on them, side by side where there are several."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TypeVar

from cep_toolkit.world.engine import Engine
from cep_toolkit.world.side_by_side import side_by_side

T = TypeVar("T")


def each_block(engine: Engine, make: Callable[[int], T]) -> Iterator[T]:
    """Yield ``make(number)`` for every block of the year, in order."""
    return side_by_side(engine.reality.blocks, make)
