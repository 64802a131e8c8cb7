"""The code doors of one exercise, made from its solution cell: the working code, the one blank, the empty function."""

from __future__ import annotations

import ast
import io
import re
import tokenize
from collections.abc import Mapping
from dataclasses import dataclass

from cep_toolkit.checking.doors import BLANK
from cep_toolkit.checking.play import LOG
from cep_toolkit.errors import CourseError

OFFER = "offer"
"""The one argument of a function that plays."""
_MARK = re.compile(rf"#\s+{BLANK}\s+(\S.*)")
_MEANT = re.compile(r"#\s*__+")
_MARK_REMEDY = f'End one line with "# {BLANK} WORD", where the line holds WORD once, as a quoted text or a number.'


@dataclass(frozen=True)
class Solution:
    r"""What a solution cell gives.

    Parameters
    ----------
    exercise : str
        The exercise's id.
    code : str
        The working code, without the mark of the blank.
    word : str
        What the reference has in the blank.
    blank : tuple of int
        Where the literal that holds the word begins and ends in ``code``.
    head : str
        Decorator, ``def`` line and docstring.
    of_play : bool
        Whether the function takes an offer, and returns a move.

    Examples
    --------
    >>> body = '    "The rate."\n    return read("duty rate")  # ____ duty rate'
    >>> cell = '@wb.answer("rate")\ndef my_answer():\n' + body
    >>> solution = read_solution("rate", cell, "notebook 00, cell 5")
    >>> print(solution.one_blank)
    @wb.answer("rate")
    def my_answer():
        "The rate."
        return read("____")
    >>> print(solution.stub)
    @wb.answer("rate")
    def my_answer():
        "The rate."
        return None
    """

    exercise: str
    code: str
    word: str
    blank: tuple[int, int]
    head: str
    of_play: bool = False

    @property
    def one_blank(self) -> str:
        """The cell with one blank to fill."""
        return self.filled(BLANK)

    @property
    def stub(self) -> str:
        """The cell with the empty function."""
        return self.returning(None)

    def filled(self, word: str) -> str:
        """Return the code with a word in the blank, between its quotes as a participant leaves them."""
        return self._with('"' + word.replace("\\", "\\\\").replace('"', '\\"') + '"')

    def filled_bare(self, number: str) -> str:
        """Return the code with a number in the blank, the quotes taken away."""
        return self._with(number)

    def returning(self, answer: object) -> str:
        """Return the function with a body that gives plain values and nothing else; for a play, its log's moves."""
        if self.of_play and isinstance(answer, Mapping):
            return f"{self.head}\n    return {answer[LOG]!r}[{OFFER}.turn]"
        return f"{self.head}\n    return {answer!r}"

    def _with(self, literal: str) -> str:
        start, end = self.blank
        return self.code[:start] + literal + self.code[end:]


def read_solution(exercise: str, cell: str, where: str) -> Solution:
    """Read a solution cell.

    Parameters
    ----------
    exercise : str
        The exercise's id.
    cell : str
        The cell's code.
    where : str
        How errors call the cell.

    Raises
    ------
    CourseError
        The code cannot be read, hands in no answer of this exercise, or its blank is not well marked.
    """
    try:
        body = ast.parse(cell).body
    except SyntaxError as error:
        raise CourseError(where, f"The code cannot be read: {error.msg}.", f"Mend line {error.lineno}.") from error
    function = _function(exercise, body, where)
    row, column, word = _mark(cell, where)
    lines = cell.splitlines()
    lines[row] = lines[row][:column].rstrip()
    code = "\n".join(lines)
    if BLANK in code:
        raise CourseError(where, f"{BLANK} stands outside the mark of the blank.", _MARK_REMEDY)
    of_play = ast.unparse(function.args) == OFFER
    return Solution(exercise, code, word, _literal(code, row, word, where), _head(function, cell), of_play)


def _function(exercise: str, body: list[ast.stmt], where: str) -> ast.FunctionDef:
    """Return the one function that hands the answer in."""
    functions = [line for line in body if isinstance(line, ast.FunctionDef) and _hands_in(line, exercise)]
    if len(functions) != 1:
        raise CourseError(
            where,
            f'{len(functions)} functions hand in the answer of "{exercise}".',
            f'Write one, at the margin, under @wb.answer("{exercise}").',
        )
    function = functions[0]
    if ast.get_docstring(function) is None or len(function.body) < 2:
        raise CourseError(where, "The function has no docstring or no body.", "Say first what it returns.")
    if ast.unparse(function.args) not in ("", OFFER):
        remedy = f"Leave the brackets after its name empty; in a play, write {OFFER}."
        raise CourseError(where, "The function takes arguments.", remedy)
    return function


def _head(function: ast.FunctionDef, cell: str) -> str:
    """Return decorator, ``def`` line and docstring."""
    first, last = function.decorator_list[0].lineno, function.body[0].end_lineno
    return "\n".join(cell.splitlines()[first - 1 : last])


def _hands_in(function: ast.FunctionDef, exercise: str) -> bool:
    return [ast.unparse(decorator) for decorator in function.decorator_list] == [f"wb.answer({exercise!r})"]


def _mark(cell: str, where: str) -> tuple[int, int, str]:
    """Return the line (from 0), the column and the word of the one mark."""
    tokens = tokenize.generate_tokens(io.StringIO(cell).readline)
    comments = [token for token in tokens if token.type == tokenize.COMMENT and _MEANT.match(token.string)]
    if len(comments) != 1:
        raise CourseError(where, f"{len(comments)} lines mark a blank.", _MARK_REMEDY)
    (row, column), text = comments[0].start, comments[0].string
    match = _MARK.fullmatch(text)
    if match is None:
        raise CourseError(where, f'The mark "{text}" is not well formed.', _MARK_REMEDY)
    return row - 1, column, match.group(1).strip()


def _literal(code: str, row: int, word: str, where: str) -> tuple[int, int]:
    """Return where the one literal of a line that holds the word begins and ends in the code."""
    tokens = tokenize.generate_tokens(io.StringIO(code).readline)
    found = [token for token in tokens if token.start[0] == row + 1 == token.end[0] and _holds(token, word)]
    if len(found) != 1:
        raise CourseError(where, f'Its line holds "{word}" {len(found)} times.', _MARK_REMEDY)
    before = sum(len(line) + 1 for line in code.splitlines()[:row])
    return before + found[0].start[1], before + found[0].end[1]


def _holds(token: tokenize.TokenInfo, word: str) -> bool:
    if token.type == tokenize.NUMBER:
        return token.string == word
    return token.type == tokenize.STRING and ast.literal_eval(token.string) == word
