"""Who chairs an assembly and who takes its notes: asked, said yes, how often each role has."""

from __future__ import annotations

from collections.abc import Mapping

from markupsafe import Markup

from assembly.duties import Duty
from assembly.immutable import immutable
from assembly.roles import Role
from handlers.assemblies.duty_presses import (
    AnswerDuty,
    GiveDutyUp,
    ShowDutyWishes,
    ShowLeading,
    TakeDuty,
    TellMyName,
    WishDuty,
)
from handlers.assemblies.presses import OpenAssembly
from handlers.core.names import is_nameless, marked
from handlers.core.navigation import ShowAssembly, ShowSession
from handlers.core.screen import Button, Screen, column, lines, paragraphs
from handlers.core.screens.parts import back_to_asked
from handlers.core.speech import Speech, later
from storage.assemblies import Assembly
from storage.duties import Asked, Duties

Led = Mapping[Duty, Mapping[Role, int]]

AGREED = {
    Duty.CHAIR: later("<b>You chair the assembly on {moment}.</b>"),
    Duty.RECORDER: later("<b>You take notes at the assembly on {moment}.</b>"),
}
HAS = {Duty.CHAIR: later("You chair it."), Duty.RECORDER: later("You take its notes.")}
NAMED = {Duty.CHAIR: later("Chair: {name}"), Duty.RECORDER: later("Notes: {name}")}
UNNAMED = {
    Duty.CHAIR: later("Chair: somebody has said yes"),
    Duty.RECORDER: later("Notes: somebody has said yes"),
}
NOBODY = {Duty.CHAIR: later("Chair: nobody yet"), Duty.RECORDER: later("Notes: nobody yet")}
I_WILL = {Duty.CHAIR: later("I’ll chair"), Duty.RECORDER: later("I’ll take notes")}
COUNTED = {
    Duty.CHAIR: later("Chair: users {user}, families {family}, professionals {professional}"),
    Duty.RECORDER: later("Notes: users {user}, families {family}, professionals {professional}"),
}
WISHED = {
    Duty.CHAIR: later("I’d like to chair now and then"),
    Duty.RECORDER: later("I’d like to take notes now and then"),
}
NO_LONGER = {Duty.CHAIR: later("Chair no longer"), Duty.RECORDER: later("Take notes no longer")}


@immutable
class Viewer:
    """Who looks: by id, whether they facilitate, and whether they may open it by now."""

    member_id: int
    facilitates: bool = False
    may_open: bool = False


def too_late(assembly: Assembly, speak: Speech) -> str:
    """To a yes that comes after somebody else's, or after its time."""
    moment = speak.moment(assembly.starts_at)
    return speak("The assembly on {moment}: this is settled by now.", moment=moment).unescape()


def sure_to_give_up(assembly: Assembly, speak: Speech) -> Screen:
    """Asked once: the yes can't be given again."""
    ids = assembly.centre_id, assembly.id
    return Screen(
        lines(
            speak(
                "You don’t do it on {moment} after all?", moment=speak.moment(assembly.starts_at)
            ),
            speak("Somebody else is asked then. Nobody reads that it was you."),
        ),
        column(
            Button(str(speak("Ask somebody else")), GiveDutyUp(*ids, sure=True)),
            Button(str(speak("I do it")), ShowLeading(*ids)),
        ),
    )


def agreed(assembly: Assembly, mine: Asked, speak: Speech) -> Screen:
    """After the yes: whether the others read who it is."""
    ids = assembly.centre_id, assembly.id
    return Screen(
        lines(
            speak(AGREED[mine.duty], moment=speak.moment(assembly.starts_at)),
            speak("Shall the others read beforehand that it is you, {name}?", name=mine.name),
            speak("You can change both until it opens: /assembly"),
        ),
        column(
            Button(str(speak("Tell my name")), TellMyName(*ids, on=True)),
            Button(speak("Don’t tell it").unescape(), TellMyName(*ids, on=False)),
        ),
    )


