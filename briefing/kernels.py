"""Run one notebook so that the same input gives the same bytes.

The kernel is that of the interpreter which runs this, whatever kernels are registered on
the machine; hash seed, locale, time zone and IPython settings are fixed; what differs from
run to run (times, the interpreter's version, widget ids, object addresses) is taken out.
"""

from __future__ import annotations

import asyncio
import os
import re
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from jupyter_client.kernelspec import KernelSpec
from jupyter_client.manager import AsyncKernelManager
from nbclient import NotebookClient
from nbformat import NotebookNode

from briefing.disk import scratch

CHOICES = ("BRIEFING_TRANSCRIPT", "BRIEFING_FIGURES", "BRIEFING_TOPICS")
WIDGET = "application/vnd.jupyter.widget-view+json"
WARNED = re.compile(r"^\S*?:\d+: (?=\w*Warning: )", re.MULTILINE)  # where on this machine
ADDRESS = re.compile(r" at 0x[0-9A-Fa-f]{6,}(?=>|&gt;)")


class Loop(asyncio.SelectorEventLoop):
    """Leaves Ctrl-C to asyncio.Runner, which cancels the run: no kernel outlives it."""

    def add_signal_handler(self, *_: Any) -> None:  # type: ignore[override]
        """Refuse, as a loop does that is not in the main thread."""
        raise RuntimeError("signals belong to the runner")


class Kernel(AsyncKernelManager):
    """A kernel of the interpreter that runs this."""

    @classmethod
    def in_folder(cls, folder: str) -> Kernel:
        """Reached through files in `folder` where the system can, otherwise by TCP."""
        file, sockets = os.path.join(folder, "kernel.json"), os.path.join(folder, "kernel")
        if os.name == "posix" and len(sockets) < 90:  # a socket's path may have 103 bytes
            return cls(connection_file=file, transport="ipc", ip=sockets)
        return cls(connection_file=file)

    @property
    def kernel_spec(self) -> KernelSpec:
        """How to start it."""
        command = [sys.executable, "-m", "ipykernel_launcher", "-f", "{connection_file}"]
        return KernelSpec(argv=command, display_name="Python 3", language="python")


async def execute(notebook: NotebookNode, folder: Path, after_cell: Callable[..., object]) -> None:
    """Run every cell of `notebook`, which keeps the outputs, in `folder`.

    Raises what nbclient raises: CellExecutionError for a failed cell, RuntimeError for a
    kernel that died. The outputs up to there are kept.
    """
    with scratch() as private:
        client = NotebookClient(
            notebook, km=Kernel.in_folder(private), timeout=None, record_timing=False,
            coalesce_streams=True, shutdown_kernel="immediate", on_cell_executed=after_cell,
        )  # fmt: skip
        environment = fixed(private)
        try:
            await client.async_execute(cleanup_kc=True, cwd=str(folder), env=environment)
        except RuntimeError:
            if _is_cancelled():  # which nbclient takes for a kernel's death
                raise asyncio.CancelledError from None
            raise
        finally:
            settle(notebook)


def _is_cancelled() -> bool:
    task = asyncio.current_task()
    return task is not None and task.cancelling() > 0


def fixed(private: str) -> dict[str, str]:
    """Our environment, with everything set that the outputs may depend on."""
    paths = [str(Path(__file__).resolve().parents[1]), os.environ.get("PYTHONPATH", "")]
    return {k: v for k, v in os.environ.items() if k not in CHOICES} | {
        "IPYTHONDIR": private,
        "LC_ALL": "C.UTF-8",
        "MPLBACKEND": "module://matplotlib_inline.backend_inline",
        "PYTHONHASHSEED": "0",
        "PYTHONPATH": os.pathsep.join(filter(None, paths)),
        "PYTHONUTF8": "1",
        "TZ": "UTC",
    }


def settle(notebook: NotebookNode) -> None:
    """Take out what differs from one run to the next."""
    notebook.metadata.pop("widgets", None)
    notebook.metadata.get("language_info", {}).pop("version", None)
    notebook.metadata["kernelspec"] = {
        "display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3",
    }  # fmt: skip
    for cell in notebook.cells:
        cell.metadata.pop("execution", None)
        for output in cell.get("outputs", []):
            if output.get("name") == "stderr":
                output["text"] = WARNED.sub("", output["text"])
            data = output.get("data", {})
            data.pop(WIDGET, None)
            for kind in {"text/plain", "text/html"} & data.keys():
                data[kind] = ADDRESS.sub("", data[kind])
