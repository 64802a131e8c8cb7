"""One line a stage, so that a participant sees that something happens."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager


def say(text: str) -> None:
    """Print a line at once."""
    print(text, flush=True)


@contextmanager
def stage(title: str) -> Iterator[None]:
    """Print the title, run the stage, and close the line with the seconds it took."""
    begun = time.monotonic()
    print(f"  {title} ...", end="", flush=True)
    try:
        yield
    except BaseException:
        print(" stopped", flush=True)
        raise
    sys.stdout.write(f" done ({time.monotonic() - begun:.0f} s)\n")
    sys.stdout.flush()
