"""Decisions: what a text leaves to somebody to decide, by when and among what, and which option a reply takes."""

from checks.choices.closing import closes
from checks.choices.opening import Choice, open_choices

__all__ = ["Choice", "closes", "open_choices"]
