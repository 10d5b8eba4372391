"""The layout of every figure: headline, second line, source, at most two lines of notes.

A figure must work on its own, on a slide. Its headline says what was found, or what is compared;
the second line what is drawn, and the event and date; the source line what kind of text was
counted; notes what one must know to read it. Each role has one colour (`briefing.tables`), one
thing is highlighted and the rest is grey. No global settings are changed.

Most figures are rows with a label and a value: a label is wrapped after 30 columns (a Chinese
character takes two) and cut off after three lines; the full name is in the table saved beside the
figure.

Matplotlib draws in the user's font and falls back on others only if they are named: here they are
found by the characters in a text. It caches the list of fonts, so newly installed ones are looked
for before a character counts as missing. A character that no font has is drawn as a box, and a
warning names it and the remedy.
"""

from __future__ import annotations

import calendar
import re
import unicodedata
import warnings
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any, Literal, NamedTuple

import matplotlib
import matplotlib.pyplot as plt
import pandas as pd
from matplotlib import font_manager
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.layout_engine import ConstrainedLayoutEngine
from matplotlib.patches import Patch
from matplotlib.text import Annotation, Text
from matplotlib.textpath import TextPath
from matplotlib.transforms import Bbox, ScaledTranslation

from briefing.lexicons import find_date
from briefing.prose import counted, day, unnamed
from briefing.tables import ROLE_COLOURS, ROLES, BriefingError, Table, data
from briefing.words.boundaries import find_sentences, fold

CAPITALS = {
    name.casefold(): name
    for name in (*calendar.month_name, *calendar.day_name, "I", "I'm", "I've", "I'd", "I'll")
    if name and name not in ("March", "May")  # these are also words
}
Attrs = Mapping[Hashable | None, Any]
INK, FAINT, RULE = "#222222", "#595959", "#D9D9D9"
STRESS = ROLE_COLOURS["official"]  # the highlight
PLAIN, PALE = "#B4BEC6", "#DCE2E6"  # the rest, what is uncertain
LABEL, NOTE = 9.0, 7.8  # points
COLUMNS, LINES = 26, 3  # of a label
WIDTH = 6.0  # inches: labels have five points in a column 85 mm wide
LEGEND_ROW = 15  # points
MARGIN = 0.1  # inches
LOOKS: dict[str, tuple[float, str, str, int, int]] = {  # points, weight, colour, columns, lines
    "headline": (13.0, "bold", INK, 55, 3),
    "drawn": (9.5, "normal", FAINT, 88, 2),
    "note": (NOTE, "normal", FAINT, 98, 2),
    "source": (NOTE, "normal", FAINT, 98, 2),
}
LEADING = 1.3  # distance between lines, in type sizes
BELOW_HEAD, ABOVE_FOOT = 0.08, 0.06  # inches
ROW, LINE, GAP = 0.25, 0.15, 0.05  # inches: the lowest row, a line of a label, between two
AROUND = 3.0  # initial inches around the rows: more than legend and notes need
THICK = 0.62  # thickness of a bar, as a share of its row
CLEAR: dict[str, Any] = {"facecolor": "white", "edgecolor": "none", "pad": 0.6}
SMALLEST = 4.0  # points; smaller labels cannot be read


def wording() -> dict[str, Any]:
    """The texts of figures, and their tables, from `figures.toml`."""
    return data("briefing.figures", "figures.toml")


@dataclass(frozen=True)
class Words:
    """The texts of a figure: a finding or a title, what is drawn, how to read it."""

    headline: str
    drawn: str
    attrs: Attrs
    first: str = ""  # more for the caption: the first numbers
    notes: Sequence[str] = ()
    cautions: Sequence[str] = ()  # warnings that the caption must include
    timed: bool = False  # its numbers are measured times, whatever happened to the words

    @property
    def source(self) -> str:
        """Who published the text, and what kind of text it is."""
        return source(self.attrs, timed=self.timed)

    @property
    def said(self) -> str:
        """The caption: the headline, further information, and whose words these are."""
        return sentences(self.headline, self.first, self.source, *self.cautions)


