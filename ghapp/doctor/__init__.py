"""`ghapp doctor`: looks at everything that has to be right for the App to work, and says what mends it."""

from ghapp.doctor import database, delivered, here, hook, installed, public, registered, signing
from ghapp.doctor.case import Means
from ghapp.doctor.check import Check
from ghapp.doctor.examination import examine

__all__ = ["ALL", "Check", "Means", "examine"]

# In the order of the report: what one needs stands before it.
ALL: tuple[Check, ...] = (
    here.VERSION,
    here.SETTINGS,
    here.CREDENTIALS,
    database.STORE,
    database.WRITABLE,
    signing.GITHUB,
    signing.CLOCK,
    signing.KEY,
    registered.PERMISSIONS,
    registered.EVENTS,
    public.PUBLIC_URL,
    public.REACHABLE,
    hook.URL,
    hook.CONTENT_TYPE,
    hook.TLS,
    hook.SECRET,
    delivered.DELIVERIES,
    installed.INSTALLATIONS,
    installed.APPROVALS,
    installed.RATE_LIMITS,
    here.SLACK_ADDRESS,
)
