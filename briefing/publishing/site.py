"""All notebooks as an offline site behind the briefing report: a list, and a page a lesson.

The pages show what the last run left in the notebooks and change nothing in it. Each page is
one file with its pictures and its style in it; it needs no network, a lesson needs no script,
and each says so to the browser, which then refuses both. The same notebooks give the same bytes.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from briefing.course.run import home_of, shown
from briefing.disk import alone_in, make_folder, refusals, save_all
from briefing.publishing.about import about
from briefing.publishing.lessons import Lesson, NotRun, load, tags
from briefing.publishing.markup import first_picture, linked, named, usable
from briefing.publishing.overview import Overview
from briefing.tables import BriefingError
from briefing.transcript import Transcript, read

PAGES = Path(__file__).with_name("pages")
INDEX = "index.html"  # the briefing report
LESSONS = "lessons.html"
SUBJECT = "Press briefings, read as discourse"


@dataclass(frozen=True)
class Site:
    """What was made; as text, where to look."""

    index: Path
    pages: list[Path]
    doubtful: tuple[Transcript, ...] = ()
    left_out: str = ""  # why there are no lessons, where some have run

    def __str__(self) -> str:
        """How many lessons there are, and what to open."""
        lessons = "1 lesson" if len(self.pages) == 1 else f"{len(self.pages)} lessons"
        behind = f", with {lessons} behind it" if self.pages else ""
        return f"The report is made{behind}.\n  open  {shown(self.index)}"


def report(
    files: Sequence[str | os.PathLike[str]],
    *,
    folder: str | os.PathLike[str] | None = None,
    markdown: bool = False,
    briefing_id: str | None = None,
    labels: Sequence[str] = (),
    root: str | os.PathLike[str] | None = None,
) -> Site:
    """Write the briefing report of a transcript, and the lessons behind it if they have run.

    Parameters
    ----------
    files : sequence of path
        The transcript, or its pages in order. Without any, the report of the sample with the
        course, as `publish` makes it.
    folder : path, optional
        Where to; by default `build/ID/report`.
    markdown : bool
        Write the report as Markdown instead, without the lessons.
    briefing_id, labels, root
        As for `publish`.

    Raises
    ------
    BriefingError
        The transcript cannot be read, or the folder cannot be written.
    """
    root = Path(root) if root else _checkout()
    if not files:
        return publish(briefing_id=briefing_id, root=root, folder=folder)
    why = ""
    home = home_of(Path(files[0]).expanduser(), briefing_id, root / "build")
    if not markdown and len(files) == 1 and (home / "notebooks").is_dir():
        try:
            return publish(
                files[0], briefing_id=briefing_id, labels=labels, root=root, folder=folder
            )
        except NotRun as error:
            why = str(error)
    talk = read(files, labels=labels)
    into = Path(folder).expanduser() if folder else home / "report"
    page = Overview(talk)
    name, text = ("report.md", page.markdown) if markdown else (INDEX, page.html)
    _save(into, {name: text})
    return Site(into / name, [], (talk,) if talk.status == "doubtful" else (), why)


def _checkout() -> Path:
    """The project that this package stands in; elsewhere the folder one works in."""
    beside = Path(__file__).resolve().parents[2]
    return beside if (beside / "notebooks").is_dir() else Path.cwd()


def publish(
    transcript: str | os.PathLike[str] | None = None,
    *,
    briefing_id: str | None = None,
    labels: Sequence[str] = (),
    root: str | os.PathLike[str] | None = None,
    folder: str | os.PathLike[str] | None = None,
) -> Site:
    """Write the notebooks, as the last run left them, as pages behind the briefing report.

    Parameters
    ----------
    transcript : path, optional
        The transcript that the notebooks have run on: the pages of `build/ID/notebooks/` go
        to `build/ID/report/`. Without it, `notebooks/` goes to `build/report/`.
    briefing_id : str, optional
        The folder in `build/`, as for `briefing run`; by default from the file's name.
    labels : sequence of str, optional
        Examples of labels, as for `briefing.read`.
    root : path, optional
        The checkout with `notebooks/`; by default the one that this package stands in.
    folder : path, optional
        Where to, instead of `build/.../report`.

    Raises
    ------
    NotRun
        The notebooks have not run, on this transcript, to their end.
    BriefingError
        The transcript cannot be read; a folder cannot be written.
    """
    root = Path(root) if root else _checkout()
    sources = sorted((root / "notebooks").glob("[0-9][0-9]-*.ipynb"))
    if not sources:
        raise BriefingError(
            f"no notebooks in {root / 'notebooks'}. "
            "Take a copy of the whole project and install that: pip install -e ."
        )
    if transcript is None and briefing_id is None:
        lessons = [load(path, "briefing run") for path in sources]
        texts = list(dict.fromkeys(path.resolve() for x in lessons for path in x.reads()))
        return _write(folder, root / "build" / "report", lessons, [read(path) for path in texts])
    if transcript is None:
        raise BriefingError(
            f"--id {briefing_id} names the folder for a transcript of your own, but none "
            "is given. Say: briefing report TRANSCRIPT --id NAME"
        )
    own = Path(transcript).expanduser()
    home = home_of(own, briefing_id, root / "build")
    again = f'briefing run "{own}"' + (f" --id {briefing_id}" if briefing_id else "")
    text = read(own, labels=labels)
    lessons = [load(home / "notebooks" / path.name, again) for path in sources]
    read_by = {own.resolve(), (home / own.name).resolve()}  # a run with labels reads a copy
    if any(read_by.isdisjoint(x.reads()[:1]) for x in lessons):
        raise NotRun(f"{shown(home)} holds a run on another file. First: {again}")
    return _write(folder, home / "report", lessons, [text], own=True)


def _write(
    folder: str | os.PathLike[str] | None,
    usual: Path,
    lessons: list[Lesson],
    texts: list[Transcript],
    *,
    own: bool = False,
) -> Site:
    written = _pages(lessons, texts, own)
    into = Path(folder).expanduser() if folder else usual
    _save(into, written, alone=folder is None)
    doubtful = tuple(text for text in texts if text.status == "doubtful")
    first = INDEX if texts else LESSONS
    return Site(into / first, [into / lesson.page for lesson in lessons], doubtful)


def _save(folder: Path, written: dict[str, str], *, alone: bool = False) -> None:
    """Write pages; `alone`, the folder is ours, and pages that are no more go."""
    make_folder(folder)
    with alone_in(folder), refusals(folder):
        save_all({folder / page: html for page, html in written.items()})
        for old in set(folder.glob("*.html")) - {folder / page for page in written}:
            if alone:
                old.unlink()


def _pages(lessons: list[Lesson], texts: list[Transcript], own: bool) -> dict[str, str]:
    """Every page by its file name."""
    known = [about(text) for text in texts]
    subject = known[0].title if own else SUBJECT
    shared = {"lessons": lessons, "texts": known, "own": own, "subject": subject}
    names = [lesson.page for lesson in lessons]
    pages, covers, contents = {}, {}, {}
    for i, lesson in enumerate(lessons):
        body = _rendered("cells.html.j2", parts=lesson.parts(own=own))
        body = linked(usable(body, lesson.source.parent), pages=names)
        body, headings = named(body)
        covers[lesson.page], contents[lesson.page] = first_picture(body), headings
        beside = {
            "before": lessons[i - 1] if i else None,
            "after": lessons[i + 1] if i + 1 < len(lessons) else None,
        }
        pages[lesson.page] = _rendered(
            "lesson.html.j2", lesson=lesson, body=body, headings=headings, **beside, **shared
        )
    pages[LESSONS] = _rendered("index.html.j2", covers=covers, headings=contents, **shared)
    if texts:
        pages[INDEX] = Overview(texts[0], lessons=LESSONS).html
    return pages


def _rendered(template: str, **values: Any) -> str:
    return str(_environment().get_template(template).render(**values))


@cache
def _environment() -> Any:
    """Where templates are found, with the filters of nbconvert and ours."""
    from nbconvert.exporters import HTMLExporter
    from nbconvert.filters.highlight import Highlight2HTML

    exporter = HTMLExporter(
        template_name=PAGES.name,
        extra_template_basedirs=[str(PAGES.parent)],
        exclude_anchor_links=True,
    )
    environment = exporter.environment
    environment.filters["highlighted"] = Highlight2HTML(pygments_lexer="ipython3")
    environment.filters["tags"] = tags
    return environment