def caption(ax: Axes) -> str:
    """What a figure shows, in words, based on the rows drawn."""
    return str(ax.get_label())


def known(name: str) -> Table:
    """The result table of this name that a figure is drawn from."""
    return Table(name, **wording()["tables"][name])


def check(name: str, table: pd.DataFrame, *needed: str, why: str = "") -> None:
    """Raise BriefingError unless it is a table of this name, and has rows."""
    known(name).check(table, *needed)
    if table.empty:
        raise BriefingError.of("nothing to draw", why=why)


def new_axes(height: float) -> Axes:
    """Axes on a white figure, `height` inches high, with room for its labels."""
    figure, ax = plt.subplots(figsize=(WIDTH, height), layout="constrained", facecolor="white")
    engine = figure.get_layout_engine()
    if isinstance(engine, ConstrainedLayoutEngine):
        engine.set(w_pad=0, h_pad=0.02)
    ax.set_facecolor("white")
    return ax


def whole(ax: Axes) -> Figure:
    """The figure that contains the axes, even within a subfigure."""
    return ax.figure.canvas.figure


def write(ax: Axes, words: Words, *, own: bool) -> None:
    """Write the texts around a figure or, on the user's axes, just above and below them."""
    ax.set_label(words.said)
    texts = {
        "headline": words.headline,
        "drawn": " · ".join(filter(None, [words.drawn.rstrip("."), event(words.attrs)])),
        "note": joined(*words.notes),
        "source": words.source,
    }
    wide = 1.0 if own else min(1.0, ax.get_window_extent().width / whole(ax).dpi / WIDTH)
    lines = {
        kind: _sentences(text, max(12, int(LOOKS[kind][3] * wide)), round(LOOKS[kind][4] / wide))
        for kind, text in texts.items()
        if text
    }
    (_around if own else _beside)(ax, lines)


def _sentences(text: str, columns: int, lines: int) -> str:
    """A text in lines: as many sentences as fit, or the beginning of the first."""
    parts = [text, *(text[:stop] for _, stop in reversed(find_sentences(text)))]
    laid = [wrap(part, columns, lines) for part in parts]
    return next((part for part in laid if not part.endswith("…")), laid[-1])


def _around(ax: Axes, lines: Mapping[str, str]) -> None:
    """Place the texts along the edges of our own figure, and reserve room for them."""
    figure = whole(ax)
    down = 0.0
    for kind in ("headline", "drawn"):
        down += _line(figure, kind, lines.get(kind, ""), (0, 1), -down)
    up = 0.0
    for kind in ("source", "note"):
        up += _line(figure, kind, lines.get(kind, ""), (0, 0), up)
    engine = figure.get_layout_engine()
    if isinstance(engine, ConstrainedLayoutEngine):
        engine.briefing_edges = (down + BELOW_HEAD, up + ABOVE_FOOT)  # type: ignore[attr-defined]
    fit(ax, figure.get_figheight())


def _line(figure: Figure, kind: str, text: str, at: tuple[int, int], shift: float) -> float:
    """Write a text at the top or bottom edge of the figure; return its height in inches."""
    if not text:
        return 0.0
    size, weight, colour, *_ = LOOKS[kind]
    moved = figure.transFigure + ScaledTranslation(0, shift, figure.dpi_scale_trans)
    figure.text(
        *at, text, transform=moved, va="top" if at[1] else "bottom", ha="left", fontsize=size,
        fontweight=weight, color=colour, linespacing=LEADING * 0.9, gid=kind,
        fontfamily=fonts_for([text]), parse_math=False, in_layout=False,
    )  # fmt: skip
    return (text.count("\n") + 1) * size * LEADING / 72 + (0.04 if at[1] else 0)


def _beside(ax: Axes, lines: Mapping[str, str]) -> None:
    """Write the texts above and below the user's axes, within their width."""
    lift = 6.0 + LEGEND_ROW * (ax.get_legend() is not None)
    for kind in ("drawn", "headline"):
        if kind in lines:
            _note(ax, kind, lines[kind], (0, 1), lift, "bottom")
            lift += LOOKS[kind][0] * LEADING * (lines[kind].count("\n") + 1)
    below = "\n".join(lines[kind] for kind in ("note", "source") if kind in lines)
    _note(ax, "source", below, (0, 0), -LABEL * 3.6, "top")


