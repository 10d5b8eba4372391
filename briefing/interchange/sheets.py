"""Coding sheets on disk: CSV files that open in a spreadsheet, and are checked on return.

Spreadsheets change files: they turn what looks like a date into one, run what begins like a
formula, replace commas by semicolons, and sort one column without the others. So items are
identified by an `item_id` that is neither number nor date, a text that begins like a formula gets
an apostrophe in front, and whatever is returned is compared with the key line by line.
"""

from __future__ import annotations

import csv
import os
from collections.abc import Hashable, Iterable, Sequence
from io import StringIO
from pathlib import Path

import pandas as pd

from briefing.measures.coding import KEY, CodingSample
from briefing.reading import decode
from briefing.safe import as_csv, make_folder, save_all, unguarded
from briefing.tables import BriefingError

__all__ = ["deal", "merge", "read", "read_key", "save"]

Path_ = str | os.PathLike[str]
STAYS = ("topic", "turn_id", "sentence_id")  # columns of the key that no spreadsheet rewrites


def save(sample: CodingSample, path: Path_) -> tuple[Path, Path]:
    """Write the sheet to `path` and the key beside it, to `<name>.key.csv`; return both paths.

    Give each coder a copy of the sheet under a different name, and keep the key. UTF-8 with the
    mark that spreadsheets look for.

    Raises
    ------
    BriefingError
        If one of the files exists: a coder may have worked on it.
    """
    sheet, key = Path(path), Path(path).with_suffix(".key.csv")
    for target in (sheet, key):
        if target.exists():
            raise BriefingError.of("sheet there", file=target.name)
    texts = {key: f"\ufeff{as_csv(sample.key, raw=True)}", sheet: _written(sample.sheet)}
    save_all(texts, replace=False)
    return sheet, key


def _written(sheet: pd.DataFrame) -> str:
    return f"\ufeff{as_csv(sheet.assign(text=[' '.join(text.split()) for text in sheet['text']]))}"


def deal(
    sheet: pd.DataFrame, folder: Path_, *, coders: int = 25, overlap: int = 10, seed: int = 1
) -> list[Path]:
    """Distribute a sheet to a class: some items go to everybody, every other item to one coder.

    Parameters
    ----------
    sheet : DataFrame
        `item_id, text, code`, such as the sheet of `briefing.coding.sample`.
    folder : path
        Where the parts go, `coder-01.csv` and so on; created if necessary.
    coders : int
        How many parts.
    overlap : int
        How many items everybody codes; these show how far the class agrees.
    seed : int
        For the draw. Within a part, items are in the order of the sheet.

    Returns
    -------
    list of Path
        The files, one per coder. `merge` reads them back.

    Raises
    ------
    BriefingError
        If there is no coder, there are fewer items than everybody should code, or files exist
        already.

    Examples
    --------
    >>> from tempfile import mkdtemp
    >>> items = [f"item-{n}" for n in range(1, 8)]
    >>> sheet = pd.DataFrame({"item_id": items, "text": "Who pays?", "code": "1"})
    >>> files = deal(sheet, mkdtemp(), coders=2, overlap=3)
    >>> codes = merge(files, key=sheet)
    >>> [file.name for file in files], codes["item_id"].value_counts().tolist()
    (['coder-01.csv', 'coder-02.csv'], [2, 2, 2, 1, 1, 1, 1])
    """
    if coders < 1 or not 0 <= overlap <= len(sheet):
        raise BriefingError.of("cannot deal", n=len(sheet), coders=coders, overlap=overlap)
    drawn = sheet.reset_index(drop=True).sample(frac=1, random_state=seed)
    common, rest = drawn[:overlap], drawn[overlap:]
    make_folder(Path(folder))
    parts = {
        Path(folder) / f"coder-{i + 1:02}.csv": pd.concat([common, rest[i::coders]])
        for i in range(coders)
    }
    for target in parts:
        if target.exists():
            raise BriefingError.of("sheet there", file=target.name)
    save_all({at: _written(part.sort_index()) for at, part in parts.items()}, replace=False)
    return [*parts]


def read_key(path: Path_) -> pd.DataFrame:
    """Read the key that `sheets.save` wrote."""
    key = pd.read_csv(path, keep_default_na=False, dtype={"briefing_id": "str"})
    KEY.check(key)
    return key


