"""Strips, collocates and clouds are read back: where a word stands, beside which label, how big."""

import re
import warnings
from math import sqrt

import matplotlib
import numpy as np
import pandas as pd
import pytest
from conftest import lacking
from matplotlib import font_manager
from matplotlib.colors import to_hex
from matplotlib.font_manager import FontProperties
from matplotlib.text import Text
from matplotlib.textpath import TextPath

import briefing
from briefing import figures
from briefing.figures import dress, word_figures
from briefing.tables import BriefingError
from build import LONG, make_turns
from made.pictures import (
    LETTERS,
    assert_readable,
    bars_of,
    headline,
    make_font,
    rows_of,
    saved_twice,
    texts,
    values_of,
)

pytestmark = pytest.mark.whole

#: speaker, role, text: *quay* is said by all, *eel* in one answer, *dues* at the end
TALK = [
    ("Lin Petrel", "moderator", "Good morning. The quay opens in May."),
    ("Ida Marlow", "official", "We built the quay. " * 6),
    ("Harbour Radio", "journalist", "What of the eel? Is the quay safe?"),
    ("Cy Dunlin", "official", "The eel is safe, the eel swims, the eel eats, an eel, my eel. " * 2),
    ("Harbour Radio", "journalist", "And the harbour dues?"),
    ("Ida Marlow", "official", "The quay has no dues. No harbour dues at all, none. " * 4),
]


def make_tokens(rows=TALK, briefing_id="made", **attrs):
    speaker, role, text = zip(*rows, strict=True)
    turns = pd.DataFrame({"briefing_id": briefing_id, "speaker": speaker, "text": text})
    turns["role"] = pd.Categorical(role, briefing.tables.ROLES)
    tokens = briefing.tokenize(turns)
    tokens.attrs |= {"text_status": "unknown", **attrs}
    return tokens


def two_briefings():
    return pd.concat(
        [make_tokens(), make_tokens([*TALK[::-1], *TALK[:2]], LONG)], ignore_index=True
    )


def spread_of(tokens, words=("quay", "eel", "dues", "whale"), **options):
    return briefing.context.dispersion(tokens, list(words), **{"block_words": 25} | options)


def places(rows, word):
    """Where a word stands in a text, counted without the project's own tools."""
    plain = " ".join(text for _, _, text in rows).lower()
    said = plain.replace(".", "").replace("?", "").replace(",", "").split()
    return [(i + 0.5) / len(said) for i, w in enumerate(said) if w == word]


def note_of(ax):
    texts = dress.whole(ax).findobj(Text)
    return " ".join(t.get_text() for t in texts if t.get_gid() == "note").replace("\n", " ")


# -- strips


def ticks_of(ax):
    """Label of a row -> where its ticks stand, read off the picture."""
    names = rows_of(ax)
    ticks = [c for c in ax.collections if c.get_gid() == "ticks"]
    found = dict.fromkeys(names, ())
    for collection in ticks:
        for segment in collection.get_segments():
            row = round(segment[:, 1].mean() + 0.09)
            found[names[row]] = (*found[names[row]], segment[0, 0])
    return found


def test_each_tick_stands_beside_its_own_word_where_the_word_is_said():
    tokens = make_tokens()
    ax = figures.plot_dispersion(spread_of(tokens), tokens)
    assert rows_of(ax) == ["quay", "eel", "dues", "whale"]
    for word, at in ticks_of(ax).items():
        assert at == pytest.approx(places(TALK, word)), word
    assert ticks_of(ax)["whale"] == ()


def test_ticks_stand_beside_the_label_that_a_reader_sees_beside_them():
    """The labels of nltk's dispersion plot were upside down for 19 months."""
    tokens = make_tokens()
    ax = figures.plot_dispersion(spread_of(tokens), tokens)
    dress.whole(ax).draw_without_rendering()
    labels = {t.get_text(): t.get_window_extent() for t in ax.get_yticklabels()}
    for collection in ax.collections:
        if collection.get_gid() != "ticks" or not collection.get_segments():
            continue
        x, y = ax.transData.transform(collection.get_segments()[0].mean(axis=0))
        nearest = min(labels, key=lambda name: abs((labels[name].y0 + labels[name].y1) / 2 - y))
        assert ax.transData.inverted().transform((x, y))[0] == pytest.approx(
            places(TALK, nearest)[0]
        )


