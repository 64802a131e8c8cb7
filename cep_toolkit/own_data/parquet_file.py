"""A Parquet file as it is: its columns turned into the texts that a mapping speaks of."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from numpy.typing import NDArray

from cep_toolkit.own_data.batch import Batch
from cep_toolkit.own_data.conversion import mask
from cep_toolkit.own_data.records import LONGEST_FIELD, Record
from cep_toolkit.own_data.source import Source

REMEDY = "Write the file again, or save the table as CSV, UTF-8."
EXACT = 1e15  # whole numbers up to here are written without an exponent


class ParquetFile(Source):
    """A Parquet file, open for reading; its first row has number 1. See ``Source``."""

    typed = True

    @property
    def done(self) -> int:
        """How many rows have been read: ``size`` is counted in rows too."""
        return self.rows

    def batches(self, places: Sequence[int], rows: int, characters: int) -> Iterator[Batch]:
        """Give every row. See ``Source.batches``."""
        most = min(rows, max(characters // (10 * len(self.header)), 1))
        read = self._file.iter_batches(batch_size=most)
        while True:
            try:
                found = next(read, None)
                if found is None:
                    return
                batch = self._batch(found, places)
            except (pa.ArrowException, OSError, ValueError, OverflowError) as error:
                raise self.problem("the table cannot be read to its end.", REMEDY) from error
            self.rows += len(found)
            yield batch

    def _batch(self, found: pa.RecordBatch, places: Sequence[int]) -> Batch:
        columns = {place: self._texts(found.column(place), place) for place in places}
        good = ~np.any([_unfit(texts) for texts in columns.values()], axis=0)
        numbers = np.arange(self.rows + 1, self.rows + 1 + len(found))
        kept = np.flatnonzero(good)

        def fields(place: int) -> list[str]:
            return self._fields(found, place)

        return Batch(
            numbers=numbers[good],
            texts={place: texts.filter(pa.array(good)) for place, texts in columns.items()},
            fields=lambda place: fields(int(kept[place])),
            bad=[Record(int(numbers[at]), fields(int(at))).checked(len(self.header)) for at in np.flatnonzero(~good)],
        )

    def _fields(self, found: pa.RecordBatch, row: int) -> list[str]:
        """Return every field of one row, those that the mapping does not use too."""
        return [
            str(found.column(place)[row].as_py()) if pa.types.is_nested(kind) else self._text(found, place, row)
            for place, kind in enumerate(found.schema.types)
        ]

    def _text(self, found: pa.RecordBatch, place: int, row: int) -> str:
        return str(self._texts(found.column(place).slice(row, 1), place)[0])

    def _texts(self, values: pa.Array, place: int) -> pa.Array:
        """Return a column as texts: numbers with the mapping's decimal mark, days as YYYY-MM-DD."""
        values.validate(full=True)
        if pa.types.is_dictionary(values.type):
            values = values.dictionary_decode()
        kind = values.type
        if pa.types.is_nested(kind):
            raise self.problem(f'column "{self.header[place]}" holds {kind}, not single values.', REMEDY)
        if pa.types.is_timestamp(kind):
            values = _days(values)
        elif pa.types.is_floating(kind) or pa.types.is_decimal(kind):
            values = pc.replace_substring(_numbers(values), ".", self.format.decimal)
        return pc.fill_null(values.cast(pa.string()), "")

    def _read_header(self) -> tuple[str, ...]:
        try:
            self._file = pq.ParquetFile(self._bytes)
            names = self._file.schema_arrow.names
        except Exception as error:  # a damaged file fails in many ways, all with one remedy
            raise self.problem("this is a Parquet file, but it is damaged.", REMEDY) from error
        if not names:
            raise self.problem("the file is empty.", "Export it again.")
        self.size = self._file.metadata.num_rows
        return self._names(names, 1)


def _numbers(values: pa.Array) -> pa.Array:
    """Return numbers as texts, whole ones without a point; what is not a number is empty."""
    if not pa.types.is_floating(values.type):
        return values.cast(pa.string())
    read = values.cast(pa.float64())
    read = pc.if_else(pc.is_nan(read), None, read)
    whole = pc.and_(pc.equal(pc.floor(read), read), pc.less(pc.abs(read), EXACT))
    counted = pc.if_else(whole, read, 0).cast(pa.int64()).cast(pa.string())
    return pc.if_else(whole, counted, read.cast(pa.string()))


def _days(values: pa.Array) -> pa.Array:
    """Return times as texts, without the time of day where it is midnight (of UTC, if a time zone is told)."""
    seconds = values.cast(pa.timestamp("s"), safe=False)
    return pc.replace_substring_regex(seconds.cast(pa.string()), " 00:00:00$", "")


def _unfit(texts: pa.Array) -> NDArray[np.bool_]:
    """Return which texts no row may hold."""
    return mask(pc.or_(pc.greater(pc.utf8_length(texts), LONGEST_FIELD), pc.match_substring(texts, "\0")))
