"""What the other facilitators read when a secret question is put while people are joining."""

from __future__ import annotations

from collections.abc import Mapping

from markupsafe import Markup

from assembly.roles import Role
from handlers.core.navigation import SeeDecision
from handlers.core.screen import Button, Screen, column, lines, paragraphs
from handlers.core.screens.newcomers import joined
from handlers.core.speech import Speech
from handlers.decisions.results.screens.outcomes import question
from storage.centres import Centre
from storage.decisions import Decision


def told(
    speak: Speech, centre: Centre, decision: Decision, heads: Mapping[Role, int], who: Markup
) -> Screen:
    """Who put which question, and how many have joined by role."""
    see = Button(str(speak("See the question")), SeeDecision(decision.centre_id, decision.id))
    return Screen(
        paragraphs(
            lines(
                speak("<b>{centre}</b>", centre=centre.name),
                speak("{name} has put a secret question:", name=who),
                question(decision),
            ),
            joined(heads, speak),
            speak("If you don’t know who they are, ask whoever invited them."),
        ),
        column(see),
    )