def test_ticks_have_the_colour_of_who_says_the_word():
    tokens = make_tokens()
    ax = figures.plot_dispersion(spread_of(tokens, ["eel"]), tokens)
    (ticks,) = [c for c in ax.collections if c.get_gid() == "ticks"]
    colours = [to_hex(c).upper() for c in ticks.get_colors()]
    assert colours[0] == figures.ROLE_COLOURS["journalist"]
    assert set(colours[1:]) == {figures.ROLE_COLOURS["official"]}


def test_the_band_below_the_ticks_is_the_turns():
    tokens = make_tokens()
    ax = figures.plot_dispersion(spread_of(tokens, ["quay"]), tokens)
    (band,) = [c for c in ax.collections if c.get_gid() == "floor"]
    spans = [(path.vertices[:, 0].min(), path.vertices[:, 0].max()) for path in band.get_paths()]
    ends = np.cumsum([len(text.split()) for _, _, text in TALK])
    assert [stop for _, stop in spans] == pytest.approx((ends / ends[-1]).tolist())
    assert [start for start, _ in spans] == pytest.approx([0, *(ends / ends[-1])[:-1]])
    colours = [to_hex(c).upper() for c in band.get_facecolors()]
    assert colours == [figures.ROLE_COLOURS[role] for _, role, _ in TALK]


def test_beside_each_strip_stand_its_count_and_its_dp():
    tokens = make_tokens()
    spread = spread_of(tokens)
    values = values_of(figures.plot_dispersion(spread, tokens))
    assert values[:2] == [f"12 · DP {spread['dp'][0]:.2f}", f"11 · DP {spread['dp'][1]:.2f}"]
    assert values[3] == "0 · no DP"
    assert "No DP: fewer than 5 occurrences" in note_of(figures.plot_dispersion(spread, tokens))


def test_a_phrase_stands_where_its_first_word_does():
    tokens = make_tokens()
    ax = figures.plot_dispersion(spread_of(tokens, ["harbour dues"]), tokens)
    assert ticks_of(ax)["harbour dues"] == pytest.approx(places(TALK, "harbour"))


def test_strips_of_several_briefings_are_equally_long_and_counted_apart():
    tokens = two_briefings()
    spread = spread_of(tokens, ["quay", "eel"])
    ax = figures.plot_dispersion(spread, tokens)
    assert rows_of(ax) == [f"{word} · {b}" for word in ("quay", "eel") for b in ("made", LONG)]
    ticks = ticks_of(ax)
    assert ticks["eel · made"] == pytest.approx(places(TALK, "eel"))
    assert ticks[f"eel · {LONG}"] == pytest.approx(places([*TALK[::-1], *TALK[:2]], "eel"))
    assert values_of(ax) == ["12", "19", "11", "11"]
    assert f"Over all briefings: quay DP {spread['dp'][0]:.2f}" in note_of(ax)


def test_dispersion_of_each_briefing_stands_beside_its_own_strip():
    tokens = two_briefings()
    each = [
        spread_of(rows, ["quay"]).assign(briefing_id=name)
        for name, rows in tokens.groupby("briefing_id", sort=False)
    ]
    spread = pd.concat(each, ignore_index=True)
    ax = figures.plot_dispersion(spread, tokens)
    assert values_of(ax) == [
        f"{n} · DP {dp:.2f}" for n, dp in zip((12, 19), spread["dp"], strict=True)
    ]
    assert "Over all" not in note_of(ax)


def test_tokens_that_were_not_counted_are_refused():
    tokens = make_tokens()
    spread = spread_of(tokens)
    with pytest.raises(BriefingError, match="counts 'quay' 12 times.*have it 11 times"):
        figures.plot_dispersion(spread, tokens.query("turn_id > 1"))
    with pytest.raises(BriefingError, match="no rows"):
        figures.plot_dispersion(spread.iloc[:0], tokens)
    with pytest.raises(BriefingError, match=r"lacks n, dp, why.*context\.dispersion"):
        figures.plot_dispersion(tokens, tokens)


def test_strips_of_a_selection_run_over_its_words():
    tokens = make_tokens().query("role == 'official'")
    ax = figures.plot_dispersion(spread_of(tokens, ["quay"]), tokens)
    rows = [row for row in TALK if row[1] == "official"]
    assert ticks_of(ax)["quay"] == pytest.approx(places(rows, "quay"))


def test_the_caption_of_strips_has_places_for_those_who_do_not_see_them():
    tokens = make_tokens()
    said = figures.caption(figures.plot_dispersion(spread_of(tokens), tokens))
    at = places(TALK, "eel")
    assert f"eel 11 times, from {at[0]:.0%} to {at[-1]:.0%} of the text" in said


