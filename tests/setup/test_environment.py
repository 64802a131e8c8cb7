"""The environment is made once, known by its stamp, and made again when it is not whole."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from setting_up import installing
from setting_up.environment import LOCK, TEST_LOCK, Environment
from setting_up.installing import entry, set_up
from setting_up.lab_settings import write_lab_settings
from setting_up.trouble import NO_NETWORK, SetUpError

PYTHON = "3.13.0"


class Recorder:
    """Stands for the installers: remembers their commands and answers what a test wants."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.commands: list[str] = []
        self.answers: dict[str, str | OSError] = {}

    def run(self, environment: Environment, command: list[str]) -> str | None:
        line = " ".join(command)
        if "--requirement" in command:
            packages = installing.locked(Path(command[-1]).read_text())
            line = line.replace(command[-1], "+".join(packages))
        self.commands.append(line)
        if " -m venv " in line:
            self.folder.mkdir()
        for word, answer in self.answers.items():
            if word in line:
                if isinstance(answer, OSError):
                    raise answer
                return answer
        return None

    def said(self, word: str) -> list[str]:
        return [line for line in self.commands if word in line]


@pytest.fixture
def recorder(course: Path, monkeypatch: pytest.MonkeyPatch) -> Recorder:
    recorder = Recorder(course / ".venv")
    monkeypatch.setattr(Environment, "run", lambda environment, command: recorder.run(environment, command))
    monkeypatch.setattr(Environment, "python_version", lambda environment: PYTHON)
    return recorder


def again(course: Path, recorder: Recorder, *, tests: bool = False) -> list[str]:
    recorder.commands.clear()
    set_up(course, tests=tests)
    return recorder.commands


def test_the_first_time_everything_is_done_in_order(course: Path, recorder: Recorder) -> None:
    set_up(course)
    venv, uv, version, sync, package = recorder.commands
    assert "-m venv" in venv
    assert "-m pip install" in uv
    assert "--require-hashes" in uv
    assert "--version" in version
    assert (
        f"pip sync --require-hashes --no-build --quiet --compile-bytecode --python {Environment(course).python}" in sync
    )
    assert sync.endswith(LOCK)
    assert "--no-deps --no-build-isolation --no-index --editable ." in package


def test_the_second_time_nothing_is_run(course: Path, recorder: Recorder) -> None:
    set_up(course)
    assert again(course, recorder) == []


@pytest.mark.parametrize("file", ["pyproject.toml", LOCK])
def test_a_changed_file_is_installed_into_the_same_environment(course: Path, recorder: Recorder, file: str) -> None:
    set_up(course)
    with (course / file).open("a") as changed:
        changed.write("# changed\n")
    commands = again(course, recorder)
    assert len(commands) == 4
    assert not recorder.said("-m venv")


def test_line_ends_are_no_change(course: Path, recorder: Recorder) -> None:
    set_up(course)
    text = (course / "pyproject.toml").read_bytes()
    (course / "pyproject.toml").write_bytes(text.replace(b"\n", b"\r\n"))
    assert again(course, recorder) == []


def test_tests_add_their_tools_and_a_participant_keeps_them(course: Path, recorder: Recorder) -> None:
    set_up(course)
    again(course, recorder, tests=True)
    assert recorder.said("pip sync")[0].endswith(TEST_LOCK)
    assert again(course, recorder, tests=True) == []
    assert again(course, recorder) == []


def test_a_changed_test_lock_concerns_tests_alone(course: Path, recorder: Recorder) -> None:
    set_up(course, tests=True)
    with (course / TEST_LOCK).open("a") as changed:
        changed.write("# changed\n")
    assert again(course, recorder) == []
    assert len(again(course, recorder, tests=True)) == 4


def test_an_interrupted_installation_is_made_again(course: Path, recorder: Recorder) -> None:
    recorder.answers["pip sync"] = "killed"
    with pytest.raises(SetUpError):
        set_up(course)
    assert not Environment(course).stamp_file.exists()
    recorder.answers.clear()
    assert " -m venv " in again(course, recorder)[0]


@pytest.mark.parametrize("stamp", ["", "{}", '{"python": "3.13.0"}', "[1]"])
def test_a_damaged_stamp_is_no_stamp(course: Path, recorder: Recorder, stamp: str) -> None:
    set_up(course)
    Environment(course).stamp_file.write_text(stamp)
    assert " -m venv " in again(course, recorder)[0]


