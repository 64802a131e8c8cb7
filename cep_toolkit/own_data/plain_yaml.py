"""YAML in which every scalar is text: no code becomes a truth value, a number or a time of day."""

from __future__ import annotations

from typing import TypeAlias

import yaml

Plain: TypeAlias = "str | list[Plain] | dict[str, Plain]"


class _TextLoader(yaml.BaseLoader):
    """A loader that knows text, lists and mappings only, and refuses what hides a mistake."""

    def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
        if self.check_event(yaml.AliasEvent):
            raise yaml.MarkedYAMLError(
                problem="references (*name) are not used here", problem_mark=self.peek_event().start_mark
            )
        return super().compose_node(parent, index)

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[str, Plain]:
        seen: set[str] = set()
        for key, _ in node.value:
            if not isinstance(key, yaml.ScalarNode):
                raise yaml.MarkedYAMLError(problem="a key must be a text", problem_mark=key.start_mark)
            if key.value in seen:
                raise yaml.MarkedYAMLError(problem=f'"{key.value}" stands twice', problem_mark=key.start_mark)
            seen.add(key.value)
        return dict(super().construct_mapping(node, deep=True))


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
        content: Plain = yaml.load(text, Loader=_TextLoader)  # only text, lists and mappings are made
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        where = f"line {mark.line + 1}, column {mark.column + 1}: " if mark else ""
        raise ValueError(f"{where}{error.problem or error.context}") from error
    except (yaml.YAMLError, RecursionError) as error:
        raise ValueError(str(error).splitlines()[0] if str(error) else "nested too deeply") from error
    return "" if content is None else content
