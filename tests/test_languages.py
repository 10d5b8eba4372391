"""Other languages than English: their words, their packs, pages in two, what is in writing."""

from operator import attrgetter
from pathlib import Path

import pandas as pd
import pytest

import briefing
from briefing.lexicons import FILES, entries, lexicon, packs
from briefing.lexicons.languages import language_in, languages_of
from briefing.words import boundaries

pytestmark = pytest.mark.whole

CHINESE = "林向东：各位上午好，现在请提问。\n\n海港日报记者：夜间渡轮为什么停航？\n\n周明远：两名船员生病。"
BOTH = """林向东：各位上午好，现在请提问。

Lin Xiangdong: Good morning. Please ask your questions.

海港日报记者：夜间渡轮为什么停航？

Harbour Daily: Why was the night ferry suspended?

周明远：两名船员生病。

Zhou Mingyuan: Two crew members fell ill.
"""
WRITTEN = """路透社记者：外长明天为什么来访？

毛若兰：双方将就渡轮合作交换意见。

法新社记者：中方对停航有何评论？

毛若兰：我们注意到有关报道。

会后，有记者问：海湖国提高港口费用。中方有何评论？

毛若兰：中方希望有关方面协商解决。
"""
LANGUAGES = ("de", "en", "es", "fr", "it", "pt", "zh")


def test_chinese_is_counted_in_words_by_jieba():
    pytest.importorskip("jieba", reason="the extra zh is not installed")
    talk = briefing.parse(CHINESE)
    assert talk.turns["n_words"].tolist() == talk.tokens.groupby("turn_id").size().tolist()
    assert {"渡轮", "船员", "为什么"} <= {*talk.tokens["token"]}
    assert not talk.uncounted


def test_japanese_is_counted_in_words_by_janome():
    pytest.importorskip("janome", reason="the extra ja is not installed")
    talk = briefing.parse(
        "記者：夜間フェリーが止まった理由は。\n\n大臣：乗組員が体調を崩しました。"
    )
    assert {"夜間", "フェリー", "理由", "体調"} <= {*talk.tokens["token"]}


@pytest.mark.parametrize("writing, package", [("Chinese", "jieba"), ("Japanese", "janome")])
def test_the_pieces_of_a_run_are_the_run(writing, package):
    pytest.importorskip(package)
    text = "2026年，WHO表示：夜间フェリー停航3.5小时（笑）www.a.example"
    spans = boundaries.segment(text, writing)
    assert [text[a:b] for a, b in spans if text[a:b].isascii()] == [
        "2026", "WHO", "3.5", "www.a.example",
    ]  # fmt: skip
    assert all(a < b <= c for (a, b), (c, _) in zip(spans, spans[1:], strict=False))


def test_without_the_package_one_line_says_what_to_install(monkeypatch, capsys, tmp_path):
    monkeypatch.setattr(boundaries, "find_spec", lambda name: None)
    talk = briefing.parse(CHINESE)
    assert talk.turns["n_words"].isna().all()
    (line,) = talk.uncounted
    assert "pip install 'briefing-analysis[zh]'" in line
    path = tmp_path / "talk.txt"
    path.write_text(CHINESE, encoding="utf-8")
    from briefing.cli import main

    assert main(["shares", str(path)]) == 2
    assert line in capsys.readouterr().err


def test_a_page_in_two_languages_says_so_and_links_no_question_to_the_other_language():
    talk = briefing.parse(BOTH)
    assert talk.turns["language"].tolist() == ["zh", "en"] * 3
    chinese, english = talk.turns["answers"].fillna(0).tolist()[4:]
    assert chinese in (0, 3) and english in (0, 4)
    assert any("two languages, en and zh" in warning for warning in talk.warnings)


def test_each_language_of_a_page_is_counted_by_its_own_words(monkeypatch):
    monkeypatch.setattr(boundaries, "find_spec", lambda name: None)
    turns = briefing.parse(BOTH).turns
    assert turns["n_words"].notna().tolist() == [False, True] * 3
    english = briefing.tokenize(turns[turns["language"] == "en"])
    assert english["language"].unique().tolist() == ["en"]


