"""The kinds of failure, by who can act on them; anything else is ours."""

from datetime import datetime
from enum import StrEnum


class See(StrEnum):
    """Where the manual says more: the anchor of a heading in docs/troubleshooting.md."""

    API = "github_api_url-is-not-github"
    COMMAND = "a-command-ends-with-exit-code-2"
    DATABASE = "the-database-cannot-be-used"
    FAULT = "the-check-says-that-handoff-had-a-fault"
    GIVEN_UP = "a-job-was-given-up"
    MALFORMED = "400-in-githubs-log"
    NEWER = "the-database-is-not-up-to-date-or-is-newer"
    NOT_JUDGED = "the-check-says-not-judged"
    NOT_OBEYED = "a-command-is-not-obeyed"
    NOT_READY = "readyz-answers-503"
    PASSING = "github-or-the-database-does-not-answer"
    PERMISSION = "a-permission-is-missing"
    POLICY = "the-policy-has-no-effect"
    PORT = "the-port-is-taken"
    REFUSED_TEXT = "the-api-refuses-a-text"
    SETTINGS = "a-setting-is-wrong"
    SIGNATURE = "401-in-githubs-log"
    SIGN_IN = "github-does-not-let-the-app-sign-in"
    SLOW = "408-or-413-in-githubs-log"
    UNREADY = "503-in-githubs-log"


class UserError(Exception):
    """The author or maintainer can mend it; the text is one sentence that names the remedy."""

    see = See.COMMAND


class StartError(Exception):
    """The operator can mend it; the text is one sentence that names the setting and the remedy."""

    def __init__(self, text: str, *, see: See = See.SETTINGS) -> None:
        super().__init__(text)
        self.see = see


class Again(Exception):
    """Nobody can mend it; it passes. Try the job again at `at`, or after the usual back-off when that is None.

    `installation` is set when GitHub's limit holds for the whole installation, so that its other jobs wait as well.
    """

    see = See.PASSING

    def __init__(self, reason: str, *, at: datetime | None = None, installation: int = 0) -> None:
        super().__init__(reason)
        self.at = at
        self.installation = installation


class Paced(Again):
    """It is not the job's turn, or GitHub does not know us yet: no failure of the job, however often it has to wait."""


class Gone(Exception):
    """The subject is deleted, or no longer ours to see: the job ends without a word."""


class Refused(Exception):
    """GitHub does not let us: a permission is missing, or our credentials are not accepted. An operator has to act.

    Trying again mends it at most once, with a new token; after that the job is a dead letter.
    """
