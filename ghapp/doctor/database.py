"""The database: it is there, up to date, and takes what is written."""

from ghapp.diagnosis import Diagnosis, good, wrong
from ghapp.doctor.case import Case
from ghapp.doctor.check import Check
from ghapp.errors import Again, StartError

MIGRATE = "Then `ghapp migrate` makes it or brings it up to date; `ghapp serve` does so by itself."


async def store(case: Case) -> Diagnosis:
    """Whether the database answers and has every migration."""
    try:
        known = await case.store()
        await known.ready()
    except (StartError, Again) as error:
        return wrong(str(error), MIGRATE)
    return good("The database answers, and has every migration.")


async def writable(case: Case) -> Diagnosis:
    """Whether a delivery could be stored now: a small row is written beside the running server."""
    try:
        await (await case.store()).try_writing(now=case.now())
    except Again as error:
        return wrong(
            f"Nothing can be written: {error}.",
            "Make room on its disk, give this user write permission for it and its folder, or end what holds it.",
        )
    return good("The database takes what is written.")


STORE = Check(name="store", asks="Is the database there and up to date?", look=store)
WRITABLE = Check(name="store-writable", asks="Can deliveries be stored?", look=writable, needs=("store",))