def test_a_folder_that_was_moved_is_made_again(course: Path, recorder: Recorder) -> None:
    set_up(course)
    file = Environment(course).stamp_file
    file.write_text(json.dumps(json.loads(file.read_text()) | {"root": "elsewhere"}))
    assert " -m venv " in again(course, recorder)[0]


def test_a_python_that_is_gone_or_another_is_noticed(
    course: Path, recorder: Recorder, monkeypatch: pytest.MonkeyPatch
) -> None:
    set_up(course)
    monkeypatch.setattr(Environment, "python_version", lambda environment: "")
    assert Environment(course).stamp() is None
    monkeypatch.setattr(Environment, "python_version", lambda environment: "3.14.0")
    assert Environment(course).stamp() is None


def test_no_network_is_said_before_anything_else_is_tried(course: Path, recorder: Recorder) -> None:
    recorder.answers["-m pip install"] = "Temporary failure in name resolution"
    with pytest.raises(SetUpError) as raised:
        set_up(course)
    assert str(raised.value) == NO_NETWORK
    assert len(recorder.commands) == 2
    assert "name resolution" in Environment(course).log.read_text()


@pytest.mark.parametrize(
    "answers",
    [
        {"--requirement uv": "ERROR: No matching distribution found for uv==0.13.9"},
        {"--version": PermissionError("this program is blocked by group policy")},
        {"--version": "GLIBC_2.99 not found"},
    ],
)
def test_pip_installs_where_uv_cannot(course: Path, recorder: Recorder, answers: dict[str, str | OSError]) -> None:
    recorder.answers = answers
    set_up(course)
    assert not recorder.said("pip sync")
    uv, others = recorder.said("--requirement")
    assert uv.endswith("--requirement uv")
    assert others.endswith("--require-hashes --no-deps --only-binary :all: --requirement tqdm")


def test_a_folder_of_wheels_is_used_and_the_network_left_alone(course: Path, recorder: Recorder) -> None:
    wheels = course / "wheels"
    wheels.mkdir()
    set_up(course)
    uv, sync = recorder.said("--requirement uv")[0], recorder.said("pip sync")[0]
    assert f"--no-index --find-links {wheels}" in uv
    assert f"--no-index --find-links {wheels} --offline" in sync


def test_an_incomplete_folder_of_wheels_is_said(course: Path, recorder: Recorder) -> None:
    (course / "wheels").mkdir()
    recorder.answers["pip sync"] = "Because tqdm was not found in the provided package locations, it cannot be used."
    with pytest.raises(SetUpError, match="The folder wheels/ lacks a package"):
        set_up(course)


def test_progress_is_one_line_a_stage(course: Path, recorder: Recorder, capsys: pytest.CaptureFixture[str]) -> None:
    set_up(course)
    lines = capsys.readouterr().out.splitlines()
    assert [line.split(" ...")[0].strip() for line in lines[1:-1]] == [
        f"Making .venv with Python {_this_python()}",
        "Getting the installer",
        "Installing 2 packages over the network",
        "Installing the course",
    ]
    assert all(line.endswith("s)") for line in lines[1:-1])
    set_up(course)
    assert capsys.readouterr().out == ""


def _this_python() -> str:
    import platform

    return platform.python_version()


def test_news_stay_away_and_other_settings_stay(tmp_path: Path) -> None:
    file = tmp_path / "share" / "jupyter" / "lab" / "settings" / "overrides.json"
    file.parent.mkdir(parents=True)
    file.write_text('{"other": {"kept": true}}')
    assert write_lab_settings(tmp_path) == file
    settings = json.loads(file.read_text())
    assert settings["other"] == {"kept": True}
    assert settings["@jupyterlab/apputils-extension:notification"]["fetchNews"] == "false"
    server = json.loads((tmp_path / "etc/jupyter/jupyter_server_config.json").read_text())
    assert "without_views" in server["FileContentsManager"]["pre_save_hook"]


def test_a_lock_without_uv_is_damaged() -> None:
    with pytest.raises(SetUpError, match="does not name uv"):
        entry("tqdm==1 \\\n    --hash=sha256:aa\n", "uv")


def test_an_entry_carries_its_own_hashes_alone() -> None:
    wanted = "uv==2 \\\n    --hash=sha256:bb \\\n    --hash=sha256:cc\n"
    lock = f"a==1 \\\n    --hash=sha256:aa\n{wanted}z==3 \\\n    --hash=sha256:dd\n"
    assert entry(lock, "uv") == wanted
    assert installing.locked(lock) == {"a": "1", "uv": "2", "z": "3"}