def test_a_word_that_is_mostly_in_one_turn_is_the_headline():
    tokens = make_tokens()
    ax = figures.plot_dispersion(spread_of(tokens, ["quay", "eel"]), tokens)
    assert headline(ax) == "10 of 11 uses of “eel” are in turn 4"
    plain = figures.plot_dispersion(spread_of(tokens, ["quay"]), tokens)
    assert headline(plain) == "Where each word is said"


def test_the_table_of_strips_has_a_row_for_each_occurrence():
    tokens = make_tokens()
    table = figures.strips_table(spread_of(tokens), tokens)
    assert table.groupby("token", sort=False).size().to_dict() == {"quay": 12, "eel": 11, "dues": 9}
    assert table.columns.tolist() == ["token", "briefing_id", "turn_id", "role", "at_share"]
    assert table["at_share"].between(0, 1, inclusive="neither").all()


CROWD = [
    (f"{LONG[:37]} {i:02}", "official" if i % 2 else "journalist", "the quay is old " * (i + 1))
    for i in range(40)
]


@pytest.mark.parametrize(
    "tokens, words",
    [
        (make_tokens(), ["quay", "eel", LONG.lower()]),
        (make_tokens([("Mayor Holt", "official", "The quay is old. " * 20)]), ["quay", "eel"]),
        (make_tokens(CROWD), ["quay", "old"]),
        (make_tokens(CROWD), [f"word{i}" for i in range(40)]),
        (make_tokens(part=True, text_status="translated"), ["quay"]),
        (two_briefings(), ["quay", "eel", "dues"]),
    ],
)
def test_strips_can_be_read(tokens, words):
    assert_readable(figures.plot_dispersion(spread_of(tokens, words), tokens))


# -- collocates


def make_near(rows, node="quay", **attrs):
    columns = ["token", "n_left", "n_right", "expected", "log_dice"]
    near = pd.DataFrame(rows, columns=columns)
    near.insert(1, "n", near["n_left"] + near["n_right"])
    near.attrs = {"node": node, "window": 5, "n_node": 9, "text_status": "unknown", **attrs}
    return near


NEAR = make_near(
    [
        ("new", 8, 1, 0.5, 12.5),
        ("the", 9, 2, 14.0, 11.25),
        ("opens", 1, 6, 0.7, 10.5),
        ("old", 3, 4, 0.9, 8.75),
    ]
)


def test_each_collocate_has_its_bars_before_and_after_in_its_own_row():
    ax = figures.plot_collocates(NEAR)
    assert rows_of(ax) == NEAR["token"].tolist()
    assert [n for _, n in bars_of(ax, "before")] == [-8, -9, -1, -3]
    assert [n for _, n in bars_of(ax, "after")] == [1, 2, 6, 4]
    assert "within 5 words of it, 9 hits" in texts(ax, "drawn")[0]


def test_words_no_more_frequent_than_by_chance_are_grey_and_counted():
    ax = figures.plot_collocates(NEAR)
    grey = [bar for bar in ax.patches if to_hex(bar.get_facecolor()).upper() == dress.PLAIN]
    assert {round(bar.get_y() + bar.get_height() / 2) for bar in grey} == {1}
    assert "Grey: 1 not more often than by chance" in texts(ax, "note")[0]


def test_function_words_are_drawn_only_if_asked_for():
    near = NEAR.assign(function_word=pd.array([False, True, None, False], dtype="boolean"))
    assert rows_of(figures.plot_collocates(near)) == ["new", "opens", "old"]
    assert rows_of(figures.plot_collocates(near, function_words=True))[1] == "the"


def test_a_collocate_of_one_side_is_the_headline_where_it_is_frequent():
    near = make_near([("new", 11, 1, 0.5, 12.5), ("old", 3, 4, 0.9, 8.75)])
    said = headline(figures.plot_collocates(near))
    assert said == "“new” near “quay” comes before it 11 of 12 times"
    for rows in ([("new", 8, 1, 0.5, 12.5)], [("new", 8, 4, 0.5, 12.5)]):
        assert headline(figures.plot_collocates(make_near(rows))) == "Words near “quay”"
    said = figures.caption(figures.plot_collocates(near))
    assert "Most typical of “quay”: new (11 before, 1 after) and old (3 before, 4 after)" in said


