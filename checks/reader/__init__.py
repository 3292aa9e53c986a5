"""The default reader: local, deterministic, and the same for everybody."""

from checks.reading import Reading
from checks.subject import Issue, Pull


class LocalReader:
    """Reads with rules and lexicons; fulfils `checks.reading.Reader`. Each kind's lexicon is read when it is needed."""

    def issue(self, issue: Issue) -> Reading:
        """Read an issue."""
        from checks.reader.issue import read

        return read(issue)

    def pull(self, pull: Pull) -> Reading:
        """Read a pull request."""
        from checks.reader.pull import read

        return read(pull)
