"""Which texts are taken for English, and what is quoted of those that are not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checks.reader.language import foreign, is_english
from checks.text import parse


@pytest.mark.parametrize(
    ("title", "body"),
    [
        pytest.param("Export fails", "The export stops when the file is empty.", id="prose"),
        pytest.param("Add retry", "- Retry count\n- Timeout option\n- Log output", id="terse"),
        pytest.param("", "", id="nothing"),
        pytest.param("导出", "", id="too little to tell"),
        pytest.param("Wrong label", "The button says `Datei öffnen und speichern unter einem neuen Namen`.", id="code"),
        pytest.param("Crash", "It stops with this.\n```\nファイルが空なので保存できません\n```", id="a log"),
        pytest.param(
            "Missing text", "The German page shows the words «Es ist ein Fehler» in the footer.", id="a quote"
        ),
        pytest.param("Update", "See https://example.org/для/чтения/всеми/людьми for more.", id="an address"),
        pytest.param("Ask", "@de_la_cruz wrote los.angeles.txt for el/paso", id="names"),
        pytest.param("Café menu", "Rename café to coffee house.", id="one accent"),
    ],
)
def test_english(title, body):
    assert is_english(parse(title, body))


@pytest.mark.parametrize(
    ("title", "body"),
    [
        pytest.param("导出失败", "文件为空时导出会停止。", id="Chinese"),
        pytest.param("保存", "空のファイルを保存すると止まります。", id="Japanese"),
        pytest.param("내보내기", "파일이 비어 있으면 내보내기가 멈춥니다.", id="Korean"),
        pytest.param("Сбой", "Экспорт останавливается без сообщения.", id="Russian"),
        pytest.param("Fehler", "Der Export bricht ab und die Datei ist leer.", id="German"),
        pytest.param("Error", "La exportación se detiene con el archivo.", id="Spanish"),
        pytest.param("Erro", "Critérios de aceitação", id="one small word beside an accent"),
        pytest.param(
            "Readme 的錯誤", "把 `a.b` 設定為 c-1.0 之後目前預設值是錯誤的。", id="Chinese with English terms"
        ),
    ],
)
def test_another_language_is_quoted(title, body):
    unit = foreign(parse(title, body))
    assert unit is not None
    assert unit.text == body


def test_the_longest_foreign_sentence_is_quoted():
    unit = foreign(parse("Bericht", "Das ist kurz.\n\nDas ist ein deutlich längerer Satz und er steht in Zeile drei."))
    assert unit is not None
    assert unit.line == 3


def test_a_translation_below_makes_it_english():
    body = "导出会停止。\n\nThe export stops when the file is empty, and it does not say why."
    assert is_english(parse("Export stops", body))


@given(st.text(max_size=300))
def test_any_text_has_an_answer(body):
    assert is_english(parse("", body)) in (True, False)
