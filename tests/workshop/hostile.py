"""Good submissions mutated by chance: bytes, plain values, archives. The same seed gives the same cases."""

from __future__ import annotations

import copy
import io
import json
import random
import zipfile
from collections.abc import Callable, Iterator
from typing import Any

from tests.workshop.handed_in import content

TEXTS = (
    *(
        "",
        " ",
        "=1+1",
        "@x",
        "<script>alert(1)</script>",
        "../../x",
        "C:\\x",
        "\0",
        "\ud800",
        "\u202e",
        "é" * 300,
        "P02",
    ),
    *(
        "NaN",
        "1e999",
        "none",
        "a; b",
        "1, 2",
        "a > b > c",
        "9" * 400,
        "2016-02-31",
        "05/03/2016",
        "x" * 25_000,
        "`*_[](" * 99,
    ),
    *("\x1b[2J", "#" * 3_000, "1 " * 900, "-" * 999, "{}", "${x}", "%s%n", "'; drop table", "\r\n=1", "\ufeff", "null"),
)
NUMBERS = (0, -1, 1, 0.5, -0.0, 5e-324, 1.7e308, -1e308, 2**63, 10**300, 10**4_000, 1e400, float("nan"), float("-inf"))
OTHERS = (None, True, False, [], {}, [[]], [{}], {"": ""}, {"rate": None}, [1, [2, [3]]], {"a": {"b": {"c": {}}}})


def bad_value(dice: random.Random) -> Any:
    value: Any = copy.deepcopy(dice.choice(dice.choice((TEXTS, NUMBERS, OTHERS))))
    for _ in range(dice.choice((0, 0, 0, 1, 3, 12, 100))):
        value = [value] if dice.random() < 0.5 else {dice.choice(("a", "rate", "x")): value}
    return value


def _places(plain: Any) -> list[tuple[Any, Any]]:
    """Return every container of a value with the key or place of each part."""
    found, waiting = [], [plain]
    while waiting:
        here = waiting.pop()
        keys = list(here) if isinstance(here, dict) else list(range(len(here)))
        found += [(here, key) for key in keys]
        waiting += [here[key] for key in keys if isinstance(here[key], (dict, list))]
    return found


def of_values(dice: random.Random) -> bytes:
    """Change, remove, rename or add parts of a good submission."""
    plain = json.loads(content("P01"))
    for _ in range(dice.choice((1, 1, 1, 2, 5))):
        here, key = dice.choice(_places(plain) or [(plain, "kind")])
        what = dice.random()
        if what < 0.6:
            here[key] = bad_value(dice)
        elif what < 0.75:
            del here[key]
        elif isinstance(here, dict):
            here[dice.choice(TEXTS)] = here.pop(key) if what < 0.9 else bad_value(dice)
        else:
            here += [bad_value(dice) for _ in range(dice.choice((1, 30, 300)))]
    return json.dumps(plain, ensure_ascii=dice.random() < 0.7).encode("utf-8", "surrogatepass")


def of_answers(dice: random.Random) -> bytes:
    """Change answers alone, so that the file is taken and what is in it must be marked."""
    plain = json.loads(content("P01"))
    answer = plain["notebooks"][dice.choice(("00_start_here", "12_risk_analysis"))]
    handed = dice.choice(list(answer.values()))["answer"]
    here, key = dice.choice(_places(handed))
    here[key] = bad_value(dice)
    return json.dumps(plain).encode()


def of_bytes(dice: random.Random) -> bytes:
    """Cut, double, overwrite or insert bytes."""
    data = bytearray(content("P01"))
    for _ in range(dice.choice((1, 1, 2, 10))):
        place, length = dice.randrange(len(data) + 1), dice.choice((1, 1, 2, 8, 100))
        what = dice.randrange(4)
        if what == 0:
            del data[place : place + length]
        elif what == 1:
            data[place:place] = data[place : place + length] * dice.choice((1, 2, 50))
        elif what == 2:
            data[place : place + length] = dice.randbytes(length)
        else:
            data[place:place] = dice.choice((b"[", b"{", b'"', b"\\", b'{"a":', b"\xff", b"NaN")) * dice.choice(
                (1, 9, 20_000)
            )
        if dice.random() < 0.1:
            data = data[:place]
    return bytes(data)


def of_archives(dice: random.Random) -> bytes:
    """Put cases into an archive, and now and then spoil the archive."""
    file = io.BytesIO()
    method = dice.choice((zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_DEFLATED, zipfile.ZIP_LZMA))
    with zipfile.ZipFile(file, "w", method) as made:
        for number in range(dice.choice((0, 1, 1, 3))):
            ending = dice.choice(
                ("x.json", "P01/x.json", "../x.json", "/x.json", "a\\..\\x.json", "x.zip", "con.json", "é.json")
            )
            member = zipfile.ZipInfo(f"{number}{ending}" if ending[0] not in "./" else f"{ending[:-5]}{number}.json")
            member.external_attr = dice.choice((0, 0o644, 0o120777, 0o010644, 0o100644)) << 16
            member.compress_type = method
            made.writestr(member, dice.choice((of_values, of_bytes, of_answers))(dice))
    data = bytearray(file.getvalue())
    for _ in range(dice.choice((0, 0, 1, 4))):
        data[dice.randrange(len(data))] = dice.randrange(256)
    return bytes(data[: dice.randrange(len(data))] if dice.random() < 0.1 else data)


MAKERS: dict[str, tuple[Callable[[random.Random], bytes], str]] = {
    "values": (of_values, "json"),
    "answers": (of_answers, "json"),
    "bytes": (of_bytes, "json"),
    "archives": (of_archives, "zip"),
}


def cases(seed: int, count: int) -> Iterator[tuple[str, bytes]]:
    """Yield names of files and what they hold."""
    dice = random.Random(seed)
    for number in range(count):
        kind = dice.choices(list(MAKERS), (4, 4, 3, 2))[0]
        make, ending = MAKERS[kind]
        yield f"{number:05}-{kind}.{ending}", make(dice)