def test_languages_in_one_script_are_told_by_their_words():
    english = "The ferry to the islands was stopped because two of the crew were ill, and it "
    french = "La navette pour les îles a été supprimée parce que deux des marins sont malades et "
    texts = [english * 3, french * 3] * 4
    assert languages_of(texts) == ["en", "fr"] * 4
    assert languages_of([english] * 9 + [french]) is None


def test_words_of_a_page_in_two_languages_are_as_many_everywhere(tmp_path):
    english = "Ms. Lee: The water is rising, and we will close the bridge on Monday for all of you."
    french = "M. Durand: L'eau monte, et c'est lundi qu'on fermera le pont de l'île pour vous tous."
    file = tmp_path / "talk.txt"
    file.write_text("\n\n".join([english, french] * 6), "utf-8")
    for turns in (briefing.read(file).turns, briefing.corpus.read(tmp_path, processes=1).turns):
        assert turns["language"].tolist() == ["en", "fr"] * 6
        assert turns["n_words"].tolist() == [16, 18] * 6
        assert briefing.tokenize(turns).groupby("turn_id").size().tolist() == [16, 18] * 6


def test_a_page_in_one_language_has_no_column_of_languages():
    talk = briefing.parse("MS. MARLOW: Welcome.\nQ: When does it open?\nMS. MARLOW: In May.")
    assert not {"language", "written"} & {*talk.turns}


def test_what_is_asked_in_writing_after_the_event_is_not_spoken():
    pytest.importorskip("jieba", reason="the extra zh is not installed")
    turns = briefing.parse(WRITTEN).turns
    assert turns["written"].tolist() == [False] * 4 + [True] * 2
    shares = briefing.speaking.share(turns, by="role")
    assert shares["n_words"].sum() == turns["n_words"][~turns["written"]].sum()
    assert shares.attrs["n_written_turns"] == 2


@pytest.mark.parametrize("label", ["Question (in writing)", "Question (by e-mail)"])
def test_a_label_that_says_in_writing_marks_its_turn_and_the_answer(label):
    text = (
        "MS. MARLOW: Welcome to all.\n\nQ: When does it open?\n\nMS. MARLOW: In May.\n\n"
        f"{label.upper()}: What does it cost?\n\nMS. MARLOW: Nothing at all.\n"
    )
    talk = briefing.parse(text)
    assert talk.turns["written"].tolist() == [False] * 3 + [True] * 2


def test_a_note_marks_all_that_comes_after_it():
    text = (
        "MS. MARLOW: Welcome to all.\n\nQ: When does it open?\n\nMS. MARLOW: In May.\n\n"
        "[The following questions were answered in writing after the briefing.]\n\n"
        "Q: What does it cost?\n\nMS. MARLOW: Nothing at all.\n"
    )
    assert briefing.parse(text).turns["written"].tolist() == [False] * 3 + [True] * 2


def test_a_question_that_is_read_out_is_spoken():
    text = (
        "MS. MARLOW: Welcome. Questions that came in writing are read out.\n\n"
        "Q: When does it open?\n\nMS. MARLOW: In May.\n"
    )
    assert "written" not in briefing.parse(text).turns


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_pack_names_its_source_and_licence(language):
    for place in (FILES / language).iterdir():
        head = place.read_text(encoding="utf-8").partition("\n\n")[0].splitlines()[:4]
        said = " ".join(line for line in head if line.startswith("#"))
        assert "CC0" in said and "ersion" in said, place
    for name in ("function-words", "question-words", "number-words"):
        assert language in packs(name)
        assert lexicon(name, language)


def test_number_words_of_every_pack_have_their_value():
    for language in LANGUAGES:
        values = dict(entry.split(" = ") for entry in entries("number-words", language))
        assert {"1", "10", "1000"} <= {*values.values()}, language


