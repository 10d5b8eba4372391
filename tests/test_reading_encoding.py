"""Bytes become the text that was written, or the file is refused: no mojibake in silence."""

import pytest

from briefing.reading import parse_source
from briefing.tables import BriefingError

ENGLISH = "MS. OKORO:  We’ve said so — “twice”…\n\nQ  And the café?\n"
FRENCH = "LE MINISTRE :  L’été a été réglé, dès février.\n\nQUESTION :  Où ça, « là-bas » ?\n"
GERMAN = "FRAGE: Können Sie das für uns bestätigen?\n\nMÜLLER: Natürlich, „gern“ – morgen.\n"
SPANISH = "PREGUNTA: ¿Cómo está el señor Núñez?\n\nVOCERA: ¡Muy bien! Mañana, aquí.\n"
CHINESE = (
    "记者：我们想问一下，这个会议是什么时候召开的？\n\n发言人：会议在下个月召开，谢谢你的问题。\n"
)
RUSSIAN = "ВОПРОС: Когда это произойдёт?\n\nОТВЕТ: Мы об этом скажем завтра утром.\n"
POLISH = (
    "PYTANIE: Czy może się pan do tego odnieść?\n\nRZECZNIK: Tak, źródło już podało łączną kwotę.\n"
)
CZECH = (
    "OTÁZKA: Kdy přijde řešení té věci?\n\nMLUVČÍ: Během příštího týdne, žádný problém, určitě.\n"
)
TURKISH = "SORU: Bu konuda ne düşünüyorsunuz?\n\nSÖZCÜ: Açıklamayı yarın yapacağız, teşekkürler.\n"
KOREAN = "질문: 회의는 언제 열립니까?\n\n대변인: 다음 달에 열립니다. 감사합니다.\n"
JAPANESE = (
    "記者：会議はいつ開かれますか。\n\n報道官：来月に開かれる予定です。ありがとうございます。\n"
)


def read(data, name="a.txt"):
    source = parse_source(data, name)
    return "\n".join(line.text for line in source.lines) + "\n", source


@pytest.mark.parametrize("text", [ENGLISH, FRENCH, CHINESE, RUSSIAN, JAPANESE])
@pytest.mark.parametrize(
    "encoding",
    ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-le", "utf-32-be"],
)
def test_unicode_is_read_with_and_without_a_mark(text, encoding):
    read_text, source = read(text.encode(encoding))
    assert read_text == text
    assert source.warnings == []


@pytest.mark.parametrize("text", [ENGLISH, FRENCH, GERMAN, SPANISH])
def test_windows_1252_is_read_with_a_warning(text):
    read_text, source = read(text.encode("cp1252"))
    assert read_text == text
    assert source.encoding == "cp1252"
    assert "Windows-1252" in source.warnings[0]


def test_gb18030_is_read_with_a_warning():
    read_text, source = read(CHINESE.encode("gb18030"))
    assert read_text == CHINESE
    assert source.encoding == "gb18030"
    assert "GB18030" in source.warnings[0]


def test_english_with_chinese_quotation_marks_is_gb18030():
    text = "MR. LIN: We said “yes” — it’s done…\n\nQ: And “no”?\n"
    assert read(text.encode("gb18030"))[0] == text


@pytest.mark.parametrize(
    "text, encoding",
    [
        (RUSSIAN, "cp1251"),
        (RUSSIAN, "koi8-r"),
        (POLISH, "cp1250"),
        (CZECH, "cp1250"),
        (TURKISH, "cp1254"),
        ("ΕΡΩΤΗΣΗ: Πότε θα γίνει αυτό;\n\nΑΠΑΝΤΗΣΗ: Αύριο το πρωί, νομίζω.\n", "cp1253"),
        ("שאלה: מתי זה יקרה?\n\nתשובה: מחר בבוקר, אני חושב.\n", "cp1255"),
        (KOREAN, "euc-kr"),
        ("ありがとうございます。そうですか。\n", "euc-jp"),
        (JAPANESE, "shift_jis"),
        (JAPANESE, "euc-jp"),
        ("記者：會議甚麼時候召開？我們都想知道這個問題。\n發言人：下個月。\n", "big5"),
        ("PRESS: We’re here, aren’t we? It’s “so”.\n" * 3, "mac-roman"),
    ],
)
def test_other_encodings_are_refused_rather_than_guessed(text, encoding):
    with pytest.raises(BriefingError, match="save it as UTF-8"):
        parse_source(text.encode(encoding), "a.txt")


