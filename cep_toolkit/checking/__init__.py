"""The exercise engine: answer kinds, checking, the code doors, progress. It knows nothing of Customs."""

from __future__ import annotations

from cep_toolkit.checking.answer import Answer, Fields, read_answer
from cep_toolkit.checking.doors import run_door
from cep_toolkit.checking.exercise import Exercise, NoCaseError
from cep_toolkit.checking.expected import Expected, Misconception, by_word
from cep_toolkit.checking.kinds import Cells, Date, Kind, Log, Number, OneOf, Ranking, Rows, SeveralOf
from cep_toolkit.checking.play import Offer, Play, Step
from cep_toolkit.checking.reading import Parsed
from cep_toolkit.checking.result import Result, Status

__all__ = [
    "Answer",
    "Cells",
    "Date",
    "Exercise",
    "Expected",
    "Fields",
    "Kind",
    "Log",
    "Misconception",
    "NoCaseError",
    "Number",
    "Offer",
    "OneOf",
    "Parsed",
    "Play",
    "Ranking",
    "Result",
    "Rows",
    "SeveralOf",
    "Status",
    "Step",
    "by_word",
    "read_answer",
    "run_door",
]
