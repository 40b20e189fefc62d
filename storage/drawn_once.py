"""Drawn once: what was drawn for a window is in the ledger before it is anywhere else.

The ledger lives in the key store, apart from the main database. Draw, append, commit: after a crash
in between, or a restore of the main database, the entry is found and its numbers are used. So no
window ever has a second version of its numbers.
"""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable, Mapping
from datetime import date
from typing import Any

from assembly.disclosure import Figures, Release
from assembly.immutable import immutable
from assembly.questionnaire import WEEKLY, Questionnaire
from assembly.roles import Role
from storage.releases import halves
from storage.secrets.ledger import Ledger

KIND = "window released"


@immutable
class Drawn:
    """What was drawn for a window, by question, and when (UTC epoch seconds)."""

    releases: Mapping[str, Release]
    at: int


def subject(
    centre_id: int, calendar: date, week: int, questionnaire: Questionnaire = WEEKLY
) -> str:
    """Names a window in the ledger by what a restore does not change.

    `week`: the first of the window, counted from 0 at the calendar's start. With the day on which
    the calendar started, so that a centre made after a restore, with an id
    that another one had, never finds that one's numbers.
    """
    return f"centre:{centre_id}:{questionnaire.name}:{calendar.isoformat()}:{week}"


def centre_of(name: str) -> int:
    """Which centre's window it is, of a name that `subject` made."""
    return int(name.split(":")[1])


async def find(ledger: Ledger, name: str) -> Drawn | None:
    """What was drawn for the window of that name, or None."""
    entry = await ledger.find(KIND, name)
    return Drawn(_read(entry.data), entry.at) if entry else None


async def once(
    ledger: Ledger, name: str, now: int, draw: Callable[[], Awaitable[Mapping[str, Release]]]
) -> Drawn:
    """What was drawn for the window of that name; draws only where nothing has been yet.

    Where another process was faster by a moment, its numbers stand and these are thrown away.
    """
    found = await find(ledger, name)
    if found is not None:
        return found
    await ledger.append(KIND, name, _written(await draw()), now)
    found = await find(ledger, name)
    assert found is not None  # noqa: S101 - appended just now, here or by another
    return found


def _written(releases: Mapping[str, Release]) -> str:
    return json.dumps(
        {
            question: {
                "c": release.c,
                "total": _figures(release.total) if release.total else None,
                "by_role": {role.value: _figures(figures) for role, figures in release.by_role},
            }
            for question, release in releases.items()
        },
        separators=(",", ":"),
    )


def _figures(figures: Figures) -> list[Any]:
    return [figures.band, halves(figures)]


def _read(data: str) -> dict[str, Release]:
    return {
        question: Release(
            drawn["c"],
            _read_figures(drawn["total"]) if drawn["total"] else None,
            tuple((Role(role), _read_figures(found)) for role, found in drawn["by_role"].items()),
        )
        for question, drawn in json.loads(data).items()
    }


def _read_figures(found: list[Any]) -> Figures:
    band, mean = found
    return Figures(band, mean / 2)
