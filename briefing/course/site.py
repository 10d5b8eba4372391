"""All notebooks as an offline site behind the briefing report: a list, and a page per lesson.

The pages show the notebooks as the last run left them, unchanged. Each page is one file that
includes its pictures and style; it needs no network, a lesson needs no script, and each tells the
browser so, which then refuses both. The same notebooks give the same bytes. Outputs are made
accessible: headings get names to link to, pictures have descriptions, and tables mark which cells
are headers (https://www.w3.org/WAI/tutorials/tables/).

A folder of briefings has its own page: its contents, who is called on, what is repeated.

The course is a folder with `notebooks`, `data` and `build`: the checkout, or what
`briefing course FOLDER` copies out of an installed package.
"""

from __future__ import annotations

import ast
import base64
import mimetypes
import os
import re
import shutil
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from briefing import safe
from briefing.corpus.folder import read as read_folder
from briefing.course.findings import PAGES, WORDS
from briefing.course.overview import Overview, as_said
from briefing.display import filled, percent
from briefing.measures.floor import ENOUGH, calls, share
from briefing.measures.reuse import any_tokens, repeats
from briefing.prose import counted, day
from briefing.tables import BriefingError
from briefing.transcript import Transcript, read

if TYPE_CHECKING:
    import pandas as pd
    from bs4 import BeautifulSoup, Tag
    from nbformat import NotebookNode


INDEX = "index.html"  # the briefing report
LESSONS = "lessons.html"
SUBJECT = "Press briefings, read as discourse"


@dataclass(frozen=True)
class Site:
    """What was written; as text, where to look."""

    index: Path
    pages: list[Path]
    doubtful: tuple[Transcript, ...] = ()
    left_out: str = ""  # why there are no lessons, although some have run

    def __str__(self) -> str:
        """How many lessons there are, and what to open."""
        lessons = counted(len(self.pages), "lesson")
        behind = f", with {lessons} linked from it" if self.pages else ""
        return f"The report is made{behind}.\n  open  {shown(self.index)}"


def report(
    files: Sequence[str | os.PathLike[str]],
    *,
    folder: str | os.PathLike[str] | None = None,
    markdown: bool = False,
    briefing_id: str | None = None,
    labels: Sequence[str] = (),
    root: str | os.PathLike[str] | None = None,
    **page: str,
) -> Site:
    """Write the briefing report of a transcript, and the lessons it links to, if they have run.

    Parameters
    ----------
    files : sequence of path
        The transcript, or its pages in order. By default, the report of the sample with the course,
        as made by `publish`.
    folder : path, optional
        Where to write; by default `build/ID/report`.
    markdown : bool
        Write the report as Markdown instead, without the lessons.
    briefing_id, labels, root
        As for `publish`.
    **page
        `topics`, `media` and `since` of `Transcript.overview`: then without the lessons.

    Raises
    ------
    BriefingError
        If the transcript cannot be read, or the folder cannot be written.
    """
    root = Path(root) if root else course_home() or Path.cwd()
    if not files:
        return publish(briefing_id=briefing_id, root=root, folder=folder)
    why = ""
    home = home_of(Path(files[0]).expanduser(), briefing_id, root / "build")
    if not markdown and not page and len(files) == 1 and (home / "notebooks").is_dir():
        try:
            return publish(
                files[0], briefing_id=briefing_id, labels=labels, root=root, folder=folder
            )
        except NotRun as error:
            why = str(error)
    talk = read(files, labels=labels)
    into = Path(folder).expanduser() if folder else home / "report"
    made = Overview(talk, **page)
    name, text = ("report.md", made.markdown) if markdown else (INDEX, made.html)
    _save(into, {name: text})
    return Site(into / name, [], (talk,) if talk.status == "doubtful" else (), why)


