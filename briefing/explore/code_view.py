"""Code the items of a sheet one by one, by key or by button, before anything else is shown.

What was decided by a dictionary or by another coder stays hidden until every item has a code:
whoever sees a verdict first finds reasons for it.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import ipywidgets
import pandas as pd

from briefing.display import Shown, show
from briefing.doubt import counted
from briefing.explore.timeline_view import opening
from briefing.explore.view import Rows, View, near, paragraph, status
from briefing.safe import guarded_table, make_folder, save
from briefing.tables import BriefingError

Path_ = str | os.PathLike[str]
BEGINS = 90  # characters of an item in the list


class CodeView(View):
    """The items of a sheet in a list, and a button for each code; `codes` is the table so far."""

    def __init__(
        self, sheet: pd.DataFrame, codes: Mapping[str, str], coder: str, path: Path_ | None
    ) -> None:
        """Make the list and the buttons, and open the first item."""
        self.sheet, self.meanings, self.coder, self._path = sheet, dict(codes), coder, path
        self._given: dict[Any, str] = {}
        self.list = Rows(
            label="Items; press the key of a code", kinds=["number", "word", "text"],
            heads=["item", "code", "begins"], height=14.0, codes=[*self.meanings],
        )  # fmt: skip
        self.buttons = {
            code: ipywidgets.Button(description=f"{code}: {means}", tooltip=f"key {code}")
            for code, means in self.meanings.items()
        }
        self.save = ipywidgets.Button(description="Save the sheet", disabled=path is None)
        self.status, self.item = ipywidgets.HTML(), ipywidgets.HTML()
        row = ipywidgets.HBox([*self.buttons.values(), self.save], layout={"flex_flow": "row wrap"})
        super().__init__(self.list, row, self.status, self.item)
        for code, button in self.buttons.items():
            button.on_click(lambda _, code=code: self._code(code))
        self.save.on_click(self._write)
        self.list.observe(self._read, "chosen")
        self.list.observe(lambda change: self._code(change["new"][0]), "pressed")
        self.list.fill(self._rows(), chosen=0 if len(sheet) else -1)

    @property
    def codes(self) -> pd.DataFrame:
        """One row an item that has a code: `item_id, coder, code`."""
        items = [item for item in self.sheet["item_id"] if item in self._given]
        given = pd.array([self._given[item] for item in items], dtype="str")
        return pd.DataFrame({"item_id": items, "coder": self.coder, "code": given})

    @property
    def left(self) -> int:
        """How many items have no code yet."""
        return len(self.sheet) - len(self._given)

    def fill(self, codes: Iterable[str]) -> CodeView:
        """Give all items their codes at once, in the order of the sheet; return the view."""
        given = [str(code) for code in codes]
        unknown = sorted({code for code in given if code not in self.meanings})
        if unknown or len(given) != len(self.sheet):
            what = f"{unknown[0]!r} is none of them" if unknown else f"these are {len(given)}"
            raise BriefingError(
                f"give {len(self.sheet)} codes, each one of {', '.join(self.meanings)}: {what}."
            )
        self._given = dict(zip(self.sheet["item_id"], given, strict=True))
        self.list.fill(self._rows(), chosen=self.list.chosen)
        self._read()
        return self

    def _rows(self) -> list[dict[str, Any]]:
        items = zip(self.sheet["item_id"], self.sheet["text"], strict=True)
        return [
            {"cells": [str(n), self._given.get(item, ""), opening(text, BEGINS)], "role": "unknown"}
            for n, (item, text) in enumerate(items, 1)
        ]

    def _code(self, code: str) -> None:
        """Give the chosen item a code, and go on to the next one without."""
        at = self.list.chosen
        if not 0 <= at < len(self.sheet):
            return
        items = self.sheet["item_id"].tolist()
        self._given[items[at]] = code
        later = [i for i in range(len(items)) if items[i] not in self._given]
        onward = next((i for i in later if i > at), next(iter(later), at))
        self.list.fill(self._rows(), chosen=onward)
        self._read()

    def _read(self, _: Any = None) -> None:
        left = f"{counted(self.left, 'item')} to code." if self.left else "All items have a code."
        self.status.value = status(left)
        at = self.list.chosen
        text = self.sheet["text"].iloc[at] if 0 <= at < len(self.sheet) else ""
        self.item.value = paragraph(str(text))

    def _write(self, _: Any = None) -> None:
        """Write the sheet with its codes, as `briefing.sheets.read` reads it."""
        if self._path is None:
            return
        table = self.sheet.assign(code=self.sheet["item_id"].map(self._given).fillna(""))
        text = "\ufeff" + guarded_table(table).to_csv(index=False)
        try:
            make_folder(Path(self._path).parent)
            self.status.value = status(f"Written to {near(save(Path(self._path), text))}.")
        except BriefingError as error:
            self.status.value = status(str(error), wrong=True)

    def tables(self) -> list[str | Shown]:
        """What the codes mean, and the items with the codes they have."""
        means = "; ".join(f"{code}: {said}" for code, said in self.meanings.items())
        table = self.sheet[["item_id", "text"]].assign(code=self.sheet["item_id"].map(self._given))
        return [f"Codes: {means}. {counted(self.left, 'item')} to code.", show(table, 40)]


def code(
    sheet: pd.DataFrame,
    codes: Mapping[str, str],
    *,
    coder: str = "me",
    path: Path_ | None = None,
) -> CodeView:
    """Open a sheet to code, item by item, by the keys of the codes.

    Parameters
    ----------
    sheet : DataFrame
        `item_id, text`, such as the sheet of `briefing.coding.sample`.
    codes : mapping
        Each code, one character, and what it means: `{"1": "yes", "0": "no"}`.
    coder : str
        Who codes.
    path : path, optional
        Where *Save the sheet* writes it, for `briefing.sheets.read`.

    Returns
    -------
    CodeView
        Shown by Jupyter when it ends a cell; without a program running, a table of the items.

    Raises
    ------
    BriefingError
        The sheet lacks a column, or an item stands in it twice.

    Examples
    --------
    >>> sheet = pd.DataFrame({"item_id": ["a", "b"], "text": ["It opens.", "Who pays?"]})
    >>> view = code(sheet, {"q": "a question", "s": "a statement"})
    >>> view.fill("sq").codes["code"].tolist()
    ['s', 'q']
    """
    lacking = [name for name in ("item_id", "text") if name not in sheet]
    if lacking or sheet["item_id"].duplicated().any():
        what = f"it lacks {' and '.join(lacking)}" if lacking else "an item_id stands there twice"
        raise BriefingError(f"not a sheet to code: {what}. Take one from briefing.coding.sample.")
    return CodeView(sheet.reset_index(drop=True), codes, coder, path)


def reveal(
    measure: Callable[..., pd.DataFrame],
    *given: CodeView | pd.DataFrame,
    columns: Sequence[str] = (),
) -> Shown:
    """Show what a measure says of codes, once every item of every view has one.

    Parameters
    ----------
    measure : callable
        Such as `briefing.coding.agreement`, `briefing.coding.accuracy` or `apart`.
    *given
        Views and tables of codes first, which become one table; then what the measure needs.
    columns : list of str
        Those to show; all without it.
    """
    views = [one for one in given if isinstance(one, CodeView)]
    left = sum(view.left for view in views)
    if left:
        table = pd.DataFrame()
        table.attrs["why"] = (
            f"{counted(left, 'item')} still to be coded. Run this cell again when they are."
        )
        return show(table)
    codes = [one.codes if isinstance(one, CodeView) else one for one in given]
    n = sum("coder" in table for table in codes)
    result = measure(pd.concat(codes[:n], ignore_index=True), *codes[n:])
    return show(result[[*columns]] if columns else result, 40)


def apart(codes: pd.DataFrame, sheet: pd.DataFrame) -> pd.DataFrame:
    """The items of a sheet on which coders differ, with a column for each coder."""
    wide = codes.pivot_table("code", "item_id", "coder", aggfunc="first")
    differ = wide[wide.ne(wide.iloc[:, 0], axis="index").any(axis="columns")]
    return sheet[["item_id", "text"]].merge(differ.reset_index(), on="item_id")