def test_collocates_of_a_real_table_are_drawn():
    near = briefing.context.collocates(make_tokens(), "dues", min_count=2, min_turns=1)
    assert (
        rows_of(figures.plot_collocates(near.head(5), function_words=True))
        == near["token"].head(5).tolist()
    )


def test_what_is_no_table_of_collocates_is_refused():
    with pytest.raises(BriefingError, match=r"lacks n_left.*context\.collocates"):
        figures.plot_collocates(NEAR.drop(columns="n_left"))
    with pytest.raises(BriefingError, match="no rows"):
        figures.plot_collocates(NEAR.iloc[:0])


@pytest.mark.parametrize(
    "near",
    [
        NEAR,
        NEAR.head(1),
        make_near([(LONG.lower(), 1000, 20000, 1.0, 3.0), ("x" * 40, 3, 0, 9.0, -8.0)], LONG),
        make_near([(f"word{i}", i, 40 - i, 9.0, 12 - i / 7) for i in range(40)]),
    ],
)
def test_collocates_can_be_read(near):
    assert_readable(figures.plot_collocates(near.assign(function_word=True)))


# -- clouds


def test_phrases_stand_most_often_said_first_with_their_turns_and_people():
    talk = TALK * 4
    found = briefing.phrases.key(make_tokens(talk), min_count=2)
    ax = figures.plot(found, n=2)
    assert rows_of(ax) == found["phrase"].tolist()[:2]
    assert [length for _, length in bars_of(ax, "phrase")] == found["n"].tolist()[:2]
    first = found.iloc[0]
    assert values_of(ax)[0].startswith(f"{first['n']} in {first['n_turns']} turn")
    assert f"Most often {first['phrase']} ({first['n']})" in figures.caption(ax)
    assert_readable(ax)
    with pytest.raises(BriefingError, match="no phrase comes back"):
        figures.plot_key_phrases(found.iloc[:0])


def make_words(lists, *, by="role", **attrs):
    """A table of common words: group -> {word: rate}, each rate with an interval around it."""
    rows = [(group, word, rate) for group, words in lists.items() for word, rate in words.items()]
    table = pd.DataFrame(rows, columns=[by, "token", "per_1000"])
    table["n"] = (table["per_1000"] * 2).round().astype(int)
    table = table.assign(low=table["per_1000"] * 0.6, high=table["per_1000"] * 1.3)
    table = table.assign(interval="by turn", why="", n_turns=3, n_words=2000)
    table.attrs = {"by": by, "level": 0.95, "without": "our words", "text_status": "unknown"}
    table.attrs |= attrs
    return table


WORDS = make_words(
    {
        "official": dict(
            zip(
                "cable harbour islands tidal berths ring kirran harvest commission".split(),
                [16, 9, 8, 7.5, 6, 5, 4, 2, 1.5],
                strict=True,
            )
        ),
        "journalist": {"tidal": 12, "letters": 9, "cable": 4, "resort": 1},
    }
)


def panels(ax):
    """(cloud axes, dots axes) of each band, from the top down."""
    axes = dress.whole(ax).axes
    return list(zip(axes[::2], axes[1::2], strict=True))


def cloud_of(ax):
    """Word -> its text in a cloud."""
    return {t.get_text(): t for t in ax.texts if t.get_gid() == "cloud"}


def ink_of(text):
    """What the letters of a text cover, in pixels."""
    figure = text.get_figure(root=True)
    family = text.get_fontfamily()
    path = TextPath(
        (0, 0), text.get_text(), size=text.get_fontsize(), prop=FontProperties(family=family)
    )
    across, up = text.get_transform().transform(text.get_position())
    box, dot = path.get_extents(), figure.dpi / 72
    return matplotlib.transforms.Bbox.from_extents(
        across + box.x0 * dot, up + box.y0 * dot, across + box.x1 * dot, up + box.y1 * dot
    )


def test_letters_are_as_high_as_the_root_of_the_rate_in_all_clouds():
    ax = figures.plot_word_cloud(WORDS)
    scales = []
    for (cloud, _), (_, band) in zip(panels(ax), WORDS.groupby("role", sort=False), strict=True):
        sizes = {word: text.get_fontsize() for word, text in cloud_of(cloud).items()}
        rates = band.set_index("token")["per_1000"]
        assert sizes.keys() == set(rates[rates >= 1].index)
        scales += [size / sqrt(rates[word]) for word, size in sizes.items()]
    assert scales == pytest.approx([scales[0]] * len(scales))


