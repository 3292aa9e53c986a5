"""`python -m bench`: every number that is promised, each with its goal, as a table; about four minutes.

With `--database postgresql`, or an address, the server's rows are those of that database.
"""

import argparse
import asyncio
import sys
import tempfile
from collections.abc import AsyncIterator
from pathlib import Path

from bench import command_line, judging, scan, server
from bench.figures import Figure, load, machine, table
from bench.kill import databases


async def _measured(database: str) -> AsyncIterator[Figure]:
    for figure in (*judging.figures(), *command_line.figures()):
        yield figure
    if sys.platform == "linux":  # memory and processor time are read from /proc
        with tempfile.TemporaryDirectory() as folder, databases(database, Path(folder)) as url:
            async for figure in server.figures(url, Path(folder)):
                yield figure
    async for figure in scan.figures():
        yield figure


async def _main(database: str) -> None:
    print(f"{machine()}; the server on {database.partition(':')[0]}; {load()}\n", flush=True)
    rows = []
    async for figure in _measured(database):
        rows.append(figure)
        print(f"{figure.what}: {figure.measured} (goal {figure.goal})", flush=True)
    print(f"\n{table(rows)}")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--database", default="sqlite", help="sqlite, postgresql, or the address of an empty database")
    asyncio.run(_main(parser.parse_args().database))
