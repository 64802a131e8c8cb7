"""What is remembered of a cohort between two runs: its number, its options and, in an assessment, its secret."""

from __future__ import annotations

import json
import secrets
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from cep_toolkit.checking.files import write_whole
from cep_toolkit.course.pack import ASSESSMENT
from cep_toolkit.errors import InputFileError, StorageError
from cep_toolkit.workshop.packs.plan import Plan

COHORT_FILE, SECRET_FILE = "cohort.json", "secret.json"
SECRET_BYTES = 16
_REMEDY = "Restore the folder `key` from your copy, or make a new cohort with another --out."


@dataclass(frozen=True)
class Cohort:
    """A roster's packs, and the folder they lie in.

    Parameters
    ----------
    out : Path
    number : str
        Sixteen random hexadecimal digits.
    plan : Plan
    secret : bytes
        128 random bits in an assessment; else empty.
    """

    out: Path
    number: str
    plan: Plan
    secret: bytes = b""

    @property
    def packs(self) -> Path:
        """Where the packs lie."""
        return self.out / "packs"

    @property
    def key(self) -> Path:
        """Where everything lies that is the instructor's alone."""
        return self.out / "key"

    @property
    def solved(self) -> Path:
        """Where the key's part of each pack lies."""
        return self.key / "solved"


def look(out: Path, plan: Plan) -> Cohort | None:
    """Return the cohort that was begun in a folder, or ``None`` where none was.

    Raises
    ------
    StorageError
        It was begun with other options.
    InputFileError
        Its file, or the secret of its assessment, is missing or damaged.
    """
    file = out / "key" / COHORT_FILE
    if not file.exists():
        if (out / "packs").exists():
            raise InputFileError(file, "packs are here, but not the cohort's own file.", _REMEDY)
        return None
    plain = _read(file)
    stored = plain.get("plan", {})
    wanted = json.loads(json.dumps(asdict(plan)))
    if differing := [name for name, value in wanted.items() if stored.get(name) != value]:
        problem = ", ".join(f"{name} {stored.get(name)}, not {wanted[name]}" for name in differing)
        raise StorageError(out, f"this cohort was begun with {problem}.", "Give the same options, or another --out.")
    secret = _read(out / "key" / SECRET_FILE).get("secret", "") if plan.mode == ASSESSMENT else ""
    try:
        kept = bytes.fromhex(secret)
    except (TypeError, ValueError) as error:
        raise InputFileError(out / "key" / SECRET_FILE, "this holds no secret.", _REMEDY) from error
    if plan.mode == ASSESSMENT and len(kept) != SECRET_BYTES:
        raise InputFileError(out / "key" / SECRET_FILE, "this holds no secret of 128 bits.", _REMEDY)
    return Cohort(out, str(plain.get("cohort")), plan, kept)


def begin(out: Path, plan: Plan) -> Cohort:
    """Return the cohort of a folder, begun now where it was not yet.

    The secret is written first: a run that was stopped between the two files begins anew, and no pack was made.
    """
    if (known := look(out, plan)) is not None:
        return known
    cohort = fresh(out, plan)
    cohort.key.mkdir(parents=True, exist_ok=True)
    cohort.key.chmod(0o700)
    if cohort.secret:
        _write(cohort.key / SECRET_FILE, {"secret": cohort.secret.hex()})
    plain = {"kind": "cohort", "cohort": cohort.number, "plan": asdict(plan)}
    _write(cohort.key / COHORT_FILE, plain)
    return cohort


def fresh(out: Path, plan: Plan) -> Cohort:
    """Return a new cohort, its number and its secret drawn by the system's own source of randomness."""
    secret = secrets.token_bytes(SECRET_BYTES) if plan.mode == ASSESSMENT else b""
    return Cohort(out, secrets.token_hex(8), plan, secret)


def _write(file: Path, plain: dict[str, Any]) -> None:
    """Write a file that only its owner may read: it is made with these rights, and never had others."""
    write_whole(file, (json.dumps(plain, indent=1) + "\n").encode())


def _read(file: Path) -> dict[str, Any]:
    try:
        plain = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise InputFileError(file, "this file cannot be read.", _REMEDY) from error
    if not isinstance(plain, dict):
        raise InputFileError(file, "this file is damaged.", _REMEDY)
    return plain
