"""Words that leave open what a fact should settle, each with the sharper way to say it."""

from checks.reader.phrases import Found, Phrases, load

_ALWAYS = Phrases(load("vague"))
_WITHOUT_FACT = Phrases(load("vague_without_fact"))


def find(words: list[str], *, has_fact: bool) -> list[Found[str]]:
    """The vague words of a sentence, each labelled with its sharper way; a fact beside them excuses most."""
    return _ALWAYS.find(words) + ([] if has_fact else _WITHOUT_FACT.find(words))