def test_each_cloud_has_the_words_and_the_colour_of_its_role_all_horizontal():
    ax = figures.plot_word_cloud(WORDS)
    for (cloud, _), role in zip(panels(ax), ["official", "journalist"], strict=True):
        words = cloud_of(cloud)
        assert set(words) == set(WORDS.loc[WORDS["role"] == role, "token"])
        assert {to_hex(t.get_color()).upper() for t in words.values()} == {
            figures.ROLE_COLOURS[role]
        }
        assert {t.get_rotation() for t in words.values()} == {0}
        assert cloud.get_title(loc="left").splitlines() == [role, "2,000 words in all"]


CLOUDS = {
    "two roles": WORDS,
    "one speaker": make_words({"official": {"cable": 9}}),
    "a dense one": make_words({"official": {f"government{i}": 9 for i in range(25)}}),
    "steep": make_words({"official": {f"word{i}": 40 / (i + 1) for i in range(15)}}),
    "long words": make_words({"official": {"x" * 20: 20, "x" * 40: 9, "a$b$c": 9, "jg": 9}}),
    "40-character outlets": make_words(
        {f"{LONG[:37]} {i:02}": {"cable": 9, "people": 5} for i in range(4)}, by="speaker"
    ),
}


def inked(ax):
    """How many words of the clouds cover each pixel; more than one is an overlap."""
    figure = dress.whole(ax)
    words = [text for cloud, _ in panels(ax) for text in cloud_of(cloud).values()]
    for artist in figure.findobj(lambda artist: artist not in (figure, *figure.axes)):
        artist.set_visible(False)
    layers = []
    for text in words:
        text.set_visible(True)
        figure.canvas.draw()
        layers.append(np.asarray(figure.canvas.buffer_rgba())[..., :3].min(axis=-1) < 200)
        text.set_visible(False)
    assert all(layer.any() for layer in layers)
    return np.sum(layers, axis=0)


@pytest.mark.parametrize("words", CLOUDS.values(), ids=CLOUDS.keys())
def test_no_two_words_of_a_cloud_touch_and_none_leaves_it(words):
    ax = figures.plot_word_cloud(words)
    dress.whole(ax).draw_without_rendering()
    for cloud, _ in panels(ax):
        frame = cloud.get_window_extent().padded(1)
        assert cloud_of(cloud)
        for word, text in cloud_of(cloud).items():
            box = ink_of(text)
            assert frame.contains(box.x0, box.y0), word
            assert frame.contains(box.x1, box.y1), word
    assert inked(ax).max() == 1


@pytest.mark.parametrize("words", CLOUDS.values(), ids=CLOUDS.keys())
def test_figures_of_clouds_can_be_read(words):
    ax = figures.plot_word_cloud(words)
    for cloud, _ in panels(ax):
        for text in cloud_of(cloud).values():
            assert text.get_fontsize() >= 4
            text.remove()  # held to their letters above: their lines may be higher
    assert_readable(ax)


def test_beside_each_cloud_are_its_words_as_ranked_dots_with_intervals_and_counts():
    ax = figures.plot_word_cloud(WORDS)
    most = WORDS["per_1000"].max() * word_figures.REACH
    for (_, dots), (_, every) in zip(panels(ax), WORDS.groupby("role", sort=False), strict=True):
        band = every.head(word_figures.DOTS)
        assert rows_of(dots) == band["token"].tolist()
        points = [line for line in dots.lines if line.get_marker() == "o"]
        assert [p.get_xdata()[0] for p in points] == band["per_1000"].tolist()
        assert [p.get_ydata()[0] for p in points] == list(range(len(band)))
        lines = [line for line in dots.lines if len(line.get_xdata()) == 2]
        expected = [[low, min(high, most)] for low, high in band[["low", "high"]].to_numpy()]
        assert [list(line.get_xdata()) for line in lines] == expected
        assert values_of(dots) == [f"{n} in 3 turns" for n in band["n"]]


def test_all_dots_of_a_figure_are_on_one_scale():
    limits = {dots.get_xlim() for _, dots in panels(figures.plot_word_cloud(WORDS))}
    assert limits == {(0, 24)}


def test_an_interval_beyond_the_frame_ends_in_an_arrow():
    words = WORDS.assign(high=WORDS["high"].where(WORDS["token"] != "ring", 90.0))
    (_, dots), _ = panels(figures.plot_word_cloud(words))
    (arrow,) = [line for line in dots.lines if line.get_marker() == ">"]
    assert rows_of(dots)[arrow.get_ydata()[0]] == "ring"
    assert arrow.get_xdata()[0] == 16 * word_figures.REACH


