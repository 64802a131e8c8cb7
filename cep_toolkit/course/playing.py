"""One play of a workbook, played move by move: kept after each move, taken up again, taken back, begun again."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from cep_toolkit.checking import Play, Result
from cep_toolkit.checking import messages as said
from cep_toolkit.checking.game import Played
from cep_toolkit.checking.kinds.log import Move
from cep_toolkit.checking.play import LOG, Offer
from cep_toolkit.checking.reading import Parsed, RefusedError
from cep_toolkit.checking.record import Record, Sheet
from cep_toolkit.checking.store import Store
from cep_toolkit.course.text import Text, as_written

if TYPE_CHECKING:
    from cep_toolkit.course.posing import Posing

SINCE = "since"
"""Beside a kept log: the checked log after which it was begun. A newer one, from whichever door, outdates it."""


class Playing:
    """A play where it was left. It is replayed for every move, and holds no hidden result.

    Nothing a participant passes in raises: what is wrong is said by the text that comes back.

    Parameters
    ----------
    play : Play
    posing : Posing
        Poses it, and brings its referee for one move at a time.
    store : Store
        Where its unfinished log is kept: a sheet beside the notebook's, since it is no answer yet.
    sheet : str
        The notebook's sheet.
    check : callable
        Checks a finished log as the workbook does.
    """

    def __init__(
        self, play: Play, posing: Posing, store: Store, sheet: str, check: Callable[[list[Move]], Result]
    ) -> None:
        self._play, self._posing, self._store, self._check = play, posing, store, check
        self._sheet = sheet
        self._watching: list[Callable[[], None]] = []
        notebook, _, world = sheet.rpartition("-")
        self._drafts = f"{notebook}_plays-{world}"

    @property
    def exercise(self) -> str:
        """The exercise's id."""
        return self._play.id

    def watch(self, changed: Callable[[], None]) -> None:
        """Call ``changed`` whenever a log was kept."""
        self._watching.append(changed)

    @property
    def played(self) -> Played:
        """How far it has come: state, offer and turns."""
        game, moves = self._posing.game(self._play), self._moves
        played, _ = _tried(lambda: game.replay(moves))  # a course that changed may not know them any more
        return game.begin() if played is None else played

    @property
    def offer(self) -> Offer | None:
        """What may be done now; ``None`` at the end."""
        return self.played.offer

    def tell(self, played: Played | None = None) -> Text:
        """Return what can be seen now; at the end, the outcome."""
        now = self.played if played is None else played
        return Text(self._play.tell(self._posing.question(self._play), now.state))

    def history(self, played: Played | None = None) -> Text:
        """Return every move that was made, and what it brought."""
        now = self.played if played is None else played
        lines = [
            f"**{number}.** {as_written(turn.say())}" + (f"\n\n{turn.shown}" if turn.shown else "")
            for number, turn in enumerate(now.turns, start=1)
        ]
        return Text("\n\n".join(lines))

    def move(self, move: object) -> Text:
        """Make a move that is on offer, keep it, and return what it brought; or why it cannot be made."""
        before, game = self.played, self._posing.game(self._play)
        after, problem = _tried(lambda: game.after(before, move))
        if after is None:
            return Text(as_written(problem))
        self._keep(after.moves)
        return Text(after.turns[-1].shown or self.tell(after).markdown)

    def undo(self) -> Text:
        """Take back the last move, unless it showed something hidden."""
        played = self.played
        if not played.turns:
            return Text(said.NOTHING_TO_UNDO)
        if played.turns[-1].revealed:
            return Text(said.NO_UNDO)
        self._keep(played.moves[:-1])
        return Text(said.UNDONE)

    def restart(self) -> Text:
        """Begin again; where hidden results were seen and the log was not checked, this counts as a try."""
        played = self.played
        counts = played.revealed and played.moves != _log(self._record)
        if counts:
            self._store.change(self._sheet, self._one_more_try)
        self._keep([])
        return Text(said.BEGUN_AND_COUNTED if counts else said.BEGUN_AGAIN)

    def check(self) -> Result:
        """Check the log as the workbook does; the play must be at its end."""
        return self._check(self.played.moves)

    def __repr__(self) -> str:
        played = self.played
        parts = (
            self._play.title,
            self.history(played),
            self.tell(played),
            *([played.offer.text] if played.offer else []),
        )
        return "\n\n".join(str(Text(str(part))) for part in parts if str(part))

    # Inside ---------------------------------------------------------------------------------------------------

    @property
    def _record(self) -> Record:
        return self._store.read(self._sheet).of(self._play.id)

    @property
    def _moves(self) -> list[Move]:
        """The log that is kept; the checked one where none was begun since."""
        draft = self._store.read(self._drafts).of(self._play.id).answer
        checked = _log(self._record)
        return _log_of(draft) if draft is not None and draft.get(SINCE) == checked else checked

    def _keep(self, moves: list[Move]) -> None:
        draft = Record(answer={LOG: moves, SINCE: _log(self._record)})
        self._store.change(self._drafts, lambda sheet: sheet.put(self._play.id, draft))
        for changed in self._watching:
            changed()

    def _one_more_try(self, sheet: Sheet) -> Sheet:
        record = sheet.of(self._play.id)
        return sheet.put(self._play.id, replace(record, attempts=record.attempts + 1))


def _tried(action: Callable[[], Played]) -> Parsed[Played]:
    """Run what may refuse a move; an error of the course's author passes."""
    try:
        return Parsed(action())
    except RefusedError as refusal:
        return Parsed(None, str(refusal))


def _log(record: Record) -> list[Move]:
    return _log_of(record.answer)


def _log_of(answer: dict[str, Any] | None) -> list[Move]:
    """Return the moves of a kept answer; a file from outside may hold anything."""
    moves = (answer or {}).get(LOG)
    return moves if isinstance(moves, list) else []
