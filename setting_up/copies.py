"""The participant's copies of the notebooks, under work/.

A copy that the participant has changed is never touched. The file ``work/.course.json`` remembers, for every copy,
the digest of what was put there: a copy that still has it is untouched.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count
from pathlib import Path

MEMORY = ".course.json"


@dataclass(frozen=True)
class Copies:
    """What one run did, by file name under work/."""

    made: tuple[str, ...]
    refreshed: tuple[str, ...]
    beside: tuple[str, ...]

    def lines(self) -> list[str]:
        """Say what was done, in one line for each thing worth knowing."""
        said = []
        if self.made:
            said.append(f"Your copies of {len(self.made)} notebooks are in the folder work.")
        if self.refreshed:
            said.append(f"New editions, in place of copies you had not changed: {', '.join(self.refreshed)}.")
        said += [
            f"A notebook you have worked in has a new edition. Yours is as you left it; beside it lies {name}."
            for name in self.beside
        ]
        return said


def make_copies(notebooks: Path, work: Path) -> Copies:
    """Bring the participant's copies up to date without losing anything of theirs.

    Parameters
    ----------
    notebooks
        The folder of the course's notebooks.
    work
        The participant's folder, made where it is missing.
    """
    work.mkdir(exist_ok=True)
    given = _recall(work / MEMORY)
    before = dict(given)
    done: dict[str, list[str]] = {"made": [], "refreshed": [], "beside": []}
    for notebook in sorted(notebooks.glob("*.ipynb")):
        content = notebook.read_bytes()
        for target in _targets(work, notebook.name):
            what = _bring(content, target, given)
            if what == "next":
                continue
            if what:
                done[what if target.name == notebook.name else "beside"].append(target.name)
            break
    if given != before:
        _write(work / MEMORY, json.dumps(given, indent=1, sort_keys=True).encode())
    return Copies(tuple(done["made"]), tuple(done["refreshed"]), tuple(done["beside"]))


def _targets(work: Path, name: str) -> Iterator[Path]:
    """Yield the participant's copy, then the places for new editions beside it."""
    stem = name.removesuffix(".ipynb")
    yield work / name
    yield work / f"{stem}.new.ipynb"
    yield from (work / f"{stem}.new-{number}.ipynb" for number in count(2))


def _bring(content: bytes, target: Path, given: dict[str, str]) -> str:
    """Write one copy if that loses nothing; say 'made', 'refreshed', '' (right as it is) or 'next' (try beside it)."""
    edition = _digest(content)
    remembered = given.get(target.name)
    if not target.exists():
        if remembered == edition and ".new" in target.name:
            return ""  # thrown away by the participant, who has seen this edition
        what = "made"
    else:
        present = _digest(target.read_bytes())
        if present == edition:
            given[target.name] = edition
            return ""
        if present != remembered:
            return "" if remembered == edition else "next"
        what = "refreshed"
    _write(target, content)
    given[target.name] = edition
    return what


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _write(file: Path, content: bytes) -> None:
    unfinished = file.with_name(file.name + ".part")
    unfinished.write_bytes(content)
    unfinished.replace(file)


def _recall(file: Path) -> dict[str, str]:
    try:
        content = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    if not isinstance(content, dict):
        return {}
    return {str(name): str(digest) for name, digest in content.items()}