def read(
    paths: Path_ | Iterable[Path_], *, key: pd.DataFrame, codes: Sequence[str] = ("1", "0")
) -> pd.DataFrame:
    """Read coded sheets, one file per coder, and check them line by line.

    Parameters
    ----------
    paths : path, or several
        The returned files. Coders are named after their files.
    key : DataFrame
        The key of the sample, or any table with `item_id`: the items required.
    codes : list of str
        The codes allowed. Surrounding spaces and capitals do not matter; an empty cell means no
        code.

    Returns
    -------
    DataFrame
        One row per item and coder, in the order of the key: `item_id, topic` (if the key has it),
        `coder`, `code` (missing if the cell is empty). `.attrs`: `codes`, `n_blank`.

    Raises
    ------
    BriefingError
        With file and line, if a code is not allowed, or an item is not in the key, is repeated or
        is beside a different sentence. With the file, if items or columns are missing, it is not a
        table, or two files share a name.
    """
    return _read(paths, key, codes, whole=True)


def merge(
    paths: Path_ | Iterable[Path_], *, key: pd.DataFrame, codes: Sequence[str] = ("1", "0")
) -> pd.DataFrame:
    """Read the parts of a dealt sheet back into one table of codes, for `coding.agreement`.

    As `read`, but each file has only the items of its part; `key` is the sheet distributed.
    `briefing.explore.apart(codes, sheet)` shows the items on which people disagree.
    """
    return _read(paths, key, codes, whole=False)


def _read(
    paths: Path_ | Iterable[Path_], key: pd.DataFrame, codes: Sequence[str], *, whole: bool
) -> pd.DataFrame:
    files = [Path(p) for p in ([paths] if isinstance(paths, str | os.PathLike) else paths)]
    names = [file.stem for file in files]
    if len(set(names)) < len(names) or not names:
        raise BriefingError.of("files of one name", names=names)
    plain = {code.casefold(): code for code in codes}
    tables = [_read_one(file, key, plain, whole=whole) for file in files]
    result = pd.concat(tables, ignore_index=True)
    result.attrs = {"codes": [*codes], "n_blank": int(result["code"].isna().sum())}
    return result


def _read_one(file: Path, key: pd.DataFrame, plain: dict[str, str], *, whole: bool) -> pd.DataFrame:
    held = key.set_index("item_id").filter([*STAYS]).astype("str").to_dict("index")
    given: dict[str, str | None] = {}
    for line, row in _rows(file):
        where, item = f"{file.name}, line {line}", row["item_id"].strip()
        if item not in held or item in given:
            problem = "comes twice" if item in given else "is not in the key"
            raise BriefingError.of("item wrong", where=where, item=item, problem=problem)
        _check_place(row, held[item], where)
        code = row["code"].strip().casefold()
        if code and code not in plain:
            known = ", ".join(plain.values())
            raise BriefingError.of("no such code", where=where, code=row["code"], codes=known)
        given[item] = plain.get(code)
    missing = [item for item in held if item not in given]
    if missing and whole:
        raise BriefingError.of(
            "items missing", file=file.name, n=len(missing), n_items=len(held), column=missing[0]
        )
    table = key[key["item_id"].isin([*given])].filter(["item_id", "topic"]).assign(coder=file.stem)
    return table.assign(code=pd.array([given[item] for item in table["item_id"]], dtype="str"))


def _rows(file: Path) -> Iterable[tuple[int, dict[str, str]]]:
    """The non-empty rows of a sheet, each with its line."""
    try:
        text = decode(file.read_bytes(), file.name)[0].lstrip("\ufeff")
    except OSError as error:
        raise BriefingError.of("sheet not read", name=file.name, said=error.strerror) from error
    head = text.partition("\n")[0]
    reader = csv.DictReader(StringIO(text), delimiter=max(",;\t", key=head.count), restval="")
    missing = {"item_id", "code"} - {*(reader.fieldnames or [])}
    if missing:
        columns, head = " or ".join(sorted(missing)), head.strip()
        raise BriefingError.of("columns missing", file=file.name, columns=columns, head=head)
    for row in reader:
        if any(value.strip() for name, value in row.items() if name and value):
            yield reader.line_num, row


def _check_place(row: dict[str, str], held: dict[Hashable, str], where: str) -> None:
    """Whether the row is still about the same sentence and topic."""
    for column, value in held.items():
        seen = unguarded(row.get(str(column), value).strip())
        if seen != value:
            raise BriefingError.of(
                "edited alone", where=where, column=column, seen=seen, value=value
            )