def test_words_without_an_interval_have_no_line():
    none = {"low": np.nan, "high": np.nan, "interval": "none", "why": "3 turns: fewer than 10"}
    words = WORDS.copy()
    for column, value in none.items():
        words.loc[words["role"] == "journalist", column] = value
    ax = figures.plot_word_cloud(words)
    assert [len(line.get_xdata()) for line in ax.lines] == [1, 1, 1, 1]


def test_words_too_rare_or_too_long_stay_in_the_dots():
    words = make_words({"official": {"cable": 32, "x" * 21: 9, "ferry": 1.9, "quay": 2}})
    ax = figures.plot_word_cloud(words)
    ((cloud, dots),) = panels(ax)
    assert set(cloud_of(cloud)) == {"cable", "quay"}
    assert len(rows_of(dots)) == 4


def test_another_seed_moves_the_words_and_changes_no_size():
    one, other = (figures.plot_word_cloud(WORDS, seed=seed) for seed in (1, 2))
    places, sizes = [], []
    for ax in (one, other):
        cloud = cloud_of(panels(ax)[0][0])
        places.append([text.get_position() for text in cloud.values()])
        sizes.append({word: text.get_fontsize() for word, text in cloud.items()})
    assert places[0] != places[1]
    assert sizes[0].keys() == sizes[1].keys()
    scale = sizes[1]["cable"] / sizes[0]["cable"]  # all on another scale, if at all
    assert sizes[1] == pytest.approx({word: size * scale for word, size in sizes[0].items()})


def test_the_caption_of_clouds_has_counts_and_the_note_what_size_means():
    said = figures.caption(figures.plot_word_cloud(WORDS))
    assert "Most often official: cable (32)" in said and "journalist: tidal (24)" in said
    note = note_of(figures.plot_word_cloud(WORDS))
    assert "Letters twice as high: a rate four times as high" in note
    assert "Without our words" in note


def test_a_few_words_make_no_cloud_beside_a_full_one():
    words = make_words({"official": dict.fromkeys(["cable", "quay", "eel", "ring"], 9),
                        "journalist": {"cable": 9, "quay": 5, "eel": 4}})  # fmt: skip
    ax = figures.plot_word_cloud(words)
    assert len(panels(ax)) == 1
    assert "Too few words for a cloud: journalist." in note_of(ax)


def test_groups_without_a_band_are_named():
    words = make_words({"official": {"cable": 9}}, left_out={"moderator": "no content word"})
    assert "Too few words for a cloud: moderator" in note_of(figures.plot_word_cloud(words))


def test_the_people_addressed_are_in_no_cloud_and_beside_none():
    words = make_words({"journalist": {"marlow": 9, "cable": 8, "third": 7}}, people=["marlow"])
    ax = figures.plot_word_cloud(words)
    assert {*cloud_of(panels(ax)[0][0])} == {*rows_of(ax)} == {"cable"}
    assert "names of those addressed" in note_of(ax)


def test_the_words_of_a_briefing_come_from_counts_to_cloud():
    words = briefing.lexis.common(make_tokens(), min_count=3)
    ax = figures.plot_word_cloud(words)
    assert set(cloud_of(panels(ax)[0][0])) == {"quay", "eel", "dues", "harbour", "built"}


@pytest.mark.parametrize(
    "words, message",
    [
        (WORDS.iloc[:0], "no rows.*min_count=2"),
        (pd.concat([WORDS, WORDS.head(1)]), "occurs twice in one role"),
        (WORDS.assign(per_1000=0.0), "rate is not above 0"),
        (WORDS.drop(columns="low"), r"lacks low.*briefing\.lexis\.common"),
    ],
)
def test_what_makes_no_cloud_is_refused(words, message):
    words.attrs = {"by": "role"}
    with pytest.raises(BriefingError, match=message):
        figures.plot_word_cloud(words)


def test_wordcloud_may_never_shrink_a_word_for_want_of_room():
    """Left alone it does: then sizes mean nothing. Ours are refused and all made smaller."""
    font = dress.font_for(["cable"])
    words = [(f"cable{i}", 9.0) for i in range(30)]
    (placed,) = word_figures.lay_out([word_figures.Cloud(words, font, 120, 90)], seed=1)
    assert len(placed) == 30
    assert len({word.size for word in placed}) == 1


# -- text in any script


@pytest.fixture
def squares(tmp_path, installed):
    """A font that has two letters of private use, which no other has."""
    make_font(tmp_path / "squares.ttf", "Squares", LETTERS)
    font_manager.fontManager.addfont(tmp_path / "squares.ttf")


