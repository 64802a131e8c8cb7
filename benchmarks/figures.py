"""Print the figures of the design that exist so far: ``python benchmarks/figures.py``.

Each is the median of several runs in processes of their own, beside the figure to reach. Machines differ and are
noisy: compare ratios, and run twice.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]

WORLD = """
import json, resource, sys, time
from cep_toolkit.world import Scenario
from cep_toolkit.world.engine import engine_of
from cep_toolkit.world.columns import tables
from cep_toolkit.world.observers import public
from cep_toolkit.world.truth import Truth
size, names, truth = int(sys.argv[1]), sys.argv[2].split(",") if sys.argv[2] else list(tables()), sys.argv[3] == "truth"
for name in names:
    public(engine_of(Scenario(seed=1, declarations=5_000)), name)  # libraries are imported, files are read
begin = time.perf_counter()
scenario = Scenario(seed=9, declarations=size)
engine = engine_of(scenario)
kept = [public(engine, name) for name in names]
if truth:
    Truth(scenario).declarations
seconds = time.perf_counter() - begin
print(json.dumps([seconds, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024]))
"""

PIECES = """
import json, resource, sys, tempfile, time
from pathlib import Path
from cep_toolkit.workshop.world_folder import write_world
from cep_toolkit.world import Scenario
begin = time.perf_counter()
with tempfile.TemporaryDirectory() as folder:
    write_world(Scenario(seed=9, declarations=int(sys.argv[1])), Path(folder) / "world", names=["declarations"])
print(json.dumps([time.perf_counter() - begin, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024]))
"""

IMPORT = """
import json, resource, sys, tempfile, time
from pathlib import Path
from cep_toolkit.own_data import import_declarations
begin = time.perf_counter()
with tempfile.TemporaryDirectory() as folder:
    report = import_declarations(sys.argv[1], "kcs", Path(folder) / "own")
assert report.rows_kept == int(sys.argv[2])
print(json.dumps([time.perf_counter() - begin, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024]))
"""

OPENING = """
import json, time
begin = time.perf_counter()
from cep_toolkit import Workbook
wb = Workbook("12_risk_analysis")
wb.world.declarations
print(json.dumps([time.perf_counter() - begin, 0]))
"""

SCREEN = """
import json, time
from cep_toolkit.risk.price_book import cells, price_book
from cep_toolkit.risk.screening import screen
from cep_toolkit.world import Scenario, World
world = World(Scenario(declarations={size}))
group = cells(price_book(world)).iloc[0]
screen(world, group["hs"], group["origin"])
begin = time.perf_counter()
for step in range(1, 6):
    screen(world, group["hs"], group["origin"], step / 10).figure().png
print(json.dumps([(time.perf_counter() - begin) / 5, 0]))
"""


def timed(code: str, *words: object, times: int = 3) -> tuple[float, float]:
    """Return the medians of the seconds and MiB that a program prints."""
    runs = []
    for _ in range(times):
        command = [sys.executable, "-c", code, *map(str, words)]
        ended = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
        runs.append(json.loads(ended.stdout.splitlines()[-1]))
    seconds, memory = zip(*runs, strict=True)
    return statistics.median(seconds), statistics.median(memory)


def wall(*command: str, times: int = 7) -> float:
    """Return the median wall time of a command, in seconds."""
    taken = []
    for _ in range(times):
        begin = time.perf_counter()
        subprocess.run(command, cwd=ROOT, capture_output=True, check=True)
        taken.append(time.perf_counter() - begin)
    return statistics.median(taken)


def line(what: str, measured: str, reach: str) -> None:
    print(f"{what:<68} {measured:>22}   to reach: {reach}", flush=True)


def main() -> None:
    plain = wall(sys.executable, "-c", "pass")
    ours = wall(sys.executable, "-c", "import cep_toolkit")
    line("import cep_toolkit, over `python -c pass`", f"{ours - plain:.3f} s", "0.15 s")

    seconds, memory = timed(WORLD, 50_000, "", "")
    line("world of 50,000 declarations, every table", f"{seconds:.2f} s, {memory:.0f} MiB", "1 s")
    seconds, memory = timed(WORLD, 1_000_000, "declarations,controls", "truth")
    line("1,000,000 declarations with controls and truth", f"{seconds:.2f} s, {memory:.0f} MiB", "3 s, 1 GiB")

    for size in (2_000_000, 10_000_000):
        seconds, memory = timed(PIECES, size, times=1)
        line(f"{size:,} declarations written to Parquet in pieces", f"{seconds:.0f} s, {memory:.0f} MiB", "no growth")

    with tempfile.TemporaryDirectory() as folder:
        made, rows = Path(folder, "made.csv"), 1_000_000
        wall(sys.executable, "benchmarks/own_files.py", str(made), str(rows), times=1)
        seconds, memory = timed(IMPORT, made, rows, times=1)
        line(f"own data: a CSV file of {rows:,} rows imported", f"{seconds:.0f} s, {memory:.0f} MiB", "60 s, 2 GiB")

    with tempfile.TemporaryDirectory() as folder:
        os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # where libraries stay uncompiled, each start takes seconds
        os.environ |= {"CEP_CACHE": f"{folder}/cache", "CEP_PROGRESS": f"{folder}/progress"}
        timed(OPENING, times=1)
        seconds, _ = timed(OPENING)
        line("opening cell of notebook 12, warm cache", f"{seconds:.2f} s", "1 s")
        for size in (50_000, 1_000_000):
            seconds, _ = timed(SCREEN.replace("{size}", str(size)), times=1)
            line(f"price explorer: one move of the threshold, {size:,} declarations", f"{seconds:.3f} s", "0.2 s")
        for name in ("00_start_here", "12_risk_analysis"):
            cep = [str(Path(sys.executable).with_name("cep")), "variant", name]
            seconds = wall(*cep, "-o", f"{folder}/{name}-{time.time_ns()}.ipynb", times=1)
            line(f"notebook {name} whole, with the start of its kernel", f"{seconds:.1f} s", "10 s")


if __name__ == "__main__":
    main()
