"""Pictures read back: what is written where, beside which row, and whether it can be read."""

import os
import subprocess
import sys
from itertools import combinations

from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen
from matplotlib.text import Text

from briefing.figures import dress, save_figure


def written(ax):
    """Every text that a reader sees, with its box in pixels."""
    figure = dress.whole(ax)
    figure.draw_without_rendering()
    hidden = []
    for axes in figure.axes + [child for parent in figure.axes for child in parent.child_axes]:
        (left, right), (low, high) = sorted(axes.get_xlim()), sorted(axes.get_ylim())
        hidden += [t for t in axes.get_xticklabels() if not left <= t.get_position()[0] <= right]
        hidden += [t for t in axes.get_yticklabels() if not low <= t.get_position()[1] <= high]
        hidden += [*axes.get_xticklabels(), *axes.get_yticklabels()] * (not axes.axison)
    texts = [t for t in figure.findobj(Text) if t.get_visible() and t.get_text().strip()]
    return [(t.get_text(), t.get_window_extent()) for t in texts if t not in hidden]


def assert_readable(ax):
    """All texts lie inside what is saved, none is cut, and no two lie on one another."""
    boxes = written(ax)
    frame = dress.whole(ax).bbox.padded(dress.MARGIN * dress.whole(ax).dpi)
    for text, box in boxes:
        assert frame.contains(box.x0, box.y0), text
        assert frame.contains(box.x1, box.y1), text
    for (one, box), (other, that) in combinations(boxes, 2):
        assert not box.padded(-0.5).overlaps(that.padded(-0.5)), (one, other)


def texts(ax, kind):
    """The texts of one kind, in the order of drawing, each on one line."""
    found = dress.whole(ax).findobj(Text)
    return [t.get_text().replace("\n", " ") for t in found if t.get_gid() == kind]


def headline(ax):
    """The headline, on one line."""
    return texts(ax, "headline")[0]


def rows_of(ax):
    """The labels from the top down, each on one line."""
    top_down = sorted(ax.get_yticklabels(), key=lambda label: label.get_position()[1])
    return [label.get_text().replace("\n", " ") for label in top_down]


def values_of(ax):
    """What is written beside each row, from the top down."""
    values = [t for t in ax.texts if t.get_gid() == "value"]
    return [t.get_text() for t in sorted(values, key=lambda t: t.xy[1])]


def bars_of(ax, kind):
    """Row and length of each bar of one kind, from the top down."""
    bars = [b for b in ax.patches if b.get_gid() == kind]
    found = [(round(b.get_y() + b.get_height() / 2), b.get_width()) for b in bars]
    return sorted(found)


#: private use: no installed font can have them
LETTERS = "\U0010e001\U0010e002"


def make_font(path, name, letters):
    """A font in which each letter is a square."""
    pen = TTGlyphPen(None)
    pen.moveTo((0, 0))
    for corner in [(0, 700), (700, 700), (700, 0)]:
        pen.lineTo(corner)
    pen.closePath()
    glyphs = [".notdef", *(f"u{ord(c):04X}" for c in letters)]
    font = FontBuilder(1000)
    font.setupGlyphOrder(glyphs)
    font.setupCharacterMap({ord(c): f"u{ord(c):04X}" for c in letters})
    font.setupGlyf(dict.fromkeys(glyphs, pen.glyph()))
    font.setupHorizontalMetrics(dict.fromkeys(glyphs, (800, 0)))
    font.setupHorizontalHeader(ascent=800, descent=-200)
    font.setupNameTable({"familyName": name, "styleName": "Regular"})
    font.setupOS2()
    font.setupPost()
    font.save(path)


def saved_twice(module, folder):
    """The files of what `drawn` in a test module draws, by two processes of other hash seeds."""
    run = f"from {module} import drawn; from made.pictures import save; save(drawn())"
    runs = []
    for seed in ["1", "2"]:
        own = {"PYTHONHASHSEED": seed, "PYTHONPATH": os.pathsep.join(sys.path), "MPLBACKEND": "Agg"}
        command = [sys.executable, "-c", run, folder / seed]
        subprocess.run(command, check=True, env=os.environ | own)
        runs.append({file.name: file.read_bytes() for file in (folder / seed).iterdir()})
    return runs


def save(drawn):
    """Save every figure with its table, in the folder that the command line names."""
    for name, (ax, table) in drawn.items():
        save_figure(ax, sys.argv[1], name, table=table, sentence="S.")