def publish(
    transcript: str | os.PathLike[str] | None = None,
    *,
    briefing_id: str | None = None,
    labels: Sequence[str] = (),
    root: str | os.PathLike[str] | None = None,
    folder: str | os.PathLike[str] | None = None,
) -> Site:
    """Write the notebooks, as left by the last run, as pages behind the briefing report.

    Parameters
    ----------
    transcript : path, optional
        The transcript that the notebooks have run on: `build/ID/notebooks/` goes to
        `build/ID/report/`. By default, `notebooks/` goes to `build/report/`.
    briefing_id : str, optional
        The folder in `build/`, as for `briefing run`; by default from the file's name.
    labels : sequence of str, optional
        Examples of labels, as for `briefing.read`.
    root : path, optional
        The checkout with `notebooks/`; by default the one that contains this package.
    folder : path, optional
        Where to write, instead of `build/.../report`.

    Raises
    ------
    NotRun
        If the notebooks have not finished running on this transcript.
    BriefingError
        The transcript cannot be read; a folder cannot be written.
    """
    course = Path(root) if root else course_home()
    root, sources = course or Path.cwd(), notebooks_of(course or safe.KIT)
    if transcript is None:
        refuse_id(briefing_id, "report")
        lessons = [load(path, "briefing run") for path in sources]
        texts = list(dict.fromkeys(path.resolve() for x in lessons for path in x.reads()))
        return _write(folder, root / "build" / "report", lessons, [read(path) for path in texts])
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
    """Write pages; with `alone` the folder is ours, and obsolete pages are removed."""
    safe.make_folder(folder)
    with safe.alone_in(folder), safe.refusals(folder):
        safe.save_all({folder / page: html for page, html in written.items()})
        for old in set(folder.glob("*.html")) - {folder / page for page in written}:
            if alone:
                old.unlink()


def _pages(lessons: list[Lesson], texts: list[Transcript], own: bool) -> dict[str, str]:
    """Every page by its file name."""

    known = [Overview(text) for text in texts]
    subject = known[0].title if own else SUBJECT
    shared = {"lessons": lessons, "texts": known, "own": own, "subject": subject}
    names = [lesson.page for lesson in lessons]
    bodies = {}
    for lesson in lessons:
        made = _rendered("cells.html.j2", parts=lesson.parts(own=own))
        bodies[lesson.page] = usable(made, lesson.source.parent, names)
    pages = {LESSONS: _rendered("index.html.j2", bodies=bodies, **shared)}
    row = [None, *lessons, None]
    for before, lesson, after in zip(row, lessons, row[2:], strict=False):
        around: dict[str, Any] = {"before": before, "after": after, "body": bodies[lesson.page]}
        pages[lesson.page] = _rendered("lesson.html.j2", lesson=lesson, **around, **shared)
    if texts:
        pages[INDEX] = Overview(texts[0], lessons=LESSONS).html
    return pages


def _rendered(template: str, **values: Any) -> str:
    return str(_environment().get_template(template).render(**values))


@cache
def _environment() -> Any:
    """The environment for templates, with nbconvert's filters and ours."""
    from nbconvert.exporters import HTMLExporter
    from nbconvert.filters.highlight import Highlight2HTML

    exporter = HTMLExporter(
        template_name=PAGES.name,
        extra_template_basedirs=[str(PAGES.parent)],
        exclude_anchor_links=True,
    )
    environment = exporter.environment
    environment.filters["highlighted"] = Highlight2HTML(pygments_lexer="ipython3")
    environment.filters |= {"tags": tags, "counted": counted}
    return environment


class NotRun(BriefingError):
    """The notebooks have not finished running on this transcript."""


ASKED = re.compile(r"\*\*(\d+)\. ")
CHOOSING = {"parameters", "injected-parameters"}


@dataclass
class CellGroup:
    """Cells that belong together: an exercise with its solution, otherwise a single cell."""

    cells: list[NotebookNode]
    exercise: str = ""  # its number


@dataclass(frozen=True)
class Lesson:
    """A notebook that has run."""

    source: Path
    cells: list[NotebookNode]

    @property
    def page(self) -> str:
        """The file name of its page."""
        return f"{self.source.stem}.html"

    @property
    def title(self) -> str:
        """`1 · Who holds the floor?`."""
        first = self.cells[0].source.splitlines()[0] if self.cells else ""
        return first.removeprefix("# ").strip() or self.source.stem

    @property
    def number(self) -> str:
        """What precedes the question, or an empty string."""
        return self.title.partition(" · ")[0] if " · " in self.title else ""

    @property
    def question(self) -> str:
        """The title without its number."""
        return self.title.rpartition(" · ")[2]

    @property
    def why(self) -> str:
        """The paragraph below the title, as Markdown."""
        paragraphs = self.cells[0].source.split("\n\n") if self.cells else []
        return next((p for p in paragraphs[1:] if not p.startswith("**")), "")

    def parts(self, *, own: bool) -> list[CellGroup]:
        """Its cells in order; on the user's own file, without those that choose the file."""
        parts: list[CellGroup] = []
        for cell in self.cells:
            asked = ASKED.match(cell.source) if cell.cell_type == "markdown" else None
            goes_on = parts and parts[-1].exercise and {"exercise", "solution"} & tags(cell)
            if own and CHOOSING & tags(cell):
                continue
            if goes_on and not asked:
                parts[-1].cells.append(cell)
            else:
                parts.append(CellGroup([cell], asked[1] if asked else ""))
        return parts

    def reads(self) -> list[Path]:
        """The existing files that its parameters name, the last assignment first."""
        chosen = [c.source for c in self.cells if CHOOSING & tags(c)]
        nodes = [node for source in reversed(chosen) for node in ast.walk(_tree(source))]
        texts = [n.value for n in nodes if isinstance(n, ast.Constant) and isinstance(n.value, str)]
        return [path for text in texts if (path := self.source.parent / text).is_file()]


