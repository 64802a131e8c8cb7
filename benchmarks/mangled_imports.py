"""Import mangled files and count what became of them: ``python benchmarks/mangled_imports.py 20000 [FIRST_SEED]``.

Every file must be read or refused with a reason. A traceback names the seed: the same seed gives the same file.
"""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from tests.own_data.mangler import outcomes

STEP = 500


def main() -> None:
    words = [int(word) for word in sys.argv[1:]]
    count, first = [*words, *(20_000, 0)[len(words) :]]
    found: Counter[str] = Counter()
    for start in range(first, first + count, STEP):
        found += outcomes(range(start, min(start + STEP, first + count)))
        print(f"{sum(found.values()):>8,}  so far", file=sys.stderr)
    for what, files in sorted(found.items()):
        print(f"{files:>8,}  {what}")
    print(f"{sum(found.values()):>8,}  files, none with a traceback")


if __name__ == "__main__":
    main()
