from checks.reader.phrases import Found, Phrases, load, spoken, words


def test_single_words_and_longer_phrases_are_found_with_their_place():
    lexicon = Phrases([("now", ["today", "at the moment"]), ("doubt", ["maybe"])])
    assert lexicon.find(words("Maybe at the moment, today")) == [
        Found("doubt", "maybe", 0),
        Found("now", "today", 4),
        Found("now", "at the moment", 1),
    ]


def test_a_phrase_is_found_whole_or_not_at_all():
    lexicon = Phrases([("now", ["at the moment"])])
    assert lexicon.find(words("at the time")) == []


def test_words_are_lower_case_and_apostrophes_straight():
    assert words("It DOESN\u2019T follow-up `x`") == ["it", "doesn't", "follow-up", "x"]


def test_code_addresses_tags_and_mentions_are_not_spoken():
    assert spoken("see `should` at https://a.b/should <b> by @should now").split() == ["see", "at", "by", "now"]


def test_a_sentence_without_any_of_them_stays_as_it_is():
    assert spoken("keep me") == "keep me"


def test_every_lexicon_is_lower_case_and_without_double_entries():
    for name in ("issue", "headings", "hidden", "vague", "vague_without_fact"):
        for label, phrases in load(name):
            assert all(phrase == phrase.lower() for phrase in phrases), (name, label)
            assert len(set(phrases)) == len(phrases), (name, label)
