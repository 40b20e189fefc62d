"""What stands in a calendar file: made of what is stored, with nobody's name in it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, time

from assembly import series as rules
from assembly.calendar_file import Meeting, Recurring, starts
from assembly.recurrence import local
from assembly.series import USUAL_LENGTH, Pause
from storage.assemblies import Assembly
from storage.centres import Centre
from storage.link_ids import LinkIds
from storage.series import Series


def alone(assembly: Assembly, centre: Centre, links: LinkIds) -> Meeting:
    """One assembly that no series names."""
    return Meeting(
        _uid(links, "assembly", assembly.id),
        local(assembly.starts_at, centre.clock),
        assembly.length_minutes or USUAL_LENGTH,
        assembly.place,
        assembly.sequence,
    )


def one_of(
    series: Series, assembly: Assembly, held: Sequence[Assembly], centre: Centre, links: LinkIds
) -> Meeting:
    """One assembly in the place of the day that its series names, if it still does."""
    named, made = named_start(assembly, series), alone(assembly, centre, links)
    if named is None:
        return made
    return replace(
        made,
        uid=_uid(links, "series", series.id),
        minutes=assembly.length_minutes or series.length_minutes,
        sequence=_sequence(series, held),
        instead_of=named,
    )


def whole(
    series: Series, held: Sequence[Assembly], centre: Centre, links: LinkIds
) -> tuple[Recurring | None, list[Meeting]]:
    """A series with all its exceptions; `held` are its assemblies, whatever became of them.

    Those of an earlier rule stand by themselves. Where the rule names no day that is or was, there
    is no series in the file.
    """
    named = {each.id: named_start(each, series) for each in held}
    live = [each for each in held if each.status != "cancelled"]
    made = [one_of(series, each, held, centre, links) for each in live]
    meetings = [
        each for each in made if (each.starts, each.place) != (each.instead_of, series.place)
    ]
    days = [at for each in live if (at := named[each.id]) is not None]
    until = None if series.status == "running" else max(days, default=None)
    if series.status != "running" and until is None:
        return None, meetings
    cancelled = [
        at for each in held if each.status == "cancelled" and (at := named[each.id]) is not None
    ]
    paused = [each for pause in series.pauses for each in _in(pause, series) if each not in days]
    left_out = tuple(sorted({*cancelled, *paused}))
    first = rules.first_start(series.rhythm, series.start.time(), series.start.date())
    return (
        Recurring(
            _uid(links, "series", series.id),
            rules.rule(series.rhythm),
            first,
            series.length_minutes,
            series.place,
            _sequence(series, held),
            left_out,
            until,
        ),
        meetings,
    )


def named_start(assembly: Assembly, series: Series) -> datetime | None:
    """The local start that the series names for this assembly; None where an earlier rule did."""
    if assembly.series_date is None:
        return None
    at = datetime.combine(date.fromisoformat(assembly.series_date), series.start.time())
    return at if starts(rules.rule(series.rhythm), series.start, at, at) else None


def _in(pause: Pause, series: Series) -> list[datetime]:
    first, last = datetime.combine(pause.first, time()), datetime.combine(pause.last, time.max)
    return starts(rules.rule(series.rhythm), series.start, first, last)


def _sequence(series: Series, held: Sequence[Assembly]) -> int:
    """It grows with every change of the rule or of one day."""
    return series.sequence + sum(each.sequence for each in held)


def _uid(links: LinkIds, kind: str, number: int) -> str:
    """The same for as long as the database lives, and nothing that could be counted."""
    return f"{links.seal(kind, [number])}@voci"