def _note(ax: Axes, kind: str, text: str, at: tuple[int, int], lift: float, va: str) -> None:
    size, weight, colour, *_ = LOOKS[kind]
    ax.annotate(
        text, at, (0, lift), xycoords="axes fraction", textcoords="offset points", va=va,
        ha="left", fontsize=size, fontweight=weight, color=colour, gid=kind,
        fontfamily=fonts_for([text]), parse_math=False, annotation_clip=False, in_layout=False,
    )  # fmt: skip


def fit(ax: Axes, height: float) -> None:
    """Set the height of our own figure in inches, keeping the room for its texts."""
    figure = whole(ax)
    figure.set_figheight(height)
    engine = figure.get_layout_engine()
    head, foot = getattr(engine, "briefing_edges", (0.0, 0.0))
    if isinstance(engine, ConstrainedLayoutEngine):
        engine.set(rect=(0, foot / height, 1, max(1 - (head + foot) / height, 0.05)))


def settle(ax: Axes) -> None:
    """Do the layout, so that space can be measured and used."""
    with quiet():
        whole(ax).draw_without_rendering()


@contextmanager
def placed(ax: Axes, *, dpi: int) -> Iterator[Bbox]:
    """Lay the figure out once for all its pictures; yields its frame in inches."""
    figure, engine, own_dpi = whole(ax), whole(ax).get_layout_engine(), whole(ax).dpi
    figure.dpi = dpi  # character widths differ slightly between resolutions
    settle(ax)
    with plt.rc_context({"figure.autolayout": False, "figure.constrained_layout.use": False}):
        figure.set_layout_engine(None)  # "none" leaves one that needs a dry run for every picture
    try:
        yield _frame(figure).padded(MARGIN)
    finally:
        figure.set_layout_engine(engine)
        figure.dpi = own_dpi


def _frame(figure: Figure) -> Bbox:
    """Everything drawn, including the texts at the edges."""
    texts = [text for text in figure.findobj(Text) if text.get_gid() in LOOKS]
    edges = [text.get_window_extent() for text in texts]
    inches = figure.dpi_scale_trans.inverted()
    return Bbox.union([figure.get_tightbbox(), *(edge.transformed(inches) for edge in edges)])


@contextmanager
def quiet() -> Iterator[None]:
    """Suppress warnings for each character, since `fonts_for` has already given one."""
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", "Glyph .* missing from", UserWarning)
        yield


def bare(ax: Axes, *, grid: Literal["x", "y", "both"] | None = "x") -> None:
    """Remove whatever carries no number, and draw a light grid along the axis that does."""
    for side in ("top", "right", "left", "bottom"):
        ax.spines[side].set_visible(False)
    ax.tick_params(labelsize=LABEL, labelcolor=INK, color=RULE, length=0)
    ax.grid(visible=False)
    if grid:
        ax.grid(visible=True, axis=grid, color=RULE, linewidth=0.6)
    ax.set_axisbelow(True)


def name_axis(ax: Axes, text: str) -> None:
    """Label the x axis with what it counts."""
    ax.set_xlabel(wrap(text, 70, 2), fontsize=NOTE, color=FAINT, loc="left")
    ax.xaxis.label.set(ha="left", ma="left", fontfamily=fonts_for([text]), parse_math=False)


def colours(roles: Iterable[object]) -> list[str]:
    """The colour of each role; missing roles count as unknown."""
    return [ROLE_COLOURS.get(str(role), ROLE_COLOURS["unknown"]) for role in roles]


def role_keys(roles: Iterable[object]) -> list[Patch]:
    """A legend entry for each role present, in a fixed order."""
    present = {str(role) for role in roles}
    return [Patch(facecolor=ROLE_COLOURS[role], label=role) for role in ROLES if role in present]


