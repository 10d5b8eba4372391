"""A figure saved with what is needed to check it, and shown.

`NAME.png` and `NAME.svg` are the picture, `NAME.csv` is the table it was drawn from, and
`NAME.txt` says in words what it shows, which is also its alternative text for readers who
do not see it. The same figure gives the same bytes: no date, no program version, fixed ids.
"""

from __future__ import annotations

import base64
import html
import io
import re
import unicodedata
from pathlib import Path
from typing import TYPE_CHECKING, Any

import matplotlib
import matplotlib.pyplot as plt
import pandas as pd

from briefing.figures.dress import caption, placed, quiet, whole
from briefing.safe import AS_PRINTED, as_csv, make_folder, save_all
from briefing.tables import BriefingError

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.transforms import Bbox

FILE_DPI, SCREEN_DPI = 200, 110
UNDATED: dict[str, dict[str, str | None]] = {
    "png": {"Software": None},
    "svg": {"Date": None, "Creator": None},
}


def save_figure(
    ax: Axes, folder: str | Path, name: str, *, table: pd.DataFrame, sentence: str = ""
) -> list[Path]:
    """Write the figure of `ax` as PNG and SVG, with its table and its sentence.

    Parameters
    ----------
    ax : Axes
        What a `plot_*` function returned.
    folder, name : str
        Where to; a missing folder is made. "Speaking share" is written as `speaking-share`.
    table : DataFrame
        The table that the figure was drawn from.
    sentence : str
        What it shows; without it the caption that our figures have.

    Returns
    -------
    list of Path
        The four files: .png, .svg, .csv, .txt.

    Raises
    ------
    BriefingError
        The name has no letter or digit, there is no sentence, or the folder is no folder.
    """
    said = " ".join((sentence or caption(ax)).split())
    if not said:
        raise BriefingError(
            "a figure needs its sentence, for readers who do not see it. "
            'Pass sentence="...": what it shows.'
        )
    with placed(ax, dpi=FILE_DPI) as frame:
        return write_files(ax, frame, Path(folder), name, table, said)


def write_files(
    ax: Axes, frame: Bbox, folder: Path, name: str, table: pd.DataFrame, said: str
) -> list[Path]:
    """Write picture, table and words side by side."""
    stem = slug(name)
    make_folder(folder)
    pictures = {
        folder / f"{stem}.{format}": _picture(ax, format, FILE_DPI, said, frame)
        for format in UNDATED
    }
    csv = as_csv(table)
    words = {folder / f"{stem}.csv": csv, folder / f"{stem}.txt": f"{said}\n"}
    return save_all({**pictures, **words})


def display_picture(ax: Axes, frame: Bbox, said: str) -> None:
    """Show the figure in a notebook, as an `<img alt=...>` of our own.

    Notebooks drop the alternative text of ordinary pictures; where HTML cannot be shown, the
    sentence stands in for the picture.
    """
    try:
        from IPython.display import display
    except ImportError as error:
        raise BriefingError(
            "figures are shown in notebooks only, and IPython is not installed. "
            "Write a file with save_figure(), or install the notebooks extra."
        ) from error
    html = _figure_html(_picture(ax, "png", SCREEN_DPI, said, frame), said)
    display({"text/html": html, "text/plain": f"[figure: {said}]"}, raw=True)


def close(ax: Axes) -> None:
    """Forget the figure of `ax`, which would otherwise stay in memory."""
    plt.close(whole(ax))


def slug(name: str) -> str:
    """A name that every file system takes: small letters, digits and hyphens."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    stem = re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-")
    if not stem:
        raise BriefingError(
            f"{name!r} does not make a file name: it has no Latin letter or digit. "
            "Name the figure, for example, speaking-share."
        )
    return stem


def _picture(ax: Axes, format: str, dpi: int, sentence: str, frame: Bbox) -> bytes:
    """The whole figure: nothing cut off, and nothing that changes from run to run."""
    drawn = io.BytesIO()
    settings: dict[Any, Any] = {"svg.hashsalt": "briefing", "svg.fonttype": "path"}
    with matplotlib.rc_context(settings), quiet():
        whole(ax).savefig(
            drawn, format=format, dpi=dpi, bbox_inches=frame,
            facecolor=whole(ax).get_facecolor(), transparent=False,
            metadata=UNDATED[format] | {"Description": sentence},
        )  # fmt: skip
    return drawn.getvalue()


def _figure_html(png: bytes, sentence: str) -> str:
    """The sentence is read out once: as alternative text, and below for those who look."""
    source = base64.b64encode(png).decode("ascii")
    return (
        f'<figure {AS_PRINTED}><img alt="{html.escape(sentence)}" style="max-width: 100%" '
        f'src="data:image/png;base64,{source}">'
        f'<figcaption aria-hidden="true">{html.escape(sentence)}</figcaption></figure>'
    )
