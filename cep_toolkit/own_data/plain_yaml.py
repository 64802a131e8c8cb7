"""YAML in which every scalar is text: no code becomes a truth value, a number or a time of day."""

from __future__ import annotations

from typing import Any, TypeAlias

import yaml

DEEPEST = 20
Plain: TypeAlias = "str | list[Plain] | dict[str, Plain]"


def read_plain(text: str) -> Plain:
    """Return the content of a YAML text; every scalar stays as it was written.

    Raises
    ------
    ValueError
        The text is not YAML, a key stands twice, or references are used; with line and column.

    Examples
    --------
    >>> read_plain("{NO: Norway, code: 0101, hour: 1:30, none: }")
    {'NO': 'Norway', 'code': '0101', 'hour': '1:30', 'none': ''}
    """
    try:
        _refuse_tricks(text)
        node = yaml.compose(text, Loader=yaml.BaseLoader)
        return "" if node is None else _plain(node)
    except yaml.MarkedYAMLError as error:
        raise ValueError(f"{_where(error.problem_mark)}{error.problem or error.context}") from error
    except yaml.YAMLError as error:
        raise ValueError(str(error).splitlines()[0]) from error


def _refuse_tricks(text: str) -> None:
    """Refuse what makes a short text long to read: a reference can stand for millions of entries."""
    depth = 0
    for event in yaml.parse(text, Loader=yaml.BaseLoader):
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if isinstance(event, yaml.AliasEvent):
            raise ValueError(f"{_where(event.start_mark)}references (*name) are not used here")
        if depth > DEEPEST:
            raise ValueError(f"{_where(event.start_mark)}entries are nested more than {DEEPEST} deep")


def _plain(node: yaml.Node) -> Plain:
    if isinstance(node, yaml.ScalarNode):
        return str(node.value)
    if isinstance(node, yaml.SequenceNode):
        return [_plain(item) for item in node.value]
    made: dict[str, Plain] = {}
    for key, value in node.value:
        if not isinstance(key, yaml.ScalarNode):
            raise ValueError(f"{_where(key.start_mark)}a key must be a text")
        if key.value in made:
            raise ValueError(f'{_where(key.start_mark)}"{key.value}" stands twice')
        made[key.value] = _plain(value)
    return made


def _where(mark: Any) -> str:
    return f"line {mark.line + 1}, column {mark.column + 1}: " if mark else ""