def legend(ax: Axes, keys: Sequence[Artist]) -> None:
    """Put the legend above the axes, where no data can be."""
    if not keys:
        return
    row = ax.legend(
        handles=keys, loc="lower left", bbox_to_anchor=(0, 1), ncols=len(keys), frameon=False,
        fontsize=LABEL, labelcolor=INK, borderaxespad=0.1, borderpad=0.2, handlelength=1.2,
        handleheight=0.9, handletextpad=0.5, columnspacing=1.4,
    )  # fmt: skip
    for text in row.get_texts():
        text.set_fontfamily(fonts_for([text.get_text()]))


def rows_height(names: Sequence[str], row: float = ROW) -> float:
    """The inches needed for the rows, each at least `row` high."""
    return len(names) * max(row, LINE * _most_lines(names) + GAP)


def _most_lines(names: Iterable[str]) -> int:
    return max((wrap(name).count("\n") + 1 for name in names), default=1)


def width_of(texts: Sequence[str], points: float) -> float:
    """The width of the widest text, in inches."""
    drawn = [TextPath((0, 0), text, size=points).get_extents() for text in texts if text.strip()]
    return max((box.width for box in drawn), default=0.0) / 72


@contextmanager
def framed(
    names: Sequence[str], words: Words, ax: Axes | None, *, grid: bool = False, row: float = ROW
) -> Iterator[Axes]:
    """Yield axes with one named row for each name; then write the texts, and fit the rows."""
    own = ax is None
    ax = rows(names, ax, grid=grid)
    yield ax
    write(ax, words, own=own)
    fit_rows(ax, names, own=own, row=row)


def rows(names: Sequence[str], ax: Axes | None, *, grid: bool = False) -> Axes:
    """Axes with one named row for each name, from the top down.

    Raises
    ------
    BriefingError
        If there are no rows.
    """
    if not names:
        raise BriefingError.of("nothing to draw", why="")
    ax = ax or new_axes(rows_height(names) + AROUND)
    bare(ax, grid="x" if grid else None)
    ax.set_yticks(range(len(names)), [wrap(name) for name in names])
    ax.set_ylim(len(names) - 0.4, -0.6)
    fonts = fonts_for(names)
    for label in ax.get_yticklabels():
        label.set(color=INK, linespacing=1.1, parse_math=False)
        label.set_fontfamily(fonts)
    return ax


def fit_rows(ax: Axes, names: Sequence[str], *, own: bool, row: float = ROW) -> None:
    """Set the height of the rows, once everything above and below them is drawn.

    Our `own` figures grow or shrink; on the user's axes the type shrinks instead.

    Raises
    ------
    BriefingError
        If the user's axes are too low for legible labels.
    """
    settle(ax)
    inches = ax.get_window_extent().height / whole(ax).dpi
    needed = rows_height(names, row)
    if own:
        fit(ax, whole(ax).get_figheight() + needed - inches)
        return
    size = min(LABEL, inches * 72 / len(names) / (1.25 * _most_lines(names)))
    if size < SMALLEST:
        raise BriefingError.of("rows do not fit", n=len(names), inches=inches, needed=needed)
    ax.tick_params(axis="y", labelsize=size)


def put(
    ax: Axes, text: str, at: tuple[Any, Any], shift: tuple[float, float] = (6, 0), **look: Any
) -> Annotation:
    """Write something beside a point of the axes, `shift` points from it."""
    own: dict[str, Any] = {
        "va": "center_baseline", "fontsize": NOTE, "color": FAINT, "gid": "value",
        "fontfamily": fonts_for([text]), "parse_math": False, "textcoords": "offset points",
    }  # fmt: skip
    return ax.annotate(text, at, shift, **own | look)


def write_value(ax: Axes, x: float, row: float, value: str) -> None:
    """Write a row's number after the end of its bar or line."""
    put(ax, value, (x, row), bbox=CLEAR)


# The texts of figures: about this text alone, never about causes, motives or blame


def event(attrs: Attrs) -> str:
    """The event counted, and its date, as far as the table gives them."""
    event, date = str(attrs.get("event") or "").split(" | ")[0], attrs.get("date")
    dated = bool(date) and find_date(event) == date  # *Press conference, 31 January 2024*
    return ", ".join(filter(None, [event, "" if dated else day(date)]))


