"""The kinds of failure, by who can act on them; anything else is ours."""

from datetime import datetime


class UserError(Exception):
    """The author or maintainer can mend it; the text is one sentence that names the remedy."""


class StartError(Exception):
    """The operator can mend it; the text is one sentence that names the setting and the remedy."""


class Again(Exception):
    """Nobody can mend it; it passes. Try the job again at `at`, or after the usual back-off when that is None.

    `installation` is set when GitHub's limit holds for the whole installation, so that its other jobs wait as well.
    """

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
