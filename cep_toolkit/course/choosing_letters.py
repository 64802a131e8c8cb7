"""Ways to choose whom to write to, week after week: the good one, and those that officers really follow."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeAlias

from cep_toolkit.checking import Offer
from cep_toolkit.course.text import known_word

Line: TypeAlias = Mapping[str, Any]
FIRST = ("replies", "price", "value", "amount", "importer")
NOBODY = "none"
"""What is chosen in a week without a letter."""
TELLING = ("higher", "no_reply")
"""What a guilty file shows: the next consignments of the same seller deserve a letter."""


def choose(offer: Offer, first: str) -> list[str]:
    """Return the lines of the list about which to write this week, or ``["none"]``.

    Parameters
    ----------
    offer : Offer
        What can be seen: ``facts`` has ``lines`` (those without a letter), ``all`` (every line), ``replies`` (line ->
        what its file shows) and ``letters`` (how many may be sent).
    first : str
        What decides: ``"replies"`` (one letter a seller, then on where a reply leaves the doubt standing, never again
        where an independent paper agreed), the lowest ``"price"``, the largest ``"value"``, the largest ``"amount"`` at
        stake whatever was answered, or one ``"importer"`` after the other.

    Raises
    ------
    UnknownValueError
        ``first`` is none of these.
    """
    order = _ORDERS[known_word("first", first, FIRST)]
    return [line["line"] for line in order(offer)[: offer.facts["letters"]]] or [NOBODY]


def _by_replies(offer: Offer) -> list[Line]:
    shown: dict[str, list[str]] = {}
    for line, fact in offer.facts["replies"].items():
        shown.setdefault(line[0], []).append(fact)
    doubtful = [line for line in _by_amount(offer) if line["doubtful"]]
    of_seller = {seller: [line for line in doubtful if line["seller"] == seller] for seller in "ABCDEFGHIJKL"}
    firsts = [lines[0] for seller, lines in of_seller.items() if lines and seller not in shown]
    firsts.sort(key=lambda line: -sum(other["at_stake"] for other in of_seller[line["seller"]]))
    seen = [line for line in doubtful if line["seller"] in shown and "agrees" not in shown[line["seller"]]]
    strong = [line for line in seen if any(fact in TELLING for fact in shown[line["seller"]])]
    weak = [line for line in seen if line not in strong]
    rest = [line for line in doubtful if line not in firsts and line["seller"] not in shown]
    return [*strong, *firsts, *weak, *rest]


def _by_amount(offer: Offer) -> list[Line]:
    return sorted(offer.facts["lines"], key=lambda line: (-line["at_stake"], line["line"]))


def _by_importer(offer: Offer) -> list[Line]:
    total: dict[str, float] = {}
    for line in offer.facts["all"]:
        total[line["seller"]] = total.get(line["seller"], 0.0) + line["at_stake"]
    return sorted(_by_amount(offer), key=lambda line: (-total[line["seller"]], line["seller"]))


_ORDERS: dict[str, Callable[[Offer], list[Line]]] = {
    "replies": _by_replies,
    "price": lambda offer: sorted(offer.facts["lines"], key=lambda line: (line["share"], line["line"])),
    "value": lambda offer: sorted(offer.facts["lines"], key=lambda line: (-line["value"], line["line"])),
    "amount": _by_amount,
    "importer": _by_importer,
}
