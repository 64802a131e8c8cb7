"""The folder that an import writes: whole or not there, the same bytes for the same file, readable by World."""

from __future__ import annotations

import errno
import hashlib
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from cep_toolkit.errors import CourseError, StorageError
from cep_toolkit.own_data import import_declarations
from cep_toolkit.world import World
from tests.own_data.made import GOOD, KOREAN, Desk, korean_rows, small, small_mapping, text_of

TEXT = text_of([GOOD, small(ID="A-2", KG="-1")])


def test_the_folder_holds_six_files_at_most(desk: Desk) -> None:
    desk.read(TEXT)
    assert desk.left == ["out"]
    assert sorted(path.name for path in desk.out.iterdir()) == [
        "declarations.parquet", "manifest.json", "refused.csv", "report.html", "report.txt",
    ]  # fmt: skip


def test_the_manifest_says_what_was_written(desk: Desk) -> None:
    report = desk.read(TEXT, small_mapping(after="notes: [a note]"))
    manifest = json.loads((desk.out / "manifest.json").read_text(encoding="utf-8"))
    assert list(manifest) == ["kind", "edition", "currency", "tables", "fingerprint", "source", "notes"]
    assert (manifest["kind"], manifest["currency"], manifest["source"]) == ("own data", "USD", "file.csv")
    assert manifest["notes"] == ["a note"]
    table = manifest["tables"]["declarations"]
    stored = (desk.out / "declarations.parquet").read_bytes()
    assert table == {"rows": report.rows_kept, "sha256": hashlib.sha256(stored).hexdigest()}


def test_a_world_reads_the_folder(desk: Desk) -> None:
    desk.read(TEXT)
    world = World.from_folder(desk.out)
    assert (world.is_own_data, world.currency, world.tables) == (True, "USD", ("declarations",))
    assert {name: str(kind) for name, kind in world.declarations.dtypes.items()} == {
        "declaration_id": "str",
        "date": "datetime64[ms]",
        "hs": "str",
        "origin": "str",
        "net_mass_kg": "float64",
        "customs_value": "float64",
    }
    assert world.sql("select sum(customs_value) as n from declarations")["n"][0] == 200


def test_the_same_file_gives_the_same_bytes(tmp_path: Path) -> None:
    content = text_of(korean_rows(300), KOREAN)
    made = []
    for place in ("one", "two"):
        (tmp_path / place).mkdir()
        desk = Desk(tmp_path / place)
        desk.read(content, "kcs")
        made.append({path.name: path.read_bytes() for path in desk.out.iterdir()})
    assert made[0] == made[1]


def test_other_values_have_another_fingerprint(tmp_path: Path) -> None:
    fingerprints = set()
    for place, content in enumerate((TEXT, TEXT.replace("200", "201"))):
        (tmp_path / str(place)).mkdir()
        desk = Desk(tmp_path / str(place))
        desk.read(content)
        fingerprints.add(World.from_folder(desk.out).fingerprint)
    assert len(fingerprints) == 2


def test_nothing_stored_tells_where_the_file_lay(desk: Desk) -> None:
    desk.read(TEXT)
    for path in desk.out.iterdir():
        assert str(desk.folder).encode() not in path.read_bytes(), path.name


def test_the_report_is_kept_with_every_line_and_the_notes(desk: Desk) -> None:
    rows = [(*small(ID=f"A-{place}"), f"c{place}") for place in range(12)]
    mapping = small_mapping(
        more="lane: {from: LANE, codes: {g: green}, otherwise: empty}", after="notes: [first, second]"
    )
    report = desk.read(text_of(rows, ("ID", "DATE", "HS", "ORI", "KG", "VALUE", "LANE")), mapping)
    kept = (desk.out / "report.txt").read_text(encoding="utf-8")
    assert "and 4 more, in report.txt" in str(report)
    assert "and 4 more" not in kept
    assert all(f'code "c{place}" is not in the list' in kept for place in range(12))
    assert kept.endswith("Notes of the mapping\n  - first\n  - second\n")


