"""One examination: every check at once, each after those it needs, and none of them for long."""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from contextlib import AsyncExitStack
from functools import partial

from gidgethub import GitHubException

from ghapp.diagnosis import Diagnosis, Verdict, unseen
from ghapp.doctor.case import Case, Means
from ghapp.doctor.check import Check
from ghapp.errors import Again, Gone, Refused
from ghapp.github.reach import Unreached

PATIENCE = 6.0  # seconds for one check, once those it needs are done
LONGEST = 18.0  # seconds for all of them
PASSES = "It may pass: run `ghapp doctor` again in a minute."

Done = Callable[[str], None]


async def examine(
    checks: Sequence[Check], means: Means, *, done: Done = lambda _: None, longest: float = LONGEST
) -> dict[str, Diagnosis]:
    """What every check found, by its name, in their order; `done` is told the name of each that has ended."""
    async with AsyncExitStack() as stack:
        case = Case(means, stack)
        stack.callback(case.close)
        looks: dict[str, asyncio.Task[Diagnosis]] = {}
        for check in checks:
            looks[check.name] = look = asyncio.create_task(_after(check, case, looks))
            look.add_done_callback(partial(_tell, done, check.name))
        _, late = await asyncio.wait(looks.values(), timeout=longest)
        for look in late:
            look.cancel()
        await asyncio.gather(*late, return_exceptions=True)
        return {name: _told(look, longest) for name, look in looks.items()}


def _tell(done: Done, name: str, _look: object) -> None:
    done(name)


def _told(look: asyncio.Task[Diagnosis], longest: float) -> Diagnosis:
    if look.cancelled():
        return unseen(f"All together took longer than {longest:g} seconds.", PASSES)
    return look.result()


async def _after(check: Check, case: Case, looks: Mapping[str, asyncio.Task[Diagnosis]]) -> Diagnosis:
    """Look once what is needed has been looked at; where that is not well, say so instead of failing as well."""
    for name in check.needs:
        needed = await asyncio.shield(looks[name])
        if needed.verdict in (Verdict.WRONG, Verdict.UNSEEN):
            return _named(unseen("", first=needed.first or name))
    return _named(await _look(check, case))


async def _look(check: Check, case: Case) -> Diagnosis:
    try:
        async with asyncio.timeout(PATIENCE):
            return await check.look(case)
    except TimeoutError:
        return unseen(f"No answer came within {PATIENCE:g} seconds.", PASSES)
    except (Again, Unreached) as error:
        return unseen(f"{error}.", PASSES)
    except (Gone, Refused, GitHubException) as error:
        return unseen(f"GitHub refuses the question ({error}).", "See what stands in the App's settings at GitHub.")
    except Exception as error:  # the other checks are to be told whatever befalls this one
        return unseen(f"The doctor failed over this ({type(error).__name__}: {error}).", "Report it, with this line.")


def _named(found: Diagnosis) -> Diagnosis:
    """With the way to the check that comes first, where there is one."""
    if not found.first:
        return found
    because = " ".join(filter(None, (found.found, f"It depends on `{found.first}`.")))
    return unseen(because, found.remedy or f"See `{found.first}` first.", first=found.first)