def test_cues_of_all_languages_are_read_together():
    assert {r"\bguten (?:tag|morgen)\b", "欢迎", r"\bwelcome\b"} <= {*entries("cue-opens")}


def test_a_list_that_is_nowhere_is_an_error():
    with pytest.raises(FileNotFoundError):
        lexicon("no-such-list")


MEASURES = {
    "questions.parts": "turns", "questions.design": "turns", "replies.uptake": "turns",
    "replies.non_replies": "turns", "phrases.key": "tokens",
    "phrases.binomials": "tokens", "wording.stance": "tokens", "wording.pronouns": "tokens",
    "wording.formulas": "tokens", "quantities.numbers": "sentences",
    "quantities.enumerations": "sentences", "quantities.announced": "sentences",
}  # fmt: skip


@pytest.mark.parametrize("name", MEASURES)
def test_a_measure_by_english_lists_is_empty_in_another_language_and_says_why(name):
    talk = briefing.parse(
        "PORTAVOZ: Buenos días a todos, les presento el nuevo horario de los transbordadores.\n\n"
        "PREGUNTA: ¿Por qué se suspendió el transbordador y cuándo volverá a la isla?\n\n"
        "PORTAVOZ: Se suspendió porque dos de los tripulantes enfermaron. Volverá el lunes.\n"
    )
    assert talk.language == "es"
    measure = attrgetter(name)(briefing)
    made = measure(getattr(talk, MEASURES[name]))
    assert made.empty and "'es'" in made.attrs["why"]
    english = briefing.parse("Q: Why?\nMS. MARLOW: Because of the tide.")
    assert [*made] == [*measure(getattr(english, MEASURES[name]))]
    assert "'es'" in str(briefing.show(made))


def test_echoes_are_found_wherever_function_words_are_listed():
    asked = "PREGUNTA: ¿Cuándo se abre el puente para los camiones de la isla?\n\n"
    said = (
        "PORTAVOZ: Buenos días.\n\n" + asked + "PORTAVOZ: Para los camiones de la isla, en mayo.\n"
    )
    turns = briefing.parse(said + "\nPREGUNTA: ¿Y quién paga?\n\nPORTAVOZ: El gobierno.\n").turns
    (row,) = briefing.phrases.echo(turns).to_dict("records")
    assert (row["string"], row["n_content"]) == ("para los camiones de la isla", 2)
    assert (row["first_turn_id"], row["later_turn_id"], row["answers"]) == (2, 3, True)
    turns.attrs["language"] = "pl"
    none = briefing.phrases.echo(turns)
    assert none.empty and "'pl'" in none.attrs["why"]


def test_function_words_of_a_pack_are_known_as_such():
    talk = briefing.parse("PORTAVOZ: El muelle y la isla.\n\nPREGUNTA: ¿El muelle de la isla?\n")
    talk.metadata["language"] = "es"
    target, other = (talk.tokens.query(f"turn_id == {i}") for i in (1, 2))
    key = briefing.keywords.keyness(target, other, min_count=1).set_index("token")
    assert key["function_word"].to_dict()["el"] is True
    assert not key.loc["muelle", "function_word"]


def test_minutes_of_a_table_in_two_languages_are_those_of_the_commoner():
    turns = pd.DataFrame(
        {"speaker": ["A"] * 3, "n_words": [500] * 3, "language": ["zh", "zh", "en"]}
    )
    assert briefing.speaking.time(turns)["est_minutes"].isna().all()


