"""What a document states about itself, from values alone."""

import pandas as pd
import pytest

from briefing.lexicons.languages import guess_language, language_in, language_of, language_tag
from briefing.tables import TEXT_STATUS
from briefing.transcript import Aside, metadata, part, status, status_of_note

SPOKEN = {
    "en": "We have said that the lock will be open in May, and that it is for the towns on the river "
    "to say how they will use it. This is not a matter for us to settle.",
    "es": "Hemos dicho que la esclusa se abre en mayo y que los pueblos del río tienen que decir cómo "
    "la van a usar. No es un asunto que se decida aquí, sino en las reuniones de la tarde.",
    "fr": "Nous avons dit que l’écluse est prête et que les villes du fleuve vont dire ce qui est bon "
    "pour elles. Ce n’est pas une question que nous pouvons régler dans une seule réunion.",
    "de": "Wir haben gesagt, dass die Schleuse im Mai öffnet und dass es für die Orte an dem Fluss "
    "nicht leicht ist. Das ist auch ein Grund, mit den Leuten zu reden, die von ihr leben.",
    "pt": "Dissemos que a eclusa abre em maio e que os povos do rio não têm de pagar para o uso da "
    "água. É uma questão que se decide com eles, e não em uma reunião como esta, que é curta.",
    "it": "Abbiamo detto che la chiusa si apre in maggio e che i paesi del fiume non pagano per il "
    "passaggio. È una cosa che si decide con loro, e non in una riunione come questa, che è breve.",
    "nl": "Wij hebben gezegd dat de sluis in mei open gaat en dat het voor de dorpen aan het water "
    "niet te duur is. Dat is ook een zaak van de mensen die er wonen, en die we op bezoek hebben.",
    "sv": "Vi har sagt att slussen öppnar i maj och att det är bra för byarna som ligger vid floden. "
    "Det är inte en fråga som jag kan svara på till i dag, men vi har ett möte om den med dem.",
    "da": "Vi har sagt at slusen åbner i maj, og at det er godt for de byer som ligger ved floden. "
    "Det er ikke et spørgsmål, jeg kan svare på til i dag, men vi har et møde om det med dem af dem.",
    "pl": "Powiedzieliśmy, że śluza otworzy się w maju i że to jest dobre dla wsi nad rzeką. Nie jest "
    "to sprawa, o której można mówić na tej sali, a od jutra są już na to pieniądze z budżetu.",
    "cs": "Řekli jsme, že se zdymadlo otevře v květnu a že je to dobré pro obce u řeky. To je tak, jak "
    "to má být, ale já o tom nechci mluvit s nikým, kdo by do věci neviděl, a co k tomu jsem řekl.",
    "tr": "Kapak mayıs ayında açılacak ve bu, nehir boyundaki köyler için çok iyi bir haber. Biz de bu "
    "konuda ne kadar para var, onu daha sonra sizin ile konuşmak istiyoruz, ama bugün değil, yarın da.",
    "id": "Kami sudah mengatakan bahwa pintu air itu akan dibuka pada bulan Mei dan ini baik untuk desa "
    "di tepi sungai. Kita tidak akan membahas hal yang lain dalam rapat ini dengan mereka dari kota.",
    "vi": "Chúng tôi đã nói là cửa cống được mở trong tháng năm và đó là một việc tốt cho những người "
    "của các làng ven sông. Không có gì để nói với các vị về việc này trong cuộc họp một giờ.",
    "uk": "Ми сказали, що шлюз відкриють у травні і що це добре для сіл на річці. Це не та справа, про "
    "яку можна говорити у цій залі, але від завтра ми за неї беремося, як і до свят, але не з вами.",
    "ru": "Мы сказали, что шлюз откроют в мае и что это хорошо для сел на реке. Это не то дело, о "
    "котором можно говорить в этом зале, но с завтрашнего дня мы за него беремся, как и вы из города.",
    "ja": "水門は五月に開きます。川沿いの町にとって良いことだと思います。",
    "zh": "新船闸将在五月开放，费用由省里承担，请大家放心。",
    "ko": "수문은 오월에 열립니다. 강가의 마을에 좋은 일입니다.",
    "th": "ประตูน้ำจะเปิดในเดือนพฤษภาคม และเป็นเรื่องดีสำหรับหมู่บ้านริมแม่น้ำ",
    "fa": "دریچه در ماه مه باز می‌شود و این برای روستاهای کنار رودخانه خوب است، چون گندم می‌پزند.",
    "ar": "تفتح البوابة في شهر مايو وهذا أمر جيد للقرى على النهر.",
}


@pytest.mark.parametrize("language", SPOKEN)
def test_a_language_is_guessed_by_its_writing_or_its_commonest_words(language):
    assert guess_language(SPOKEN[language]) == language


@pytest.mark.parametrize("text", ["", "No comment.", "Harbour 40 12 quay " * 10])
def test_what_tells_nothing_is_no_language(text):
    assert guess_language(text) is None


@pytest.mark.parametrize(
    "stated, text, language",
    [
        ("en_GB", SPOKEN["en"], "en-gb"),
        ("eng", "", "en"),
        ("en", SPOKEN["zh"], "zh"),
        ("en-us", SPOKEN["ja"], "ja"),
        ("zh-hant", SPOKEN["zh"], "zh-hant"),
        ("uk", SPOKEN["uk"], "uk"),
        ("kk", SPOKEN["ru"], "kk"),
        (None, SPOKEN["sv"], "sv"),
        ("", "Yes.", None),
    ],
)
def test_the_language_stated_counts_unless_the_text_is_in_another_writing(stated, text, language):
    assert language_of(stated, text) == language


