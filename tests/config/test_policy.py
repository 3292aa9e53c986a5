import pytest
from pydantic import ValidationError

from config.policy import DEFAULTS, CriterionPolicy, Mode, Policy


@pytest.mark.parametrize("section", ["readiness", "rationale"])
def test_the_points_of_a_section_add_up_to_a_hundred(section):
    criteria = getattr(DEFAULTS, section).criteria.model_dump().values()

    assert sum(criterion["weight"] for criterion in criteria) == 100


def test_what_is_required_by_default_is_what_a_stranger_cannot_do_without():
    def required(section):
        return {name for name, criterion in section.criteria if criterion.mode is Mode.REQUIRED}

    assert required(DEFAULTS.readiness) == {
        "acceptance",
        "context",
        "contract",
        "scope",
        "self_contained",
        "language",
    }
    assert required(DEFAULTS.rationale) == {"what", "why"}


def test_a_policy_in_force_cannot_be_changed():
    with pytest.raises(ValidationError, match="frozen"):
        DEFAULTS.language = "de"


def test_keys_are_taken_by_their_names_in_code_and_written_with_dashes():
    policy = Policy.model_validate({"rationale": {"criteria": {"linked_issue": CriterionPolicy(mode=Mode.OFF)}}})

    assert policy.model_dump(mode="json", by_alias=True)["rationale"]["criteria"]["linked-issue"]["mode"] == "off"
