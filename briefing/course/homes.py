"""Where the course lies, where in build/ a run on somebody's own file goes, how a path is shown.

The course is a folder with `notebooks`, `data` and `build`: the checkout, or what
`briefing course FOLDER` copies out of an installed package.
"""

from __future__ import annotations

import os
import shutil
from hashlib import sha256
from pathlib import Path
from typing import Any

from briefing.safe import KIT, PACKAGE, encoded, new_folder
from briefing.tables import BriefingError
from briefing.transcript import slug

OWNER = "notebooks/.transcript"  # in the folder of a run: the file that it ran on
KEPT = {"report", "student", "unfinished", "axe", "lite"}  # folders in build/ that are no runs


def course_home() -> Path | None:
    """The course here or in a folder above; otherwise the checkout, if there is one."""
    first = notebooks_of(KIT)[0].name
    here = Path.cwd()
    around = (f for f in (here, *here.parents) if (f / "notebooks" / first).exists())
    return next(around, KIT if KIT == PACKAGE.parent else None)


def notebooks_of(root: Path | None) -> list[Path]:
    """The notebooks of the course in `root`, in their order."""
    found = sorted((root / "notebooks").glob("[0-9][0-9]-*.ipynb")) if root else []
    if not found:
        where = f"in {shown(root / 'notebooks')}" if root else "here"
        raise BriefingError(
            f"no lessons {where}. Copy them: briefing course FOLDER, and go there: cd FOLDER"
        )
    return found


def copy_course(folder: str | os.PathLike[str]) -> Path:
    """Copy lessons, teacher's pages and data into `folder`; return it.

    Raises BriefingError where something of it is there already, or nothing can be written.
    """
    home = Path(folder).expanduser()
    # the lessons last: where they are, all is
    with new_folder(home / "notebooks") as lessons, new_folder(home / "data") as data:
        left_out = shutil.ignore_patterns("private", ".*")
        for name, made in (("data", data), ("notebooks", lessons)):
            shutil.copytree(KIT / name, made, ignore=left_out, dirs_exist_ok=True)
    return home


def home_of(path: Path, briefing_id: str | None, build: Path) -> Path:
    """The folder in `build` of a run on `path`: named after it, and no other file's.

    A name that is asked for is taken as it is, unless a command keeps its own files there.
    """
    if briefing_id is not None:
        home = build / slug(briefing_id)
        if home.name in KEPT:
            raise BriefingError(
                f"--id {briefing_id}: build/{home.name} is kept for another command. Choose "
                "another name."
            )
        return home
    place = path.resolve()
    code = sha256(os.fsencode(place)).hexdigest()[:6]
    names = [path.stem, path.name, f"{place.parent.name}-{path.name}", f"{path.stem}-{code}"]
    homes = [build / slug(name) for name in names if slug(name) not in KEPT]
    return next((home for home in homes if _is_free(home, place)), homes[-1])


def _is_free(home: Path, place: Path) -> bool:
    """Whether nothing is there that was made of another file."""
    try:
        return (home / OWNER).read_bytes() == encoded(str(place))
    except OSError:
        return True


def shown(path: Path) -> str:
    """The path as a person would type it here."""
    here = Path.cwd()
    return str(path.relative_to(here) if path.is_relative_to(here) else path)


def tags(cell: Any) -> set[str]:
    """What a cell of a notebook is marked as."""
    return set(cell.metadata.get("tags", []))
