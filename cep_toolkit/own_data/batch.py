"""Rows of a file as columns of texts, with the line of each, and what could not be a row."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from cep_toolkit.own_data.records import Record

Texts = Mapping[int, pa.Array]


@dataclass(frozen=True)
class Batch:
    """Some rows, in the order of the file.

    Parameters
    ----------
    numbers : array of int
        The line of each well-formed row.
    texts : mapping
        The columns that are needed, by their place in the header.
    fields : callable
        Gives every field of one well-formed row.
    bad : list of Record
        What is ill-formed.
    """

    numbers: NDArray[np.int64]
    texts: Texts
    fields: Callable[[int], list[str]]
    bad: list[Record]

    def __len__(self) -> int:
        return len(self.numbers)

    def parts(self, most: int) -> Iterator[Batch]:
        """Give the same rows in batches of so many at most."""
        bad = sorted(self.bad)
        for start in range(0, max(len(self), 1), most):
            end = start + most
            last = end >= len(self)
            here = [record for record in bad if last or record.number < self.numbers[end]]
            bad = bad[len(here) :]
            texts = {place: array.slice(start, most) for place, array in self.texts.items()}
            yield Batch(self.numbers[start:end], texts, _from(self.fields, start), here)


def _from(fields: Callable[[int], list[str]], start: int) -> Callable[[int], list[str]]:
    return lambda place: fields(start + place)


def batch_of(records: Sequence[Record], places: Sequence[int]) -> Batch:
    """Return records as a batch.

    Examples
    --------
    >>> batch = batch_of([Record(2, ["a", "b"]), Record(3, [], "no row")], [1])
    >>> batch.numbers.tolist(), batch.texts[1].to_pylist(), batch.fields(0), len(batch.bad)
    ([2], ['b'], ['a', 'b'], 1)
    """
    good = [record for record in records if not record.problem]
    return Batch(
        numbers=np.array([record.number for record in good], dtype=np.int64),
        texts={place: pa.array([record.fields[place] for record in good], pa.string()) for place in places},
        fields=lambda place: good[place].fields,
        bad=[record for record in records if record.problem],
    )


def merged(first: Batch, second: Batch) -> Batch:
    """Return the rows of two batches in the order of the file.

    Examples
    --------
    >>> made = merged(batch_of([Record(4, ["d"])], [0]), batch_of([Record(2, ["b"]), Record(7, ["g"])], [0]))
    >>> made.numbers.tolist(), made.texts[0].to_pylist(), made.fields(1)
    ([2, 4, 7], ['b', 'd', 'g'], ['d'])
    """
    numbers = np.concatenate([first.numbers, second.numbers])
    order = np.argsort(numbers, kind="stable")
    taken = pa.array(order)
    count = len(first)

    def fields(place: int) -> list[str]:
        at = int(order[place])
        return first.fields(at) if at < count else second.fields(at - count)

    texts = {place: pa.concat_arrays([first.texts[place], second.texts[place]]).take(taken) for place in first.texts}
    return Batch(numbers[order], texts, fields, [*first.bad, *second.bad])
