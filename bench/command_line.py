"""How long `ghapp check` takes on one file, the whole process."""

import statistics
import subprocess
import sys
import time
from pathlib import Path

TIMES = 15
CASE = sorted((Path(__file__).parent.parent / "tests" / "cases").glob("*/issue.md"))


def main() -> None:
    """Print the median of a few runs."""
    command = [str(Path(sys.executable).with_name("ghapp")), "check", "issue", str(CASE[0])]
    seconds = [_once(command) for _ in range(TIMES)]
    print(f"ghapp check on one file, whole process: median {statistics.median(seconds) * 1000:.0f} ms (goal 400 ms)")


def _once(command: list[str]) -> float:
    start = time.perf_counter()
    subprocess.run(command, check=False, stdout=subprocess.DEVNULL)
    return time.perf_counter() - start
