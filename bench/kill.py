"""`python -m bench.kill`: real servers under load are killed; no delivery they accepted may be lost or written twice.

GitHub is a stub that keeps what was written to it. The exit code is 1 where something was lost or duplicated.
"""

import argparse
import asyncio
import random
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bench.books import Books
from bench.fake_github import GitHub, answering
from bench.life import Life, drained, free_port, living
from bench.load import Load
from bench.machines import fates
from ghapp import database
from tests import postgres, process

KILLS = 50
LONGEST = 2.5  # seconds that a server lives after it listens
STARTING = 0.2  # of the kills strike before it does
GITHUB = 0.01  # seconds that GitHub takes before it acts, and again before it answers
AFTER = 1.0  # seconds of load after the last start


async def kills(url: str, folder: Path, *, times: int, chance: random.Random) -> Books:
    """Kill a server under load so many times, start it once more, and wait until it has done all its work."""
    github = GitHub()
    github.takes = github.lingers = GITHUB
    async with answering(github) as api_url:
        port = free_port()
        settings = process.app_settings(api_url, DATABASE_URL=url, PORT=str(port))
        load = Load(github, [f"http://127.0.0.1:{port}"], chance)
        async with load.sending():
            for _ in range(times):
                async with living(folder, **settings) as life:
                    await _live(life, chance)
        async with living(folder, **settings) as life:
            await life.listening()
            async with load.sending():
                await asyncio.sleep(AFTER)
            await drained(url)
        return load.books()


async def _live(life: Life, chance: random.Random) -> None:
    """Let a server live until a moment drawn by chance, which may be before it listens."""
    if chance.random() < STARTING:
        await asyncio.sleep(chance.uniform(0, 1))
        return
    await life.listening()
    await asyncio.sleep(chance.uniform(0, LONGEST))


@contextmanager
def databases(wanted: str, folder: Path) -> Iterator[str]:
    """The address of an empty database: SQLite's, one of a PostgreSQL of our own, or the one that was given."""
    if wanted == "postgresql":
        with postgres.running() as server:
            yield server.fresh()
    else:
        yield f"sqlite:///{folder}/handoff.db" if wanted == "sqlite" else wanted


def main() -> int:
    """Do what the command line says, and print what came of it; the exit code."""
    asked = _asked()
    print(f"seed {asked.seed}", flush=True)
    chance = random.Random(asked.seed)
    wanted = asked.database or ("postgresql" if asked.machines else "sqlite")
    with tempfile.TemporaryDirectory() as name, databases(wanted, folder := Path(name)) as url:
        database.migrate(url)
        if asked.machines:
            books, refused = asyncio.run(fates(url, folder, chance))
            print(f"two web and two worker processes, one of each killed, the others restarted:\n{books}")
            print(f"  {refused} refused while the others were restarted, which is nobody's death")
        else:
            books = asyncio.run(kills(url, folder, times=asked.kills, chance=chance))
            print(f"ghapp serve with {database.engine(url)}, {asked.kills} kills:\n{books}")
    return 0 if books.are_balanced else 1


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=KILLS)
    parser.add_argument("--database", help="sqlite, postgresql, or the address of an empty database")
    parser.add_argument("--machines", action="store_true", help="several processes on PostgreSQL instead of one")
    parser.add_argument("--seed", type=int, default=random.randrange(1 << 32), help="repeats the choices of a run")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