def _tree(source: str) -> ast.AST:
    try:
        return ast.parse(source)
    except SyntaxError:  # a line for IPython, which names no files
        return ast.Module([], [])


def load(path: Path, again: str) -> Lesson:
    """The notebook at `path` after a complete run; `again` is the command to run it.

    Raises
    ------
    NotRun
        If it is missing, has not run, or stopped at an error.
    BriefingError
        If it is not a notebook.
    """
    import nbformat

    try:
        notebook = nbformat.read(path, as_version=4)
    except FileNotFoundError as error:
        raise NotRun(f"{shown(path)} is not there yet. First: {again}") from error
    except (OSError, ValueError) as error:
        raise BriefingError.of("notebook not read", path=shown(path), again=again) from error
    for cell in notebook.cells:
        if cell.cell_type != "code":
            continue
        if cell.execution_count is None:
            raise NotRun(f"{shown(path)} has not run to its end. First: {again}")
        if any(output.output_type == "error" for output in cell.outputs):
            raise NotRun.of(
                "stopped at an error", path=shown(path), cell=cell.execution_count, again=again
            )
    return Lesson(path, list(notebook.cells))


# A series: the contents of a folder, who is called on, and what is repeated

SERIES = WORDS["series"]  # its words, and what readers call the columns of its tables
FIRST = 20


def write_series(folder: str | os.PathLike[str], out: str | os.PathLike[str]) -> Path:
    """Read the briefings in a folder, and write the page that lists them all to `out`."""
    turns, report = read_folder(folder, progress=False)
    listed = calls(turns)
    safe.make_folder(Path(out))
    size = {name: counted(int(report[f"n_{name}s"].sum()), name) for name in ("turn", "word")}
    extent = f"{counted(len(report), 'file')}: {size['turn']}, {size['word']}."
    parts = [Part("The briefings", extent, _for_readers(report, "files"))]
    if len(listed):
        outlets, officials = share(listed), share(listed, by="answered_by")
        known = outlets.attrs["share_named"]
        told = f"The outlet is known in {percent(known)} of {counted(len(listed), 'call')}."
        if known < ENOUGH:
            outlets = outlets.sort_values("outlet", ignore_index=True)
            told = f"{told} {SERIES['few_known']}"
        called = _for_readers(outlets, "calls")
        answered = officials.fillna({"answered_by": "nobody"})
        answer = _for_readers(answered, "calls")
        parts += [
            Part("Who is called on", told, called, _picture(outlets, out, "calls")),
            Part("Who answers", SERIES["answers"], answer, _picture(officials, out, "follow-ups")),
        ]
    parts.append(Part("Said again in several briefings", SERIES["said_again"], _again(turns)))
    days = [day(date) for date in sorted(report["date"].dropna()) if date]
    when = f", {' to '.join(dict.fromkeys([days[0], days[-1]]))}" if days else ""
    return safe.save(Path(out) / "index.html", page(counted(len(report), "briefing") + when, parts))


def _again(turns: pd.DataFrame) -> pd.DataFrame:
    """What several briefings say word for word, as printed, without overlapping runs."""
    said = repeats(any_tokens(turns))
    said = said[said["n_briefings"] > 1].reindex(columns=[*SERIES["again"]])
    rows: list[dict[str, Any]] = [
        {str(k): v for k, v in r.items()} for r in said.to_dict("records")
    ]
    longest = [row for row in rows if not any(_holds(other, row) for other in rows)][:FIRST]
    text = "\n".join(turns["text"])
    shown = [row | {"text": as_said(row["text"], text)} for row in longest]
    return _for_readers(said.head(0) if not shown else type(said)(shown), "again")


def _holds(run: dict[str, Any], other: dict[str, Any]) -> bool:
    """Whether a run contains another and is in as many briefings."""
    within = other["text"] in run["text"] and other["text"] != run["text"]
    return within and bool(run["n_briefings"] >= other["n_briefings"])


