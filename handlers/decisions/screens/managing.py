"""What facilitators find below an open question: to keep it open, to close it, to cancel it."""

from __future__ import annotations

from assembly.wording import WordingError
from handlers.core.screen import Button, Screen, column, lines, paragraphs
from handlers.core.screens import plain
from handlers.core.speech import Speech
from handlers.decisions.presses import CancelDecision, CancelNow, CloseDecision, Extend, KeepOpen
from handlers.decisions.results.screens.outcomes import question
from storage.decisions import Decision
from storage.in_person import Entry


def with_duties(
    screen: Screen, decision: Decision, speak: Speech, until: int | None, *, close: bool
) -> Screen:
    """`until`: the closing can be put off to it; `close`: it may be closed now."""
    ids = decision.centre_id, decision.id
    *rows, back = screen.buttons
    if until is not None:
        rows.append((Button(str(speak("10 minutes more")), Extend(*ids, until)),))
    duties = [Button(str(speak("Cancel the question")), CancelDecision(*ids, instead=False))]
    if close:
        duties.insert(0, Button(str(speak("Close it now")), CloseDecision(*ids, sure=False)))
    return Screen(screen.text, (*rows, tuple(duties), back))


def sure_to_close(decision: Decision, speak: Speech, *, everybody: bool | None) -> Screen:
    """Asks once; of who took part it says no more than this, and nothing with `everybody` None."""
    if everybody is None:
        said = speak("Whoever has not taken part no longer can.")
    elif everybody:
        said = speak("Everybody has taken part.")
    else:
        said = speak("Not everybody has taken part yet: whoever has not no longer can.")
    close = CloseDecision(decision.centre_id, decision.id, sure=True)
    return Screen(
        lines(question(decision), said, speak("Close it now?")),
        column(Button(str(speak("Close it now")), close), _keep(decision, speak)),
    )


def before_closing(screen: Screen, people: int, entry: Entry | None, speak: Speech) -> Screen:
    """Closing a question early: what of the hall would not count."""
    if not people or (entry is not None and entry.state == "confirmed"):
        return screen
    if entry is None or entry.state == "counting":
        missing = speak("The ballots from the room are not entered. Closed now, they don’t count.")
    else:
        missing = speak(
            "Nobody has confirmed the count of the room. Closed now, it does not count."
        )
    return screen.on_top(missing)


def too_early(speak: Speech) -> str:
    """In an alert: not everybody has taken part, and there is no assembly that waits for it."""
    return speak(
        "Not everybody has taken part yet, so it stays open until its time. Only in its assembly "
        "can you close it earlier."
    ).unescape()


def why_cancel(decision: Decision, speak: Speech, error: WordingError | None = None) -> Screen:
    """Asks for the reason, which is posted; `error`: what was typed is none."""
    return Screen(
        lines(
            question(decision),
            plain.misfit(error, speak) if error is not None else None,
            speak("Why do you cancel it? Write one sentence; the group reads it."),
            speak("All ballots are deleted without being counted."),
        ),
        ((_keep(decision, speak),),),
    )


def sure_to_cancel(decision: Decision, reason: str, speak: Speech) -> Screen:
    """The reason as the group will read it."""
    cancel = CancelNow(decision.centre_id, decision.id)
    return Screen(
        paragraphs(
            lines(question(decision), speak("The reason: {reason}", reason=reason)),
            speak("The group reads that, and all ballots are deleted without being counted."),
        ),
        column(Button(str(speak("Cancel the question")), cancel), _keep(decision, speak)),
    )


def _keep(decision: Decision, speak: Speech) -> Button:
    return Button(str(speak("Keep it open")), KeepOpen(decision.centre_id, decision.id))
