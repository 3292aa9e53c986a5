"""How long `ghapp check` takes on one file, the whole process."""

import statistics
import subprocess
import sys
import time
from pathlib import Path

TIMES = 15
CASE = sorted((Path(__file__).parent.parent / "tests" / "cases").glob("*/issue.md"))


def main() -> None:
    """Print the median of a few runs, beside that of an interpreter that does nothing."""
    check = [str(Path(sys.executable).with_name("ghapp")), "check", "issue", str(CASE[0])]
    ours, bare = _spread(check), _spread([sys.executable, "-c", "pass"])
    print(f"ghapp check on one file, whole process: {ours} (goal: median 400 ms); an empty Python: {bare}")


def _spread(command: list[str]) -> str:
    seconds = [_once(command) for _ in range(TIMES)]
    return f"median {statistics.median(seconds) * 1000:.0f} ms, shortest {min(seconds) * 1000:.0f} ms"


def _once(command: list[str]) -> float:
    start = time.perf_counter()
    subprocess.run(command, check=False, stdout=subprocess.DEVNULL)
    return time.perf_counter() - start
