"""Work block by block, two at a time where there are several: numpy lets go of the interpreter while it computes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from cep_toolkit.world.engine import Engine

T = TypeVar("T")
AT_A_TIME = 2


def each_block(engine: Engine, make: Callable[[int], T]) -> Iterator[T]:
    """Yield ``make(number)`` for every block of the year, in order; no more than two wait in memory."""
    numbers = list(engine.reality.blocks)
    if len(numbers) == 1:
        yield make(numbers[0])
        return
    with ThreadPoolExecutor(AT_A_TIME) as pool:
        for first in range(0, len(numbers), AT_A_TIME):
            yield from pool.map(make, numbers[first : first + AT_A_TIME])
