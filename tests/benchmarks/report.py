"""The figures of a benchmark: medians, paired ratios, a table, a file."""

from __future__ import annotations

import importlib.metadata
import json
import os
import platform
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from typing import Any

Rows = list[dict[str, Any]]
PACKAGES = ["briefing-analysis", "pandas", "numpy", "pyarrow", "nltk", "spacy", "scikit-learn"]
PACKAGES += ["polars", "duckdb", "conc", "pyspark"]
C_TO_FINDALL = 4.5
COMPARED = 50  # of the hundred that each tool gives
HEADS = ("frequencies", "keyness", "collocations")


def sum_up(runs: dict[str, Rows], gives: dict[str, str]) -> Rows:
    """A row a tool: medians over rounds, and of the ratios to ours in the same round."""
    ours = runs.get("ours", [])
    rows = []
    for tool, rounds in runs.items():
        if not rounds:
            continue
        row: dict[str, Any] = {"tool": tool, "gives": gives[tool], "rounds": len(rounds)}
        row["mb"] = rounds[0]["mb"]
        for name in ("seconds", "cpu", "peak_mb", "text_mb"):
            row[name] = median(one[name] for one in rounds)
        row["mb_per_s"] = row["mb"] / row["seconds"]
        row["mb_per_cpu_s"] = row["mb"] / row["cpu"]
        pairs = list(zip(rounds, ours, strict=False))
        for name, of in (("x_time", "seconds"), ("x_cpu", "cpu")):
            ratios = [one[of] / one["mb"] / (base[of] / base["mb"]) for one, base in pairs]
            row[name] = median(ratios) if ratios else None
        alike = [a["peak_mb"] / b["peak_mb"] for a, b in pairs if a["mb"] == b["mb"]]
        row["x_peak"] = median(alike) if alike else None
        rows.append(row | agreement(rounds[0]["result"], reference(runs)))
    return rows + stated(rows)


def reference(runs: dict[str, Rows]) -> dict[str, Any]:
    """What results are compared with: ours of the peers' words, else ours, else the next."""
    best: dict[str, Any] = {}
    for tool in ("ours, peers' words", *runs):
        for head, found in (runs[tool][0]["result"] if runs.get(tool) else {}).items():
            if found and head not in best:
                best[head] = found
    return best


def agreement(result: dict[str, Any], base: dict[str, Any]) -> dict[str, Any]:
    """Words, hits, and the largest difference among what ranks highest; 1 where it is missing."""
    row = {"n": result.get("n", result.get("n_words")), "n_hits": result.get("concordance")}
    for head in HEADS:
        one, highest = result.get(head), list(base.get(head, {}).items())[:COMPARED]
        off = [abs(one.get(key, 0) / value - 1) for key, value in highest] if one else []
        row[f"off_{head}"] = max(off, default=None)
    return row


def stated(rows: Rows) -> Rows:
    """A C program for the same, measured once elsewhere: that many times `re.findall`."""
    base = [row for row in rows if row["tool"] == "re.findall"]
    return [
        {"tool": f"C ({C_TO_FINDALL} x findall, stated)"}
        | {name: row[name] / C_TO_FINDALL for name in ("x_time", "x_cpu")}
        for row in base
    ]


def circumstances() -> dict[str, Any]:
    """When, on what machine, with which versions."""
    pages = (
        os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") if hasattr(os, "sysconf") else 0
    )
    versions = {"python": platform.python_version()}
    for name in PACKAGES:
        try:
            versions[name] = importlib.metadata.version(name)
        except importlib.metadata.PackageNotFoundError:
            continue
    return {
        "date": datetime.now(UTC).isoformat(timespec="minutes"),
        "machine": {
            "system": f"{platform.system()} {platform.machine()}",
            "processor": _processor(),
            "cores": os.cpu_count(),
            "memory_gb": round(pages / 1e9, 1),
            "load": [round(x, 1) for x in os.getloadavg()] if hasattr(os, "getloadavg") else None,
        },
        "versions": versions,
    }


def _processor() -> str:
    info = Path("/proc/cpuinfo")
    lines = info.read_text("utf-8").splitlines() if info.exists() else []
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.processor()


def heading(figures: dict[str, Any]) -> str:
    """Two lines above the tables."""
    machine = figures["machine"]
    versions = ", ".join(f"{name} {version}" for name, version in figures["versions"].items())
    about = f"{machine['processor']}, {machine['cores']} cores, {machine['memory_gb']} GB"
    return f"{figures['date']}, {about}, load {machine['load']}\n{versions}"


def table(rows: Rows) -> str:
    """Rows as aligned columns; a column nobody fills is left out."""
    columns = list(dict.fromkeys(c for row in rows for c in row))
    columns = [c for c in columns if any(row.get(c) not in (None, "") for row in rows)]
    cells = [columns, *([_shown(row.get(c)) for c in columns] for row in rows)]
    widths = [max(map(len, column)) for column in zip(*cells, strict=True)]
    lines = [zip(line, widths, strict=True) for line in cells]
    return "\n".join(
        "  ".join(c.ljust(w) if not i else c.rjust(w) for i, (c, w) in enumerate(line))
        for line in lines
    )


def _shown(value: Any) -> str:
    if isinstance(value, float):
        return (
            f"{value:.1e}"
            if 0 < value < 0.001
            else f"{value:.3g}"
            if value < 100
            else f"{value:.0f}"
        )
    return "" if value is None else str(value)


def write(figures: dict[str, Any], folder: Path) -> Path:
    """One file a run, named by its time."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"bench-{figures['date'][:16].replace(':', '')}.json"
    path.write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")
    return path