def test_a_cloud_is_drawn_in_a_font_that_has_its_letters(squares):
    words = make_words({"official": {LETTERS: 9, LETTERS[0]: 4}})
    ax = figures.plot_word_cloud(words)  # a warning would be an error
    ((cloud, dots),) = panels(ax)
    assert {tuple(t.get_fontfamily()) for t in cloud_of(cloud).values()} == {("Squares",)}
    assert dots.get_yticklabels()[0].get_fontfamily()[-1] == "Squares"
    assert "Not in the clouds" not in note_of(ax)


def test_words_that_no_font_has_are_not_in_the_cloud_and_said(installed, tmp_path):
    words = make_words({"official": {"cable": 9, LETTERS: 4}, "journalist": {LETTERS: 5}})
    with pytest.warns(UserWarning, match="no installed font has") as given:
        ax = figures.plot_word_cloud(words)
        figures.save_figure(ax, tmp_path, "c", table=words, sentence="S.")
    assert {str(w.message) for w in given} == {str(given[0].message)}
    assert "fonts-noto-cjk" in str(given[0].message)
    (first, _), (second, _) = panels(ax)
    assert set(cloud_of(first)) == {"cable"}
    assert [t.get_text() for t in second.texts] == [
        "No cloud: no installed font has\nthe letters of these words."
    ]
    assert f"No installed font has the letters of {LETTERS} and {LETTERS}" in note_of(ax)


def test_the_node_is_drawn_in_a_font_that_has_its_letters(squares):
    ax = figures.plot_collocates(make_near([("new", 3, 1, 0.5, 9.0)], LETTERS))
    assert ax.xaxis.label.get_fontfamily()[-1] == "Squares"


def test_a_font_installed_since_matplotlib_made_its_list_is_found(
    installed,
    tmp_path,
    monkeypatch,
):
    make_font(tmp_path / "late.ttf", "Late Letters", LETTERS)
    monkeypatch.setattr(font_manager, "X11FontDirectories", [str(tmp_path)])
    monkeypatch.setattr(font_manager, "OSXFontDirectories", [str(tmp_path)])
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert dress.fonts_for([LETTERS])[-1] == "Late Letters"
        assert dress.font_for([LETTERS]).family == "Late Letters"


def test_one_font_is_chosen_that_lacks_the_fewest_words(installed, tmp_path):
    make_font(tmp_path / "one.ttf", "A One", LETTERS[:1])
    make_font(tmp_path / "two.ttf", "B Both", LETTERS)
    for name in ("one", "two"):
        font_manager.fontManager.addfont(tmp_path / f"{name}.ttf")
    assert dress.font_for([LETTERS[0], LETTERS]).family == "B Both"
    assert dress.font_for([LETTERS[0]]).family == "A One"
    mixed = dress.font_for([LETTERS, "cable", "quay"])
    assert mixed.lacks == (LETTERS,)


def test_letters_that_the_font_lacks_are_taken_from_installed_ones(tmp_path, installed):
    for name, letter in zip(["Left Half", "Right Half"], LETTERS, strict=True):
        make_font(tmp_path / f"{name}.ttf", name, letter)
        font_manager.fontManager.addfont(tmp_path / f"{name}.ttf")
    turns = make_turns([(LETTERS, "official", 30, False, None)])

    ax = figures.plot_timeline(turns)  # a warning would be an error
    dress.whole(ax).canvas.draw()

    assert ax.get_yticklabels()[0].get_fontfamily()[-2:] == ["Left Half", "Right Half"]


def test_letters_that_no_font_has_are_named_once(tmp_path, installed):
    turns = make_turns([(LETTERS, "official", 30, False, None)] * 3)
    with pytest.warns(UserWarning) as said:
        ax = figures.plot_timeline(turns)
        figures.save_figure(ax, tmp_path, "f", table=turns, sentence="A turn.")
    assert len(said) == 1
    assert f"no installed font has {' '.join(LETTERS)}" in str(said[0].message)
    assert "Noto Sans CJK" in str(said[0].message)


SCRIPTS = {
    "Chinese": "网络 安全 数据 治理 互联网",
    "Japanese": "データ ネットワーク 島 会見",
    "Korean": "네트워크 데이터 안전",
    "Russian": "сеть безопасность данные",
    "Arabic": "الأمن البيانات الشبكة",
}


