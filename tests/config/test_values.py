"""Every value in force, one by one, with where it comes from."""

from config import schema
from config.load import BARE, load
from config.origin import Source
from config.values import values


def test_every_key_that_holds_a_value_is_there_in_the_order_of_the_manual():
    sections = {path for path in schema.paths() if schema.at(path)["type"] == "object"}
    keys = [".".join(path) for path in schema.paths() if path not in sections and path != ("lock",)]

    assert [held.key for held in values(BARE)] == keys


def test_a_value_knows_its_file_and_what_locks_it():
    over = load("lock: [rationale]\nreadiness: {threshold: 60}", file="acme/.github/f", source=Source.OWNER)
    held = {each.key: each for each in values(load("\nlanguage: de", over=over))}

    assert (held["language"].value, str(held["language"].origin)) == ("de", ".github/handoff.yml:2")
    assert (held["readiness.threshold"].value, str(held["readiness.threshold"].origin)) == (60, "acme/.github/f:2")
    assert (held["rationale.size"].origin, str(held["rationale.size"].lock)) == (None, "acme/.github/f:1")
    assert held["language"].lock is None
