"""Build drop.html: Python for browsers, the wheel and what the report needs, in one file.

All of it is in the page itself, so that the page works from a disk and asks nobody for anything.
"""

from __future__ import annotations

import base64
import gzip
import io
import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from importlib.metadata import distribution
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from jinja2 import Template

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
LIBRARIES = ("jinja2", "markupsafe", "pypdf")  # plain Python, as the environment has them
PARTS = ("pyodide.asm.mjs", "pyodide.asm.wasm", "python_stdlib.zip")


def build(pyodide: Path, target: Path) -> None:
    """Write the page to `target`; `pyodide` is the folder of the npm package."""
    about = json.loads((pyodide / "package.json").read_text("utf-8"))
    lock = json.loads((pyodide / "pyodide-lock.json").read_text("utf-8")) | {"packages": {}}
    parts = {name: (pyodide / name).read_bytes() for name in PARTS} | {"packages": _packages()}
    page = Template((HERE / "drop.html.j2").read_text("utf-8")).render(
        style=(ROOT / "briefing/course/pages/overview.css").read_text("utf-8"),
        loader=(pyodide / "pyodide.js").read_text("utf-8").partition("//# sourceMapping")[0],
        lock=json.dumps(json.dumps(lock)),
        parts={
            name: base64.b64encode(gzip.compress(own, mtime=0)).decode()
            for name, own in parts.items()
        },
        versions={name: distribution(name).version for name in LIBRARIES},
        pyodide=about["version"],
    )
    target.write_text(page, "utf-8")


def _packages() -> bytes:
    """The files of our own wheel, the libraries, and what the page runs, as one zip."""
    packed = io.BytesIO()
    with ZipFile(packed, "w") as zipped:
        for name, data in [*_wheel(), *_installed()]:
            zipped.writestr(ZipInfo(name), data, ZIP_DEFLATED)
        zipped.write(HERE / "dropped.py", "dropped.py")
    return packed.getvalue()


def _wheel() -> Iterator[tuple[str, bytes]]:
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", folder]
        subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
        with ZipFile(next(Path(folder).glob("*.whl"))) as wheel:
            names = [n for n in wheel.namelist() if not n.startswith("briefing/kit/")]
            yield from [(name, wheel.read(name)) for name in names]


def _installed() -> Iterator[tuple[str, bytes]]:
    for library in LIBRARIES:
        for file in distribution(library).files or ():
            if file.suffix == ".py":
                yield str(file), file.read_binary()


if __name__ == "__main__":
    build(Path(sys.argv[1]), Path(sys.argv[2]))