def test_progress_is_told_in_bytes(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("cep_toolkit.own_data.importing.ROWS_IN_A_PIECE", 1)
    told: list[tuple[int, int]] = []
    desk.read(TEXT, progress=lambda done, whole: told.append((done, whole)))
    assert len(told) == 2
    assert told[-1] == (len(TEXT), len(TEXT))


def test_an_empty_folder_is_filled(desk: Desk) -> None:
    desk.out.mkdir()
    desk.read(TEXT)
    assert World.from_folder(desk.out).tables == ("declarations",)


def test_a_folder_with_something_in_it_is_refused_and_left_alone(desk: Desk) -> None:
    desk.out.mkdir()
    (desk.out / "mine.txt").write_text("mine")
    with pytest.raises(StorageError, match=r"out: this is there already and not empty\. Give another folder"):
        desk.read(TEXT)
    assert [path.name for path in desk.out.iterdir()] == ["mine.txt"]
    assert desk.left == ["out"]


def test_a_file_in_the_place_of_the_folder_is_refused(desk: Desk) -> None:
    desk.out.write_text("mine")
    with pytest.raises(StorageError, match="there already"):
        desk.read(TEXT)
    assert desk.out.read_text() == "mine"


def test_folders_on_the_way_are_made_and_go_again_on_failure(desk: Desk) -> None:
    desk.out = desk.folder / "a" / "b" / "out"
    with pytest.raises(Exception, match="the file is empty"):
        desk.read("")
    assert desk.left == []
    desk.read(TEXT)
    assert desk.out.is_dir()


@pytest.mark.parametrize(
    ("number", "message"),
    [
        (errno.EROFS, "this place cannot be written; nothing was written. Give a folder of your own."),
        (errno.EACCES, "this place cannot be written; nothing was written. Give a folder of your own."),
        (errno.ENOSPC, "the disk is full; nothing was written. Make room, or give a folder elsewhere."),
        (errno.EIO, f"writing failed ({os.strerror(errno.EIO)}); nothing was written. Give a folder elsewhere."),
    ],
)
def test_a_place_that_cannot_be_written(desk: Desk, monkeypatch: pytest.MonkeyPatch, number: int, message: str) -> None:
    def refuses(*_: object, **__: object) -> str:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr("tempfile.mkdtemp", refuses)
    with pytest.raises(StorageError) as caught:
        desk.read(TEXT)
    assert str(caught.value).endswith(message)
    assert desk.left == []


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() == 0, reason="needs a user whom permissions bind")
def test_a_read_only_folder(desk: Desk) -> None:
    desk.folder.chmod(0o500)
    try:
        with pytest.raises(StorageError, match="cannot be written"):
            desk.read(TEXT)
    finally:
        desk.folder.chmod(0o700)


@pytest.mark.parametrize(
    "file", ["declarations.parquet", "controls.parquet", "refused.csv", "report.txt", "report.html", "manifest.json"]
)
def test_a_disk_that_fills_up(desk: Desk, monkeypatch: pytest.MonkeyPatch, file: str) -> None:
    full, real_open = Path("/dev/full"), Path.open
    if not full.exists():
        pytest.skip("this system has no device that is always full")

    def opens(path: Path, *rest: Any, **named: Any) -> Any:
        return real_open(full if path.name == file else path, *rest, **named)

    def writes_text(path: Path, text: str, **named: Any) -> None:
        with opens(path, "w", **named) as stream:
            stream.write(text)

    rows = korean_rows(50)
    rows[3][-4] = "-1"
    source = _filled(desk, rows)
    monkeypatch.setattr(Path, "open", opens)
    monkeypatch.setattr(Path, "write_text", writes_text)
    with pytest.raises(StorageError, match="the disk is full; nothing was written"):
        import_declarations(source, "kcs", desk.out)
    assert desk.left == []


def _filled(desk: Desk, rows: list[list[str]]) -> Path:
    desk.inbox.write_bytes(text_of(rows, KOREAN).encode())
    return desk.inbox


LIMITED = """
import resource, sys
from pathlib import Path
from cep_toolkit.own_data import import_declarations
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[3]), resource.RLIM_INFINITY))
import_declarations(sys.argv[1], "kcs", sys.argv[2])
"""


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no limit on the size of files")
def test_files_that_may_not_grow(desk: Desk) -> None:
    """A real refusal by the system, not a simulated one: no file may be larger than 20,000 bytes."""
    desk.inbox.write_text(text_of(korean_rows(3_000), KOREAN))
    run = subprocess.run(
        [sys.executable, "-c", LIMITED, desk.inbox, desk.out, "20000"], capture_output=True, text=True, check=False
    )
    assert run.returncode == 1
    assert "cep_toolkit.errors.StorageError" in run.stderr
    assert "nothing was written" in run.stderr
    assert desk.left == []


@pytest.mark.skipif(sys.platform == "win32", reason="Windows does not remove the folder one stands in")
def test_the_folder_one_stands_in_can_be_filled(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.inbox.write_text(TEXT)
    desk.out.mkdir()
    monkeypatch.chdir(desk.out)
    import_declarations(desk.inbox, small_mapping(), ".")
    assert World.from_folder(desk.out).tables == ("declarations",)
    assert desk.left == ["out"]


def test_an_interrupted_import_leaves_nothing_behind(desk: Desk) -> None:
    def stop(done: int, whole: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        desk.read(TEXT, progress=stop)
    assert desk.left == []


def test_a_folder_that_appears_meanwhile_is_left_alone(desk: Desk) -> None:
    def appear(done: int, whole: int) -> None:
        desk.out.mkdir()
        (desk.out / "mine.txt").write_text("mine")

    with pytest.raises(StorageError, match="there already"):
        desk.read(TEXT, progress=appear)
    assert [path.name for path in desk.out.iterdir()] == ["mine.txt"]
    assert desk.left == ["out"]


def test_an_account_that_does_not_balance_is_no_result(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("cep_toolkit.own_data.refused.RefusedFile.add", lambda self, refused: None)
    with pytest.raises(CourseError, match="2 rows read, but 1 kept and 0 refused"):
        desk.read(TEXT)
    assert desk.left == []


def test_an_import_can_be_repeated_after_the_folder_is_removed(desk: Desk) -> None:
    first = desk.read(TEXT)
    shutil.rmtree(desk.out)
    assert import_declarations(str(desk.inbox), small_mapping(), str(desk.out)) == first
