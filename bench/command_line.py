"""How long `ghapp check` takes on one file, the whole process."""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from bench.figures import Figure, load, median

TIMES = 15
CASE = min((Path(__file__).parent.parent / "tests" / "cases").glob("*/issue.md"))


def figures() -> Iterator[Figure]:
    """The median of a few runs, beside that of an interpreter that does nothing."""
    with tempfile.TemporaryDirectory() as cache:
        ours = _runs([str(Path(sys.executable).with_name("ghapp")), "check", "issue", str(CASE)], cache)
        bare = _runs([sys.executable, "-c", "pass"], cache)
    yield Figure(
        what="`ghapp check` on one file, whole process, p50",
        goal="400 ms",
        measured=median(ours),
        beside=f"an empty Python {median(bare)}; the shortest run {min(ours) * 1000:.0f} ms; {load()}",
    )


def _runs(command: list[str], cache: str) -> list[float]:
    """How long each run took, with compiled modules as an installed program has them."""
    env = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    env["PYTHONPYCACHEPREFIX"] = cache
    return [_once(command, env) for _ in range(TIMES + 1)][1:]  # the first one compiles


def _once(command: list[str], env: dict[str, str]) -> float:
    start = time.perf_counter()
    subprocess.run(command, check=False, stdout=subprocess.DEVNULL, env=env)
    return time.perf_counter() - start
