"""The kinds of answer: each reads any object, scores it against the reference, and says it in words."""

from __future__ import annotations

from cep_toolkit.checking.kinds.base import Kind
from cep_toolkit.checking.kinds.cells import Cells
from cep_toolkit.checking.kinds.choices import OneOf, SeveralOf
from cep_toolkit.checking.kinds.log import Log, Move
from cep_toolkit.checking.kinds.measures import Date, Number
from cep_toolkit.checking.kinds.ranking import Ranking
from cep_toolkit.checking.kinds.rows import Rows
from cep_toolkit.checking.reading import Parsed

__all__ = ["Cells", "Date", "Kind", "Log", "Move", "Number", "OneOf", "Parsed", "Ranking", "Rows", "SeveralOf"]
