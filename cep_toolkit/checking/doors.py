"""The code doors: running a participant's function so that nothing it does ends in an error."""

from __future__ import annotations

import inspect
import linecache
import re
import types
from collections.abc import Iterator

from cep_toolkit.checking import messages
from cep_toolkit.checking.reading import Parsed, RefusedError, guarded, shown
from cep_toolkit.errors import CepError

BLANK = "____"

# What an error of Python's is told, the most exact first.
_PLAIN_WORDS: tuple[tuple[type[BaseException], str], ...] = (
    (SystemExit, messages.DOOR_EXIT),
    (RecursionError, messages.DOOR_ENDLESS),
    (MemoryError, messages.DOOR_MEMORY),
    (ImportError, messages.DOOR_IMPORT),
    (NameError, messages.DOOR_NAME),
    (AttributeError, messages.DOOR_ATTRIBUTE),
    (KeyError, messages.DOOR_KEY),
    (IndexError, messages.DOOR_INDEX),
    (ZeroDivisionError, messages.DOOR_DIVISION),
    (TypeError, messages.DOOR_TYPE),
    (ValueError, messages.DOOR_VALUE),
)


def run_door(function: object, *given: object) -> Parsed[object]:
    """Run a participant's function and return what it gives.

    Parameters
    ----------
    function : object
        A function without arguments, or that takes what is given.
    *given : object
        Nothing, or what a play offers.

    Returns
    -------
    Parsed
        The returned object; ``None`` when the blank is not filled or nothing is returned; with a problem when the
        function did not run to its end. Only a keyboard interrupt passes.

    Examples
    --------
    >>> run_door(lambda: 1 / 2).value, run_door(lambda: "____".upper()).value
    (0.5, None)
    """
    return guarded(lambda: _run(function, given))


def _run(function: object, given: tuple[object, ...]) -> object:
    if not callable(function) or isinstance(function, type):
        raise RefusedError(messages.DOOR_NOT_FUNCTION)
    if has_blank(function):
        return None
    if not _takes(function, given):
        raise RefusedError(messages.DOOR_ONE_ARGUMENT if given else messages.DOOR_ARGUMENTS)
    try:
        answer = function(*given)
    except KeyboardInterrupt:
        raise
    except BaseException as error:  # a library written in Rust may panic with one that is no Exception
        raise RefusedError(_explain(error, function)) from error
    if inspect.iscoroutine(answer):
        answer.close()
        raise RefusedError(messages.DOOR_ASYNC)
    return answer


def has_blank(function: object) -> bool:
    """Whether the text ``"____"`` still stands in a function, in functions inside it or in its defaults.

    Examples
    --------
    >>> has_blank(lambda rule="____": rule), has_blank(lambda: "fence")
    (True, False)
    """
    code = getattr(inspect.unwrap(function) if callable(function) else function, "__code__", None)
    defaults = getattr(function, "__defaults__", None) or ()
    by_name = getattr(function, "__kwdefaults__", None) or {}
    found = _constants(code) if isinstance(code, types.CodeType) else iter(())
    return any(isinstance(value, str) and value == BLANK for value in (*found, *defaults, *by_name.values()))


def _constants(code: types.CodeType) -> Iterator[object]:
    waiting: list[object] = [code]
    while waiting:
        value = waiting.pop()
        if isinstance(value, types.CodeType):
            waiting.extend(value.co_consts)
        elif isinstance(value, (tuple, frozenset)):
            waiting.extend(value)
        else:
            yield value


def _takes(function: object, given: tuple[object, ...]) -> bool:
    try:
        inspect.signature(function).bind(*given)  # type: ignore[arg-type]  # called only for callables
    except TypeError:
        return False
    except Exception:
        return True
    return True


def _explain(error: BaseException, function: object) -> str:
    problem = _problem(error)
    line = _line(error, function)
    if line is None:
        return problem
    number, text = line
    where = messages.DOOR_WHERE.format(line=number) + (f" ({text})" if text else "")
    return messages.DOOR_LINE.format(where=where, problem=problem)


def _problem(error: BaseException) -> str:
    if isinstance(error, CepError):
        return str(error)
    template = next((words for kind, words in _PLAIN_WORDS if isinstance(error, kind)), messages.DOOR_OTHER)
    if "{name}" not in template:
        return template
    name = _missing_name(error)
    return template.format(name=name) if name else messages.DOOR_OTHER


def _missing_name(error: BaseException) -> str:
    """Return the name or key that was not found, short."""
    name = getattr(error, "name", None)
    if isinstance(name, str):
        return shown(name)
    told = str(error.args[0]) if error.args and isinstance(error.args[0], (str, int, float)) else ""
    if isinstance(error, KeyError) and "[" not in told:  # pandas puts several columns in brackets
        return shown(told)
    quoted = re.search("['\"]([^'\"]+)['\"]$|'([^']+)'", told)
    return shown(quoted.group(1) or quoted.group(2)) if quoted else ""


def _line(error: BaseException, function: object) -> tuple[int, str] | None:
    """Return the number and text of the last line of the participant's own code that was running."""
    code = getattr(function, "__code__", None)
    found = None
    trace = error.__traceback__
    while trace is not None:
        if isinstance(code, types.CodeType) and trace.tb_frame.f_code.co_filename == code.co_filename:
            found = trace.tb_lineno, code.co_filename
        trace = trace.tb_next
    if found is None:
        return None
    number, file = found
    return number, shown(linecache.getline(file, number))
