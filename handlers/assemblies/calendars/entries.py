"""What stands in a calendar file: made of what is stored, with nobody's name in it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
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
    return _one(series, assembly, named(series, [assembly]), held, centre, links)


def whole(
    series: Series, held: Sequence[Assembly], centre: Centre, links: LinkIds
) -> tuple[Recurring | None, list[Meeting]]:
    """A series with all its exceptions; `held` are its assemblies, whatever became of them.

    Those of an earlier rule that are still to come stand by themselves. Where it does not run, and
    its rule named no day, there is no series in the file.
    """
    days = named(series, held)
    shown = [
        _one(series, each, days, held, centre, links)
        for each in held
        if each.status != "cancelled" and (each.id in days or each.status != "closed")
    ]
    differing = [
        each for each in shown if (each.starts, each.place) != (each.instead_of, series.place)
    ]
    met = {each.instead_of for each in shown} - {None}
    until = max((each for each in met if each), default=None)
    if series.status == "running":
        until = None
    elif until is None:
        return None, differing
    cancelled = {days[each.id] for each in held if each.status == "cancelled" and each.id in days}
    paused = {each for pause in series.pauses for each in _in(pause, series)} - met
    recurring = Recurring(
        _uid(links, "series", series.id),
        rules.rule(series.rhythm),
        rules.first_start(series.rhythm, series.start.time(), series.start.date()),
        series.length_minutes,
        series.place,
        _sequence(series, held),
        tuple(sorted(cancelled | paused)),
        until,
    )
    return recurring, differing


def named(series: Series, held: Sequence[Assembly]) -> dict[int, datetime]:
    """The local start that the series names for each assembly, by its id; not for those of an
    earlier rule.
    """
    days = {
        each.id: datetime.combine(date.fromisoformat(each.series_date), series.start.time())
        for each in held
        if each.series_date is not None
    }
    if not days:
        return {}
    still = set(
        starts(rules.rule(series.rhythm), series.start, min(days.values()), max(days.values()))
    )
    return {number: at for number, at in days.items() if at in still}


def _one(
    series: Series,
    assembly: Assembly,
    days: Mapping[int, datetime],
    held: Sequence[Assembly],
    centre: Centre,
    links: LinkIds,
) -> Meeting:
    made = alone(assembly, centre, links)
    if assembly.id not in days:
        return made
    return replace(
        made,
        uid=_uid(links, "series", series.id),
        minutes=assembly.length_minutes or series.length_minutes,
        sequence=_sequence(series, held),
        instead_of=days[assembly.id],
    )


def _in(pause: Pause, series: Series) -> list[datetime]:
    first, last = datetime.combine(pause.first, time()), datetime.combine(pause.last, time.max)
    return starts(rules.rule(series.rhythm), series.start, first, last)


def _sequence(series: Series, held: Sequence[Assembly]) -> int:
    """It grows with every change of the rule or of one day."""
    return series.sequence + sum(each.sequence for each in held)


def _uid(links: LinkIds, kind: str, number: int) -> str:
    """The same for as long as the database lives, and nothing that could be counted."""
    return f"{links.seal(kind, [number])}@voci"
