"""Minutes as they are at their longest, and short ones: for printing, reading and measuring."""

from __future__ import annotations

from assembly.attendance_bands import Attendance
from assembly.minutes import Correction, Minutes, Point, Task
from assembly.roles import Role

AT = 1_764_774_000  # Wednesday 3 December 2025, 16:00 in Rome
LINE = (
    "On Saturdays many of us have nowhere to go, and the kitchen stays closed; somebody with a key "
    "could open it from nine to one, as it was done last spring. "
)


def minutes(points: tuple[Point, ...] = (), language: str = "en", **more: object) -> Minutes:
    """Minutes of 3 December with these points."""
    fields: dict[str, object] = {
        "attendance": Attendance("20-49", ((Role.USER, "10-19"), (Role.FAMILY, "5-9"))),
        "place": "Via Roma 12",
        "chair": "Anna",
        "recorder": "Bruno",
        **more,
    }
    return Minutes(
        "Centro Aurora",
        language,
        "Europe/Rome",
        AT,
        AT + 5_400,
        points=points,
        **fields,  # type: ignore[arg-type]
    )


def long(points: int = 60, notes: int = 6, language: str = "en") -> Minutes:
    """So many points with so many lines of notes each, tasks, outcomes, corrections."""
    found = tuple(
        Point(
            title=f"Longer opening hours on Saturdays ({number})",
            why=LINE,
            notes=tuple(f"{note}. {LINE}" for note in range(notes)),
            ending=("decided", "agreed", "talked", "goes-on", "taken-back", "not-reached")[
                number % 6
            ],
            outcome=("Carried. 12 yes, 7 no, 3 abstained.",) if number % 6 == 0 else (),
            tasks=(Task("Ask for the key", "Rosa", AT + 604_800), Task("Write the sign")),
            photos=number % 3,
        )
        for number in range(points)
    )
    corrections = (Correction("It was half past nine.", "Taken over."),)
    return minutes(found, language, corrections=corrections)
