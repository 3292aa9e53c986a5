"""How the last deliveries were answered, as GitHub saw it."""

from collections import Counter
from collections.abc import Sequence
from statistics import median

from ghapp.clock import age
from ghapp.diagnosis import Diagnosis, good, warning, wrong
from ghapp.doctor.case import Case
from ghapp.doctor.check import Check
from ghapp.doctor.hook import is_ours
from ghapp.github.deliveries import Entry

SLOW = 5.0  # seconds, half of what GitHub waits
TIMED_OUT = "timed out"  # as GitHub words it
REDIRECTED = "The address leads on to another one, where GitHub does not follow: give GitHub that one at {page}."
REFUSED = "A proxy before the server asks for a password or the like: let it pass /webhook without."
CLOSED = "GitHub or the proxy cannot connect: see `reachable`, whether the server runs, and what a firewall lets in."
MEANINGS = {
    400: "The deliveries came changed on their way: let the proxy leave bodies and headers alone.",
    401: REFUSED,
    403: REFUSED,
    404: "The address leads to no page of this server: it has to end with /webhook, see `hook-url`.",
    405: "The address leads to another page of this server: it has to end with /webhook, see `hook-url`.",
    408: "The deliveries came too slowly or not whole: see the proxy before the server.",
    413: "A proxy takes no bodies of 25 MB: with nginx set client_max_body_size 25m.",
    500: "The server had a fault: its log says which, with the event `delivery.failed`.",
    502: CLOSED,
    503: "The server could not store them, or has no credentials: see `store` and `credentials`.",
    504: "No answer came within ten seconds: see whether the server runs, and what /readyz says.",
}
OTHER = "See the answer at {page}/advanced, below Recent Deliveries."


async def deliveries(case: Case) -> Diagnosis:
    """How many of the newest attempts were answered, with what, how fast, and what that means."""
    log, page = await case.deliveries(), await case.page()
    if not log:
        return warning(
            "GitHub's log is empty: nothing was delivered in the last three days.",
            f"Let something happen, such as a new issue; if nothing comes then, see whether {page} has Active ticked.",
        )
    failed = [entry for entry in log if entry.failed]
    said = _told(log, failed)
    if not failed:
        slow = "GitHub waits ten seconds at most: see what /readyz says, and the machine's disk."
        return warning(said, slow) if median(entry.seconds for entry in log) > SLOW else good(said)
    remedy = await _meaning(case, failed[0], page)
    if log[0].failed:
        return wrong(said, remedy)
    since = f"The last one that failed was {age(case.now() - failed[0].at)} ago."
    return warning(said, f"{since} {remedy} The server asks for failed ones again by itself.")


async def _meaning(case: Case, entry: Entry, page: str) -> str:
    if entry.status == 401 and is_ours(await case.answer(entry)):
        return "This server refused what was not signed with its secret: see `hook-secret`."
    if 300 <= entry.status < 400:
        meaning = REDIRECTED
    elif TIMED_OUT in entry.said.lower():
        meaning = MEANINGS[504]
    else:
        meaning = MEANINGS.get(entry.status, OTHER)
    return meaning.format(page=page)


def _told(log: Sequence[Entry], failed: Sequence[Entry]) -> str:
    codes = Counter(entry.status for entry in failed).most_common()
    taken = f"Taken: {len(log) - len(failed)} of the newest {len(log)}"
    ended = ", ".join(f"ended with {code}: {number}" for code, number in codes)
    seconds = [entry.seconds for entry in log]
    fast = f"half within {median(seconds):.2f} s, the slowest after {max(seconds):.2f} s"
    return "; ".join(filter(None, (taken, ended, fast))) + "."


DELIVERIES = Check(name="deliveries", asks="How were the last deliveries answered?", look=deliveries, needs=("key",))
