"""Objects of every make that a participant could hand in, and some that nobody ever would."""

from __future__ import annotations

import datetime
import decimal
import fractions
import itertools
from collections.abc import Callable, Iterator, Mapping
from typing import Any
from unittest.mock import MagicMock, Mock

import numpy as np
import pandas as pd
from hypothesis import strategies as st


class Panic(BaseException):
    """What a library written in Rust raises: no Exception."""


def _fails(*_: object, **__: object) -> Any:
    raise Panic("no")


def failing(*methods: str) -> object:
    """Return an object whose methods raise."""
    return type("Failing", (), dict.fromkeys(methods, _fails))()


class Endless(Mapping[str, object]):
    """A mapping without end."""

    def __getitem__(self, key: str) -> object:
        return key

    def __iter__(self) -> Iterator[str]:
        return map(str, itertools.count())

    def __len__(self) -> int:
        return 3


class Liar(str):
    """A text whose own methods give something else."""

    __slots__ = ()

    def casefold(self) -> Any:
        return 5

    def encode(self, *_: object) -> Any:
        return self

    def decode(self, *_: object) -> Any:
        return None


def _itself() -> list[object]:
    loop: list[object] = []
    loop.append(loop)
    return loop


def _deep() -> object:
    deep: object = 1
    for _ in range(5_000):
        deep = [deep]
    return deep


_MAKERS: tuple[Callable[[], object], ...] = (
    object,
    itertools.count,
    lambda: itertools.cycle(["a", "b"]),
    lambda: (1 / 0 for _ in "a"),
    lambda: iter([]),
    lambda: range(10**15),
    lambda: 10**400,
    lambda: -(10**5000),
    lambda: decimal.Decimal("sNaN"),
    lambda: decimal.Decimal("1e999999"),
    lambda: fractions.Fraction(10**400, 3),
    lambda: float("inf"),
    lambda: "\ud800 \x00 \u202e",
    lambda: "9" * 1_000_000,
    lambda: "1," * 900,
    lambda: Liar("5"),
    lambda: Liar("a"),
    lambda: np.str_("a"),
    lambda: np.float64("nan"),
    lambda: np.float32(5.0),
    lambda: np.int64(5),
    lambda: np.bool_(True),
    lambda: np.datetime64("NaT"),
    lambda: np.datetime64("2016-03-05"),
    lambda: np.timedelta64(5, "D"),
    lambda: np.void(b"ab"),
    lambda: np.array([]),
    lambda: np.array(5),
    lambda: np.array(["a", None], dtype=object),
    lambda: np.zeros((3, 3, 3)),
    lambda: np.ma.masked,
    lambda: np.array([(1, "a")], dtype=[("x", int), ("y", "U1")]),
    lambda: pd.NA,
    lambda: pd.NaT,
    lambda: pd.Timestamp("2016-03-05 10:00", tz="UTC"),
    lambda: pd.Interval(0, 1),
    lambda: pd.Period("2016-03"),
    lambda: pd.Series([1, 2, 3]),
    lambda: pd.Series([5.0], name="id"),
    lambda: pd.Series([True, False], index=pd.Index(["1", "2"], name="id")),
    lambda: pd.Series(["a", None, float("nan")], dtype=object),
    lambda: pd.Series(pd.to_datetime(["2016-03-05"])),
    lambda: pd.Series(["a"], dtype="category"),
    lambda: pd.Series({"a": 1, "b": 2}),
    lambda: pd.Series([pd.DataFrame({"a": [1]})]),
    lambda: pd.DataFrame(),
    lambda: pd.DataFrame({"id": ["1", "2"], "name": ["a", "b"]}),
    lambda: pd.DataFrame({"name": ["a"]}, index=pd.Index(["1"], name="id")),
    lambda: pd.DataFrame({"x": ["a"], "y": ["b"]}, index=["a"]),
    lambda: pd.DataFrame([[1, 2], [3, 4]], columns=["id", "id"]),
    lambda: pd.DataFrame({"x": range(100_000)}),
    lambda: pd.MultiIndex.from_tuples([("a", 1)], names=["id", "x"]),
    lambda: pd.DataFrame({"id": [1, 1]}).groupby("id"),
    lambda: failing("__str__", "__repr__"),
    lambda: failing("__eq__", "__hash__"),
    lambda: failing("__iter__"),
    lambda: failing("__bool__", "__len__"),
    lambda: failing("__ne__"),
    lambda: {failing("__str__"): 1},
    lambda: [failing("__str__", "__iter__")],
    Endless,
    Mock,
    MagicMock,
    _itself,
    _deep,
    lambda: _fails,
    lambda: lambda: None,
    lambda: int,
    lambda: memoryview(b"abc"),
    lambda: bytearray(b"a"),
    lambda: {("a", "b"): {"a": {"b": 1}}},
    lambda: {"a": {"x": "a", "y": itertools.count()}},
    lambda: frozenset({"a", "b"}),
    lambda: ...,
    lambda: NotImplemented,
)

ODD = (*_MAKERS, lambda: failing("__getattr__"), lambda: failing("__getattribute__"))
"""The last two are too odd for Hypothesis itself, which looks at the attributes of what it draws."""

_PLAIN = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.text(max_size=12),
    st.sampled_from(
        ("a", "b", "A", "x", "rate", "5", "12,5", "1,234", "5 %", "2016-03-05", "5/3/2016", "____", "1; 2")
    ),
    st.binary(max_size=4),
    st.complex_numbers(),
    st.decimals(),
    st.fractions(),
    st.dates(),
    st.datetimes(),
    st.times(),
    st.timedeltas(),
    st.just(datetime.UTC),
    st.sampled_from(_MAKERS).map(lambda make: make()),
)


def odd_objects() -> st.SearchStrategy[object]:
    """Return a strategy of plain values, odd objects, and collections of both."""
    keys = st.one_of(st.sampled_from(("a", "b", "x", "y", "rate", "step", "")), st.integers(), st.floats(), st.none())
    return st.recursive(
        _PLAIN,
        lambda inner: st.one_of(
            st.lists(inner, max_size=4),
            st.lists(inner, max_size=3).map(tuple),
            st.dictionaries(keys, inner, max_size=4),
            st.lists(inner, max_size=3).map(iter),
        ),
        max_leaves=6,
    )
