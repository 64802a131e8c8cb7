"""Codes in the place of names and identifiers: the same for the same text; without the key nobody finds the text."""

from __future__ import annotations

import hmac
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path

import pyarrow as pa

from cep_toolkit.errors import InputFileError, StorageError

KEY_BYTES = 32
MOST_REMEMBERED = 200_000  # texts: the same traders come again and again
LONGEST_KEY = 1_000_000
CODE_BYTES = 10  # 80 bits: among ten million texts two share a code with a chance below 1 in ten thousand million


class Pseudonyms:
    """Keyed codes: HMAC-SHA256 (RFC 2104), shortened to 80 bits.

    Parameters
    ----------
    key : bytes
    """

    def __init__(self, key: bytes) -> None:
        self._key = key
        self._remembered = lru_cache(MOST_REMEMBERED)(self._made)

    def code(self, text: str) -> str:
        """Return the code of a text; nothing stays nothing, and spaces around a text do not count.

        Examples
        --------
        >>> codes = Pseudonyms(bytes(32))
        >>> codes.code("Firm 1"), codes.code(" Firm 1 ") == codes.code("Firm 1"), codes.code("")
        ('PDE56180BAAFC432B341F', True, '')
        """
        bare = text.strip()
        return self._remembered(bare) if bare else ""

    def _made(self, text: str) -> str:
        digest = hmac.digest(self._key, text.encode("utf-8", errors="surrogatepass"), "sha256")
        return "P" + digest[:CODE_BYTES].hex().upper()

    def codes(self, texts: pa.Array) -> pa.Array:
        """Return the code of each text."""
        coded = texts.dictionary_encode()
        made = [self.code(text) for text in coded.dictionary.to_pylist()]
        return pa.array(made, pa.string()).take(coded.indices)


@contextmanager
def pseudonyms_of(file: Path | None, out: Path) -> Iterator[Pseudonyms | None]:
    """Yield the codes of a key file; it is made if it is not there, and goes again if the block fails.

    Parameters
    ----------
    file : Path or None
        None gives None.
    out : Path
        The folder to be made: the key must lie elsewhere.

    Raises
    ------
    InputFileError
        The key would lie with the data, or is too short, or cannot be read.
    StorageError
        The key cannot be written.
    """
    if file is None:
        yield None
        return
    place, folder = file.resolve(), out.resolve()
    if folder == place or folder in place.parents:
        raise InputFileError(file, "the key must not lie with the data that it opens.", "Name a file elsewhere.")
    made = _make(file) if not file.exists() else False
    try:
        yield Pseudonyms(_read(file))
    except BaseException:
        if made:
            file.unlink(missing_ok=True)
        raise


def _make(file: Path) -> bool:
    """Write a new key that only its owner can read (on Windows: whoever can read the folder)."""
    try:
        with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as stream:
            stream.write(secrets.token_bytes(KEY_BYTES))
    except OSError as error:
        raise StorageError(file, f"the key cannot be written ({error.strerror}).", "Name a file elsewhere.") from error
    return True


def _read(file: Path) -> bytes:
    try:
        with file.open("rb") as stream:
            key = stream.read(LONGEST_KEY + 1)
    except OSError as error:
        raise InputFileError(file, f"the key cannot be read ({error.strerror}).", "Check the path.") from error
    if not KEY_BYTES <= len(key) <= LONGEST_KEY:
        what = f"a key has {KEY_BYTES} bytes or more, and a million at most."
        raise InputFileError(file, what, "Name a file that is not there yet: a key is made then.")
    return key
