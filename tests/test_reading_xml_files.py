"""XML of talk: parliaments' records, TEI, timed text, tiers."""

import pytest

from briefing.reading import parse_source
from briefing.tables import BriefingError


def read(text, name="talk.xml"):
    source = parse_source(text.encode(), name)
    assert source.format == "xml"
    return source


def told(source):
    return [
        (line.speaker, line.text) for line in source.lines if not line.outside and not line.heading
    ]


TALK = [("Ana Ferro", "The lock opens at noon."), ("Ben Oduya", "Who pays for the gate?")]
AKOMA = """<akomaNtoso><debate><meta><references>
<TLCPerson id="af" href="/p/af" showAs="Ana Ferro"/><TLCPerson id="bo" href="/p/bo" showAs="Ben Oduya"/>
</references></meta><debateBody><debateSection><heading>The lock</heading>
<speech by="#af"><from>Ms Ferro:</from><p>The lock opens <i>at noon</i>.</p></speech>
<speech by="#bo">
  <p>
    Who pays for
    the gate?
  </p>
</speech></debateSection></debateBody></debate></akomaNtoso>"""


def test_akoma_ntoso_shows_the_declared_names():
    source = read(AKOMA)
    assert told(source) == TALK
    assert [line.text for line in source.lines if line.heading] == ["The lock"]
    assert [line.text for line in source.lines if line.outside] == ["Ms Ferro:"]


def test_every_paragraph_of_a_speech_is_kept_and_the_first_is_new():
    source = read(
        '<record><speech speakername="Ana Ferro"><p>One thing.</p><p>Another thing.</p></speech>'
        '<speech speakername="Ben Oduya"><p>Who pays for it?</p></speech></record>'
    )
    assert [(line.speaker, line.new) for line in source.lines] == [
        ("Ana Ferro", True), ("Ana Ferro", False), ("Ben Oduya", True)
    ]  # fmt: skip


def tei(body, people=""):
    return (
        '<?xml version="1.0" encoding="UTF-8"?><TEI xmlns="http://www.tei-c.org/ns/1.0" xml:lang="en">'
        f"<teiHeader><fileDesc><titleStmt><title>The lock</title></titleStmt></fileDesc>{people}"
        f"</teiHeader><text><body><div>{body}</div></body></text></TEI>"
    )


def test_parlamint_utterances_with_printed_labels_and_things_done():
    source = read(
        tei(
            '<note type="speaker">Ms Ferro:</note><u who="#FerroAna"><seg>The lock opens at noon.</seg>'
            "<vocal><desc>Laughter</desc></vocal><seg>At noon, I say.</seg></u>"
            '<u who="#OduyaBen"><seg>Who pays for the gate?</seg></u>'
        )
    )
    assert told(source) == [
        ("Ms Ferro", "The lock opens at noon."),
        ("Ms Ferro", "(Laughter)"),
        ("Ms Ferro", "At noon, I say."),
        ("OduyaBen", "Who pays for the gate?"),
    ]
    assert source.metadata["title"] == "The lock" and source.metadata["language"] == "en"


def test_tei_names_of_people_come_from_the_header():
    people = (
        '<particDesc><listPerson><person xml:id="p1"><persName><surname>Ferro</surname>'
        "<forename>Ana</forename></persName></person></listPerson></particDesc>"
    )
    source = read(
        tei('<u who="#p1">The lock opens at noon.</u><u who="#p9">Who pays for it?</u>', people)
    )
    assert [who for who, _ in told(source)] == ["Ana Ferro", "p9"]


def test_tei_drama_and_words_one_by_one():
    source = read(
        tei(
            '<sp who="#a"><speaker>Ana</speaker><p>The lock opens.</p></sp>'
            '<sp who="#b"><speaker>Ben</speaker><p><w>Who</w> <w>pays</w><pc>?</pc></p></sp>'
        )
    )
    assert told(source) == [("Ana", "The lock opens."), ("Ben", "Who pays?")]


