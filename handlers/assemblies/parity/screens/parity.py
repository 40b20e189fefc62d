"""How the assemblies' work is shared among the roles: words, and a picture that says the same."""

from __future__ import annotations

from markupsafe import Markup

from assembly.parity_report import Measure, Report, Shares
from assembly.quarters import numbered
from assembly.roles import Role
from handlers.core.navigation import ShowCentre
from handlers.core.pictures import Bar, Bars
from handlers.core.screen import Button, Screen, lines, paragraphs
from handlers.core.speech import Speech, later

_NAMES = {
    Measure.PROPOSALS: later("Proposals"),
    Measure.VOICES: later("Voices"),
    Measure.BALLOTS: later("Ballots"),
    Measure.CHAIR: later("Chairing"),
    Measure.NOTES: later("Taking notes"),
    Measure.TASKS: later("Tasks done"),
}
_OF_ROLE = {
    Role.USER: later("{what}: users"),
    Role.FAMILY: later("{what}: families"),
    Role.PROFESSIONAL: later("{what}: professionals"),
}


def last(centre_id: int, report: Report | None, next_at: int, speak: Speech) -> Screen:
    """For facilitators: the last one, as it was told; the same silence whatever its reason.

    `next_at`: when the next one comes, in UTC epoch seconds.
    """
    following = speak("The next report comes on {day}.", day=speak.short_day(next_at))
    buttons = ((Button(str(speak("Back")), ShowCentre(centre_id)),),)
    said = words(report, speak) if report is not None else None
    if report is None or said is None:
        silence = speak(
            "This time we say nothing about the roles: too few to keep everybody hidden, or nearly "
            "so."
        )
        heading = speak("<b>How the work is shared among the roles</b>")
        return Screen(lines(heading, silence, following), buttons)
    return Screen(paragraphs(said, following), buttons, picture=picture(report, speak))


def words(report: Report, speak: Speech) -> Markup | None:
    """A line for each measure that can be told, under the roles' shares of the members; or None."""
    if report.members is None:
        return None
    last_day = speak.short_day(numbered(report.quarter, speak.zone).ends_at - 1)
    return lines(
        speak(
            "<b>How the work was shared among the roles, up to {last_day}</b>", last_day=last_day
        ),
        speak(
            "Members: users {user}%, families {family}%, professionals {professional}%",
            **_by_name(report.members),
        ),
        speak("And in the same order, in %:"),
        *(
            speak(
                "{what} since {month}: {user} · {family} · {professional}",
                what=speak(_NAMES[measure]),
                month=speak.month(numbered(line.since, speak.zone).starts_at),
                **_by_name(line.shares),
            )
            for measure, line in report.told.items()
            if line.shares is not None
        ),
        speak("In steps of 5%. What could say something about a few is left out."),
    )


def picture(report: Report, speak: Speech) -> Bars | None:
    """The same shares as bars, each with a line where the role's share of the members is."""
    members = report.members
    if members is None:
        return None
    bars = tuple(
        Bar(
            speak(_OF_ROLE[role], what=speak(_NAMES[measure])).unescape(),
            line.shares[role],
            speak("{n}%", n=line.shares[role]).unescape(),
            enough=members[role],
        )
        for measure, line in report.told.items()
        if line.shares is not None
        for role in Role
    )
    return Bars(
        speak("How the work is shared among the roles").unescape(),
        bars,
        100,
        speak("The line: the role’s share of the members").unescape(),
    )


def _by_name(shares: Shares) -> dict[str, int]:
    return {role.value: share for role, share in shares.items()}
