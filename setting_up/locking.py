"""Write the locks and environment.yml again from pyproject.toml.

The locks hold one version of every package for all promised systems and Pythons. So the versions are first chosen
where the choice is narrowest, and the locks then keep to them.
"""

from __future__ import annotations

import tempfile
from pathlib import Path

from setting_up.environment import LOCK, TEST_LOCK, Environment
from setting_up.installing import locked
from setting_up.progress import say, stage
from setting_up.trouble import SetUpError

OLDEST_PYTHON = "3.11.0"
FEWEST_WHEELS = "x86_64-apple-darwin"
BINDER_PYTHON = "3.12"
CONDA_FILE = "environment.yml"


def write_locks(environment: Environment, *, upgrade: bool, to: Path | None = None) -> None:
    """Write requirements.lock, requirements-test.lock and environment.yml.

    Parameters
    ----------
    environment
        A ready environment; its uv resolves.
    upgrade
        Take the newest versions; otherwise what is locked stays where it still suits.
    to
        Another folder to write into, for comparing.
    """
    target = to or environment.root
    with tempfile.TemporaryDirectory() as folder, stage("Resolving"):
        drafts = [Path(folder) / name for name in ("narrowest", LOCK, TEST_LOCK)]
        kept = [environment.root / name for name in (TEST_LOCK, LOCK, TEST_LOCK)]
        if not upgrade:
            for draft, present in zip(drafts, kept, strict=True):
                draft.write_bytes(present.read_bytes() if present.exists() else b"")
        narrowest, lock, test_lock = drafts
        binary = ["--python-platform", FEWEST_WHEELS, "--only-binary", ":all:"]
        universal = ["--universal", "--generate-hashes", "--constraints", str(narrowest)]
        _compile(environment, narrowest, [*binary, "--group", "setup", "--group", "test"])
        _compile(environment, lock, [*universal, "--group", "setup"])
        _compile(
            environment, test_lock, [*universal, "--constraints", str(lock), "--group", "setup", "--group", "test"]
        )
        texts = {LOCK: lock.read_text(encoding="utf-8"), TEST_LOCK: test_lock.read_text(encoding="utf-8")}
    texts[CONDA_FILE] = conda_environment(texts[LOCK])
    for name, text in texts.items():
        (target / name).write_bytes(text.encode("utf-8"))
    say(f"{len(locked(texts[LOCK]))} packages locked, {len(locked(texts[TEST_LOCK]))} with the test tools.")


def _compile(environment: Environment, output: Path, options: list[str]) -> None:
    uv = [str(environment.program("uv")), "pip", "compile", "--quiet", "--no-header", "--no-annotate"]
    said = environment.run(
        [*uv, "--python-version", OLDEST_PYTHON, *options, "--output-file", str(output), "pyproject.toml"]
    )
    if said is not None:
        raise SetUpError(f"The locks stay as they are; uv found no versions that suit:\n{said.strip()}")


def conda_environment(lock: str) -> str:
    r"""Return environment.yml for conda and Binder: the lock's versions, installed by pip.

    Examples
    --------
    >>> print(conda_environment("tqdm==4.70.1 \\\n    --hash=sha256:ab\n").splitlines()[-1])
          - "tqdm==4.70.1"
    """
    pins = [line.removesuffix("\\").strip() for line in lock.splitlines() if "==" in line and not line.startswith(" ")]
    head = [
        "# Made from requirements.lock by: python3 start.py lock",
        "name: cep-workshop",
        "channels:",
        "  - conda-forge",
        "  - nodefaults",
        "dependencies:",
        f"  - python={BINDER_PYTHON}",
        "  - pip",
        "  - pip:",
    ]
    return "\n".join([*head, *(f'      - "{pin}"' for pin in pins)]) + "\n"
