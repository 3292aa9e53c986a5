"""Who we are at GitHub: what is refused at the start, and what is learnt later."""

import asyncio
from http import HTTPStatus

import pytest
from gidgethub import BadRequest

from ghapp.app.github import GitHub
from ghapp.app.stopping import Stop
from ghapp.errors import Again, Gone, Refused, StartError
from ghapp.github.faults import Unsigned
from ghapp.github.identity import Identity

URL = "https://ghes.example/api/v3"
US = Identity(12, "handoff")


class App:
    """An App that answers in turn: with an identity, or by failing."""

    def __init__(self, *answers: Identity | Exception) -> None:
        self.answers = list(answers)
        self.has_said_all = asyncio.Event()

    async def identity(self) -> Identity:
        answer = self.answers.pop(0)
        if not self.answers:
            self.has_said_all.set()
        if isinstance(answer, Exception):
            raise answer
        return answer


def github(*answers: Identity | Exception) -> GitHub:
    return GitHub(App(*answers), app_id=12, api_url=URL)


async def test_the_name_is_learnt_once_github_answers():
    app = App(Again("silent"), Again("still silent"), US)
    ours = GitHub(app, app_id=12, api_url=URL)
    stop = Stop()
    await ours.ask()
    assert ours.identity == Identity(12, "")
    learning = asyncio.create_task(ours.learn(stop, pause=0.001))
    async with asyncio.timeout(5):
        await app.has_said_all.wait()
    assert ours.identity == US
    stop.ask()
    await learning


async def test_what_is_known_is_not_asked_again():
    ours = github(US)
    stop = Stop()
    assert await ours.ask()
    stop.ask()
    await ours.learn(stop, pause=0)


async def test_a_wrong_key_that_is_found_out_late_is_told():
    ours = github(Again("silent"), Identity(13, "other"))
    await ours.ask()
    with pytest.raises(StartError, match="GITHUB_APP_ID is 12, but the key signs in as App 13"):
        await ours.learn(Stop(), pause=0)


@pytest.mark.parametrize(
    ("error", "words"),
    [
        pytest.param(
            TypeError("string indices"), f"GITHUB_API_URL {URL} does not answer as GitHub does (the a", id="html"
        ),
        pytest.param(KeyError("slug"), "GITHUB_API_URL", id="other json"),
        pytest.param(Gone("404 GET /app: Not Found"), "GitHub does (404 GET /app: Not Found): give https", id="404"),
        pytest.param(Gone("404 GET /app: Integration not found"), "GITHUB_APP_ID 12 is no App there", id="no app"),
        pytest.param(Unsigned("401 GET /app: no; GITHUB_APP_ID has to"), "GitHub does not let us sign in", id="401"),
        pytest.param(Refused("403 GET /app: no"), "GITHUB_API_URL", id="403"),
        pytest.param(BadRequest(HTTPStatus.BAD_REQUEST), "GITHUB_API_URL", id="400"),
    ],
)
async def test_what_does_not_answer_as_github_does_is_refused_with_the_setting_to_look_at(error, words):
    with pytest.raises(StartError) as refusal:
        await github(error).ask()
    assert words in str(refusal.value)
    assert "\n" not in str(refusal.value)
