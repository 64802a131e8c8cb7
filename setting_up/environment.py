"""The environment in .venv: made once, known to be whole by a stamp that is written last."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from setting_up import finding_python
from setting_up.progress import stage
from setting_up.trouble import NEEDED_BYTES, NO_SPACE, NO_VENV, SetUpError, explain

LOCK = "requirements.lock"
TEST_LOCK = "requirements-test.lock"
FORMAT = 1  # one more when the set-up itself does something new, so that everyone's is made again


@dataclass(frozen=True)
class Stamp:
    """What .venv was made for; the environment is whole only where the stamp stands."""

    python: str
    root: str
    participant: str
    tests: str


@dataclass(frozen=True)
class Environment:
    """The folder .venv beside start.py."""

    root: Path

    @property
    def folder(self) -> Path:
        """The environment's folder."""
        return self.root / ".venv"

    @property
    def python(self) -> Path:
        """The environment's own Python."""
        return self.program("python")

    @property
    def log(self) -> Path:
        """What the installers printed last."""
        return self.folder / "start.log"

    @property
    def stamp_file(self) -> Path:
        """The file that says that the environment is whole."""
        return self.folder / "cep-workshop.json"

    def program(self, name: str) -> Path:
        """Return the path of a program in the environment."""
        return self.folder / "Scripts" / f"{name}.exe" if os.name == "nt" else self.folder / "bin" / name

    def wanted(self) -> tuple[str, str]:
        """Return the digests that a participant's and a tester's set-up must carry now."""
        participant = _digest(self.root / "pyproject.toml", self.root / LOCK)
        return participant, _digest(self.root / "pyproject.toml", self.root / LOCK, self.root / TEST_LOCK)

    def stamp(self) -> Stamp | None:
        """Return the stamp of a whole environment; None where it is missing, half-made, moved or its Python is gone."""
        try:
            stamp = Stamp(**json.loads(self.stamp_file.read_text(encoding="utf-8")))
        except (OSError, ValueError, TypeError):
            return None
        if stamp.root != str(self.root) or stamp.python != self.python_version():
            return None
        return stamp

    def python_version(self) -> str:
        """Return the version that .venv's Python says it has; empty where it does not start."""
        found = finding_python.ask([str(self.python)])
        if found is None or finding_python.complaint(found):
            return ""
        return ".".join(str(part) for part in _version(found))

    def ready(self, *, tests: bool) -> bool:
        """Say whether nothing has to be done."""
        stamp = self.stamp()
        participant, tester = self.wanted()
        return stamp is not None and stamp.participant == participant and (not tests or stamp.tests == tester)

    def unstamp(self) -> None:
        """Mark the environment as half-made."""
        self.stamp_file.unlink(missing_ok=True)

    def write_stamp(self, *, tests: bool) -> None:
        """Mark the environment as whole."""
        participant, tester = self.wanted()
        stamp = Stamp(self.python_version(), str(self.root), participant, tester if tests else "")
        unfinished = self.stamp_file.with_suffix(".part")
        unfinished.write_text(json.dumps(vars(stamp), indent=1), encoding="utf-8")
        unfinished.replace(self.stamp_file)

    def make(self) -> None:
        """Make .venv, removing a half-made one first."""
        if self.folder.exists():
            with stage("Removing the unfinished .venv"):
                shutil.rmtree(self.folder)
        if shutil.disk_usage(self.root).free < NEEDED_BYTES:
            raise SetUpError(NO_SPACE)
        maker = finding_python.find(finding_python.facts())
        if maker is None or not maker["can_make_venv"]:
            raise SetUpError(NO_VENV)
        version = ".".join(str(part) for part in _version(maker))
        with stage(f"Making .venv with Python {version}"):
            said = self.run([str(maker["python"]), "-m", "venv", str(self.folder)])
            if said is not None:
                raise SetUpError(NO_VENV) if "ensurepip" in said else self.explain(said, "Making .venv", wheels=False)

    def run(self, command: list[str]) -> str | None:
        """Run an installer's command in the course's folder: None when it succeeded, else all that it printed."""
        ended = subprocess.run(
            command,
            cwd=self.root,
            env=installer_variables(),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            check=False,
        )
        return None if ended.returncode == 0 else ended.stdout.decode("utf-8", "replace")

    def explain(self, said: str, doing: str, *, wheels: bool) -> SetUpError:
        """Keep what an installer printed and turn it into the sentence that helps."""
        if self.folder.is_dir():
            with suppress(OSError):  # the sentence matters more than the log
                self.log.write_text(said, encoding="utf-8")
        return explain(said, doing, self.root, self.log, wheels=wheels)


def installer_variables() -> dict[str, str]:
    """Return the variables under which installers run: no prompts, no notices, the system's certificates."""
    variables = {
        name: value for name, value in os.environ.items() if name not in {"PYTHONHOME", "PYTHONPATH", "VIRTUAL_ENV"}
    }
    variables.setdefault("UV_SYSTEM_CERTS", "1")
    variables |= {"PIP_DISABLE_PIP_VERSION_CHECK": "1", "PIP_NO_INPUT": "1", "UV_NO_PROGRESS": "1", "NO_COLOR": "1"}
    return variables


def _version(found: dict[str, object]) -> list[int]:
    version = found["version"]
    return list(version) if isinstance(version, list) else []


def _digest(*files: Path) -> str:
    total = hashlib.sha256(str(FORMAT).encode())
    for file in files:
        total.update(file.read_bytes().replace(b"\r\n", b"\n"))
    return total.hexdigest()
