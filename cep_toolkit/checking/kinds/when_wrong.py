"""What an author writes beside an option for those who choose it wrongly.

A message is shown to people whose answer is still wrong, so it never says which option is right and never names a row.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from cep_toolkit.checking import messages
from cep_toolkit.errors import nearest

if TYPE_CHECKING:
    from cep_toolkit.checking.kinds.base import Kind

_UNMISTAKABLE = re.compile(r".*[\s\d].*", re.DOTALL)
SHORTEST_NAME, LONGEST_NAME = 4, 45


def require_messages(
    kind: Kind[Any], when_wrong: Mapping[str, str], options: Collection[str], names: Iterable[str]
) -> None:
    """Hold that every message belongs to an option, says something, and gives no name away.

    Parameters
    ----------
    kind : Kind
        Whose messages they are.
    when_wrong : Mapping[str, str]
        Option -> message.
    options : collection of str
    names : iterable of str
        What the form shows of the options. A name of one plain word may stand in a message, since it is a word of the
        language too: "low", "accept".

    Raises
    ------
    CourseError
        An option is not known; a message is empty, or holds a name.
    """
    given_away = [name for name in names if len(name) >= SHORTEST_NAME and _UNMISTAKABLE.fullmatch(name)]
    for option, message in when_wrong.items():
        if option not in options:
            guess = nearest(option, options)
            remedy = f'Did you mean "{guess}"?' if guess else "Use the short word of an option."
            raise kind.refuse(f'It has a message for "{option}", which is no option.', remedy)
        if not isinstance(message, str) or not message.strip():
            raise kind.refuse(f'The message for "{option}" is empty.', "Say what moves the person on.")
        if named := [name for name in given_away if name.casefold() in message.casefold()]:
            raise kind.refuse(
                f'The message for "{option}" names "{named[0]}".', "Say it without giving an option away."
            )


def said_of(chosen: Iterable[str], when_wrong: Mapping[str, str], labels: Mapping[str, str] | None = None) -> list[str]:
    """Return the messages of options chosen wrongly: the most often chosen first, none twice.

    Parameters
    ----------
    chosen : iterable of str
        Options chosen wrongly, one as often as it was chosen.
    when_wrong : Mapping[str, str]
        Option -> message.
    labels : Mapping[str, str], optional
        What the form shows of each option: where several were chosen, each message begins with its own, so that people
        know of which it speaks.

    Examples
    --------
    >>> said_of(["a", "b", "c", "b"], {"a": "Not so.", "b": "Look again."})
    ['Look again.', 'Not so.']
    >>> said_of(["a"], {"a": "Not so."}, {"a": "Time: the goods arrived later"})
    ['You chose "Time". Not so.']
    """
    by_message: dict[str, list[str]] = {}
    for name in chosen:
        if name in when_wrong:
            by_message.setdefault(when_wrong[name], []).append(name)
    in_order = sorted(by_message.items(), key=lambda pair: -len(pair[1]))
    if labels is None:
        return [message for message, _ in in_order]
    return [
        messages.YOU_CHOSE.format(
            options=" and ".join(f'"{short(labels[name])}"' for name in dict.fromkeys(names)), told=told
        )
        for told, names in in_order
    ]


def short(label: str) -> str:
    """Return what a form shows of an option, up to its colon and no longer than a line of talk.

    Examples
    --------
    >>> short("Time: the goods arrived later"), short("Ask the authority of the exporting side to verify the proof")
    ('Time', 'Ask the authority of the exporting side to …')
    """
    name = label.partition(":")[0]
    return name if len(name) <= LONGEST_NAME else name[:LONGEST_NAME].rpartition(" ")[0] + " …"


def with_one_wrong(reference: list[str], options: Iterable[str], at_most: int) -> Iterator[tuple[str, list[str]]]:
    """Yield every option that is not in the reference, with the reference and it; in place of the last one where full.

    Examples
    --------
    >>> list(with_one_wrong(["a"], "abc", at_most=1))
    [('b', ['b']), ('c', ['c'])]
    """
    kept = reference[: at_most - 1]
    yield from ((option, [*kept, option]) for option in options if option not in reference)
