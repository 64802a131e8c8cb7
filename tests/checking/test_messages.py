"""Every sentence that participants read: short, plain, and about what to do."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from cep_toolkit.checking import messages as engine
from cep_toolkit.course import messages as course

ROOM = Path(engine.__file__).parents[1]
EVERY = {
    name: (module.__name__, text)
    for module in (engine, course)
    for name, text in vars(module).items()
    if name.isupper() and isinstance(text, str)
}
PARTS = {"A_COLUMN", "A_TABLE", "GUESS", "NOT_HERE", "PART", "DOOR_LINE", "DOOR_WHERE"}
PARTS |= {name for name in EVERY if name.startswith("REASON_")}
"""Pieces that other sentences are made of."""
HARD = re.compile(
    r"\b(exception|error|traceback|none|null|dict|tuple|object|string|parse|valid|instance|json|test|successfully)\b"
)


@pytest.mark.parametrize("name", sorted(EVERY.keys() - PARTS))
def test_a_message_is_made_of_short_sentences(name: str) -> None:
    _, text = EVERY[name]
    plain = re.sub(r"\{\w+\}", "word", text).replace("cep_progress.json", "word")
    assert re.match(r'[A-Z"*]|word', plain)
    assert plain.endswith((".", "word"))
    for sentence in re.split(r"(?<=[.?:]) ", plain):
        assert len(sentence.split()) <= 16, sentence


@pytest.mark.parametrize("name", sorted(EVERY))
def test_a_message_holds_no_hard_word(name: str) -> None:
    _, text = EVERY[name]
    assert not HARD.search(re.sub(r"\{\w+\}|cep_progress.json", "", text).casefold())


@pytest.mark.parametrize("name", sorted(EVERY))
def test_a_message_is_said_somewhere(name: str) -> None:
    module, _ = EVERY[name]
    sources = [file for file in ROOM.rglob("*.py") if file.name != "messages.py"]
    said = re.compile(rf"(?:messages|said)\.{name}\b")
    assert any(said.search(file.read_text(encoding="utf-8")) for file in sources), module
