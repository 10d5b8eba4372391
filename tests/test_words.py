"""What a running word is, rule by rule, and against a plain second reading of the rules."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings

from briefing.words.boundaries import (
    count_words,
    find_sentences,
    find_words,
    fold,
    is_inside,
    needs_tokenizer,
)
from made.plain_words import ANYTHING, APOSTROPHES, HYPHENS, OTHERS, SIGNED, is_mark, plain_words

VERSIONS = "", ".11", ".12", ".13", ".14"


def words(text):
    return [text[start:stop] for start, stop in find_words(text)]


RULES = {
    "hyphens join": [
        ("a well-known three-and-a-half-year plan", "a well-known three-and-a-half-year plan"),
        ("one--two -- three - four", "one two three four"),
        ("a glo- a global word-", "a glo a global word"),
        ("no‑break co‐operate", "no‑break co‐operate"),
        ("-3 and 3-", "3 and 3"),
    ],
    "dashes part": [
        ("word—word word–word", "word word word word"),
        ("2019–2020 — U.S.–Marland", "2019 2020 U.S. Marland"),
        ("a − b ― c", "a b c"),
    ],
    "apostrophes join": [
        ("don't don’t Xi‘an l´eau it`s", "don't don’t Xi‘an l´eau it`s"),
        ("O’Brien’s the minister's", "O’Brien’s the minister's"),
        ("rock 'n' roll", "rock n roll"),
        ("the ’90s, the 1990’s, boys’ 'tis", "the 90s the 1990’s boys tis"),
        ("‘quoted’ 'quoted' “quoted”", "quoted quoted quoted"),
        ("don''t", "don t"),
    ],
    "numbers": [
        ("1,000.5 5.5 10:00 1,000,000 1'000", "1,000.5 5.5 10:00 1,000,000 1'000"),
        ("24/7 9/11 5/29/2026", "24/7 9/11 5/29/2026"),
        ("3.5-fold 2019-nCoV 21st", "3.5-fold 2019-nCoV 21st"),
        ("½ a 2½ m²", "½ a 2½ m²"),
        ("in 2019. Then 5, 6: 7/", "in 2019 Then 5 6 7"),
        ("No.3 3.x x.3", "No 3 3 x x 3"),
        ("1..2 1., 2", "1 2 1 2"),
        ("٣٫٥ ١٢٣", "٣ ٥ ١٢٣"),
    ],
    "signs are not words": [
        ("5% 5 % ‰", "5 5"),
        ("$3 €5.5bn £1m ¥ 3°C", "3 5.5bn 1m 3 C"),
        ("+5 -3 ±2 x=y a+b", "5 3 2 x y a b"),
        ("#MeToo @lund #5", "MeToo lund 5"),
        ("👍 👩‍💻 🇫🇷 ☺️ → • … ...", ""),
        ("___ a_b _c_ *d*", "a_b c d"),
        ("§ 5 & ¶ ©", "5"),
    ],
    "signs between": [
        ("AT&T R&D Q&A", "AT&T R&D Q&A"),
        ("AI/ML and/or he/she", "AI ML and or he she"),
        ("wait…what wait...what end.Next a,b a;b a:b", "wait what wait what end Next a b a b a b"),
        ("col·legi צה״ל ג׳ורג׳", "col·legi צה״ל ג׳ורג"),
    ],
    "initials": [
        ("the U.S. and U.N.", "the U.S. and U.N."),
        ("the U.S, U.S.A or U.S?", "the U.S U.S.A or U.S"),
        ("3 p.m. at 4 p.m, e.g. i.e.", "3 p.m. at 4 p.m e.g. i.e."),
        ("U.S.-EU non-U.S. U.S.’s U.S.-U.K.", "U.S.-EU non-U.S. U.S.’s U.S.-U.K."),
        ("Ph.D. LL.M. EE.UU. z.B. и т.д.", "Ph.D. LL.M. EE.UU. z.B. и т.д."),
        ("Mr. Lund, No. 5, Gen. Hale, etc.", "Mr Lund No 5 Gen Hale etc"),
        ("John F. Harrow and J. P. Lund", "John F Harrow and J P Lund"),
        ("J.P.Harrow of the U.S.We", "J.P. Harrow of the U.S. We"),
        ("the end.I go. I.", "the end I go I"),
        ("Ph.D student", "Ph D student"),
    ],
    "letters and digits": [
        ("5G G20 COVID-19 B-52s H1N1", "5G G20 COVID-19 B-52s H1N1"),
        ("Ⅻ ª №5", "Ⅻ ª 5"),
    ],
    "addresses": [
        ("(see https://a.example/x?y=1&z=a.b#c).", "see https://a.example/x?y=1&z=a.b#c"),
        ("www.marland.example/, http://b.example/ok!", "www.marland.example/ http://b.example/ok"),
        ("<https://a.example> “http://a.example”", "https://a.example http://a.example"),
        ("“www.a.example”", "www.a.example"),
        (
            "write to press.office+1@marland-gov.example.",
            "write to press.office+1@marland-gov.example",
        ),
        ("@lund a@b a @ b.example", "lund a b a b example"),
        ("见https://a.example。好", "见https a example 好"),
        ("http:// and www. too", "http and www too"),
        ("marland.example", "marland example"),
    ],
    "brackets": [
        ("(Laughter.) Yes [inaudible 00:18:51] no （笑）", "Yes no"),
        ("(which I regret) [the minister] (NATO)", "which I regret the minister NATO"),
        ("www.a.example/x_(music) b", "www.a.example/x_(music b"),
        ("official(s) [sic] {x}", "official s sic x"),
    ],
    "other scripts": [
        ("Привет, мир — Ελλάδα «Αθήνα»", "Привет мир Ελλάδα Αθήνα"),
        ("مرحبا بالعالم، كَتَبَ", "مرحبا بالعالم كَتَبَ"),
        ("हिन्दी में क्‍ष।", "हिन्दी में क्‍ष"),
        ("한국어 문장입니다.", "한국어 문장입니다"),
        (
            "Straße ñandú e\u0301te\u0301 e\u0301-te\u0301",
            "Straße ñandú e\u0301te\u0301 e\u0301-te\u0301",
        ),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("\u0301a \u00adb", "a b"),
        ("Minister 王毅 spoke", "Minister 王毅 spoke"),
    ],
    "invisible signs": [
        (
            "co\u00adoperate word\u2060joiner ta\ufeffb",
            "co\u00adoperate word\u2060joiner ta\ufeffb",
        ),
        ("zero\u200bwidth", "zero width"),
        ("\u2067שלום\u2069", "שלום\u2069"),
    ],
}


@pytest.mark.parametrize(
    "text, expected",
    [pytest.param(*case, id=rule) for rule, cases in RULES.items() for case in cases],
)
def test_the_rules_hold_on_hand_made_cases(text, expected):
    assert words(text) == expected.split()
    assert count_words(text) == len(expected.split())


SPACES = [*(chr(c) for c in range(0x3001) if chr(c).isspace()), "\u200b"]


@pytest.mark.parametrize("space", SPACES, ids=lambda space: f"U+{ord(space):04X}")
def test_every_kind_of_space_parts_words_and_numbers(space):
    assert words(f"10{space}000 a{space}b") == ["10", "000", "a", "b"]


@pytest.mark.whole
def test_what_may_stand_inside_a_word_is_known_of_every_character():
    joins = HYPHENS + APOSTROPHES + OTHERS + ".,:/"
    inside = [c for c in map(chr, range(sys.maxunicode + 1)) if is_inside(c)]
    assert [c for c in inside if _plain_class(c) == "other" and c not in joins] == []
    assert {*joins} <= {*inside} and "a" in inside and "\u0301" in inside and " " not in inside


def test_an_empty_text_has_no_words():
    assert find_words("") == []
    assert count_words(" \n") == 0


def test_every_mark_and_invisible_sign_of_unicode_stays_inside_its_word():
    within = [chr(c) for c in range(sys.maxunicode + 1) if _plain_class(chr(c)) == "within"]
    assert len(within) > 2000
    assert [c for c in within if words(f"a{c}b") != [f"a{c}b"]] == []


def test_nothing_else_is_taken_for_a_mark():
    others = [chr(c) for c in range(0x3000) if _plain_class(chr(c)) == "other"]
    assert [
        c
        for c in others
        if c not in HYPHENS + APOSTROPHES + OTHERS and words(f"be{c}by") != ["be", "by"]
    ] == []


def _plain_class(c):
    if c.isalnum():
        return "letter or digit"
    return "within" if is_mark(c, 0) else "other"


def without_addresses(text):
    return text.replace("@", " ").replace("://", " ").replace("www.", " ")


@settings(max_examples=300)
@given(SIGNED)
def test_agrees_with_the_plain_reading_on_signs_and_letters(text):
    assert find_words(text) == plain_words(text)


@settings(max_examples=200)
@given(ANYTHING)
def test_agrees_with_the_plain_reading_on_any_text(text):
    assert find_words(text) == plain_words(text)


@settings(max_examples=200)
@given(SIGNED)
def test_an_address_elsewhere_changes_no_other_word(text):
    text = without_addresses(text)
    assert find_words(f"{text} a@b.example")[:-1] == find_words(text)


@settings(max_examples=200)
@given(ANYTHING)
def test_every_letter_and_digit_is_in_one_word_and_every_word_opens_with_one(text):
    spans = find_words(text)
    covered = [i for start, stop in spans for i in range(start, stop)]
    assert len(covered) == len(set(covered))
    assert {i for i, c in enumerate(text) if c.isalnum()} <= set(covered)
    assert all(text[start].isalnum() for start, _ in spans)
    assert count_words(text) == len(spans)


@pytest.mark.parametrize(
    "one, other",
    [
        ("Don’t", "don't"),
        ("NO‑BREAK", "no-break"),
        ("co\u00adoperate", "cooperate"),
        ("\u2067a\u2069", "a"),
        ("E\u0301te\u0301", "été"),
        ("STRASSE", "Straße"),
        ("ΣΊΣΥΦΟΣ", "σίσυφος"),
        ("ﬁnal", "FINAL"),
        ("U.S.", "u.s."),
    ],
)
def test_two_spellings_of_a_word_fold_to_one_form(one, other):
    assert fold(one) == fold(other)


@pytest.mark.parametrize("one, other", [("resume", "résumé"), ("its", "it's"), ("us", "U.S.")])
def test_folding_keeps_different_words_apart(one, other):
    assert fold(one) != fold(other)


def test_folding_keeps_the_joiners_that_persian_and_hindi_spell_with():
    assert fold("می\u200cخواهم") == "می\u200cخواهم"


@given(ANYTHING)
def test_folding_twice_is_folding_once(text):
    assert fold(fold(text)) == fold(text)


@pytest.mark.parametrize(
    "name, text",
    [
        ("Chinese", "部长说，我们支持和平发展。谢谢大家！"),
        ("Japanese", "大臣は、平和を支持すると述べました。"),
        ("Japanese", "ありがとうございます"),
        ("Japanese", "東京都知事選挙の結果"),
        ("Chinese", "部长说日本的「の」是助词意思是的我们支持和平发展谢谢大家"),
        ("Thai", "รัฐมนตรีกล่าวว่าเราสนับสนุนสันติภาพ"),
        ("Lao", "ລັດຖະມົນຕີກ່າວວ່າ"),
        ("Khmer", "រដ្ឋមន្ត្រីបាននិយាយ"),
        ("Burmese", "ဝန်ကြီးက ပြောကြားသည်"),
        ("Tibetan", "བཀྲ་ཤིས་བདེ་ལེགས"),
        ("Chinese", "The minister said 我们支持和平发展 and left."),
    ],
)
def test_names_the_writing_that_puts_no_spaces_between_words(name, text):
    assert needs_tokenizer(text) == name


@pytest.mark.parametrize(
    "text",
    [
        "",
        "2019 … 5%",
        "Plain English, with an é.",
        "장관은 평화를 지지한다고 말했다.",
        "Министр ответил. قال الوزير. मंत्री ने कहा।",
        "The minister, 王毅, said a few words to the press before she left for the airport.",
        "It cost ฿300 or ３００ in the end。",
    ],
)
def test_asks_for_no_tokenizer_where_words_are_spaced(text):
    assert needs_tokenizer(text) is None


def test_the_line_is_drawn_at_a_twentieth_of_the_letters():
    assert needs_tokenizer("a" * 95 + "中" * 5) is None
    assert needs_tokenizer("a" * 94 + "中" * 6) == "Chinese"


def test_kana_make_a_text_japanese_from_more_than_one_in_ten_on():
    assert needs_tokenizer("港" * 10 + "の") == "Chinese"
    assert needs_tokenizer("港" * 9 + "の") == "Japanese"


def test_the_words_load_the_standard_library_alone():
    code = (
        "import sys, briefing.words.boundaries; briefing.words.boundaries.count_words('a b'); "
        "sys.exit(bool({'numpy', 'pandas', 'nltk'} & set(sys.modules)))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def interpreters():
    """Every Python of this machine that the project takes, in this environment or not."""
    places = [*os.environ["PATH"].split(os.pathsep), "/usr/bin"]
    found = {Path(place, f"python3{minor}").resolve() for place in places for minor in VERSIONS}
    ask = "-c", "import sys; sys.exit(sys.version_info < (3, 11))"
    able = [
        p
        for p in filter(Path.is_file, found)
        if not subprocess.run([p, *ask], capture_output=True).returncode
    ]
    return sorted({Path(sys.executable).resolve(), *able})


def test_words_and_sentences_are_the_same_under_every_python_that_is_here(root):
    said = "Our U.S.-EU case, isn’t it? 'Bill' said: 3.5-fold 1,000.5 o\u0301! “Yes.” » a-b."
    code = (
        "import sys; from briefing.words.boundaries import find_sentences as sentences, find_words as words; "
        "print(words(sys.argv[1]), sentences(sys.argv[1]))"
    )
    for python in interpreters():
        command = [python, "-X", "utf8", "-c", code, said]
        there = subprocess.run(command, cwd=root, check=False, capture_output=True, text=True)
        assert there.stdout == f"{find_words(said)} {find_sentences(said)}\n", there.stderr


def test_no_group_is_repeated_possessively(root):
    """Python 3.11.0 to 3.11.4 put the end of such a match elsewhere (CPython issue 106052)."""
    files = sorted((root / "briefing").rglob("*.py"))
    assert len(files) > 50
    possessive = re.compile(r"\)(?:[*+?]|\{\{?[\d,]+\}?\})\+")
    assert possessive.search(r"(?:a|b)*+") and possessive.search(r"(?:a){{2,}}+")
    assert [f.name for f in files if possessive.search(f.read_text("utf-8"))] == []
