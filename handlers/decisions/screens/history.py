"""The screen that tells what facilitators did with a decision."""

from __future__ import annotations

from typing import assert_never

from markupsafe import Markup

from handlers.core.navigation import SeeDecision
from handlers.core.screen import Button, Screen, lines, paragraphs
from handlers.core.speech import Speech
from handlers.decisions.presses import SeeHistory
from handlers.decisions.results.screens.ballot_words import moment, without_phone
from handlers.decisions.results.screens.outcomes import question
from storage.audit import Action, Entry, History
from storage.decisions import Decision


def history(decision: Decision, found: History, speak: Speech) -> Screen:
    """Everything that was done with it, the earliest first; of a long list the end."""
    before = None
    if found.before:
        before = speak.many("One entry before.", "{n} entries before.", found.before)
    if found.entries:
        told = lines(before, *(_told(each, speak) for each in found.entries))
    else:
        told = speak("Nothing is noted about it.")
    back = Button(str(speak("Back")), SeeDecision(decision.centre_id, decision.id))
    title = lines(speak("<b>What happened with it</b>"), question(decision))
    return Screen(paragraphs(title, told), ((back,),))


def with_history(screen: Screen, decision: Decision, speak: Speech) -> Screen:
    """The way there, above the way back, for everybody."""
    *rows, back = screen.buttons
    there = Button(str(speak("What happened with it")), SeeHistory(decision.centre_id, decision.id))
    return Screen(screen.text, (*rows, (there,), back), picture=screen.picture, file=screen.file)


def _told(entry: Entry, speak: Speech) -> Markup:
    name = speak("somebody who has left since") if entry.name is None else entry.name
    values = {"name": name, "moment": speak.moment(entry.at)}
    match entry.action:
        case Action.PUT:
            return speak("Put by {name}, {moment}.", **values)
        case Action.EXTENDED:
            until = moment(entry.detail["to"], speak, entry.at)
            return speak("Extended until {until} by {name}, {moment}.", until=until, **values)
        case Action.CLOSED:
            return speak("Closed early by {name}, {moment}.", **values)
        case Action.CANCELLED:
            values["reason"] = entry.detail["reason"]
            if not values["reason"]:  # whoever gave it has erased themselves
                return speak("Cancelled by {name}, {moment}.", **values)
            return speak("Cancelled by {name}, {moment}. The reason: {reason}", **values)
        case Action.LIST_CONFIRMED:
            return speak("The list of names has the yes of {name}, {moment}.", **values)
        case Action.IN_PERSON_RESTARTED:
            return speak(
                "Confirmed ballots from the room thrown away, to count again, by {name}, {moment}.",
                **values,
            )
        case Action.IN_PERSON_ENTERED:
            said = speak("Ballots from the room entered by {name}, {moment}.", **values)
            return _of_people(said, entry, speak)
        case Action.IN_PERSON_CONFIRMED:
            said = speak("Ballots from the room confirmed by {name}, {moment}.", **values)
            return _of_people(said, entry, speak)
        case _:
            assert_never(entry.action)


def _of_people(said: Markup, entry: Entry, speak: Speech) -> Markup:
    """What was done with the hall's count, and for how many people."""
    people = entry.detail.get("people")
    return said if people is None else Markup("{} {}").format(said, without_phone(people, speak))