def _for_readers(table: pd.DataFrame, kind: str) -> pd.DataFrame:
    """Columns as text under the names that readers have for them; not those that say nothing."""
    heads: dict[str, str] = {name: head for name, head in SERIES[kind].items() if name in table}
    kept = {name: table[name].map(day) if "date" in name else table[name] for name in heads}
    shown = {heads[name]: _in_words(column) for name, column in kept.items() if _says(column)}
    return type(table)(shown)


def _says(column: pd.Series) -> bool:
    return bool(
        column.notna().any() and not {*column.dropna().astype("str")} <= {"", "read", "NaT"}
    )


def _in_words(column: pd.Series) -> list[str]:
    if column.dtype.kind not in "iuf":
        given = column.astype("object").where(column.notna(), "")
        return [str(value) or "–" for value in given]
    places = 0 if (column.dropna() % 1 == 0).all() else 1
    rows = zip(column, column.isna(), strict=True)  # NA of a nullable column has no truth value
    return ["–" if missing else f"{value:,.{places}f}" for value, missing in rows]


NUMBER = re.compile(r"[\d,.]+|–")  # in a cell
Picture = tuple[str, str] | None  # its file and what it says


class Part(NamedTuple):
    """A table on a page, with a heading, a sentence and perhaps a picture."""

    heading: str
    told: str
    table: pd.DataFrame
    picture: Picture = None


def _picture(shares: pd.DataFrame, out: str | os.PathLike[str], name: str) -> Picture:
    """Draw shares of the calls into files beside the page; return name and caption, if any."""
    from briefing.figures import save as save_drawn

    if not shares.attrs["ranked"]:
        return None
    try:
        save_drawn(shares, Path(out), name)
    except BriefingError:  # nobody has an interval
        return None
    return f"{name}.png", Path(out, f"{name}.txt").read_text("utf-8").strip()


def page(title: str, parts: Sequence[Part]) -> str:
    """A page of tables."""
    columns = (column for part in parts for column in part.table.items())
    numbers = {name for name, said in columns if said.astype(str).map(NUMBER.fullmatch).all()}
    return filled("course/pages/tables.html.j2", title=title, parts=parts, numbers=numbers)


# Accessible HTML


NARROW = 40  # characters of a row that fit on any screen
NO_WORDS = "A picture without a description: see the code above it"


class Heading(NamedTuple):
    """A heading of a page: its level, link name and text."""

    level: int
    name: str
    text: str


class Body(NamedTuple):
    """The content of a page: its HTML, its headings in order, its first picture, if any."""

    html: str
    headings: list[Heading]
    cover: str


def usable(html: str, folder: Path, pages: Collection[str] = ()) -> Body:
    """Make `html` accessible, with links to `pages`, within the page or to the web.

    Raises BriefingError if a picture is neither in it nor in a file beside `folder`.
    """
    from bs4 import BeautifulSoup  # comes with Jupyter, like everything that makes lessons

    soup = BeautifulSoup(html, "html.parser")
    for tag in soup(["style", "script"]):
        tag.decompose()
    for table in soup("table"):
        _box(table, soup)
    for picture in soup("img"):
        source = str(picture.get("src", ""))
        held = source if source.startswith("data:") else _held(folder / source)
        picture.attrs = {"alt": str(picture.get("alt", "")).strip() or NO_WORDS, "src": held}
    for link in soup("a", href=True):
        _lead(link, pages, soup)
    headings = _name_headings(soup)
    return Body(str(soup), headings, str(soup.img or ""))


def plain(tag: Tag) -> str:
    """The text of an HTML element, with single spaces."""
    return " ".join(tag.get_text(" ").split())


def _name_headings(soup: BeautifulSoup) -> list[Heading]:
    """Give every heading a unique name."""
    headings: list[Heading] = []
    for tag in soup(re.compile("^h[1-6]$")):
        stem, taken = safe.slug(plain(tag)), {heading.name for heading in headings}
        names = (stem if i == 1 else f"{stem}-{i}" for i in count(1))
        tag.attrs = {"id": next(name for name in names if name not in taken)}
        headings.append(Heading(int(tag.name[1]), str(tag["id"]), plain(tag)))
    return headings


def _lead(link: Tag, pages: Collection[str], soup: BeautifulSoup) -> None:
    """Point a link to its page; if there is none, unlink it and print its address after it."""
    target = str(link["href"])
    file, _, part = target.partition("#")
    page = re.sub(r"\.ipynb$", ".html", file)
    if re.match(r"https?:", target):
        link.attrs = {"href": target}
    elif not file or page in pages:
        link.attrs = {"href": f"{page}#{safe.slug(part)}" if part else page}
    else:
        where = re.sub(r"^(\.\./)+", "", file)
        if where not in plain(link):
            code = soup.new_tag("code")
            code.string = where
            link.extend([" (", code, ")"])
        link.unwrap()