def test_labels_at_the_head_of_paragraphs():
    source = read(
        "<sitzung><rede><p><redner><name><vorname>Ana</vorname><nachname>Ferro</nachname></name></redner>"
        "Ana Ferro (Liste 2):</p><p>Die Schleuse ist offen.</p><kommentar>(Beifall)</kommentar></rede>"
        "<rede><p><redner><name><vorname>Ben</vorname><nachname>Oduya</nachname></name></redner>"
        "Ben Oduya (Liste 1):</p><p>Wer zahlt das Tor?</p></rede></sitzung>"
    )
    assert told(source) == [
        ("Ana Ferro (Liste 2)", "Die Schleuse ist offen."),
        ("Ana Ferro (Liste 2)", "(Beifall)"),
        ("Ben Oduya (Liste 1)", "Wer zahlt das Tor?"),
    ]


def test_a_name_and_its_contribution_in_one_paragraph():
    source = read(
        "<hansard><section><title>Locks</title><p><member>Ms Ferro</member><membercontribution>: The lock "
        "opens.</membercontribution></p><p><member>Mr Oduya</member><membercontribution>: Who pays?"
        "</membercontribution></p></section></hansard>"
    )
    assert told(source) == [("Ms Ferro", "The lock opens."), ("Mr Oduya", "Who pays?")]


def test_timed_text_with_agents():
    source = read(
        '<tt xmlns="http://www.w3.org/ns/ttml" xmlns:ttm="http://www.w3.org/ns/ttml#metadata"><head><metadata>'
        '<ttm:agent xml:id="a1"><ttm:name>Ana Ferro</ttm:name></ttm:agent></metadata></head><body><div>'
        '<p begin="00:00:01.500" end="00:00:03.000" ttm:agent="a1">The lock opens<br/>at noon.</p>'
        "</div></body></tt>",
        "talk.ttml",
    )
    assert told(source) == [("Ana Ferro", "The lock opens"), ("Ana Ferro", "at noon.")]
    assert (source.lines[0].start_s, source.lines[0].stop_s) == (1.5, 3.0)


def test_turns_of_a_transcriber_file():
    source = read(
        '<Trans><Speakers><Speaker id="spk1" name="Ana Ferro"/><Speaker id="spk2" name="Ben Oduya"/></Speakers>'
        '<Episode><Section><Turn speaker="spk1" startTime="0" endTime="2.5"><Sync time="0"/>The lock opens at noon.'
        '</Turn><Turn speaker="spk2" startTime="2.5" endTime="4"><Sync time="2.5"/>Who pays for the gate?</Turn>'
        "</Section></Episode></Trans>",
        "talk.trs",
    )
    assert told(source) == TALK
    assert [line.start_s for line in source.lines] == [0, 2.5]


def test_tiers_are_put_in_the_order_of_their_times():
    slots = "".join(f'<TIME_SLOT TIME_SLOT_ID="t{n}" TIME_VALUE="{n * 1000}"/>' for n in range(6))

    def tier(name, *said):
        notes = "".join(
            f'<ANNOTATION><ALIGNABLE_ANNOTATION TIME_SLOT_REF1="t{a}" TIME_SLOT_REF2="t{b}">'
            f"<ANNOTATION_VALUE>{text}</ANNOTATION_VALUE></ALIGNABLE_ANNOTATION></ANNOTATION>"
            for a, b, text in said
        )
        return f'<TIER TIER_ID="{name}-1" PARTICIPANT="{name}">{notes}</TIER>'

    source = read(
        f"<ANNOTATION_DOCUMENT><TIME_ORDER>{slots}</TIME_ORDER>"
        + tier("Ana", (0, 1, "The lock opens."), (3, 4, "The province."))
        + tier("Ben", (1, 3, "Who pays for it?"))
        + "</ANNOTATION_DOCUMENT>",
        "talk.eaf",
    )
    assert [line.speaker for line in source.lines] == ["Ana", "Ben", "Ana"]
    assert [line.start_s for line in source.lines] == [0, 1, 3]