def source(attrs: Attrs, *, timed: bool = False) -> str:
    """The source line: who published the text, and what kind of text was counted."""
    publisher, kind = str(attrs.get("source") or ""), attrs.get("text_status") or "unknown"
    publisher = publisher.split("/")[2] if re.match("https?://.", publisher) else publisher
    said = "" if timed else wording()["kinds_of_text"].get(kind)
    return joined(
        f"Source: {publisher}." if publisher else "",
        f"Words as printed; {said}." if said else "",
        "Part of the event only." if attrs.get("part") else "",
    )


def translators(attrs: Attrs) -> str:
    """Whose words these are, if somebody else worded them."""
    if attrs.get("text_status") not in ("translated", "interpreted"):
        return ""
    return "In a translation these words are the translator's as much as the speaker's."


def dictionary(attrs: Attrs) -> str:
    """The dictionary used, and how often it is right, as far as it says."""
    if not attrs.get("dictionary"):
        return ""
    name = " ".join(str(part) for part in (attrs["dictionary"], attrs.get("version")) if part)
    right = str(attrs.get("precision") or attrs.get("accuracy") or "not stated").rstrip(".")
    name = name if name.startswith("the ") else f"the dictionary {name}"
    return f"Counted by {name}; accuracy: {right[:1].lower() + right[1:]}."


def of_what(attrs: Attrs) -> str:
    """What a share is a share of."""
    return "of this page" if attrs.get("part") else "of the briefing"


def written(word: object, attrs: Attrs) -> str:
    """A folded word as the text writes it or, for *I* and *January*, as everybody does."""
    return _capitals(str(attrs.get("capitals") or "")).get(str(word), str(word))


@cache
def _capitals(words: str) -> dict[str, str]:
    return CAPITALS | {fold(word): word for word in words.split()}


def plural(role: object) -> str:
    """A role as a group of people: *officials*, *journalists*."""
    return "others" if str(role) == "unknown" else f"{role}s"


def some_of(n: int, total: int, one: str) -> str:
    """`all 13 answers`, `4 of 13 answers`, `the one answer`."""
    if n == total:
        return f"all {counted(n, one)}" if n > 1 else f"the one {one}"
    return f"{n:,} of {counted(total, one)}"


def percent(share: float) -> str:
    """A share as a percentage with one decimal; 0% means none and 100% all."""
    if share in (0, 1):
        return f"{share:.0%}"
    if share < 0.0005:
        return "under 0.1%"
    return "over 99.9%" if share >= 0.9995 else f"{share:.1%}"


def joined(*parts: str) -> str:
    """Several texts, joined in order."""
    return " ".join(filter(None, parts))


def sentences(*parts: str) -> str:
    """Join the non-empty texts, each ending in a full stop."""
    ended = (part if part.endswith((".", "?")) else f"{part}." for part in parts if part)
    return " ".join(part[:1].upper() + part[1:] for part in ended)


def who(speakers: pd.Series, roles: pd.Series, *, each: bool = False) -> list[str]:
    """The name of each row; unnamed people become `unnamed journalists`."""
    return [
        unnamed(role) + ("" if each else "s") if pd.isna(speaker) else str(speaker)
        for speaker, role in zip(speakers, roles, strict=True)
    ]


# Characters of any script: which installed fonts have them, and what to do if none has


class OneFont(NamedTuple):
    """A font for words that must share one: its name, its file, and the words it lacks."""

    family: str
    file: str
    lacks: tuple[str, ...]


def fonts_for(texts: Iterable[str]) -> list[str]:
    """The user's fonts, followed by installed ones for characters that the first one lacks.

    Warns if no installed font has some characters, with the remedy.
    """
    fonts = list(matplotlib.rcParams["font.family"])
    missing = _signs(texts) - _letters(_file(fonts))
    more, missing = _fonts_with(missing)
    if missing and _look_again():
        more, missing = _fonts_with(_signs(texts) - _letters(_file(fonts)))
    if missing:
        named = " ".join(sorted(missing)[:5])
        warnings.warn(
            f"no installed font has {named}: drawn as boxes. {wording()['fonts']['cure']}",
            stacklevel=2,
        )
    return fonts + more


