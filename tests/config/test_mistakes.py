import pytest

from config.mistakes import Mistake, cut


def test_a_mistake_reads_like_a_compilers():
    mistake = Mistake(file="f.yml", line=3, column=5, path="a.b", found="`x`", allowed="`y`", nearest="y")

    assert str(mistake) == "f.yml:3:5: a.b: found `x`, allowed is `y`; did you mean `y`?"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        pytest.param("threshold", "threshold", id="short"),
        pytest.param("x" * 61, "x" * 60 + "…", id="long"),
        pytest.param("a\nb\tc\x1b[31m", "a b c [31m", id="control characters"),
        pytest.param("`<!-- `", " <!--  ", id="the end of a quote"),
    ],
)
def test_words_of_the_file_are_cut_to_one_harmless_line(text, shown):
    assert cut(text) == shown
