"""Each failure is one plain sentence with its remedy."""

from __future__ import annotations

import errno
import shutil
from collections import namedtuple
from pathlib import Path

import pytest

from setting_up import commands, finding_python, trouble
from setting_up.environment import Environment
from setting_up.trouble import explain, explain_os_error

SAID = [
    ("pip: NewConnectionError: Failed to establish a new connection: [Errno -3]", trouble.NO_NETWORK),
    (
        "pip: [Errno -3] Temporary failure in name resolution\nERROR: No matching distribution found for uv",
        trouble.NO_NETWORK,
    ),
    ("error: client error (Connect): dns error: failed to lookup address information", trouble.NO_NETWORK),
    ("getaddrinfo failed", trouble.NO_NETWORK),
    ("SSLError(SSLCertVerificationError(1, '[SSL: CERTIFICATE_VERIFY_FAILED]", trouble.BAD_CERTIFICATE),
    ("error sending request: invalid peer certificate: UnknownIssuer", trouble.BAD_CERTIFICATE),
    ("ERROR: Could not install packages due to an OSError: [Errno 28] No space left on device", trouble.NO_SPACE),
    ("failed to write: There is not enough space on the disk. (os error 112)", trouble.NO_SPACE),
    ("ERROR: THESE PACKAGES DO NOT MATCH THE HASHES FROM THE REQUIREMENTS FILE", trouble.WRONG_HASH),
    ("error: Hash mismatch for `tqdm==4.70.1`", trouble.WRONG_HASH),
    (
        "HINT: This error might have occurred since this system does not have Windows Long Path support",
        trouble.LONG_PATH,
    ),
]


@pytest.mark.parametrize(("said", "sentence"), SAID)
def test_what_installers_print_becomes_the_remedy(said: str, sentence: str) -> None:
    assert str(explain(said, "Installing", Path("course"), Path("log"), wheels=False)) == sentence


def test_a_folder_that_may_not_be_written_is_named() -> None:
    said = "[Errno 13] Permission denied: '/srv/course/.venv'"
    assert "not allowed in course" in str(explain(said, "Installing", Path("course"), Path("log"), wheels=False))


@pytest.mark.parametrize(
    ("wheels", "words"), [(True, "The folder wheels/ lacks"), (False, "no ready-made form for this computer")]
)
def test_a_missing_package_is_named(*, wheels: bool, words: str) -> None:
    said = "error: No solution found\n  cause: Because tqdm==4.70.1 has no usable wheels, it cannot be used."
    sentence = str(explain(said, "Installing", Path("course"), Path("log"), wheels=wheels))
    assert words in sentence
    assert "tqdm==4.70.1" in sentence


def test_an_unknown_failure_gives_the_last_words_and_the_log() -> None:
    sentence = str(
        explain("a\nERROR: the moon is full\n", "Installing", Path("course"), Path("start.log"), wheels=False)
    )
    assert "the moon is full" in sentence
    assert "start.log" in sentence
    assert "\n" not in sentence


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (errno.ENOSPC, "The disk is full"),
        (errno.EACCES, "not allowed in work"),
        (errno.EROFS, "not allowed in work"),
        (errno.EIO, "work could not be used"),
    ],
)
def test_errors_of_the_file_system(number: int, words: str) -> None:
    assert words in str(explain_os_error(OSError(number, "system's words", "work"), Path("course")))


def say_of(course: Path, capsys: pytest.CaptureFixture[str]) -> str:
    assert commands.main(["--no-browser"], course) == 1
    said = capsys.readouterr().err.strip()
    assert "Traceback" not in said
    assert "\n" not in said
    return said


def test_without_ensurepip(course: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    lacking = finding_python.facts() | {"can_make_venv": False}
    monkeypatch.setattr(finding_python, "facts", lambda: lacking)
    monkeypatch.setattr(finding_python, "candidates", list)
    assert "sudo apt install python3-venv" in say_of(course, capsys)
    assert not (course / ".venv").exists()


def test_ensurepip_that_fails_later(
    course: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(Environment, "run", lambda self, command: "Error: '-m', 'ensurepip' returned 1.")
    assert "python3-venv" in say_of(course, capsys)


def test_with_a_full_disk(course: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    usage = namedtuple("usage", "total used free")
    monkeypatch.setattr(shutil, "disk_usage", lambda path: usage(10, 9, 1))
    assert say_of(course, capsys).startswith("The disk is full. Free 2 GB")


def test_in_a_read_only_folder(
    course: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    said = f"Error: [Errno 30] Read-only file system: '{course}/.venv'"
    monkeypatch.setattr(Environment, "run", lambda self, command: said)
    assert f"Writing is not allowed in {course}" in say_of(course, capsys)


def test_where_the_copies_cannot_be_written(
    course: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def refused(root: Path, *, tests: bool = False) -> Environment:
        raise PermissionError(errno.EACCES, "Permission denied", str(root / "work"))

    monkeypatch.setattr(commands, "set_up", refused)
    assert "Writing is not allowed in" in say_of(course, capsys)


def test_a_missing_lock_is_named(course: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (course / "requirements.lock").unlink()
    assert "requirements.lock" in say_of(course, capsys)
