"""Pull requests: which sentences say what was built, why, what was decided and how it was checked."""

from checks.reader.pull.read import read

__all__ = ["read"]
