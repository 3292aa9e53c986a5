"""What is asked, in the policy's own sentences, so that each is written in one place."""

from config.policy import RationaleCriteria, ReadinessCriteria
from config.section import Section

_CRITERIA: dict[str, type[Section]] = {"issue": ReadinessCriteria, "pull": RationaleCriteria}


def asks(kind: str) -> dict[str, str]:
    """The criteria of a kind in the order of the report, each with its sentence."""
    fields = _CRITERIA[kind].model_fields
    return {name.replace("_", "-"): field.description or "" for name, field in fields.items()}
