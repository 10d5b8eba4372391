"""Where in build/ a run and a report on somebody's own file go, and how a path is shown."""

from __future__ import annotations

import os
from hashlib import sha256
from pathlib import Path

from briefing.disk import encoded
from briefing.tables import BriefingError
from briefing.transcript import slug

OWNER = "notebooks/.transcript"  # in the folder of a run: the file that it ran on
KEPT = {"report", "student", "unfinished", "axe"}  # folders in build/ that are no runs


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