def test_a_textgrid_is_read_by_its_tiers():
    def tier(name, *said):
        rows = "".join(f'xmin = {a}\nxmax = {b}\ntext = "{text}"\n' for a, b, text in said)
        return f'class = "IntervalTier"\nname = "{name}"\nxmin = 0\nxmax = 9\nintervals: size = 2\n{rows}'

    text = 'File type = "ooTextFile"\nObject class = "TextGrid"\n' + tier(
        "Ana", (0, 1, 'A ""lock"" opens.'), (1, 3, "")
    ) + tier("Ben", (1, 3, "Who pays?"))  # fmt: skip
    source = parse_source(text.encode(), "talk.TextGrid")
    assert told(source) == [("Ana", 'A "lock" opens.'), ("Ben", "Who pays?")]


def test_xml_without_talk_is_refused_with_the_next_step():
    with pytest.raises(BriefingError, match=r"root is <list>.*HTML"):
        parse_source(b"<?xml version='1.0'?><list><n>1</n><n>2</n></list>", "a.xml")


def test_a_page_in_xml_dress_is_a_page():
    page = (
        '<?xml version="1.0"?><!DOCTYPE html><html><body><p>Ana: The lock opens.</p></body></html>'
    )
    assert parse_source(page.encode(), "a.xml").format == "html"


def test_damaged_xml_keeps_its_speech():
    text = '<r><speech by="Ana"><p>The lock opens at noon.</p></speech><speech by="Ben"><p>Who pays &for it?</p>'
    assert [who for who, _ in told(parse_source(f"{text}</r>".encode(), "a.xml"))] == ["Ana", "Ben"]


SAID = [
    ("Ana Ferro", "The lock opens at noon."),
    ("Ben Oduya", "Who pays for the gate?"),
    ("Ana Ferro", "All of us will."),
]


def test_text_in_attributes_is_read():
    subs = (f'<sub from="00:0{n}" who="{w}" text="{text}"/>' for n, (w, text) in enumerate(SAID))
    source = parse_source(f"<?xml version='1.0'?><subs>{''.join(subs)}</subs>".encode(), "a.xml")
    assert told(source) == SAID
    assert [line.start_s for line in source.lines] == [0, 1, 2]


def test_an_unknown_vocabulary_is_read_by_what_stands_in_it():
    cast = '<cast><actor key="a1"><fullName>Ana Ferro</fullName></actor><actor key="b2"><fullName>Ben Oduya</fullName></actor></cast>'
    said = "".join(
        f'<contribution actorRef="{who[0].lower()}{1 + (who[0] == "B")}"><p>{text}</p></contribution>'
        for who, text in SAID
    )
    source = parse_source(f"<?xml version='1.0'?><day>{cast}{said}</day>".encode(), "a.xml")
    assert [one for one in told(source) if one[0]] == SAID
    assert [line.text for line in source.lines if line.outside] == ["Ana Ferro", "Ben Oduya"]


def test_times_count_from_the_beginning_unless_they_are_of_the_day():
    def starts(clock):
        said = (f'<speech by="{who}" time="{clock}:0{n}">{text}</speech>'
                for n, (who, text) in enumerate(SAID))  # fmt: skip
        source = parse_source(f"<?xml version='1.0'?><r>{''.join(said)}</r>".encode(), "a.xml")
        return [line.start_s for line in source.lines]

    assert starts("00:00") == [0, 1, 2]
    assert starts("00:06") == [360, 361, 362]
    assert starts("14:05") == [None, None, None]


def test_each_voice_of_an_overlap_has_its_own_words():
    text = (
        '<Trans><Speakers><Speaker id="a" name="Ana"/><Speaker id="b" name="Ben"/></Speakers>'
        '<Turn speaker="a b" startTime="1"><Sync time="1"/><Who nb="1"/>It opens.'
        '<Who nb="2"/>Who pays?</Turn></Trans>'
    )
    source = parse_source(f"<?xml version='1.0'?>{text}".encode(), "a.trs")
    assert told(source) == [("Ana", "It opens."), ("Ben", "Who pays?")]


def test_an_attribute_and_an_element_of_one_name_are_read():
    rows = "".join(
        f'<row kind="x"><kind>q</kind><speaker>{who}</speaker><text>{text}</text></row>'
        for who, text in TALK
    )
    source = read(f"<?xml version='1.0'?><rows>{rows}</rows>")
    assert {*TALK} <= {*told(source)}
