"""The ballots of a closed decision as files: for verifying, for counting again, for a table."""

from __future__ import annotations

from collections.abc import Sequence
from typing import assert_never

from markupsafe import Markup

from assembly.interchange import has_blt
from assembly.rule import Secrecy
from assembly.shortening import fitting
from handlers.core.navigation import HowCounted, SeeDecision
from handlers.core.screen import Button, File, Screen, column, lines, paragraphs
from handlers.core.speech import Speech, later
from handlers.decisions.results.presses import ChooseFile, Form, TakeFile
from handlers.decisions.results.screens.outcomes import question
from handlers.decisions.results.screens.report import QUESTION, in_groups
from storage.decisions import Decision
from storage.published import Receipt

_CALLED = {
    Form.LIST: later("The list, to check it"),
    Form.BLT: later("For counting programs (BLT)"),
    Form.CSV: later("As a table (CSV)"),
}
_NAMES = {Form.LIST: "list.txt", Form.BLT: "ballots.blt", Form.CSV: "ballots.csv"}


def forms(decision: Decision) -> tuple[Form, ...]:
    """In which forms the ballots of a closed decision that are published can be had."""
    found = [Form.LIST] if decision.head is not None else []
    if has_blt(decision.rule):
        found.append(Form.BLT)
    return (*found, Form.CSV)


def choose(decision: Decision, speak: Speech) -> Screen:
    """What files there are, and what stands in them."""
    open_ = decision.rule.secrecy is Secrecy.OPEN
    what = (
        speak("It was by name: the table has everybody’s name beside their ballot.")
        if open_
        else speak("Each ballot stands there under its checking code, without a name.")
    )
    ids = decision.centre_id, decision.id
    buttons = [Button(str(speak(_CALLED[form])), TakeFile(*ids, form)) for form in forms(decision)]
    back = Button(str(speak("Back")), HowCounted(*ids))
    return Screen(
        lines(speak("<b>The ballots as a file</b>"), question(decision), what),
        column(*buttons, back),
    )


def file(decision: Decision, form: Form, text: str, speak: Speech) -> Screen:
    """The file, with what it is for."""
    name = _name(decision, form)
    heading = Markup("<b>{}</b>").format(fitting(decision.question, QUESTION))
    back = Button(str(speak("Back")), ChooseFile(decision.centre_id, decision.id))
    words = paragraphs(heading, lines(*_explained(decision, form, name, speak)))
    return Screen(words, ((back,),), file=File(name, text))


def on_roll(decision: Decision, mine: Receipt, speak: Speech) -> Screen:
    """One's own line of the roll, and what finds it there, as a verifier takes it."""
    command = Markup("<code>voci verify {} --roll {}</code>").format(
        _name(decision, Form.LIST), mine.text
    )
    told = paragraphs(
        lines(speak("<b>Your ballot was counted.</b>"), question(decision)),
        lines(speak("Your line:"), Markup("<code>{}</code>").format(mine.commitment)),
        lines(speak("Your receipt, which finds it:"), Markup("<code>{}</code>").format(mine.text)),
        lines(
            speak("With the list it is checked like this:"),
            command,
        ),
        speak("It shows that you took part, never what you said. It is for you alone."),
    )
    back = Button(str(speak("Back")), SeeDecision(decision.centre_id, decision.id))
    return Screen(told, ((back,),))


def _name(decision: Decision, form: Form) -> str:
    return f"voci-decision-{decision.id}-{_NAMES[form]}"


def _explained(decision: Decision, form: Form, name: str, speak: Speech) -> Sequence[Markup]:
    match form:
        case Form.LIST:
            return (
                speak("The list as it was published. Anybody can check it:"),
                Markup("<code>voci verify {}</code>").format(name),
                speak(
                    "It ends with its seal; the group read how that begins: {signs}.",
                    signs=in_groups(decision.seal or ""),
                ),
            )
        case Form.CSV:
            return (
                speak("A table for spreadsheets: one line a ballot, separated by commas."),
                speak("Those from the room follow at its end."),
            )
        case Form.BLT:
            return _for_programs(decision, name, speak)
        case _:
            assert_never(form)


def _for_programs(decision: Decision, name: str, speak: Speech) -> Sequence[Markup]:
    method = decision.rule.method.value
    again = Markup("<code>voci tally {} --method {}</code>").format(name, method)
    told = [speak("The ballots without names, as programs that count rankings read them:"), again]
    outcome = decision.outcome
    if outcome is not None and any(tie.decided_by == "drawn" for tie in outcome.ties):
        told.append(speak("Here a lot decided a tie; such a program only tells that there is one."))
    return told
