"""What can stop the set-up, each in a sentence that says what to do."""

from __future__ import annotations

import errno
from pathlib import Path

NEEDED_BYTES = 2_000_000_000  # .venv and what the installer keeps for next time


class SetUpError(Exception):
    """The set-up cannot go on; the text says why and what to do."""


NO_VENV = (
    "This Python cannot make environments: its venv part is missing. On Debian or Ubuntu run: "
    "sudo apt install python3-venv. Elsewhere install Python from https://www.python.org/downloads/. "
    "Then run this again."
)
NO_NETWORK = (
    "The package server cannot be reached. Check the network connection (and HTTPS_PROXY, if your office has a proxy), "
    "or put the folder wheels/ from your instructor beside start.py. Then run this again."
)
BAD_CERTIFICATE = (
    "Python does not know the network's security certificate. Ask your IT service for the office's certificate file, "
    "set PIP_CERT and SSL_CERT_FILE to its path, or put the folder wheels/ from your instructor beside start.py. "
    "Then run this again."
)
NO_SPACE = "The disk is full. Free 2 GB where this folder lies, then run this again."
NOT_ALLOWED = (
    "Writing is not allowed in {where}. Move the whole folder to a place of your own, such as Documents, "
    "close any JupyterLab that still runs from it, then run this again."
)
LONG_PATH = (
    "The path of this folder is too long for Windows. Move it nearer to the drive, for example to C:\\cep, "
    "then run this again."
)
WRONG_HASH = (
    "A package differs from the one this course was tested with, so it was not installed. Run this again; "
    "if it stays so, the network or the folder wheels/ changes files: tell your instructor."
)
WHEELS_INCOMPLETE = (
    "The folder wheels/ lacks a package for this computer and this Python: {detail}. "
    "Ask your instructor for the complete folder, or move wheels/ away to install over the network."
)
NO_WHEEL = (
    "A package has no ready-made form for this computer: {detail}. The course runs on 64-bit Windows, "
    "on macOS 13 or later, and on Linux with glibc 2.28 or later."
)
UNKNOWN = "{doing} did not succeed. The installer's last words: {detail} (all of them are in {log})."

# The first line whose words occur in what the installer printed decides; the more particular causes stand first.
CAUSES: tuple[tuple[str, tuple[str, ...]], ...] = (
    (NO_SPACE, ("no space left", "errno 28", "os error 28", "not enough space", "os error 112", "quota exceeded")),
    (WRONG_HASH, ("do not match the hashes", "hash mismatch")),
    (LONG_PATH, ("long path", "os error 206", "filename or extension is too long")),
    (
        NOT_ALLOWED,
        (
            "permission denied",
            "access is denied",
            "os error 13",
            "read-only file system",
            "os error 30",
            "operation not permitted",
        ),
    ),
    (
        BAD_CERTIFICATE,
        ("certificate_verify_failed", "invalid peer certificate", "unknownissuer", "certificate verify failed"),
    ),
    (
        NO_NETWORK,
        (
            "name resolution",
            "getaddrinfo",
            "dns error",
            "failed to establish a new connection",
            "connection refused",
            "connection reset",
            "network is unreachable",
            "error sending request",
            "client error (connect)",
            "timed out",
            "proxyerror",
            "cannot connect to proxy",
            "tunnel",
            "403 forbidden",
            "407 proxy",
        ),
    ),
)
MISSING_WORDS = (
    "no matching distribution",
    "no usable wheels",
    "no wheels",
    "not found in the",
    "no solution found",
    "were not found",
)


def explain(said: str, doing: str, root: Path, log: Path, *, wheels: bool) -> SetUpError:
    """Turn what an installer printed into the one sentence that helps.

    Parameters
    ----------
    said
        All that it printed.
    doing
        What it was doing, as a participant would say it.
    root, log
        The course's folder, and the file that keeps what was printed.
    wheels
        Whether the packages come from the folder ``wheels/``.
    """
    lowered = said.lower()
    for sentence, words in CAUSES:
        if any(word in lowered for word in words):
            return SetUpError(sentence.format(where=root))
    if any(word in lowered for word in MISSING_WORDS):
        return SetUpError((WHEELS_INCOMPLETE if wheels else NO_WHEEL).format(detail=_last_words(said, MISSING_WORDS)))
    return SetUpError(UNKNOWN.format(doing=doing, detail=_last_words(said, ("error",)), log=log))


def _last_words(said: str, wanted: tuple[str, ...]) -> str:
    lines = [line.strip() for line in said.splitlines() if line.strip()]
    telling = [line for line in lines if any(word in line.lower() for word in wanted)] or lines or ["nothing"]
    return telling[-1].removeprefix("ERROR: ").removeprefix("cause: ").rstrip(".")[:300]


def explain_os_error(problem: OSError, root: Path) -> SetUpError:
    """Turn an error of the file system into the one sentence that helps.

    Examples
    --------
    >>> print(explain_os_error(OSError(errno.ENOSPC, "No space left on device"), Path("course")))
    The disk is full. Free 2 GB where this folder lies, then run this again.
    """
    where = problem.filename or root
    if problem.errno in {errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC)}:
        return SetUpError(NO_SPACE)
    if problem.errno in {errno.EACCES, errno.EPERM, errno.EROFS}:
        return SetUpError(NOT_ALLOWED.format(where=where))
    return SetUpError(f"{where} could not be used: {problem.strerror or problem}. Mend that, then run this again.")
