"""GitHub as this process knows it: the App that signs in, and who it turns out to be."""

import structlog
from gidgethub import GitHubException

from ghapp.app.stopping import Stop
from ghapp.errors import Again, Gone, Refused, See, StartError
from ghapp.github.app import App
from ghapp.github.faults import Unsigned
from ghapp.github.identity import Identity

PAUSE = 30.0  # seconds before a silent GitHub is asked again

logger = structlog.get_logger(__name__)


class GitHub:
    """Our App, and who we are: the id is known from the settings, the name once GitHub has said it."""

    def __init__(self, app: App, *, app_id: int, api_url: str) -> None:
        self.app = app
        self.identity = Identity(app_id, "")
        self._api_url = api_url

    @property
    def is_known(self) -> bool:
        """Whether GitHub has said who we are; until then our own echoes are taken for other people's deeds."""
        return bool(self.identity.slug)

    async def ask(self) -> bool:
        """Ask GitHub who we are; its silence is only logged, and answered with False.

        Raises:
            StartError: GitHub does not know us so, or it is not GitHub that answers.
        """
        try:
            found = await self.app.identity()
        except Unsigned as error:
            raise StartError(f"GitHub does not let us sign in ({error}).", see=See.SIGN_IN) from None
        except Again as error:
            logger.warning("github.silent", reason=str(error), api_url=self._api_url)
            return False
        except (Refused, Gone, GitHubException, KeyError, TypeError, ValueError) as error:
            raise self._explained(error) from None
        if found.id != self.identity.id:
            raise StartError(
                f"GITHUB_APP_ID is {self.identity.id}, but the key signs in as App {found.id}:"
                " take both from the settings page of one App.",
                see=See.SIGN_IN,
            )
        self.identity = found
        return True

    async def learn(self, stop: Stop, pause: float = PAUSE) -> None:
        """Ask until GitHub has answered, then wait for the end."""
        is_known = self.is_known
        while not is_known and not await stop.asked(within=pause):
            is_known = await self.ask()
            if is_known:
                logger.info("github.answers", app=self.identity.login)
        await stop.asked()

    def _explained(self, error: Exception) -> StartError:
        said = str(error)
        if isinstance(error, Gone) and "integration" in said.lower():
            return StartError(
                f"GITHUB_APP_ID {self.identity.id} is no App there ({said}): take it from the App's settings page.",
                see=See.SIGN_IN,
            )
        cause = said if isinstance(error, (Refused, Gone, GitHubException)) else "the answer is not the API's"
        return StartError(
            f"GITHUB_API_URL {self._api_url} does not answer as GitHub does ({cause}):"
            " give https://api.github.com, or https://HOST/api/v3 on GitHub Enterprise Server.",
            see=See.API,
        )
