"""The default reader: local, deterministic, and the same for everybody."""

from checks.reader import issue as issues
from checks.reader import pull as pulls
from checks.reading import Reading
from checks.subject import Issue, Pull


class LocalReader:
    """Reads with rules and lexicons; fulfils `checks.reading.Reader`."""

    def issue(self, issue: Issue) -> Reading:
        """Read an issue."""
        return issues.read(issue)

    def pull(self, pull: Pull) -> Reading:
        """Read a pull request."""
        return pulls.read(pull)
