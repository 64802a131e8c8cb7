from __future__ import annotations

import pandas as pd

from cep_toolkit.figures import readable


def test_only_whole_numbers_are_written_with_separators() -> None:
    table = pd.DataFrame({"goods": ["tea"], "claims": [12345], "share": [1234.5]}, index=[7])
    shown = readable(table)
    assert shown.to_dict("records") == [{"goods": "tea", "claims": "12,345", "share": 1234.5}]
    assert list(shown.index) == [1]
    assert list(table.index) == [7]


def test_an_empty_table_stays_empty() -> None:
    assert readable(pd.DataFrame(columns=["goods", "claims"])).empty
