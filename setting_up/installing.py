"""Install exactly what the lock names, with uv where it runs and with pip where it does not."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from pathlib import Path

from setting_up.environment import LOCK, TEST_LOCK, Environment
from setting_up.lab_settings import write_lab_settings
from setting_up.progress import say, stage
from setting_up.trouble import BAD_CERTIFICATE, NO_NETWORK, NO_SPACE, SetUpError


def set_up(root: Path, *, tests: bool = False) -> Environment:
    """Make the environment what the lock says, and return it; nothing is done where it is already so.

    Raises
    ------
    SetUpError
        With the one sentence that says what to do.
    """
    environment = Environment(root)
    if environment.ready(tests=tests):
        return environment
    say("Setting up CEP Workshop (the first time this takes a minute or two).")
    if environment.stamp() is None:
        environment.make()
    environment.unstamp()
    Installation(environment, tests=tests).run()
    write_lab_settings(environment.folder)
    environment.write_stamp(tests=tests)
    say("Everything is installed.")
    return environment


@dataclass(frozen=True)
class Installation:
    """One installation into an environment.

    Parameters
    ----------
    environment
        Where to install.
    tests
        Whether the test tools are wanted too.
    """

    environment: Environment
    tests: bool

    @property
    def lock(self) -> Path:
        """The lock to install."""
        return self.environment.root / (TEST_LOCK if self.tests else LOCK)

    @property
    def wheels(self) -> Path | None:
        """The folder of local packages, where there is one; then the network is left alone."""
        folder = self.environment.root / "wheels"
        return folder if folder.is_dir() else None

    @property
    def source(self) -> list[str]:
        """The options that say where packages come from; pip and uv understand the same ones."""
        return ["--no-index", "--find-links", str(self.wheels)] if self.wheels else []

    def run(self) -> None:
        """Install the locked packages, then the course itself."""
        text = self.lock.read_text(encoding="utf-8")
        with stage("Getting the installer"):
            has_uv = self._get_uv(text)
        where = "from wheels/" if self.wheels else "over the network"
        with stage(f"Installing {len(locked(text))} packages {where}"):
            self._install_lock(text, has_uv=has_uv)
        with stage("Installing the course"):
            self._install_course()

    def _get_uv(self, lock: str) -> bool:
        """Install the locked uv and say whether it runs; where packages cannot be had at all, pip would fail too."""
        said = self._pip_install(entry(lock, "uv"))
        if said is not None:
            trouble = self.environment.explain(said, "Getting the installer", wheels=bool(self.wheels))
            if str(trouble) in {NO_NETWORK, BAD_CERTIFICATE, NO_SPACE}:
                raise trouble
            return False
        try:
            return self.environment.run([str(self.environment.program("uv")), "--version"]) is None
        except OSError:  # some offices let no program run that they do not know
            return False

    def _install_lock(self, lock: str, *, has_uv: bool) -> None:
        said = self._uv_sync() if has_uv else self._pip_install(lock.replace(entry(lock, "uv"), ""))
        if said is not None:
            raise self.environment.explain(said, "Installing the packages", wheels=bool(self.wheels))

    def _uv_sync(self) -> str | None:
        """Install with uv, compiled: else every kernel would compile pandas anew where nothing may be written later."""
        how = ["--require-hashes", "--no-build", "--quiet", "--compile-bytecode"]
        uv = [str(self.environment.program("uv")), "pip", "sync", *how]
        offline = ["--offline"] if self.wheels else []
        return self.environment.run(
            [*uv, "--python", str(self.environment.python), *self.source, *offline, str(self.lock)],
        )

    def _pip_install(self, requirements: str) -> str | None:
        options = ["--require-hashes", "--no-deps", "--only-binary", ":all:"]
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / "requirements.txt"
            file.write_text(requirements, encoding="utf-8")
            return self.environment.run([*self._pip(), *self.source, *options, "--requirement", str(file)])

    def _install_course(self) -> None:
        said = self.environment.run(
            [*self._pip(), "--no-deps", "--no-build-isolation", "--no-index", "--editable", "."],
        )
        if said is not None:
            raise self.environment.explain(said, "Installing the course", wheels=bool(self.wheels))

    def _pip(self) -> list[str]:
        return [str(self.environment.python), "-m", "pip", "install", "--quiet", "--retries", "2"]


def locked(lock: str) -> dict[str, str]:
    r"""Return the packages of a lock with their versions, by name.

    Examples
    --------
    >>> locked("numpy==2.4.6 \\\n    --hash=sha256:ab\ntqdm==4.70.1 ; python_version < '3.12' \\\n")
    {'numpy': '2.4.6', 'tqdm': '4.70.1'}
    """
    lines = (line.split() for line in lock.splitlines() if "==" in line and not line.startswith((" ", "#")))
    return dict(words[0].split("==", 1) for words in lines)


def entry(lock: str, name: str) -> str:
    """Return the lines of one package in a lock, its hashes with it.

    Raises
    ------
    SetUpError
        Where the lock does not name it.
    """
    kept: list[str] = []
    for line in lock.splitlines():
        if line.startswith(f"{name}==") or (kept and line.startswith(" ")):
            kept.append(line)
        elif kept:
            break
    if not kept:
        raise SetUpError(f"The lock does not name {name}. Fetch the course again; its file {LOCK} is damaged.")
    return "\n".join(kept) + "\n"
