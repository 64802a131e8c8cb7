"""Submissions are hostile until proven otherwise: each is refused with a reason, and the others are marked."""

from __future__ import annotations

import csv
import io
import os
import stat
import struct
import sys
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import load_workbook

from cep_toolkit.course.submission import MOST_BYTES
from cep_toolkit.own_data.refused import STARTS_A_FORMULA
from cep_toolkit.workshop.marking import gathering
from cep_toolkit.workshop.marking.archives import MOST_MEMBERS, MOST_UNPACKED
from cep_toolkit.workshop.marking.gathering import MOST_ARCHIVE
from cep_toolkit.workshop.marking.marks import Marking
from cep_toolkit.workshop.marking.run import mark_folder
from tests.workshop.handed_in import RIGHT, changed, content, laid_out

POSIX = pytest.mark.skipif(sys.platform == "win32", reason="Windows has none of these")
FORMULA, MARKUP = '=HYPERLINK("//x","y")', "<script>alert(1)</script><img src=x onerror=alert(1)>"


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """The folder of submissions, with one good file in it."""
    folder, _ = laid_out(tmp_path)
    (folder / "good.json").write_bytes(content("P02"))
    return folder


@pytest.fixture
def reason(place: Path) -> Callable[..., str]:
    """Mark, hold that the good file is marked, and return why the only other file is refused."""

    def why(name: str = "") -> str:
        marking = marked(place)
        assert [each.participant for each in marking.marked] == ["P02"]
        [refused] = marking.refused
        assert not name or refused.file == name
        return refused.reason

    return why


def marked(place: Path, written: bool = False) -> Marking:
    """Mark a folder, and hold that nothing but the output was touched."""
    home = place.parent
    before = {path: path.lstat() for path in home.rglob("*")}
    marking = mark_folder(place, home / "key", home / "out" if written else None)
    after = {path: path.lstat() for path in home.rglob("*") if home / "out" not in (path, *path.parents)}
    assert {path: (each.st_size, each.st_mtime_ns, each.st_mode) for path, each in after.items()} == {
        path: (each.st_size, each.st_mtime_ns, each.st_mode) for path, each in before.items()
    }
    return marking


# Whose it is --------------------------------------------------------------------------------------------------------

NOT_THEIRS = {
    "another cohort": ({"cohort": "f" * 16}, "another cohort"),
    "a stranger": ({"participant": "P99"}, "Participant P99 is not in this key"),
    "the pack of somebody else": ({"fingerprint": "b" * 16}, "another pack than the one of P01"),
    "a pack of nobody": ({"fingerprint": "c" * 16}, "another pack than the one of P01"),
    "an old edition": ({"edition": 0}, "edition 0 of the course; this key is of edition 1"),
    "a later edition": ({"edition": 2}, "edition 2 of the course"),
}


@pytest.mark.parametrize("name", NOT_THEIRS)
def test_what_does_not_belong_to_the_key_is_refused(place: Path, reason: Callable[..., str], name: str) -> None:
    parts, said = NOT_THEIRS[name]
    (place / "x.json").write_bytes(changed(lambda plain: plain.update(parts)))
    assert said in reason("x.json")


# Files --------------------------------------------------------------------------------------------------------------


def test_a_gigabyte_is_never_read(place: Path, reason: Callable[..., str], monkeypatch: pytest.MonkeyPatch) -> None:
    with (place / "large.json").open("wb") as file:
        file.truncate(1_000_000_000)
    before = time.process_time()
    assert "1,000,000,000 bytes; at most 262,144 are read" in reason("large.json")
    assert time.process_time() - before < 5


@POSIX
def test_links_are_not_followed(place: Path) -> None:
    secret = place.parent / "secret.json"
    secret.write_bytes(content("P01"))
    (place / "link.json").symlink_to(secret)
    (place / "folder").symlink_to(place.parent)
    (place / "nowhere.json").symlink_to(place / "missing")
    (place / "round.json").symlink_to(place / "round.json")
    (place / "link.zip").symlink_to(secret)
    marking = marked(place)
    assert [each.file for each in marking.refused] == ["folder", "link.json", "link.zip", "nowhere.json", "round.json"]
    assert {each.reason for each in marking.refused} == {
        "This is a link. Links are not followed: put the file itself here."
    }
    assert [each.participant for each in marking.marked] == ["P02"]