@pytest.mark.parametrize("script", SCRIPTS)
def test_real_fonts_draw_every_script(script):
    said = SCRIPTS[script].split()
    if dress.font_for(said).lacks:
        lacking(f"no font for {script}: `make system` installs fonts-noto-cjk")
    words = make_words({"official": {word: 9 - i for i, word in enumerate(said)}})
    tokens = briefing.tokenize(
        pd.DataFrame({"speaker": ["A"], "role": ["official"], "text": [" ".join(said)]}),
        tokenizer=lambda text: [word.span() for word in re.finditer(r"\S+", text)],
    )
    drawn = [
        figures.plot_word_cloud(words),
        figures.plot_collocates(make_near([(word, 3, 1, 0.5, 9.0) for word in said], said[0])),
        figures.plot_dispersion(spread_of(tokens, said), tokens),
    ]
    with warnings.catch_warnings():
        warnings.simplefilter("error")  # matplotlib warns of every letter that is a box
        for ax in drawn:
            dress.whole(ax).canvas.draw()
    assert len(cloud_of(panels(drawn[0])[0][0])) == len(said)
    assert inked(drawn[0]).max() == 1


# -- saving


def drawn():
    tokens = make_tokens()
    spread = spread_of(tokens)
    return {
        "s": (figures.plot_dispersion(spread, tokens), figures.strips_table(spread, tokens)),
        "n": (figures.plot_collocates(NEAR), NEAR),
        "w": (figures.plot_word_cloud(WORDS), WORDS),
    }


@pytest.mark.slow  # test_figures.py does it with others
@pytest.mark.slow  # another process
def test_the_same_figure_gives_the_same_bytes_in_another_process(tmp_path):
    once, again = saved_twice(__name__, tmp_path)
    assert len(once) == 12
    assert once == again


def test_a_saved_cloud_is_not_cut_off(tmp_path):
    ax = figures.plot_word_cloud(WORDS)
    png = figures.save_figure(ax, tmp_path, "c", table=WORDS, sentence="S.")[0]
    pixels = matplotlib.image.imread(png)[..., :3]
    frame = np.concatenate([pixels[0], pixels[-1], pixels[:, 0], pixels[:, -1]])
    assert (frame == 1).all()


def test_tables_come_back_as_they_were():
    tokens = make_tokens()
    spread = spread_of(tokens)
    before = [tokens.copy(), spread.copy(), NEAR.copy(), WORDS.copy()]
    figures.plot_dispersion(spread, tokens)
    figures.plot_collocates(NEAR)
    figures.plot_word_cloud(WORDS)
    for now, then in zip([tokens, spread, NEAR, WORDS], before, strict=True):
        pd.testing.assert_frame_equal(now, then)


def test_nothing_is_set_for_the_whole_program():
    before = dict(matplotlib.rcParams)
    figures.plot_word_cloud(WORDS)
    assert dict(matplotlib.rcParams) == before


def test_a_readers_own_style_leaves_a_cloud_readable():
    with matplotlib.style.context("dark_background"):
        ax = figures.plot_word_cloud(WORDS)
        colours = {to_hex(t.get_color()) for _, dots in panels(ax) for t in dots.get_yticklabels()}
    assert colours == {dress.INK}
    assert to_hex(dress.whole(ax).get_facecolor()) == "#ffffff"


def test_words_are_written_as_the_text_writes_them():
    said = "The people of Kirran and the U.S. met. Trade with Kirran is free trade. We met the U.S. in Kirran. Met are we."
    talk = briefing.parse(f"IDA MARLOW: {said} Trade it is.\n\nOLE LUND: Who met?\n")
    assert talk.turns.attrs["capitals"] == "Kirran U.S."
    words = briefing.lexis.common(talk.tokens, by="speaker", min_count=1)
    drawn = figures.plot_word_cloud(words).figure.axes
    labels = [label.get_text() for ax in drawn for label in ax.get_yticklabels()]
    assert {"Kirran", "U.S.", "trade"} <= set(labels) and "kirran" not in labels
    in_capitals = briefing.parse(f"IDA MARLOW: {said.upper()}\n\nOLE LUND: WHO MET?\n")
    assert not in_capitals.turns.attrs.get("capitals")


def test_the_source_line_names_the_site_and_not_the_page():
    attrs = {"source": "https://archive.lanmere.example/press/2026/a-very-long-address"}
    assert "Source: archive.lanmere.example." in dress.source(attrs)
    assert "Source: Lanmere Record." in dress.source({"source": "Lanmere Record"})
