"""Work side by side where there is enough of it: numpy lets go of the interpreter while it computes."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Collection, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from itertools import islice
from typing import TypeVar

Item = TypeVar("Item")
T = TypeVar("T")
AT_A_TIME = 2


def side_by_side(items: Collection[Item], make: Callable[[Item], T]) -> Iterator[T]:
    """Yield ``make(item)`` for every item, in order.

    While one is used, the next two are made; no more than these wait in memory.

    Examples
    --------
    >>> list(side_by_side([1, 2, 3], lambda number: number * number))
    [1, 4, 9]
    """
    if len(items) < AT_A_TIME:
        yield from map(make, items)
        return
    with ThreadPoolExecutor(AT_A_TIME) as pool:
        left = iter(items)
        coming: deque[Future[T]] = deque(pool.submit(make, item) for item in islice(left, AT_A_TIME))
        for item in left:
            ready = coming.popleft().result()
            coming.append(pool.submit(make, item))
            yield ready
        while coming:
            yield coming.popleft().result()