def leading(assembly: Assembly, found: Duties, led: Led, viewer: Viewer, speak: Speech) -> Screen:
    """Who does what at this assembly, and how often each role has, in the last four quarters."""
    mine = found.mine(viewer.member_id)
    heading = speak("<b>Chair and notes, {moment}</b>", moment=speak.moment(assembly.starts_at))
    shown = [_who(duty, found.holder(duty), viewer, speak) for duty in Duty]
    rows = list(_own(assembly, mine, viewer, speak)) if mine is not None else []
    if viewer.facilitates and mine is None:
        for duty in Duty:
            if found.holder(duty) is None:
                take = TakeDuty(assembly.centre_id, assembly.id, duty)
                rows.append((Button(speak(I_WILL[duty]).unescape(), take),))
    rows += [
        (Button(str(speak("What I would like to do")), ShowDutyWishes(assembly.centre_id)),),
        (Button(str(speak("Back")), ShowAssembly(assembly.centre_id)),),
    ]
    return Screen(paragraphs(lines(heading, *shown), _counts(led, speak)), tuple(rows))


def _own(
    assembly: Assembly, mine: Asked, viewer: Viewer, speak: Speech
) -> tuple[tuple[Button, ...], ...]:
    """What whoever has a duty, or is asked about one, can do with it."""
    ids = assembly.centre_id, assembly.id
    if mine.status == "asked":
        yes = Button(str(speak("Yes, I’ll do it")), AnswerDuty(*ids, mine.duty, yes=True))
        no = Button(str(speak("Not this time")), AnswerDuty(*ids, mine.duty, yes=False))
        return (yes,), (no,)
    rows = [way_in(assembly, speak)] if viewer.may_open and mine.duty is Duty.CHAIR else []
    if not is_nameless(mine.name):
        said = speak("Don’t tell my name") if mine.named else speak("Tell my name")
        rows.append(Button(said.unescape(), TellMyName(*ids, on=not mine.named)))
    if assembly.status == "convened":
        rows.append(Button(speak("I can’t after all").unescape(), GiveDutyUp(*ids, sure=False)))
    return column(*rows)


def way_in(assembly: Assembly, speak: Speech) -> Button:
    """For whoever leads it: to open it, or to go on with it."""
    ids = assembly.centre_id, assembly.id
    if assembly.status == "open":
        return Button(str(speak("Go on with the assembly")), ShowSession(*ids))
    return Button(str(speak("Open the assembly")), OpenAssembly(*ids, sure=False))


def _who(duty: Duty, holder: Asked | None, viewer: Viewer, speak: Speech) -> Markup:
    if holder is None:
        return speak(NOBODY[duty])
    if holder.member_id == viewer.member_id:
        return speak(HAS[duty])
    return named(holder, speak) or speak(UNNAMED[duty])


def named(holder: Asked | None, speak: Speech) -> Markup | None:
    """Who it is, where they said yes, have a name here, and want that the others read it."""
    if holder is None or holder.status != "yes" or not holder.named or is_nameless(holder.name):
        return None
    return speak(NAMED[holder.duty], name=marked(holder.telegram_id, holder.name))


def _counts(led: Led, speak: Speech) -> Markup | None:
    told = [
        speak(COUNTED[duty], **{role.value: times for role, times in led[duty].items()})
        for duty in Duty
        if any(led[duty].values())
    ]
    heading = speak("How often in the last twelve months, by role:")
    return lines(heading, *told) if told else None


def over(assembly: Assembly, led: Led, back: Button, speak: Speech) -> Screen:
    """Of an assembly that is over: only how often each role has."""
    gone = speak(
        "The assembly on {moment} is over: nobody has a duty any more.",
        moment=speak.moment(assembly.starts_at),
    )
    return Screen(paragraphs(gone, _counts(led, speak)), column(back))


def wishes(centre_id: int, wished: frozenset[Duty], speak: Speech) -> Screen:
    """What a member would like to do now and then."""
    buttons = [
        Button(
            speak(NO_LONGER[duty] if duty in wished else WISHED[duty]).unescape(),
            WishDuty(centre_id, duty, on=duty not in wished),
        )
        for duty in Duty
    ]
    told = {
        frozenset(): later("You are not asked at the moment."),
        frozenset({Duty.CHAIR}): later("You are asked now and then whether you chair."),
        frozenset({Duty.RECORDER}): later("You are asked now and then whether you take notes."),
        frozenset(Duty): later("You are asked now and then whether you chair, or take notes."),
    }
    return Screen(
        lines(
            speak("<b>Chairing and taking notes</b>"),
            speak("Each assembly needs two people for that, of two roles. Everybody can."),
            speak(told[wished]),
            speak("You can say no each time; nobody reads it."),
        ),
        column(*buttons, back_to_asked(speak, centre_id)),
    )