def test_names_in_legends_and_beside_bars_are_drawn_in_a_font_that_has_their_letters(
    tmp_path, monkeypatch
):
    pytest.importorskip("jieba", reason="the extra zh is not installed")
    from briefing import figures
    from briefing.course import lesson
    from briefing.figures.dress import fonts_for

    if len(fonts_for(["居"])) < 2:
        pytest.skip("no font with Chinese letters is installed")
    drawn = {}

    def keep(ax, folder, name, **_):
        texts = [text for text in ax.texts if text.get_gid() == "value"]
        texts += ax.get_legend().get_texts() if ax.get_legend() else []
        texts = [text for text in texts if any("一" < c < "龥" for c in text.get_text())]
        drawn[name] = {text.get_text(): len(text.get_fontfamily()) for text in texts}
        return []

    monkeypatch.setattr(figures, "save_figure", keep)
    talk = briefing.read(Path(__file__).parent / "made" / "zh-harbour.txt")
    lesson.make_gallery(talk, tmp_path)
    assert {"word-clouds", "theme-keywords", "dispersion", "collocates"} <= {*drawn}
    assert drawn["theme-keywords"] and drawn["questions-and-answers"]
    boxed = {name: [t for t, n in found.items() if n < 2] for name, found in drawn.items()}
    assert not any(boxed.values()), boxed


@pytest.mark.parametrize(
    "talk",
    [
        "S: Feribot neden durdu?\nC: İki kişi hasta.\nS: Para iade edilecek mi?\nC: Evet, edilecek.\n",
        "Hỏi: Vì sao phà bị ngừng?\n\nĐáp: Vì hai người ốm.\n\nHỏi: Có hoàn tiền không?\n\nĐáp: Có.\n",
        "Tanya: Mengapa feri berhenti?\n\nJawab: Dua awak sakit.\n\nTanya: Kapan kembali?\n\nJawab: Senin.\n",
    ],
    ids=["tr", "vi", "id"],
)
def test_question_and_answer_are_told_by_their_labels(talk):
    rows = briefing.parse(talk).rows()
    assert [row["role"] for row in rows] == ["journalist", "official"] * 2
    assert [row["answers"] for row in rows] == [None, 1, None, 3]


def test_a_title_without_spaces_is_a_title_and_a_date_is_none():
    talk = briefing.parse(f"2026年12月12日\n\n海港管理局举行夜间渡轮新闻发布会\n\n{CHINESE}")
    assert talk.metadata["title"] == "海港管理局举行夜间渡轮新闻发布会"
    assert talk.metadata["date"] == "2026-12-12"


def test_a_dotless_i_is_one_letter_in_a_name_of_capitals():
    talk = briefing.parse(
        "BAŞKAN YILDIZ: Günaydın.\n\nGAZETECİ: Feribot neden durdu?\n\nBaşkan Yıldız: İki kişi "
        "hasta.\n\nGAZETECİ: Ne zaman dönecek?\n\nBAŞKAN YILDIZ: Pazartesi.\n"
    )
    assert {*talk.turns["speaker"].dropna()} == {"Başkan Yıldız"}


def test_a_label_of_several_devanagari_words_is_read():
    talk = briefing.parse(
        "आधिकारिक प्रवक्ता श्री अरुण जल: नमस्कार।\n\nहार्बर डेली के संवाददाता: नौका क्यों बंद हुई?\n\n"
        "आधिकारिक प्रवक्ता श्री अरुण जल: दो कर्मी बीमार हो गए।\n\nहार्बर डेली के संवाददाता: कब लौटेगी?\n\n"
        "आधिकारिक प्रवक्ता श्री अरुण जल: सोमवार को।\n"
    )
    assert talk.turns["role"].tolist() == ["official", "journalist"] * 2 + ["official"]
    assert talk.turns["speaker"].iloc[0] == "अरुण जल"


FRENCH = (
    "LA MINISTRE : Bonjour à tous. L'eau de l'île est bonne, et l'usine qu'on a construite l'an "
    "dernier fonctionne aujourd'hui.\n\nQUESTION : Pourquoi l’usine s’est-elle arrêtée ?\n\n"
    "LA MINISTRE : L'usine s'est arrêtée parce que deux machines étaient en panne.\n"
)
ITALIAN = (
    "LA MINISTRA: Buongiorno a tutti. L'acqua dell'isola è buona, e l'impianto che abbiamo "
    "costruito quest'anno funziona.\n\nDOMANDA: Perché l'impianto si è fermato?\n\n"
    "LA MINISTRA: Si è fermato perché due macchine d'occasione erano guaste.\n"
)