@pytest.mark.parametrize(
    "text, encoding, charset",
    [
        (RUSSIAN, "cp1251", "windows-1251"),
        (KOREAN, "cp949", "euc-kr"),
        (JAPANESE, "cp932", "Shift_JIS"),
        (CHINESE, "gb18030", "gb2312"),
        (ENGLISH, "cp1252", "iso-8859-1"),
    ],
)
@pytest.mark.parametrize(
    "meta",
    ['<meta charset="{}">', '<META http-equiv=Content-Type content="text/html; charset={}">'],
)
def test_a_page_is_read_in_the_encoding_it_declares(text, encoding, charset, meta):
    page = f"<html><head>{meta.format(charset)}</head><body><p>{text}</p></body></html>"
    source = parse_source(page.encode(encoding), "a.html")
    assert source.lines[0].text == " ".join(text.split())
    assert source.warnings == []


def test_valid_utf8_is_believed_before_what_the_page_declares():
    page = f'<html><meta charset="gb2312"><p>{FRENCH}</p></html>'
    source = parse_source(page.encode(), "a.html")
    assert source.encoding == "utf-8"
    assert "été réglé" in source.lines[0].text


def test_a_page_that_declares_what_its_letters_do_not_bear_out_comes_with_a_warning():
    page = f'<html><meta charset="iso-8859-1"><p>{RUSSIAN}</p></html>'
    assert "do not bear out" in parse_source(page.encode("cp1251"), "a.html").warnings[0]


@pytest.mark.parametrize("charset", ["no-such-thing", "utf-8", "utf-16"])
def test_a_declaration_that_is_wrong_does_no_harm(charset):
    page = f"<html><meta charset={charset}><p>{FRENCH}</p></html>".encode("cp1252")
    assert "été réglé" in parse_source(page, "a.html").lines[0].text


def test_the_ellipsis_of_windows_1252_ends_no_line():
    source = parse_source(b"ADA: Well\x85 yes.\n\nBO: It\x92s so.\n", "a.txt")
    assert [line.text for line in source.lines] == ["ADA: Well… yes.", "", "BO: It’s so."]


def test_control_characters_that_were_punctuation_are_mended_and_counted():
    source = parse_source("ADA: It\x92s so\x85 yes.\n".encode(), "a.txt")
    assert source.lines[0].text == "ADA: It’s so… yes."
    assert source.warnings[0].startswith("2 ")


def test_text_decoded_wrongly_before_it_was_saved_comes_with_a_warning():
    source = parse_source((ENGLISH * 2).encode().decode("cp1252", "replace").encode(), "a.txt")
    assert "decoded wrongly" in source.warnings[0]


def test_a_character_cut_off_at_the_end_costs_no_more_than_itself():
    source = parse_source(FRENCH.encode() + "été".encode()[:-1], "a.txt")
    assert source.lines[-1].text == "ét\ufffd"
    assert source.lines[0].text == FRENCH.split("\n")[0]
    assert source.warnings[0].startswith("1 damaged")


def test_an_accent_at_the_very_end_is_no_damage():
    assert parse_source("BO: Un café".encode("cp1252"), "a.txt").lines[0].text == "BO: Un café"


def test_a_few_damaged_bytes_are_shown_and_counted():
    data = FRENCH.encode() * 4
    at = data.index("réglé".encode()) + 1
    source = parse_source(data[:at] + b"\xff" + data[at + 1 :], "a.txt")
    assert "damaged" in source.warnings[0]
    assert source.lines[2].text == FRENCH.split("\n")[2]
