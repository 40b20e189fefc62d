"""The figures of a run as Markdown, and their place in a page."""

from __future__ import annotations

import os
import platform
import subprocess
from datetime import UTC, datetime
from pathlib import Path

from bench.harness.running import ROOT, Outcome

BEGIN = "<!-- figures: written by `make figures`, not by hand -->\n"
END = "<!-- end of figures -->\n"


def circumstances() -> str:
    """Machine, date and commit of a run; how busy the machine is as the run begins."""
    load = ", ".join(f"{average:.1f}" for average in os.getloadavg())
    now = datetime.now(UTC)
    return (
        f"{_processor()}, {os.cpu_count()} cores, {platform.system()},"
        f" Python {platform.python_version()}; {now:%Y-%m-%d %H:%M} UTC; commit {_commit()};"
        f" load average at the start {load}."
    )


def table(result: Outcome) -> str:
    """One benchmark: a line for each figure, those that miss their limit marked."""
    head = f"### {result.title}\n\n"
    if result.failure:
        return f"{head}**FAILED**: {result.failure}\n"
    lines = ["| figure | measured | limit | |", "|---|---|---|---|"]
    for figure in result.figures:
        value = result.values[figure.name]
        mark = "**MISSED**" if figure.missed(value) else ""
        lines.append(f"| {figure.name} | {figure.written(value)} | {figure.limit} | {mark} |")
    return head + "\n".join(lines) + "\n"


def put_into(page: Path, figures: str) -> None:
    """Writes the figures where the page has its block; raises ValueError where it has none."""
    text = page.read_text(encoding="utf-8")
    before, begun, rest = text.partition(BEGIN)
    _, ended, after = rest.partition(END)
    if not begun or not ended:
        raise ValueError(f"{page.name} has no block for figures")
    page.write_text(f"{before}{BEGIN}\n{figures}\n{END}{after}", encoding="utf-8")


def _processor() -> str:
    information = Path("/proc/cpuinfo")
    if information.exists():
        for line in information.read_text(encoding="utf-8").splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    return platform.machine()


def _commit() -> str:
    def git(*words: str) -> str:
        done = subprocess.run(  # noqa: S603
            ["git", *words],  # noqa: S607
            capture_output=True,
            text=True,
            check=True,
            cwd=ROOT,
        )
        return done.stdout.strip()

    try:
        changed = git("status", "--porcelain", "--untracked-files=no")
        return git("rev-parse", "--short=10", "HEAD") + (" and changes" if changed else "")
    except (OSError, subprocess.CalledProcessError):
        return "unknown"