def font_for(words: Sequence[str]) -> OneFont:
    """The font that has the characters of all `words`, or of most of them.

    The user's own is preferred, then well-known ones, then the others by name.
    """
    best = _best(words)
    return _best(words) if best.lacks and _look_again() else best


def _best(words: Sequence[str]) -> OneFont:
    own = _file(matplotlib.rcParams["font.family"])
    files = {font_manager.get_font(own).family_name: own} | _installed()
    lacks: dict[str, tuple[str, ...]] = {}
    for name, file in files.items():
        lacks[name] = tuple(word for word in words if _signs([word]) - _letters(file))
        if not lacks[name]:
            break
    best = min(lacks, key=lambda name: len(lacks[name]))  # the first of those with fewest missing
    return OneFont(best, _file([best]), lacks[best])


def _signs(texts: Iterable[str]) -> set[str]:
    return {sign for text in texts for sign in text if not sign.isspace()}


def _file(families: Sequence[str]) -> str:
    return font_manager.findfont(font_manager.FontProperties(family=list(families)))


def _installed() -> dict[str, str]:
    """Name to file of each font that matplotlib knows, well-known ones first."""
    listed = reversed(font_manager.fontManager.ttflist)
    files = {font.name: font.fname for font in listed if not font.name.startswith("Last Resort")}
    first = [name for name in wording()["fonts"]["first"] if name in files]
    return {name: files[name] for name in [*first, *sorted(files.keys() - set(first))]}


def _fonts_with(missing: set[str]) -> tuple[list[str], set[str]]:
    """Installed fonts for the characters, and characters that none has."""
    chosen: list[str] = []
    for name, file in _installed().items() if missing else ():
        if has := missing & _letters(file):
            chosen, missing = [*chosen, name], missing - has
        if not missing:
            break
    return chosen, missing


def _look_again() -> bool:
    """Add fonts installed after matplotlib made its list; return whether there are any."""
    known = {font.fname for font in font_manager.fontManager.ttflist}
    new = sorted(set(font_manager.findSystemFonts()) - known)
    for file in new:
        try:
            font_manager.fontManager.addfont(file)
        except (OSError, RuntimeError):  # a font that FreeType cannot open
            continue
    return bool({font.fname for font in font_manager.fontManager.ttflist} - known)


@lru_cache(maxsize=2048)
def _letters(path: str) -> frozenset[str]:
    try:
        return frozenset(map(chr, font_manager.get_font(path).get_charmap()))
    except (OSError, RuntimeError):  # a font that FreeType cannot open
        return frozenset()


def wrap(name: str, columns: int = COLUMNS, lines: int = LINES) -> str:
    """Break a name into lines of limited width; what does not fit ends in `…`."""
    rest = " ".join(name.split())
    broken: list[str] = []
    while rest and len(broken) < lines:
        head, sign = _head(rest, columns)
        rest = rest[len(head) :].lstrip()
        broken.append(head.rstrip() + sign)
    if rest:
        broken[-1] = broken[-1][: _fitting(broken[-1], columns - 1)] + "…"
    return "\n".join(broken)


def _head(text: str, columns: int) -> tuple[str, str]:
    """What fits into one line, with a hyphen if a word must be broken."""
    head = text[: _fitting(text, columns)]
    after = text[len(head) : len(head) + 1]
    if after in ("", " "):
        return head, ""
    if " " in head.strip():
        return head[: head.rindex(" ")], ""
    if "-" in head:
        return head[: head.rindex("-") + 1], ""
    narrow = _fitting(head, len(head)) == len(head)
    return (head[:-1], "-") if narrow and (head + after).isalpha() else (head, "")


def _fitting(text: str, columns: int) -> int:
    """How many of its characters fit into so many columns."""
    width = 0
    for place, character in enumerate(text):
        width += 2 if unicodedata.east_asian_width(character) in "WF" else 1
        if width > columns:
            return place
    return len(text)
