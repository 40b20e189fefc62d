"""The minutes of an assembly as plain data, as a text that is frozen, and its fingerprint.

Every text in it has marks in the place of names (assembly/name_marks.py), so what is frozen names
nobody: `filled` gives what people read today. The fingerprint is of the text with marks, and so
stays what it was when a member changes their name or erases themselves.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import asdict, replace
from hashlib import sha256
from typing import Any

from assembly.attendance_bands import Attendance
from assembly.immutable import immutable
from assembly.name_marks import Names, fill
from assembly.roles import Role

FIRST_LINE = "voci-minutes 1"
SALT = 16  # random bytes


@immutable
class Task:
    """What was taken on: `who` where they chose to show it; `due_at` in UTC epoch seconds."""

    what: str
    who: str | None = None
    due_at: int | None = None


@immutable
class Point:
    """One point: what it was, what was noted, and how it ended.

    `ending` is a value of assembly.endings.Ending, None where nobody said; `outcome` what was
    agreed or decided, each with its reason, in the centre's language. `photos`: how many there
    are of the flip chart; they are no part of the text.
    """

    title: str
    why: str | None = None
    notes: tuple[str, ...] = ()
    ending: str | None = None
    outcome: tuple[str, ...] = ()
    tasks: tuple[Task, ...] = ()
    photos: int = 0


@immutable
class Correction:
    """What somebody found to be otherwise, and what the recorder answered."""

    text: str
    answer: str


@immutable
class Minutes:
    """What an assembly leaves. Moments are UTC epoch seconds.

    `attendance`: None where nobody said that they were there, and nobody was counted in the room.
    `chair`, `recorder`: a mark, None where they did not choose to be named. `changed_at`: when the
    name of somebody who is no member was taken out, which makes another version each time. `salt`
    is random, in hexadecimal, another one in each version: so a fingerprint of before confirms no
    guess of what was taken out.
    """

    centre: str
    language: str
    zone: str
    starts_at: int
    closed_at: int
    place: str | None
    attendance: Attendance | None
    points: tuple[Point, ...] = ()
    chair: str | None = None
    recorder: str | None = None
    corrections: tuple[Correction, ...] = ()
    changed_at: tuple[int, ...] = ()
    salt: str = ""

    @property
    def version(self) -> int:
        """1 when they are published, and one more for each time that a name was taken out."""
        return 1 + len(self.changed_at)


def frozen_text(minutes: Minutes) -> str:
    """The text that is kept and of which the fingerprint is: one form for the same minutes.

    A line that names the format, then JSON with sorted keys and a space of indentation, in UTF-8.
    """
    plain = json.dumps(asdict(minutes), ensure_ascii=False, sort_keys=True, indent=1)
    return f"{FIRST_LINE}\n{plain}\n"


def read(text: str) -> Minutes:
    """The minutes of a frozen text; `frozen_text` of them is the same again.

    Raises ValueError for any other text.
    """
    first, _, rest = text.partition("\n")
    if first != FIRST_LINE:
        raise ValueError("this is no text of minutes")
    try:
        return _minutes(json.loads(rest))
    except (KeyError, TypeError, AttributeError) as error:
        raise ValueError("this is no text of minutes") from error


def fingerprint(text: str) -> str:
    """SHA-256 of the frozen text in UTF-8, in hexadecimal."""
    return sha256(text.encode()).hexdigest()


def filled(minutes: Minutes, names: Names) -> Minutes:
    """The minutes as people read them: every mark filled in as things are now."""
    return changed(minutes, lambda text: fill(text, names))


def changed(minutes: Minutes, change: Callable[[str], str]) -> Minutes:
    """The same minutes with `change` applied to every text that people wrote."""

    def maybe(text: str | None) -> str | None:
        return None if text is None else change(text)

    points = tuple(
        replace(
            point,
            title=change(point.title),
            why=maybe(point.why),
            notes=tuple(map(change, point.notes)),
            outcome=tuple(map(change, point.outcome)),
            tasks=tuple(
                replace(task, what=change(task.what), who=maybe(task.who)) for task in point.tasks
            ),
        )
        for point in minutes.points
    )
    return replace(
        minutes,
        place=maybe(minutes.place),
        chair=maybe(minutes.chair),
        recorder=maybe(minutes.recorder),
        points=points,
        corrections=tuple(
            Correction(change(each.text), change(each.answer)) for each in minutes.corrections
        ),
    )


def _minutes(plain: dict[str, Any]) -> Minutes:
    there = plain.pop("attendance")
    points = tuple(_point(each) for each in plain.pop("points"))
    corrections = tuple(Correction(**each) for each in plain.pop("corrections"))
    attendance = None
    if there is not None:
        by_role = tuple((Role(role), band) for role, band in there["by_role"])
        attendance = Attendance(there["total"], by_role)
    return Minutes(
        attendance=attendance,
        points=points,
        corrections=corrections,
        changed_at=tuple(plain.pop("changed_at")),
        **plain,
    )


def _point(plain: dict[str, Any]) -> Point:
    tasks = tuple(Task(**each) for each in plain.pop("tasks"))
    notes, outcome = tuple(plain.pop("notes")), tuple(plain.pop("outcome"))
    return Point(notes=notes, outcome=outcome, tasks=tasks, **plain)
