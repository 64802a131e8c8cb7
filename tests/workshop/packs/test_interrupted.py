"""Stopped at any moment: what lies there is whole, and the next run makes what is missing."""

from __future__ import annotations

import os
import secrets
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from cep_toolkit.errors import StorageError
from cep_toolkit.workshop.key import read_key
from cep_toolkit.workshop.packs.manifest import changed, pack_of
from cep_toolkit.workshop.packs.packing import pack_cohort
from tests.workshop.packs.conftest import Pack, files, order, plan
from tests.workshop.tiny import NOTEBOOK

ORDERS = [order("P01"), order("P02")]
WATCHED = {"os.mkdir", "os.rename", "os.remove", "os.rmdir", "os.chmod", "tempfile.mkstemp"}


class Watch:
    """Sees every change that this process makes below a folder, and stops it at one of them."""

    def __init__(self) -> None:
        self.folder = ""
        self.left = -1
        self.error: type[BaseException] = KeyboardInterrupt
        self.lasting = False

    def __call__(self, event: str, given: tuple[Any, ...]) -> None:
        if not self.folder or not self._changes(event, given):
            return
        self.left -= 1
        if self.left == 0 or (self.lasting and self.left < 0 and event not in ("os.remove", "os.rmdir")):
            raise self.error(28, "No space left on device") if self.error is OSError else self.error

    def _changes(self, event: str, given: tuple[Any, ...]) -> bool:
        if event == "open":
            path, mode, flags = given
            writes = isinstance(mode, str) and set(mode) & set("wax+")
            return self._here(path) and bool(writes or (mode is None and flags & (os.O_WRONLY | os.O_RDWR)))
        return event in WATCHED and any(self._here(each) for each in given)

    def _here(self, path: object) -> bool:
        return isinstance(path, (str, os.PathLike)) and os.fspath(path).startswith(self.folder)


WATCH = Watch()
_watching: list[bool] = []


@contextmanager
def stopped(folder: Path, at: int, error: type[BaseException], *, lasting: bool = False) -> Iterator[None]:
    """Stop at the change of a number below a folder; from then on at each, where the trouble lasts."""
    if not _watching:
        sys.addaudithook(WATCH)
        _watching.append(True)
    WATCH.left, WATCH.error, WATCH.lasting, WATCH.folder = at, error, lasting, str(folder)
    try:
        yield
    finally:
        WATCH.folder = ""


def whole(cohort: Path) -> list[str]:
    """Return the packs that lie there, each of them whole and with its part of the key."""
    found = []
    for folder in sorted((cohort / "packs").glob("P??")):
        assert pack_of(folder) is not None
        assert changed(folder) == ""
        assert (cohort / "key" / "solved" / folder.name / "key.json").is_file()
        found.append(folder.name)
    return found


def visible(folder: Path) -> dict[str, bytes]:
    return {name: data for name, data in files(folder).items() if not name.endswith(".lock")}


@pytest.mark.usefixtures("quick", "same_tables")
@pytest.mark.parametrize(("error", "lasting", "step"), [(KeyboardInterrupt, False, 1), (OSError, True, 3)])
def test_stopped_at_every_change_of_a_file_it_goes_on_where_it_was(
    pack: Pack, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: type[BaseException], lasting: bool, step: int
) -> None:
    monkeypatch.setattr(secrets, "token_hex", lambda size: "0" * 2 * size)
    cohort, apart = tmp_path / "cohort", tmp_path / "apart"
    pack(plan("practice"), ORDERS, zipped=True)
    cohort.rename(apart)
    reference = visible(apart)
    for number in range(1, 400, step):
        ended = False
        with stopped(cohort, number, error, lasting=lasting):
            try:
                found = pack(plan("practice"), ORDERS, zipped=True)
                ended = WATCH.left > 0
            except (KeyboardInterrupt, OSError, StorageError):
                found = []
        before = {name: visible(cohort / "packs" / name) for name in whole(cohort)}
        if not ended:
            assert not found or any(made.problem for made in found) or WATCH.left <= 0
            found = pack(plan("practice"), ORDERS, zipped=True)
            assert not any(made.problem for made in found), (number, found)
        assert [made.state for made in found if made.order.participant in before] == ["there"] * len(before) or ended
        assert {name: visible(cohort / "packs" / name) for name in before} == before
        assert visible(cohort) == reference, number
        cohort.rename(tmp_path / f"done{number}")
        if ended:
            break
    assert ended
    assert number > 30


def test_killed_by_the_system_it_goes_on_where_it_was(sources: Path, tmp_path: Path) -> None:
    script = (
        "from pathlib import Path\n"
        "from cep_toolkit.workshop.packs.packing import pack_cohort\n"
        "from tests.workshop.packs.conftest import order, plan\n"
        "if __name__ == '__main__':\n"
        "    orders = [order('P01'), order('P02'), order('P03')]\n"
        f"    pack_cohort(plan('assessment'), orders, Path({str(tmp_path / 'cohort')!r}), Path({str(sources)!r}))\n"
    )
    (tmp_path / "run.py").write_text(script, encoding="utf-8")
    root = Path(__file__).parents[3]
    paths = os.pathsep.join([str(root), os.environ.get("PYTHONPATH", "")])
    command = [sys.executable, str(tmp_path / "run.py")]
    started = subprocess.Popen(command, env={**os.environ, "PYTHONPATH": paths}, start_new_session=True)
    packs = tmp_path / "cohort" / "packs"
    try:
        end = time.monotonic() + 300
        while not list(packs.glob("P??")) and started.poll() is None and time.monotonic() < end:
            time.sleep(0.05)
    finally:
        os.killpg(started.pid, signal.SIGKILL)
        started.wait()
    done = whole(tmp_path / "cohort")
    assert done
    before = {name: visible(packs / name) for name in done}
    orders = [order("P01"), order("P02"), order("P03")]
    found = pack_cohort(plan("assessment"), orders, tmp_path / "cohort", sources)
    assert [made.state for made in found] == ["there" if f"P0{n}" in done else "made" for n in (1, 2, 3)]
    assert {name: visible(packs / name) for name in done} == before
    assert whole(tmp_path / "cohort") == ["P01", "P02", "P03"]
    assert not list((tmp_path / "cohort").rglob("*.part"))
    assert set(read_key(tmp_path / "cohort" / "key").participants) == {"P01", "P02", "P03"}
    assert NOTEBOOK in read_key(tmp_path / "cohort" / "key").worlds[_fingerprint(packs / "P01")].entries


def _fingerprint(folder: Path) -> str:
    found = pack_of(folder)
    assert found is not None
    return found.fingerprint


@pytest.mark.usefixtures("quick", "same_tables")
def test_two_runs_at_once_do_not_meet(pack: Pack, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from cep_toolkit.checking.files import sole_writer

    pack(plan("practice"), ORDERS)
    with (
        sole_writer(tmp_path / "cohort" / "key" / "cohort.json"),
        pytest.raises(StorageError, match="another `cep pack` is at work here"),
    ):
        pack(plan("practice"), ORDERS)
