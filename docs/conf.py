"""How `make docs` builds the site. Its source is the folder above: links work on GitHub too.

Pages of the API are made from what `briefing` exports, and the pictures of the gallery by the
code that stands beside them; notebooks are shown as the last run left them.
"""

import inspect
import os
from pathlib import Path
from types import ModuleType

from sphinx.application import Sphinx

import briefing

ROOT = Path(__file__).parents[1]

os.chdir(ROOT)  # the gallery reads data/
os.environ["TQDM_DISABLE"] = "1"
project = "briefing"
author = copyright = "The briefing-analysis authors"
version = release = briefing.__version__

extensions = [
    "sphinx.ext.autodoc",
    "numpydoc",
    "myst_nb",
    "matplotlib.sphinxext.plot_directive",
]
root_doc = "docs/index"
include_patterns = [
    "docs/**.md",
    "docs/**.rst",
    "notebooks/**.ipynb",
    "notebooks/**.md",
    "data/README.md",
    "CHANGELOG.md",
    "CONTRIBUTING.md",
]
exclude_patterns = ["build", ".venv", "tests", "data/private", "**/.ipynb_checkpoints"]

nb_execution_mode = "off"
nb_number_source_lines = False
myst_heading_anchors = 3
myst_enable_extensions = ["colon_fence"]
suppress_warnings = ["mystnb.unknown_mime_type"]
default_role = "code"

autodoc_typehints = "none"  # numpydoc's Parameters say it in words
numpydoc_show_class_members = False

plot_html_show_formats = plot_html_show_source_link = False
plot_include_source = True
plot_formats = [("png", 150)]
plot_pre_code = "import briefing\ntalk = briefing.sample()\n"
plot_working_directory = str(ROOT)

html_theme = "pydata_sphinx_theme"
html_title = f"briefing {release}"
html_static_path = ["_static"]
html_css_files = ["site.css"]
html_additional_pages = {"index": "to-start.html"}
templates_path = ["_templates"]
html_show_sourcelink = False
html_context = {"default_mode": "light"}
html_sidebars = {page: [] for page in ("docs/index", "docs/gallery")}
html_theme_options = {
    "show_prev_next": True,
    "navbar_end": ["theme-switcher"],
    "secondary_sidebar_items": ["page-toc"],
    "footer_start": ["copyright"],
    "footer_end": [],
}


def write_api(app: Sphinx) -> None:
    """Write a page a family, and one of what stands at the root, into docs/api/."""
    folder = ROOT / "docs" / "api"
    folder.mkdir(exist_ok=True)
    public = {name: getattr(briefing, name) for name in briefing.__all__}
    families = {
        n: what for n, what in public.items() if inspect.ismodule(what) and not callable(what)
    }
    pages = {name: page(f"briefing.{name}", what.__all__, what) for name, what in families.items()}
    pages["root"] = page("briefing", [name for name in public if name not in families], briefing)
    for name, text in pages.items():
        path = folder / f"{name}.rst"
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            path.write_text(text, encoding="utf-8")


def page(name: str, public: list[str], module: ModuleType) -> str:
    """A page of autodoc directives for what a module exports."""
    said, _, references = (inspect.getdoc(module) or "").partition("\nReferences\n----------\n")
    parts = [f"{name}\n{'=' * len(name)}", said]
    for member in sorted(public, key=str.lower):
        what = getattr(module, member)
        kind = "class" if inspect.isclass(what) else "function" if callable(what) else "data"
        members = "\n   :members:" if kind == "class" else ""
        parts.append(f".. auto{kind}:: {name}.{member}{members}")
    if references:
        parts.append(f"References\n----------\n\n{references}")
    return "\n\n".join(parts) + "\n"


def setup(app: Sphinx) -> None:
    """Hook into Sphinx."""
    app.connect("builder-inited", write_api)