def test_a_tag_is_by_the_shorter_code():
    assert [*map(language_tag, ("FRE", "por_BR", "en", "nob"))] == ["fr", "pt-br", "en", "no"]


SAYS = {
    "translated": [
        "This is a provisional translation for reference only.",
        "Unofficial translation",
        "Translated from Polish by the press office",
        "Original: French. The spoken word counts.".replace(
            "Original: French", "Original in French"
        ),
        "Traducción no oficial",
        "Traduction de courtoisie",
        "Nichtamtliche Übersetzung",
        "Неофициальный перевод",
        "（译文仅供参考）",
        "仮訳",
        "Translation:",
        "Traduzione dal tedesco",
    ],
    "interpreted": [
        "The minister spoke through an interpreter.",
        "Remarks as interpreted",
        "Simultaneous interpretation",
        "(via translator)",
        "El ministro habló a través de un intérprete.",
        "Par l’intermédiaire d’un interprète",
        "Es spricht der Minister, simultan gedolmetscht.",
        "Ответы даны через переводчика",
        "通訳を介して",
        "Interpretation from Arabic",
    ],
    "edited": [
        "This transcript has been edited for clarity.",
        "Lightly edited",
        "Not a verbatim transcript",
        "Le texte, entretien condensé",
        "Leicht gekürzt",
        "（略有删节）",
    ],
    "verbatim": [
        "The following is a near-verbatim transcript.",
        "Stenographic transcript",
        "Versión estenográfica",
        "Im Wortlaut",
        "Unedited transcript",
        "Стенограмма брифинга",
        "逐字稿",
    ],
    "unknown": [
        "Harbour Hall, Old Quay.",
        "Interpretation Act, second reading",
        "Translate this page",
        "Services: translation, printing, interpreting for visitors",
        "Ida Marlow edits the Harbour Times.",
    ],
}


@pytest.mark.parametrize("kind, text", [(kind, text) for kind in SAYS for text in SAYS[kind]])
def test_the_kind_of_text_is_what_the_document_says(kind, text):
    found = status([Aside("metadata", 3, "Old Quay"), Aside("note", 7, text)])
    assert found.kind == kind in TEXT_STATUS
    assert found.line == (-1 if kind == "unknown" else 7)


def test_notes_in_what_is_said_tell_that_it_was_interpreted_or_translated():
    turns = ["Good morning. (Laughter.)", "(As interpreted.) It opens in May. (As interpreted.)"]
    assert status([], turns) == ("interpreted", -1, "As interpreted")
    assert status([], ["[Translated from Polish.] In May."]).kind == "translated"
    assert (
        status([], ["As interpreted by the court, it is open (which I regret)."]).kind == "unknown"
    )


def test_a_label_that_is_an_interpreters_tells_it_too():
    assert status([Aside("label", 4, "THE INTERPRETER:")]) == (
        "interpreted",
        4,
        "THE INTERPRETER",
    )
    assert status([Aside("label", 4, "MS. TRANSLATORI:")]).kind == "unknown"


def test_what_the_document_says_weighs_more_than_notes_within():
    around = [Aside("boilerplate", 9, "Unofficial translation")]
    assert status(around, ["(As interpreted.) In May."]).kind == "translated"


def test_a_note_of_another_kind_says_nothing():
    assert status_of_note("(Laughter.)") is status_of_note("[1:00]") is None


AROUND = [
    Aside("boilerplate", 0, "Home > News"),
    Aside("metadata", 1, "Briefing on the new lock"),
    Aside("metadata", 2, "Source: Harbour Press Office"),
    Aside("metadata", 3, "29 September 2018"),
    Aside("speech", 4, "On 1 May 2019 it opens."),
]


def test_the_menu_of_a_page_is_its_title_only_where_nothing_else_is():
    menu = Aside("metadata", 0, "Tours at six | Archive | Write to us")
    title = Aside("metadata", 1, "Open evening on the ferry")
    assert metadata({}, [menu, title], [])["title"] == title.text
    assert metadata({}, [menu], [])["title"] == menu.text


def test_title_date_and_source_are_read_where_they_stand():
    expected = {
        "title": "Briefing on the new lock",
        "date": "2018-09-29",
        "source": "Harbour Press Office",
    }
    assert metadata({}, AROUND) == expected


def test_what_the_format_states_and_marks_as_a_heading_comes_first():
    found = metadata({"date": "2018-09-30"}, AROUND, ["• The lock"])
    assert (found["date"], found["title"]) == ("2018-09-30", "The lock")
    assert metadata({}, []) == {}


def test_a_pager_an_opening_question_and_a_broken_end_make_a_part():
    pager = Aside("boilerplate", 40, "< 1 2 3")
    found = part([pager], opens_asking=True, last="and then we went on to the")
    assert [why.kind for why in found] == ["pager", "opens asking", "breaks off"]
    assert found[0].line == 40
    assert part([pager, pager], last="It opens in May.") == []


def test_a_table_that_lost_its_attributes_is_in_the_language_of_its_words():
    spanish = pd.DataFrame({"text": [SPOKEN["es"], SPOKEN["es"]]})
    assert language_in(spanish) == "es"
    spanish.attrs["language"] = "en"
    assert language_in(spanish) == "en"
    assert language_in(pd.DataFrame({"n": [3]})) is None
