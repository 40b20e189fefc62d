"""What goes out while somebody is looked for who chairs an assembly or takes its notes."""

from __future__ import annotations

from assembly.duties import Duty
from handlers.assemblies.duty_presses import AnswerDuty, ShowLeading, TakeDuty
from handlers.assemblies.screens.duties import I_WILL
from handlers.core.screen import Button, Screen, column, lines
from handlers.core.screens.home import to_home
from handlers.core.speech import Speech, later
from storage.assemblies import Assembly

ASKED = {
    Duty.CHAIR: later("<b>Would you chair the assembly on {moment}?</b>"),
    Duty.RECORDER: later("<b>Would you take notes at the assembly on {moment}?</b>"),
}
TAKES = {
    Duty.CHAIR: later(
        "You open it and go through the points. Beside each step you read what to say."
    ),
    Duty.RECORDER: later("You write down what matters, a line at a time. You see what to do then."),
}


def asked(assembly: Assembly, duty: Duty, until: int, speak: Speech) -> Screen:
    """Privately, to whoever is next; `until` (UTC epoch seconds) they are waited for."""
    ids = assembly.centre_id, assembly.id, duty
    return Screen(
        lines(
            speak(ASKED[duty], moment=speak.moment(assembly.starts_at)),
            speak(TAKES[duty]),
            speak(
                "Nobody reads that you were asked. After {moment} somebody else is.",
                moment=speak.moment(until),
            ),
        ),
        column(
            Button(str(speak("Yes, I’ll do it")), AnswerDuty(*ids, yes=True)),
            Button(str(speak("Not this time")), AnswerDuty(*ids, yes=False)),
        ),
    )


def passed(assembly: Assembly, speak: Speech) -> Screen:
    """In its place: it is not theirs, or not any more."""
    return Screen(
        speak(
            "The assembly on {moment}: somebody else is asked.",
            moment=speak.moment(assembly.starts_at),
        ),
        column(to_home(speak, assembly.centre_id)),
    )


def missing(assembly: Assembly, duties: list[Duty], speak: Speech) -> Screen:
    """To facilitators, privately: whoever would like to was asked, and did not say yes."""
    ids = assembly.centre_id, assembly.id
    moment = speak.moment(assembly.starts_at)
    wanting = {
        Duty.CHAIR: later("<b>Nobody chairs the assembly on {moment} yet.</b>"),
        Duty.RECORDER: later("<b>Nobody takes notes at the assembly on {moment} yet.</b>"),
    }
    both = later("<b>Nobody chairs the assembly on {moment} yet, or takes its notes.</b>")
    text = lines(
        speak(wanting[duties[0]] if len(duties) == 1 else both, moment=moment),
        speak("Nobody more can be asked. Ask around, or do it yourself."),
    )
    takes = [Button(speak(I_WILL[each]).unescape(), TakeDuty(*ids, each)) for each in duties]
    see = Button(str(speak("Chair and notes")), ShowLeading(*ids))
    return Screen(text, column(*takes, see))


def same_role(assembly: Assembly, speak: Speech) -> Screen:
    """To facilitators, privately: two roles were not to be had."""
    return Screen(
        lines(
            speak(
                "The assembly on {moment}: chair and notes are with the same role.",
                moment=speak.moment(assembly.starts_at),
            ),
            speak("Nobody of another role was left to ask."),
        ),
        column(Button(str(speak("Chair and notes")), ShowLeading(assembly.centre_id, assembly.id))),
    )