@pytest.mark.parametrize("text, noun, elided", [(FRENCH, "usine", "qu'"), (ITALIAN, "impianto", "dell'")])  # fmt: skip
def test_elided_words_are_words_of_their_own(text, noun, elided):
    talk = briefing.parse(text)
    tokens = talk.tokens
    assert talk.turns["n_words"].tolist() == tokens.groupby("turn_id").size().tolist()
    assert (tokens["token"] == noun).sum() == text.count(noun)
    assert {"l'", elided} <= {*tokens["token"]}
    printed = tokens.merge(talk.turns[["turn_id", "text"]])
    assert [r.text[r.start : r.stop].casefold().replace("’", "'") for r in printed.itertuples()] == [
        *printed["token"]
    ]  # fmt: skip
    asked = briefing.tokenize(talk.turns.query("turn_id == 2"))  # too short to tell its language
    assert noun in {*asked["token"]}
    common = briefing.lexis.common(tokens, min_count=1)
    assert not any(word.endswith("'") for word in common["token"])
    found = briefing.context.concordance(talk.turns, f"l'{noun}")
    assert len(found) == text.replace("’", "'").casefold().count(f"l'{noun}")


def test_elision_is_left_alone_where_it_is_a_name():
    talk = briefing.parse("MS. D'ARVIK: The coup d'état and L'Aquila.\n\nQ: Don't you agree?\n")
    assert {"d'état", "l'aquila", "don't"} <= {*talk.tokens["token"]}


SHORT = {
    "fr": ("Les agriculteurs ont-ils été prévenus ?", "Oui, lundi.", "Qui a payé ?", "Le comté."),
    "es": ("¿Se avisó a los agricultores?", "Sí, el lunes.", "¿Quién pagó?", "El condado."),
    "de": ("Wurden die Bauern informiert?", "Ja, am Montag.", "Wer zahlt?", "Der Kreis."),
    "it": ("Gli agricoltori lo sapevano?", "Sì, da lunedì.", "Chi ha pagato?", "La contea."),
}
LONG = {
    "fr": "Bonsoir à tous. Le réservoir est plein à soixante pour cent, et nous levons demain les restrictions qui sont dans la ville depuis le mois de mai.",
    "es": "Buenas tardes a todos. El embalse tiene el sesenta por ciento del agua, y mañana se levanta la prohibición que está en vigor desde el mes de mayo.",
    "de": "Guten Abend. Der Stausee ist zu sechzig Prozent voll, und wir heben das Verbot auf, das seit dem Mai in der Stadt und auf dem Land gilt.",
    "it": "Buonasera a tutti. Il bacino è pieno al sessanta per cento, e domani togliamo il divieto che è in vigore nella città dal mese di maggio.",
}
ENGLISH = (
    "Good evening to all. The reservoir is at sixty per cent, and we lift the ban that has been in force in the town since the month of May.",
    "Were the farmers told?", "Yes, Monday.", "Who paid?", "The county.",
)  # fmt: skip


@pytest.mark.parametrize("language", SHORT)
@pytest.mark.parametrize("by_turns", [True, False])
def test_short_turns_of_a_page_in_two_languages_of_one_script_have_their_own(language, by_turns):
    both = [*zip(ENGLISH, (LONG[language], *SHORT[language]), strict=True)]
    codes = ["en", language]
    if by_turns:
        texts, right = [text for pair in both for text in pair], codes * 5
    else:
        texts = [text for side in zip(*both, strict=True) for text in side]
        right = [code for code in codes for _ in range(5)]
    assert languages_of(texts) == right


def test_a_table_whose_languages_are_all_missing_is_told_by_its_words():
    said = {"text": ["The ferry is late and the quay is closed, as it was in the spring. " * 4]}
    table = pd.DataFrame(said).assign(language=pd.Series([None], dtype="str"))
    assert language_in(table) == language_in(pd.DataFrame(said)) == "en"
