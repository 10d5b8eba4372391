"""What the views share: shown as widgets where they live, as a table where they do not.

A view is displayed twice, as widgets and as plain HTML. The widgets, where they come to life,
bring the style rule that hides the plain copy; on a page without a kernel nothing hides it.
"""

from __future__ import annotations

import os
from itertools import count
from typing import Any

import ipywidgets

from briefing.explore.markup import paragraph
from briefing.safe import AS_PRINTED

WIDGET = "application/vnd.jupyter.widget-view+json"
_numbers = count(1)  # not an id at random: the same notebook gives the same bytes


class View:
    """Widgets in a box, and the same as a plain page for where there are none."""

    def __init__(self, *children: ipywidgets.Widget) -> None:
        """Put `children` below one another."""
        self._copy = f"briefing-static-{next(_numbers)}"
        style = (
            f"<style>body:not(.jp-Notebook) .{self._copy} {{ display: none }}\n"
            "body.jp-Notebook .briefing-view { display: none }</style>"  # a page by nbconvert
        )
        hiding = ipywidgets.HTML(style, layout={"height": "0", "margin": "0"})
        self.box = ipywidgets.VBox([hiding, *children])
        self.box.add_class("briefing-view")

    def tables(self) -> list[Any]:
        """Sentences, and tables as they are shown, that say what the view shows now."""
        raise NotImplementedError

    def html(self) -> str:
        """The view as a plain page."""
        parts = (
            paragraph(part) if isinstance(part, str) else part._repr_html_()
            for part in self.tables()
        )
        return f'<div class="{self._copy}"><div {AS_PRINTED}>{"".join(parts)}</div></div>'

    def __repr__(self) -> str:
        """The view as plain text."""
        return "\n".join(part if isinstance(part, str) else repr(part) for part in self.tables())

    def _ipython_display_(self) -> None:
        from IPython.display import display

        live = {"model_id": self.box.model_id, "version_major": 2, "version_minor": 0}
        display({WIDGET: live, "text/plain": ""}, raw=True)
        display({"text/html": self.html(), "text/plain": repr(self)}, raw=True)


def labelled(widget: Any, **style: str) -> Any:
    """A control whose label is as wide as its words."""
    widget.style.description_width = "initial"
    for key, value in style.items():
        setattr(widget.layout, key, value)
    return widget


def near(path: str | os.PathLike[str]) -> str:
    """The path from here, as a person would type it."""
    try:
        return os.path.relpath(path)
    except ValueError:  # another drive
        return os.fspath(path)