@POSIX
def test_pipes_and_devices_are_not_opened(place: Path, reason: Callable[..., str]) -> None:
    os.mkfifo(place / "pipe.json")  # opening it would wait for ever
    assert "no plain file" in reason("pipe.json")


@POSIX
def test_what_becomes_a_link_after_it_was_listed_is_not_followed(place: Path, tmp_path: Path) -> None:
    (place / "x.json").symlink_to(tmp_path / "key" / "key.json")
    assert "link" in gathering._file(str(place / "x.json"), "x.json").problem
    os.mkfifo(place / "y.json")
    assert "no plain file" in gathering._file(str(place / "y.json"), "y.json").problem


@pytest.mark.parametrize("name", ["x.json", "x.zip"])
def test_a_file_without_permission_is_said(
    place: Path, reason: Callable[..., str], name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    (place / name).write_bytes(content("P01"))
    opened = os.open

    def forbidden(path: str, *rest: int) -> int:
        if str(path).endswith(name):
            raise PermissionError(13, "Permission denied")
        return opened(path, *rest)

    monkeypatch.setattr(gathering.os, "open", forbidden)
    assert reason(name) == "There is no permission to read it."


@pytest.mark.skipif(not hasattr(os, "getuid") or os.getuid() == 0, reason="the superuser may read everything")
def test_a_folder_without_permission_is_said(place: Path, reason: Callable[..., str]) -> None:
    (place / "closed").mkdir(mode=0)
    assert reason("closed/") == "There is no permission to read it."


def test_folders_are_read_but_not_without_end(place: Path) -> None:
    deep = place / "P01" / "desk"
    deep.mkdir(parents=True)
    (deep / "submission-P01.json").write_bytes(content("P01"))
    (place / "/".join("abcdefghij")).mkdir(parents=True)
    marking = marked(place)
    assert [each.file for each in marking.marked] == ["P01/desk/submission-P01.json", "good.json"]
    assert [(each.file, each.reason) for each in marking.refused] == [
        ("a/b/c/d/e/f/g/h", "The folder lies too deep. Move what is in it up.")
    ]


def test_more_files_than_a_workshop_has_are_not_all_read(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gathering, "MOST_FILES", 1)
    (place / "zzz.json").write_bytes(content("P01"))
    marking = marked(place)
    assert [each.reason[:30] for each in marking.refused] == ["There are more than 1 files he"]


def test_what_an_operating_system_leaves_is_passed_over(place: Path) -> None:
    for name in (".DS_Store", "Thumbs.db", "desktop.ini", "._good.json"):
        (place / name).write_bytes(b"x")
    assert marked(place).refused == ()


@pytest.mark.parametrize("name", ["notes.txt", "12_risk_analysis.ipynb", "marks.xlsx", "submission", ".hidden"])
def test_other_files_are_named(place: Path, reason: Callable[..., str], name: str) -> None:
    (place / name).write_bytes(content("P01"))
    assert "does not end in .json" in reason(name)


# Archives -----------------------------------------------------------------------------------------------------------


def archive(place: Path, *members: tuple[str | zipfile.ZipInfo, bytes], method: int = zipfile.ZIP_DEFLATED) -> Path:
    path = place / "all.zip"
    with zipfile.ZipFile(path, "w", method) as file:
        for name, data in members:
            file.writestr(name, data)
    return path


def test_a_zip_file_is_read_without_unpacking_it(place: Path) -> None:
    archive(place, ("P01/submission-P01.json", content("P01")), ("__MACOSX/._x.json", b"x"), ("P01/", b""))
    marking = marked(place)
    assert [each.file for each in marking.marked] == ["all.zip/P01/submission-P01.json", "good.json"]
    assert marking.refused == ()


TRICKS = (
    "../evil.json",
    "P01/../../evil.json",
    "/etc/evil.json",
    "C:\\evil.json",
    "..\\evil.json",
    "\\\\x\\evil.json",
    "evil.json:stream.json",
)


@pytest.mark.parametrize("name", TRICKS)
def test_a_path_out_of_the_archive_is_refused(place: Path, reason: Callable[..., str], name: str) -> None:
    archive(place, (name, content("P01")))
    assert reason() == "Its name in the archive points out of the archive."
    assert not list(place.parent.parent.glob("evil*"))


def test_a_zero_byte_in_a_name_is_refused(place: Path, reason: Callable[..., str]) -> None:
    data = archive(place, ("evil_.json.exe", content("P01"))).read_bytes()
    (place / "all.zip").write_bytes(data.replace(b"evil_.json", b"evil\0.json"))
    assert "points out" in reason()


def entry(name: str, kind: int) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(name)
    info.external_attr = (kind | 0o644) << 16
    return info


@pytest.mark.parametrize("kind", [stat.S_IFLNK, stat.S_IFIFO, stat.S_IFCHR])
def test_a_link_in_an_archive_is_refused(place: Path, reason: Callable[..., str], kind: int) -> None:
    archive(place, (entry("x.json", kind), b"../key/key.json"))
    assert reason("all.zip/x.json") == "It is a link or a device in the archive."


def test_an_archive_in_an_archive_is_not_opened(place: Path, reason: Callable[..., str]) -> None:
    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w") as file:
        file.writestr("submission-P01.json", content("P01"))
    archive(place, ("inner.zip", inner.getvalue()))
    assert "archive in an archive" in reason("all.zip/inner.zip")


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_another_compression_is_not_unpacked(place: Path, reason: Callable[..., str], method: int) -> None:
    archive(place, ("x.json", content("P01")), method=method)
    assert "not read here" in reason()


def test_a_password_is_said(place: Path, reason: Callable[..., str]) -> None:
    path = archive(place, ("x.json", content("P01")))
    data = bytearray(path.read_bytes())
    data[data.index(b"PK\x01\x02") + 8] |= 1
    path.write_bytes(data)
    assert "password" in reason()


def test_a_bomb_of_one_member_is_not_unpacked(place: Path, reason: Callable[..., str]) -> None:
    archive(place, ("x.json", b" " * 50_000_000))
    assert "50,000,000 bytes; at most 262,144" in reason()


def test_a_bomb_that_stays_below_the_bound_is_seen_by_its_ratio(place: Path, reason: Callable[..., str]) -> None:
    archive(place, ("x.json", b" " * MOST_BYTES))
    assert "100 times its size" in reason()


def test_a_bomb_of_many_members_is_not_unpacked(place: Path, reason: Callable[..., str]) -> None:
    archive(place, *((f"{number}.json", b" " * 400_000) for number in range(200)))
    assert "Unpacked, the archive would have 80,000,000 bytes" in reason("all.zip")


def test_an_archive_of_many_files_is_not_opened(place: Path, reason: Callable[..., str]) -> None:
    archive(place, *((f"{number}.json", b"") for number in range(MOST_MEMBERS + 1)))
    assert "more than 500 files" in reason("all.zip")


def test_a_large_archive_is_never_read(place: Path, reason: Callable[..., str]) -> None:
    with (place / "all.zip").open("wb") as file:
        file.truncate(MOST_ARCHIVE + 1)
    assert "at most 8,388,608 are read" in reason("all.zip")


def test_a_member_that_lies_about_its_size_is_refused(place: Path, reason: Callable[..., str]) -> None:
    """The size that is declared is small, what is packed is large: no more than declared is taken."""
    path = archive(place, ("x.json", b" " * 3_000_000))
    data = path.read_bytes()
    path.write_bytes(data.replace(struct.pack("<L", 3_000_000), struct.pack("<L", 200_000)))
    assert reason("all.zip/x.json") in (
        "It is damaged in the archive. Ask for the file itself.",
        "It unpacks to more than 100 times its size, as no submission does.",
    )


@pytest.mark.parametrize(
    "data", [b"", b"PK", b"PK\x05\x06" + b"\0" * 18 + b"x", b"PK\x05\x06" + b"\xff" * 18, b"x" * 999]
)
def test_a_damaged_archive_is_refused(place: Path, data: bytes) -> None:
    (place / "all.zip").write_bytes(data)
    marking = marked(place)
    assert all("damaged" in each.reason for each in marking.refused)
    assert [each.participant for each in marking.marked] == ["P02"]


def test_the_good_members_of_an_archive_are_marked_beside_the_bad(place: Path) -> None:
    archive(place, ("a.json", content("P01")), ("../b.json", content("P03")), ("c.json", b"{"))
    marking = marked(place)
    assert [each.participant for each in marking.marked] == ["P01", "P02"]
    assert [each.file for each in marking.refused] == ["all.zip/../b.json", "all.zip/c.json"]


# Texts --------------------------------------------------------------------------------------------------------------


def cells(place: Path) -> list[str]:
    """Return every text in every sheet that was written, and hold that none is a formula."""
    out = place.parent / "out"
    found = [
        cell
        for name in ("marks.csv", "statistics.csv")
        for line in csv.reader(io.StringIO((out / name).read_bytes().decode("utf-8-sig")))
        for cell in line
    ]
    for sheet in load_workbook(out / "marks.xlsx"):
        for row in sheet.iter_rows():
            assert all(cell.data_type in "sn" for cell in row)
            found += [str(cell.value) for cell in row if cell.value is not None]
    assert not [cell for cell in found if cell.startswith(STARTS_A_FORMULA)]
    assert not [cell for cell in found if ";=" in cell or "\t" in cell or "\x1b" in cell]
    return found


@POSIX
@pytest.mark.parametrize(
    "name", [FORMULA, "a;=1+1", "-1", "@x", "\x1b[2J", "\u202egpj", "a\n=1", "\udcff", "<b>&amp;", "  =1"]
)
def test_the_name_of_a_file_is_harmless_everywhere(place: Path, name: str) -> None:
    (place / f"{name.replace('/', '_')}.json").write_bytes(content("P01"))
    (place / f"{name.replace('/', '_')}.txt").write_bytes(b"")
    marked(place, written=True)
    cells(place)
    for page in (place.parent / "out").rglob("*.html"):
        assert "<b>" not in page.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "text", [FORMULA, MARKUP, "a;=1+1", "[x](javascript:alert(1))", "![](//x)", "`" * 500, "*_" * 500]
)
def test_an_answer_is_harmless_everywhere(place: Path, text: str) -> None:
    (place / "x.json").write_bytes(content("P01", rate={"rate": text}, kinds={**RIGHT["kinds"], "rows": [text]}))
    marking = marked(place, written=True)
    assert [each.participant for each in marking.marked] == ["P01", "P02"]
    cells(place)
    page = (place.parent / "out" / "feedback" / "feedback-P01.html").read_text(encoding="utf-8")
    for sign in ("<script", "<img", "<a ", "onerror=alert(1)>", 'javascript:alert(1)"'):
        assert sign not in page


def test_the_claims_of_a_file_are_harmless_on_a_screen(place: Path, reason: Callable[..., str]) -> None:
    (place / "x.json").write_bytes(changed(lambda plain: plain.update(participant="\x1b[2J")))
    assert reason("x.json") == "Its participant is not one that a pack has."


def test_the_page_for_instructors_names_the_bounds_that_hold() -> None:
    page = (Path(__file__).parents[2] / "docs" / "marking.md").read_text(encoding="utf-8")
    kib, mib = MOST_BYTES // 1024, 1024 * 1024
    archive_of = f"a zip file {MOST_ARCHIVE // mib} MiB, {MOST_MEMBERS} members, {MOST_UNPACKED // mib} MiB unpacked"
    assert f"a submission {kib} KiB; {archive_of}; eight folders deep; {gathering.MOST_FILES:,} files." in page
    assert gathering.DEEPEST_FOLDER == 8
