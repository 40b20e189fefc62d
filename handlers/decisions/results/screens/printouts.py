"""The outcome of a decision on paper: its picture, and how it was counted, to the last figure."""

from __future__ import annotations

from dataclasses import replace

from markupsafe import Markup

from handlers.core.navigation import ASKING, HowCounted
from handlers.core.printouts.joining import to_join
from handlers.core.printouts.printout import Block, Drawn, Print, Words, printout
from handlers.core.printouts.words import blocks
from handlers.core.screen import DeepLink, Screen, lines
from handlers.core.screens.printed import printed
from handlers.core.speech import Speech
from handlers.decisions.results.presses import PrintOutcome
from handlers.decisions.results.screens import report, results
from handlers.decisions.results.screens.figures import Reasons
from handlers.decisions.results.screens.outcomes import came
from handlers.decisions.results.screens.pictures import picture
from storage.centres import Centre
from storage.decisions import Decision


def outcome(
    decision: Decision, given: Reasons, centre: Centre, speak: Speech, link: DeepLink
) -> Print:
    """What came of a closed decision, as the group read it: who said what stays off the paper."""
    headline = results.headline(decision.rule, came(decision), speak)
    drawn = picture(decision.rule, came(decision), speak)
    counted, terms = report.everything(decision, given, speak)
    closed_at = decision.closed_at or decision.opened_at
    told: list[Block] = [
        Words(
            lines(
                Markup("<b>{}</b>").format(headline),
                speak("Decided on {day}.", day=speak.date(closed_at)),
            )
        ),
        *([Drawn(drawn)] if drawn is not None else []),
        *blocks(counted),
        *blocks(terms),
        to_join(link(f"{ASKING}_{centre.id}"), speak),
    ]
    return Print(
        f"voci-decision-{decision.id}", printout(decision.question, tuple(told), centre.name, speak)
    )


def screen(press: PrintOutcome, wanted: Print, centre: Speech, speak: Speech) -> Screen:
    """The file, and the way back to how it was counted."""
    back = HowCounted(press.centre_id, press.decision_id)
    what = Markup("<b>{}</b>").format(wanted.printout.title)  # the question, as people wrote it
    return printed(what, wanted, replace(press, own=not press.own), back, centre, speak)
