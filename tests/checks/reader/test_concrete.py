import pytest

from checks.reader.concrete import Shape, shapes

FOUND = {
    "code": ("call `parse`", Shape.CODE),
    "image": ("![a](b.png)", Shape.IMAGE),
    "image tag": ('<img src="x">', Shape.IMAGE),
    "url": ("see https://example.org", Shape.URL),
    "http": ("use DELETE /keys", Shape.HTTP),
    "status": ("answers 404 then", Shape.STATUS),
    "quoted": ('says "not found"', Shape.QUOTED),
    "quoted by apostrophes": ("says 'not found'", Shape.QUOTED),
    "call": ("then parse() is run", Shape.CALL),
    "flag": ("with --dry-run", Shape.FLAG),
    "fault": ("a json.JSONDecodeError", Shape.FAULT),
    "path": ("in src/keys", Shape.PATH),
    "file": ("in settings.py", Shape.PATH),
    "version": ("on 3.12", Shape.VERSION),
    "number": ("within 5 seconds", Shape.NUMBER),
    "share": ("by 20%", Shape.NUMBER),
    "arrow": ("a -> b", Shape.ARROW),
    "pair": ("with limit=5", Shape.PAIR),
    "snake": ("the max_keys", Shape.IDENTIFIER),
    "camel": ("the maxKeys", Shape.IDENTIFIER),
    "upper": ("set MAX_KEYS", Shape.IDENTIFIER),
    "type": ("an OrderService", Shape.NAME),
    "product": ("on GitHub", Shape.NAME),
    "short head": ("an iPhone", Shape.NAME),
}
NOTHING = {
    "plain words": "the key is kept for ever",
    "either or": "keys and/or tokens",
    "apostrophe": "it doesn't and it won't",
    "names": "Ask Bob about NASA",
    "end of a sentence": "first.second",
}


@pytest.mark.parametrize(("text", "shape"), FOUND.values(), ids=FOUND)
def test_concrete_things_are_found(text, shape):
    assert shape in shapes(text)


@pytest.mark.parametrize("text", NOTHING.values(), ids=NOTHING)
def test_words_are_not_concrete(text):
    assert shapes(text) == frozenset()
