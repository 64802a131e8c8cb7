"""What the tests of the exercise engine share."""

from __future__ import annotations

from typing import Any

import pytest

from cep_toolkit.checking import Cells, Date, Kind, Number, OneOf, Ranking, Rows, SeveralOf

LETTERS = {"a": "Air cargo", "b": "By sea, in containers", "c": "Rail"}


@pytest.fixture
def kinds() -> dict[str, Kind[Any]]:
    """One answer of each kind."""
    level = {"low": "Low", "high": "High"}
    return {
        "one of": OneOf("Stream", LETTERS),
        "several of": SeveralOf("Streams", LETTERS),
        "none or several": SeveralOf("Streams", LETTERS, at_least=0),
        "number": Number("Rate", "%", minimum=0, maximum=100),
        "free number": Number("Value", "QMD"),
        "ranking": Ranking("Most urgent first", LETTERS),
        "rows": Rows("Rows", "declarations", "id", {"1": "first", "2": "second", "3": "third"}, at_most=2),
        "free rows": Rows("Rows", "declarations", "id"),
        "cells": Cells("Rate", {"a": "Air", "b": "Sea"}, {"x": level, "y": level}),
        "one column": Cells("Rate", {"a": "Air", "b": "Sea"}, {"x": level}),
        "date": Date("Deadline"),
    }
