"""A view as the code that gives the same rows."""

from __future__ import annotations

from collections.abc import Sequence

from cep_toolkit.widgets.view import AT_LEAST, AT_MOST, BEGINS, CONTAINS, COUNT, IS, PAGE, ROWS, Filter, Group, View
from cep_toolkit.widgets.view_filter import CATEGORY, DATE
from cep_toolkit.widgets.view_page import IN_ORDER

_SIGNS = {IS: "==", AT_LEAST: ">=", AT_MOST: "<="}


def code(view: View, kinds: dict[str, str], begin: Sequence[str] = ("rows = wb.world.{table}",)) -> str:
    """Return pandas code, to put into a cell, that ends with the rows of the view's page.

    Parameters
    ----------
    view : View
    kinds : dict
        Column -> what it holds, as ``kind_of`` says.
    begin : sequence of str
        The lines that make the table, ``{table}`` its name.

    Examples
    --------
    >>> print(code(View("tariff").filtered(Filter("duty_rate", "at least", 10.0)), {"duty_rate": "number"}))
    rows = wb.world.tariff
    rows = rows[rows["duty_rate"] >= 10.0]
    rows.head(50)
    """
    lines = [line.format(table=view.table) for line in begin]
    lines += [f"rows = rows[{_condition(one, kinds)}]" for one in view.filters]
    if view.group is not None:
        lines += _grouping(view.group, kinds)
    if view.sort:
        order = ", ascending=False" if view.descending else ""
        lines.append(f'rows = rows.sort_values("{view.sort}", kind="stable"{order})')
    start = view.page * PAGE
    lines.append(f"rows.iloc[{start}:{start + PAGE}]" if start else f"rows.head({PAGE})")
    return "\n".join(lines)


def _condition(one: Filter, kinds: dict[str, str]) -> str:
    column = f'rows["{one.column}"]'
    if one.condition == BEGINS:
        return f"{column}.str.lower().str.startswith({str(one.value).lower()!r})"
    if one.condition == CONTAINS:
        return f"{column}.str.contains({one.value!r}, case=False, regex=False)"
    if one.condition != IS and kinds.get(one.column) == CATEGORY:
        column += '.astype("str")'  # categories have no order of their own
    return f"{column} {_SIGNS[one.condition]} {one.value!r}"


def _grouping(group: Group, kinds: dict[str, str]) -> list[str]:
    key = f'rows["{group.by}"]' + {DATE: '.dt.strftime("%Y-%m")', CATEGORY: '.astype("str")'}.get(
        kinds.get(group.by, ""), ""
    )
    if group.measure == COUNT:
        measured = [f'rows = keys.groupby(keys).size().rename("{ROWS}").reset_index()']
    else:
        measured = [
            f'rows = rows["{group.of}"].groupby(keys).agg(["size", "{group.measure}"])',
            f'rows = rows.set_axis(["{ROWS}", "{group.name}"], axis=1).reset_index()',
        ]
    order = f'"{group.by}"'
    if kinds.get(group.by) not in IN_ORDER:
        order = f'["{group.name}", {order}], ascending=[False, True]'
    return [
        f"keys = {key}",
        *measured,
        f"rows = rows.sort_values({order}, ignore_index=True)",
    ]
