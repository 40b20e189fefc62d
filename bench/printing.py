"""Minutes of 60 points to PDF, beside the same words set without structure.

The first in a process loads typst, the font and the names of emoji; the others find them there.
Both sides take turns; the best of the rounds counts for each. What stands beside it is typst with
the same font and paper, the words paragraph by paragraph, no tags and no check of the standard.
"""

from __future__ import annotations

import json
import os
import time
from collections.abc import Callable
from dataclasses import dataclass

from assembly.attendance_bands import Attendance
from assembly.minutes import Minutes, Point, Task
from bench.harness.figure import Figure
from bench.start import memory_of
from handlers.assemblies.screens import printed_minutes
from handlers.core.printouts.markdown import markdown
from handlers.core.printouts.printout import Printout

FIRST = Figure("minutes of 60 points, the first PDF of a process", "s", at_most=1)
FIRST_WORK = Figure("the first PDF, processor time", "s", at_most=1)
SECONDS = Figure("minutes of 60 points, a PDF afterwards", "s", at_most=1)
BARE = Figure("the same words without structure, a PDF", "s")
RATIO = Figure("a PDF, of the same words without structure", digits=1, at_most=4)
LENGTH = Figure("length of the PDF", "kB", 0)
MEMORY = Figure("memory after twenty such PDFs, of that after the first", at_most=1.5)
FIGURES = (FIRST, FIRST_WORK, SECONDS, BARE, RATIO, LENGTH, MEMORY)

BARE_TEMPLATE = b"""
#set text(font: "DejaVu Sans", size: 13pt)
#set page(paper: "a4")
#for words in json(bytes(sys.inputs.words)) { par(words) }
"""
LINE = (
    "On Saturdays many of us have nowhere to go, and the kitchen stays closed; somebody with a key "
    "could open it from nine to one, as it was done last spring."
)


@dataclass(frozen=True, slots=True)
class Size:
    """How many points with how many lines of notes each, and how many rounds."""

    points: int
    notes: int
    rounds: int


FULL, SMALL = Size(60, notes=6, rounds=8), Size(1, notes=1, rounds=1)
MANY = 20  # documents, no two alike


def minutes(size: Size, name: str = "") -> Minutes:
    points = tuple(
        Point(
            title=f"Longer opening hours on Saturdays ({number})",
            why=LINE,
            notes=(LINE + name,) * size.notes,
            ending="talked",
            tasks=(Task("Ask for the key", "Rosa", 1_765_378_800), Task("Write the sign \u270f")),
        )
        for number in range(size.points)
    )
    begun = 1_764_774_000
    there = Attendance("20-49")
    return Minutes(
        "Centro Aurora", "it", "Europe/Rome", begun, begun + 5_400, "Via Roma 12", there, points
    )


def measure(size: Size) -> dict[Figure, float]:
    found = minutes(size)
    worked = time.process_time()
    first, made = timed(lambda: ours(found))
    worked = time.process_time() - worked
    memory = memory_of(os.getpid())
    words = markdown(document(found))
    rounds = [
        (timed(lambda: ours(found))[0], timed(lambda: bare(words))[0]) for _ in range(size.rounds)
    ]
    best, beside = (min(times) for times in zip(*rounds, strict=True))
    for number in range(MANY):
        ours(minutes(size, str(number)))
    return {
        FIRST: first,
        FIRST_WORK: worked,
        SECONDS: best,
        BARE: beside,
        RATIO: best / beside,
        LENGTH: len(made) / 1000,
        MEMORY: memory_of(os.getpid()) / memory,
    }


def document(found: Minutes) -> Printout:
    return printed_minutes.minutes(found, "ab" * 32, "https://t.me/voci_bot").printout


def ours(found: Minutes) -> bytes:
    from bot.printing import pdf

    return pdf(document(found))


def bare(words: str) -> bytes:
    import typst

    from bot.printing import fonts

    inputs = {"words": json.dumps(words.split("\n"))}
    compiler = typst.Compiler(BARE_TEMPLATE, font_paths=fonts(), sys_inputs=inputs)
    made = compiler.compile(format="pdf", pdf_tags=False)
    assert isinstance(made, bytes)
    return made


def timed(work: Callable[[], bytes]) -> tuple[float, bytes]:
    begin = time.perf_counter()
    made = work()
    return time.perf_counter() - begin, made
