"""Issues: what each sentence does for somebody who has to start the work."""

from checks.reader.issue.read import read

__all__ = ["read"]
