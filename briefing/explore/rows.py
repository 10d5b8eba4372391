"""A list to read line by line in JupyterLab, by mouse and by keyboard.

JupyterLab reads arrow keys in a notebook as *next cell* and letters as commands, also when a
list or a menu of ipywidgets has the focus. This one keeps such keys within the whole view
(class `briefing-view`) that it stands in, menus and buttons included.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any, ClassVar

import anywidget
import traitlets

_HERE = Path(__file__).parent


class Rows(anywidget.AnyWidget):
    """Rows of cells, one of which may be chosen; a strip above them where rows have a size.

    A row is `{"cells": [...], "role": ...}`; `size` gives it a part of the strip, as long as
    its share of all, and `title` says there what it is. `kinds` says of each column how it is
    shown: number, word, name, left, node, right, text or bar (a length from 0 to 1); `heads`
    what it is called.
    """

    _esm: ClassVar[str] = (_HERE / "rows.js").read_text(encoding="utf-8")
    _css: ClassVar[str] = (_HERE / "rows.css").read_text(encoding="utf-8")

    label = traitlets.Unicode("").tag(sync=True)
    kinds = traitlets.List(traitlets.Unicode()).tag(sync=True)
    heads = traitlets.List(traitlets.Unicode()).tag(sync=True)
    rows = traitlets.List(traitlets.Dict()).tag(sync=True)
    height = traitlets.Float(18).tag(sync=True)
    chosen = traitlets.Int(-1).tag(sync=True)
    linked = traitlets.List(traitlets.Int()).tag(sync=True)

    def fill(self, rows: list[dict[str, Any]], chosen: int = -1) -> None:
        """Show other rows, `chosen` chosen, and none linked with it."""
        with self.hold_sync():
            self.rows, self.linked = rows, []
            self.chosen = chosen
