"""What the table explorer is asked to show: filters, an order, a group and a page, as plain values."""

from __future__ import annotations

from dataclasses import dataclass, replace

IS, BEGINS, CONTAINS, AT_LEAST, AT_MOST = "is", "begins with", "contains", "at least", "at most"
COUNT, SUM, MEDIAN = "count", "sum", "median"
ROWS = "rows"
"""The heading of how many rows each group has."""
MEASURES = (COUNT, SUM, MEDIAN)
PAGE = 50


@dataclass(frozen=True)
class Filter:
    """One condition that the shown rows meet.

    Parameters
    ----------
    column, condition : str
    value : str, float or bool
        A text; a number for a column of numbers; ISO 8601 for dates.
    """

    column: str
    condition: str
    value: str | float | bool

    def __str__(self) -> str:
        value = {True: "yes", False: "no"}[self.value] if isinstance(self.value, bool) else self.value
        return (
            f"{self.column} {self.condition} {value:.15g}"
            if isinstance(value, float)
            else f"{self.column} {self.condition} {value}"
        )


@dataclass(frozen=True)
class Group:
    """Rows counted, and a column summed or its middle taken, for each value of another column.

    Parameters
    ----------
    by : str
        Dates are grouped by month.
    measure : str
        ``"count"``, ``"sum"`` or ``"median"``.
    of : str
        The column measured; empty for ``"count"``.
    """

    by: str
    measure: str = COUNT
    of: str = ""

    @property
    def name(self) -> str:
        """The heading of the measure."""
        return ROWS if self.measure == COUNT else f"{self.measure} of {self.of}"


@dataclass(frozen=True)
class View:
    """What is shown of a table.

    Parameters
    ----------
    table : str
    filters : tuple of Filter
        All of them are met.
    sort : str
        Column to sort by; empty for the table's own order, or the measure of a group.
    descending : bool
    group : Group, optional
    page : int
        From 0.

    Examples
    --------
    >>> view = View("declarations").filtered(Filter("office", "is", "A")).sorted_by("value", descending=True)
    >>> sentence(view, 2, 3, 2)
    '2 of 3 declarations where office is A, sorted by value, highest first.'
    """

    table: str
    filters: tuple[Filter, ...] = ()
    sort: str = ""
    descending: bool = False
    group: Group | None = None
    page: int = 0

    def filtered(self, one: Filter) -> View:
        """Return the view with one filter more."""
        return replace(self, filters=(*(each for each in self.filters if each != one), one), page=0)

    def without(self, number: int) -> View:
        """Return the view with one filter less, counted from 0."""
        return replace(self, filters=self.filters[:number] + self.filters[number + 1 :], page=0)

    def sorted_by(self, column: str, descending: bool = False) -> View:
        """Return the view in another order."""
        return replace(self, sort=column, descending=descending, page=0)

    def grouped(self, group: Group | None) -> View:
        """Return the view with other groups, in the order of their measure."""
        return replace(self, group=group, sort="", descending=False, page=0)

    def turned_to(self, page: int) -> View:
        """Return the view at another page."""
        return replace(self, page=max(page, 0))


def sentence(view: View, count: int, total: int, lines: int) -> str:
    """Say what a view shows."""
    noun = view.table if view.table.endswith("s") else f"rows of {view.table}"
    said = f"{count:,} of {total:,} {noun}" if view.filters else f"All {total:,} {noun}"
    if view.filters:
        said += " where " + " and ".join(map(str, view.filters))
    if view.group is not None:
        said += f", in {lines:,} {'group' if lines == 1 else 'groups'} by {view.group.by}"
        said += "" if view.group.measure == COUNT else f", with the {view.group.name}"
    if view.sort:
        said += f", sorted by {view.sort}, {'highest' if view.descending else 'lowest'} first"
    return said + "."
