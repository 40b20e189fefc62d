"""Screens about a list picked by hand: where it stands, and what the second one is asked."""

from __future__ import annotations

from typing import assert_never

from markupsafe import Markup

from assembly.alphabet import place
from assembly.choosing import Topic
from assembly.named_list import Answer, Standing
from assembly.rule import Secrecy
from handlers.core.names import known_as, marked
from handlers.core.screen import Button, Screen, column, lines, paragraphs
from handlers.core.speech import Speech
from handlers.decisions.putting.presses import (
    AnswerList,
    AskAboutList,
    Choose,
    SeePreview,
    ShowList,
    ShowNames,
)
from storage.centres import Centre
from storage.named_lists import NamedList

PAGE = 40  # names in a message


def where_it_stands(
    centre_id: int, standing: Standing, speak: Speech
) -> tuple[Markup, tuple[Button, ...]]:
    """Why the question can't be put in secret yet, and what can be done instead."""
    ask = Button(str(speak("Ask for a second yes")), AskAboutList(centre_id))
    openly = Choose(centre_id, Topic.SECRECY, Secrecy.OPEN, nearest=True)
    by_name = Button(str(speak("Make it by name")), openly)
    match standing:
        case Standing.NOT_ASKED:
            return _rule(speak), (ask, by_name)
        case Standing.NOBODY:
            nobody = speak("There is no such facilitator here, so it can only be put by name.")
            return lines(_rule(speak), nobody), (by_name,)
        case Standing.WAITING:
            asked = speak("They have been asked. Until one of them says yes, it waits here.")
            return lines(_rule(speak), asked), (by_name,)
        case Standing.DECLINED:
            names = Button(str(speak("Choose the names")), ShowNames(centre_id, 0))
            said = speak("To this list somebody said no. Choose others, or make it by name.")
            return lines(_rule(speak), said), (names, by_name)
        case Standing.CONFIRMED:
            return speak("A second facilitator has said yes to this list."), ()
        case _:
            assert_never(standing)


def _rule(speak: Speech) -> Markup:
    return speak(
        "People chosen by name can be asked in secret once a second facilitator, of another role, "
        "has said yes to the list: otherwise one person alone could choose a few who tell each "
        "other everything, and read what the last one said."
    )


def request(
    speak: Speech, centre: Centre, asker: Markup, asked: NamedList, page: int = 0
) -> Screen:
    """To each who may answer: the names, a page of them at a time."""
    by_name = sorted(asked.members, key=lambda each: (place(each.name), each.id))
    page = min(max(page, 0), max(len(by_name) - 1, 0) // PAGE)
    shown = by_name[page * PAGE : (page + 1) * PAGE]
    ids = centre.id, asked.id
    turns = []
    if page:
        turns.append(Button(str(speak("Earlier ones")), ShowList(*ids, page - 1)))
    if (page + 1) * PAGE < len(by_name):
        turns.append(Button(str(speak("Further names")), ShowList(*ids, page + 1)))
    return Screen(
        paragraphs(
            speak("<b>{centre}</b>", centre=centre.name),
            speak.many(
                "{name} would like to ask one person in secret, and nobody else:",
                "{name} would like to ask {n} people in secret, and nobody else:",
                len(by_name),
                name=asker,
            ),
            lines(*(marked(each.telegram_id, known_as(each.name, speak)) for each in shown)),
            speak(
                "Do you know them all, and is it right that it is these? Without your yes it can "
                "only be put by name. It stands with the question that you said yes."
            ),
        ),
        (
            *((tuple(turns),) if turns else ()),
            (
                Button(str(speak("Yes, these people")), AnswerList(*ids, True)),
                Button(str(speak("No")), AnswerList(*ids, False)),
            ),
        ),
    )


def settled(speak: Speech, centre: Centre, asker: Markup, answer: Answer) -> Screen:
    """In place of the request, for all who were asked; WAITING: it is not needed any more."""
    match answer:
        case Answer.YES:
            told = speak("The list of {name} has a second yes.", name=asker)
        case Answer.NO:
            told = speak("The list of {name} was answered with no.", name=asker)
        case Answer.WAITING:
            told = speak("{name} needs no answer about this list any more.", name=asker)
        case _:
            assert_never(answer)
    return Screen(lines(speak("<b>{centre}</b>", centre=centre.name), told))


def answered(speak: Speech, centre: Centre, *, yes: bool) -> Screen:
    """To whoever asked; who answered is told with the question once it is put."""
    told = (
        speak("Your list of names has a second yes: the question can be put in secret.")
        if yes
        else speak("To your list of names somebody said no. Choose others, or make it by name.")
    )
    see = Button(str(speak("See the preview")), SeePreview(centre.id))
    return Screen(lines(speak("<b>{centre}</b>", centre=centre.name), told), column(see))
