"""A toy play that can be checked by hand: three boxes may be opened out of five; some hold tobacco."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from cep_toolkit.checking import Misconception, Number, Offer, OneOf, Play, SeveralOf, Step
from cep_toolkit.checking.kinds import Move
from cep_toolkit.checking.referee import Referee
from cep_toolkit.errors import UnknownValueError

BOXES = {name: f"Box {name}" for name in "ABCDE"}
HIDDEN = {"A": "tea", "B": "tea", "C": "tobacco", "D": "tobacco", "E": "tea"}
NEXT_DOOR = {"A": "B", "B": "A", "C": "D", "D": "C", "E": "E"}


@dataclass(frozen=True)
class Shed:
    """What can be seen: the shipper of each box and its weight in kg."""

    weights: tuple[float, ...]
    shippers: tuple[str, ...]


@dataclass(frozen=True)
class Opened:
    """Boxes opened so far with what they held, and whether a dog was led along."""

    found: tuple[tuple[str, str], ...] = ()
    dog: str = ""


def open_boxes(order: str) -> Any:
    """Return a way to play: ``"find"`` goes on next door to a find; ``"weight"`` and ``"letter"`` do not look."""
    if order not in ("find", "weight", "letter"):
        raise UnknownValueError("order", order, ("find", "weight", "letter"))

    def strategy(offer: Offer) -> object:
        if "dog" in offer.fields:
            return {"dog": "no", "metres": 10}
        left, found = offer.facts["left"], offer.facts["found"]
        if order == "weight":
            left.sort(key=lambda box: -offer.facts["weights"][box])
        if order == "find":
            likely = [NEXT_DOOR[box] for box, held in found.items() if held == "tobacco"]
            left.sort(key=lambda box: (box not in likely, box in "AB" and "A" in found, box not in "AC"))
        return {"box": left[:1]}

    return strategy


class FiveBoxes(Play):
    """First decide on a dog, then open three of five boxes, one after the other."""

    id = "five_boxes"
    title = "Three of five boxes"
    referee = True
    question_type = Shed
    most_moves = 4
    hints = ("Look at what you found.", "Two boxes of one shipper are alike.")
    misconceptions = (
        Misconception(
            "heaviest first", lambda world, question: open_boxes("weight"), "Weight says little.", word="weight"
        ),
        Misconception("in order", lambda world, question: open_boxes("letter"), "Look at your finds.", word="letter"),
    )

    def candidates(self, world: Any) -> Iterator[Shed]:
        yield Shed((5.0, 9.0, 1.0, 2.0, 8.0), ("one", "one", "two", "two", "three"))

    def prompt(self, question: Shed) -> str:
        return "Open three of **five** boxes. <b>Careful</b>."

    def reference(self, world: Any, truth: Any, question: Shed) -> object:
        return open_boxes("find")

    def explanation(self, world: Any, question: Shed) -> str:
        return "Go on where you found something."

    def hidden(self, world: Any, truth: Any, question: Shed) -> Mapping[str, Any]:
        return HIDDEN if truth is None else truth

    def start(self, question: Shed) -> Opened:
        return Opened()

    def offer(self, question: Shed, state: Opened) -> Offer | None:
        if not state.dog:
            fields = {"dog": OneOf("Dog", {"yes": "Yes", "no": "No"}), "metres": Number("How far", "m", minimum=0)}
            return Offer("Lead a dog along?", fields, button="Decide")
        if len(state.found) == 3:
            return None
        found = dict(state.found)
        left = {name: label for name, label in BOXES.items() if name not in found}
        facts = {"left": list(left), "found": found, "weights": dict(zip(BOXES, question.weights, strict=True))}
        return Offer("Which box?", {"box": SeveralOf("Box", left, at_most=1)}, facts, button="Open it")

    def earns(self, question: Shed, state: Opened, move: Move) -> Collection[str]:
        return move.get("box", ())

    def step(self, question: Shed, state: Opened, move: Move, referee: Referee) -> Step:
        if "dog" in move:
            return Step(replace(state, dog=move["dog"]))
        (box,) = move["box"]
        held = referee.tell(box)
        return Step(replace(state, found=(*state.found, (box, held))), f"Box {box} holds **{held}**.")

    def tell(self, question: Shed, state: Opened) -> str:
        return f"Boxes opened: {len(state.found)}."

    def worth(self, question: Shed, state: Opened) -> float:
        return sum(held == "tobacco" for _, held in state.found)

    def remark(self, question: Shed, state: Opened, best: Opened) -> str:
        return f"Finds: {self.worth(question, state):.0f} of {self.worth(question, best):.0f}."


def log(boxes: str, dog: str = "no") -> list[Move]:
    """Return the log that opens some boxes in order."""
    return [{"dog": dog, "metres": 10.0}, *({"box": [box]} for box in boxes)]
