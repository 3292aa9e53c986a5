"""`ghapp doctor` against the fake GitHub, with each fault set in turn: what is said, and what is not."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from ghapp import doctor
from ghapp.diagnosis import Diagnosis, Verdict
from ghapp.github.reach import Cause
from tests.fake_app import PUBLIC, REFUSED, said, silent
from tests.fakes import INSTALLATION, Response
from tests.ghapp.scene import Scene, scene

GOOD = dict.fromkeys((check.name for check in doctor.ALL), Verdict.GOOD)
AS_APP = ("key", "permissions", "events", "hook-url", "hook-content-type", "hook-tls", "hook-secret", "deliveries")
INSTALLED = ("installations", "approvals", "rate-limits")


@pytest.fixture
async def well(tmp_path):
    async with scene(tmp_path) as made:
        yield made


def ill(found: dict[str, Diagnosis]) -> dict[str, Diagnosis]:
    return {name: each for name, each in found.items() if each.verdict is not Verdict.GOOD}


async def test_nothing_is_said_of_an_app_that_is_well(well):
    found = await well.examined()
    assert {name: each.verdict for name, each in found.items()} == GOOD
    assert not any(each.remedy for each in found.values())


async def test_all_is_asked_in_few_calls(well):
    await well.examined()
    asked = [f"{call.method} {call.path}" for call in well.github.calls]
    assert sorted(asked) == [
        "GET /app",
        "GET /app/hook/config",
        "GET /app/hook/deliveries",
        "GET /app/installations",
        "GET /rate_limit",
        "GET /rate_limit",
        f"POST /app/installations/{INSTALLATION}/access_tokens",
    ]


def setting(**changed: str) -> Callable[[Scene], None]:
    return lambda made: made.settings.update(changed)


def refusing(call: str, status: int, message: str) -> Callable[[Scene], None]:
    return lambda made: made.github.refusals.append((call, Response(status, {"message": message})))


def hooked(**changed: str | int) -> Callable[[Scene], None]:
    return lambda made: made.github.registered.hook.update(changed)


def ahead(**span: float) -> Callable[[Scene], None]:
    """The machine's clock is ahead, so GitHub's is behind."""
    return lambda made: setattr(made.github.registered, "ahead", -timedelta(**span))


def answered(*statuses: int, text: str = "", **changes: str | float) -> Callable[[Scene], None]:
    def set_in(made: Scene) -> None:
        made.github.log.entries.clear()
        made.deliver(*statuses, **changes)
        made.github.registered.answers = {each["id"]: text for each in made.github.log.entries}

    return set_in


def outside(**found: object) -> Callable[[Scene], None]:
    """Who answers at the public address; below `/healthz` nobody where nothing is said of it."""

    def set_in(made: Scene) -> None:
        made.street.found = {f"{PUBLIC}/{path}": answer for path, answer in found.items()}

    return set_in


def leading(*names: str) -> Callable[[Scene], None]:
    return lambda made: setattr(made.street, "names", names)


def both(*faults: Callable[[Scene], None]) -> Callable[[Scene], None]:
    return lambda made: [fault(made) for fault in faults]


def suspended(made: Scene) -> None:
    made.github.suspended.add(INSTALLATION)


def granted(**changed: str) -> Callable[[Scene], None]:
    return lambda made: made.github.installed.permissions.update(changed)


def registered(**changed: object) -> Callable[[Scene], None]:
    def set_in(made: Scene) -> None:
        for name, value in changed.items():
            setattr(made.github.registered, name, value)

    return set_in


def lacking(made: Scene) -> None:
    """Neither the App nor, therefore, an account has it."""
    del made.github.registered.permissions["merge_queues"]
    made.github.registered.permissions |= {"checks": "read", "actions": "write"}
    made.github.registered.events.remove("merge_group")
    made.github.installed.permissions = dict(made.github.registered.permissions)


def hearing_more(made: Scene) -> None:
    made.github.registered.permissions |= {"actions": "read"}
    made.github.registered.events += ["watch", "star"]


def elsewhere(made: Scene) -> None:
    made.street.found[f"{made.url}/rate_limit"] = said(200, "<h1>Welcome</h1>")


def nowhere(made: Scene) -> None:
    made.github.installations.clear()


def without_database(made: Scene) -> None:
    (made.folder / "handoff.db").unlink()


def with_old_database(made: Scene) -> None:
    without_database(made)
    (made.folder / "handoff.db").touch()


DOES_NOT_FIT = REFUSED.format("does not fit the body and our secret")
MISSING = REFUSED.format("is missing")
WRONG, WARNING, UNSEEN = Verdict.WRONG, Verdict.WARNING, Verdict.UNSEEN

FAULTS = [
    pytest.param(setting(LOG_LEVEL="loud"), {"settings": WRONG}, id="a setting that cannot be used"),
    pytest.param(
        setting(GITHUB_APP_ID="", GITHUB_PRIVATE_KEY="", GITHUB_WEBHOOK_SECRET=""),
        {"credentials": WRONG, **dict.fromkeys((*AS_APP, *INSTALLED), UNSEEN)},
        id="no credentials",
    ),
    pytest.param(setting(GITHUB_WEBHOOK_SECRET="short"), {"credentials": WRONG}, id="a weak secret"),
    pytest.param(
        setting(GITHUB_PRIVATE_KEY="-----BEGIN RSA"),
        {"credentials": WRONG, **dict.fromkeys((*AS_APP, *INSTALLED), UNSEEN)},
        id="a key that is none",
    ),
    pytest.param(
        refusing("GET /app$", 401, "A JSON web token could not be decoded"),
        {"key": WRONG, **dict.fromkeys((*AS_APP[1:], *INSTALLED), UNSEEN)},
        id="the key of another App",
    ),
    pytest.param(
        refusing("GET /app$", 404, "Integration not found"),
        {"key": WRONG, **dict.fromkeys((*AS_APP[1:], *INSTALLED), UNSEEN)},
        id="an id that no App has",
    ),
    pytest.param(
        setting(GITHUB_APP_ID="12"),
        {"key": WRONG, **dict.fromkeys((*AS_APP[1:], *INSTALLED), UNSEEN)},
        id="the id of another App",
    ),
    pytest.param(
        refusing("GET /app$", 500, "Server Error"),
        dict.fromkeys((*AS_APP, *INSTALLED), UNSEEN),
        id="GitHub fails over the App",
    ),
    pytest.param(
        both(ahead(minutes=10), refusing("GET /app$", 401, "'Expiration time' claim ('exp') is too far in the future")),
        {"clock": WRONG, **dict.fromkeys((*AS_APP, *INSTALLED), UNSEEN)},
        id="a clock that is ten minutes ahead",
    ),
    pytest.param(
        both(ahead(minutes=-10), refusing("GET /app$", 401, "'Expiration time' claim ('exp') must be a numeric value")),
        {"clock": WRONG, **dict.fromkeys((*AS_APP, *INSTALLED), UNSEEN)},
        id="a clock that is ten minutes behind",
    ),
    pytest.param(ahead(seconds=30), {"clock": WARNING}, id="a clock that goes wrong"),
    pytest.param(
        registered(headers={"Date": "yesterday"}), {"clock": UNSEEN}, id="an answer without a time that can be read"
    ),
    pytest.param(
        setting(GITHUB_API_URL="http://127.0.0.1:1"),
        {"github": WRONG, "clock": UNSEEN, **dict.fromkeys((*AS_APP, *INSTALLED), UNSEEN)},
        id="GitHub unreachable",
    ),
    pytest.param(
        setting(GITHUB_API_URL="git.example"),
        {"settings": WRONG, **dict.fromkeys(("github", "clock", *AS_APP, *INSTALLED), UNSEEN)},
        id="an address of GitHub that is none",
    ),
    pytest.param(
        elsewhere,
        {"github": WRONG, "clock": UNSEEN, **dict.fromkeys((*AS_APP, *INSTALLED), UNSEEN)},
        id="somebody else answers in GitHub's place",
    ),
    pytest.param(
        refusing("GET /rate_limit", 503, "No server is available"), {"github": WARNING}, id="GitHub has a fault"
    ),
    pytest.param(lacking, {"permissions": WRONG, "events": WRONG}, id="the App lacks permissions and events"),
    pytest.param(hearing_more, {"permissions": WARNING, "events": WARNING}, id="the App has more than is used"),
    pytest.param(granted(checks="read"), {"approvals": WRONG}, id="an owner has not accepted a permission"),
    pytest.param(suspended, {"installations": WARNING, "rate-limits": UNSEEN}, id="a suspended installation"),
    pytest.param(nowhere, {"installations": WARNING, "rate-limits": UNSEEN}, id="installed nowhere"),
    pytest.param(registered(limits={"core": (0, 5000)}), {"rate-limits": WRONG}, id="a limit that is used up"),
    pytest.param(
        registered(limits={"core": (900, 5000)}), {"rate-limits": WARNING}, id="a limit that is nearly used up"
    ),
    pytest.param(
        refusing("access_tokens", 500, "Server Error"), {"rate-limits": UNSEEN}, id="no token for an installation"
    ),
    pytest.param(
        registered(hook=None),
        {"hook-url": WRONG, "hook-content-type": UNSEEN, "hook-tls": UNSEEN, "hook-secret": UNSEEN},
        id="no webhook",
    ),
    pytest.param(hooked(url="https://old.example/webhook"), {"hook-url": WRONG}, id="a webhook that leads elsewhere"),
    pytest.param(hooked(url=f"{PUBLIC}/webhook/"), {"hook-url": WRONG}, id="a slash too many"),
    pytest.param(
        both(setting(PUBLIC_URL="http://127.0.0.1:1"), hooked(url="https://smee.io/abcdefgh")),
        {"hook-url": WARNING, "public-url": WARNING, "reachable": WARNING},
        id="a relay in development",
    ),
    pytest.param(
        both(setting(PUBLIC_URL=""), hooked(url="http://handoff.example/webhook")),
        {"hook-url": WARNING, "public-url": WARNING, "reachable": UNSEEN},
        id="no public address, and a webhook in the open",
    ),
    pytest.param(
        setting(PUBLIC_URL="http://handoff.example"),
        {"settings": WRONG, "hook-url": UNSEEN, "public-url": UNSEEN, "reachable": UNSEEN},
        id="a public address in the open",
    ),
    pytest.param(hooked(content_type="form"), {"hook-content-type": WARNING}, id="deliveries as forms"),
    pytest.param(hooked(insecure_ssl=1), {"hook-tls": WRONG}, id="certificates are not verified"),
    pytest.param(hooked(secret=""), {"hook-secret": WRONG}, id="no secret at GitHub"),
    pytest.param(
        answered(202, 401, text=DOES_NOT_FIT),
        {"hook-secret": WRONG, "deliveries": WRONG},
        id="another secret at GitHub",
    ),
    pytest.param(
        answered(401, text=MISSING),
        {"hook-secret": WARNING, "deliveries": WRONG},
        id="a secret set since the last delivery",
    ),
    pytest.param(
        answered(401, text="<h1>Log in</h1>"),
        {"hook-secret": UNSEEN, "deliveries": WRONG},
        id="a proxy asks for a password",
    ),
    pytest.param(answered(), {"hook-secret": WARNING, "deliveries": WARNING}, id="no delivery yet"),
    *(
        pytest.param(answered(202, 202, status), {"deliveries": WRONG}, id=f"deliveries end with {status}")
        for status in (301, 400, 403, 404, 405, 408, 413, 418, 500, 502, 503, 504)
    ),
    pytest.param(
        answered(502, status_code=502, status="timed out", duration=10.0),
        {"hook-secret": WARNING, "deliveries": WRONG},
        id="GitHub gave up waiting",
    ),
    pytest.param(answered(502, 202, 504, 502, 202), {"deliveries": WARNING}, id="deliveries that failed for a while"),
    pytest.param(answered(202, 202, duration=7.5), {"deliveries": WARNING}, id="slow answers"),
    pytest.param(leading("10.0.0.5"), {"public-url": WARNING}, id="a private address"),
    pytest.param(
        lambda made: setattr(made.street, "names", silent(Cause.NAME, "Name or service not known")),
        {"public-url": WRONG, "reachable": UNSEEN},
        id="a name that is not found",
    ),
    *(
        pytest.param(
            both(outside(healthz=silent(cause)), answered(202, 502)),
            {"reachable": WRONG, "deliveries": WRONG},
            id=f"not to be reached, {cause.name.lower()}",
        )
        for cause in Cause
    ),
    pytest.param(outside(healthz=silent(Cause.SILENT)), {"reachable": WARNING}, id="a machine that cannot call itself"),
    pytest.param(
        outside(webhook=said(301, "", {"Location": "https://www.handoff.example/webhook"})),
        {"reachable": WRONG},
        id="a redirection",
    ),
    pytest.param(
        outside(webhook=said(502, "Bad Gateway")), {"reachable": WRONG}, id="a proxy without a server behind it"
    ),
    pytest.param(
        outside(healthz=said(200, "<h1>Hello</h1>")), {"reachable": WRONG}, id="somebody else at the public address"
    ),
    pytest.param(without_database, {"store": WRONG, "store-writable": UNSEEN}, id="no database"),
    pytest.param(with_old_database, {"store": WRONG, "store-writable": UNSEEN}, id="a database that is not up to date"),
    pytest.param(
        setting(DATABASE_URL="mysql://localhost/x"), {"store": WRONG, "store-writable": UNSEEN}, id="another engine"
    ),
    pytest.param(setting(SLACK_WEBHOOK_URL="https://example.org/hook"), {"slack": WARNING}, id="no address of Slack's"),
]


@pytest.mark.parametrize(("fault", "verdicts"), FAULTS)
async def test_a_fault_is_named_with_its_remedy_and_nothing_else_is(well, snapshot, fault, verdicts):
    fault(well)
    found = ill(await well.examined())
    assert {name: each.verdict for name, each in found.items()} == verdicts
    assert all(each.remedy for each in found.values())
    assert well.stable("\n".join(f"{name}: {each.found}\n  {each.remedy}" for name, each in found.items())) == snapshot