def _held(path: Path) -> str:
    """The picture in a file, as a data address."""
    try:
        data = base64.b64encode(path.read_bytes()).decode("ascii")
    except OSError as error:
        raise BriefingError.of("no picture", path=shown(path)) from error
    return f"data:{mimetypes.guess_type(path.name)[0] or 'image/png'};base64,{data}"


def _box(table: Tag, soup: BeautifulSoup) -> None:
    """Let each heading of a table say what it names, and a wide one be scrolled by keyboard."""
    for cell in table("th"):
        if plain(cell):
            cell["scope"] = "col" if cell.find_parent("thead") else "row"
        else:
            cell.name = "td"
    rows = [plain(row) for row in table("tr")]
    box = soup.new_tag("div", attrs={"class": "box", "role": "group"})
    box["aria-label"] = "Table: " + ", ".join(filter(None, map(plain, table.select("thead th"))))
    if max(map(len, rows), default=0) > NARROW:
        box["tabindex"] = "0"
    table.attrs = {}
    table.wrap(box)


# Where the course is


OWNER = "notebooks/.transcript"  # in the folder of a run: the path of its transcript
OTHERS = {"report", "student", "unfinished", "axe", "lite"}  # folders in build/ that are not runs


def course_home() -> Path | None:
    """The course here or in a folder above; otherwise the checkout, if there is one."""
    first = notebooks_of(safe.KIT)[0].name
    here = Path.cwd()
    around = (f for f in (here, *here.parents) if (f / "notebooks" / first).exists())
    return next(around, safe.KIT if safe.KIT == safe.PACKAGE.parent else None)


def notebooks_of(root: Path | None) -> list[Path]:
    """The notebooks of the course in `root`, in order."""
    found = sorted((root / "notebooks").glob("[0-9][0-9]-*.ipynb")) if root else []
    if not found:
        where = f"in {shown(root / 'notebooks')}" if root else "here"
        raise BriefingError.of("no lessons", where=where)
    return found


def copy_course(folder: str | os.PathLike[str]) -> Path:
    """Copy lessons, teacher's pages and data into `folder`; return it.

    Raises BriefingError if any of it exists there, or nothing can be written.
    """
    home = Path(folder).expanduser()
    # the lessons last: if they are there, everything is
    with safe.new_folder(home / "notebooks") as lessons, safe.new_folder(home / "data") as data:
        left_out = shutil.ignore_patterns("private", ".*")
        for name, made in (("data", data), ("notebooks", lessons)):
            shutil.copytree(safe.KIT / name, made, ignore=left_out, dirs_exist_ok=True)
    return home


def home_of(path: Path, briefing_id: str | None, build: Path) -> Path:
    """The folder in `build` for a run on `path`: named after it, and not used for another file.

    A requested name is used unchanged, unless a command keeps its own files there.
    """
    if briefing_id is not None:
        home = build / safe.slug(briefing_id)
        if home.name in OTHERS:
            raise BriefingError.of("kept name", briefing_id=briefing_id, name=home.name)
        return home
    place = path.resolve()
    code = sha256(os.fsencode(place)).hexdigest()[:6]
    names = [path.stem, path.name, f"{place.parent.name}-{path.name}", f"{path.stem}-{code}"]
    homes = [build / safe.slug(name) for name in names if safe.slug(name) not in OTHERS]
    return next((home for home in homes if _is_free(home, place)), homes[-1])


def refuse_id(briefing_id: str | None, command: str) -> None:
    """Raise BriefingError if a name is given without a transcript."""
    if briefing_id is not None:
        say = f"briefing {command} TRANSCRIPT --id NAME"
        raise BriefingError.of("id without transcript", briefing_id=briefing_id, say=say)


def _is_free(home: Path, place: Path) -> bool:
    """Whether the folder has nothing made from another file."""
    try:
        return (home / OWNER).read_bytes() == safe.encoded(str(place))
    except OSError:
        return True


def shown(path: Path) -> str:
    """The path as one would type it here."""
    here = Path.cwd()
    return str(path.relative_to(here) if path.is_relative_to(here) else path)


def tags(cell: Any) -> set[str]:
    """The tags of a notebook cell."""
    return set(cell.metadata.get("tags", []))
