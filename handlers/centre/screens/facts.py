"""Screens of what a centre tells about itself: asked for, changed, confirmed, looked back on."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from markupsafe import Markup

from assembly.centre_facts import Age, Basis, Fact, following
from handlers.centre.presses import (
    AskFact,
    ChooseAge,
    ChooseBasis,
    RemoveOfficer,
    SettleFacts,
    ShowFacts,
    WriteBody,
)
from handlers.centre.screens.fact_words import AGES, CHOICES, QUESTIONS, TITLES
from handlers.core.mentions import linked
from handlers.core.navigation import ShowCentre, ShowResponsible
from handlers.core.screen import Button, Screen, column, lines, paragraphs
from handlers.core.screens.home import to_home
from handlers.core.speech import Speech
from storage.centre_facts import Facts, Settled, Waiting
from storage.centres import Centre


def desk(
    speak: Speech,
    centre: Centre,
    facts: Facts,
    waiting: Sequence[Waiting],
    settles: Sequence[Waiting],
    note: Markup | None = None,
) -> Screen:
    """What waits, else what holds, and how to change it; `settles`: what the reader may confirm."""
    rows: list[tuple[Button, ...]] = []
    if settles:
        newest = settles[-1].id
        rows.append(
            (
                Button(str(speak("That is right")), SettleFacts(centre.id, newest, True)),
                Button(str(speak("Not so")), SettleFacts(centre.id, newest, False)),
            )
        )
    changes = [
        Button(speak(TITLES[fact]).unescape(), AskFact(centre.id, fact, walk=False))
        for fact in Fact
    ]
    rows += [tuple(changes[start : start + 2]) for start in range(0, len(changes), 2)]
    return Screen(
        paragraphs(
            note,
            lines(
                speak("<b>Who is responsible: {centre}</b>", centre=centre.name),
                None if waiting else _known(speak, facts),
            ),
            _waiting(speak, waiting, settles),
            None if waiting else speak("Press what you would like to change."),
        ),
        (
            *rows,
            (Button(str(speak("As everybody reads it")), ShowResponsible(centre.id)),),
            (Button(str(speak("Back")), ShowCentre(centre.id)),),
        ),
    )


def ask(speak: Speech, centre_id: int, fact: Fact, now: str | None, *, walk: bool) -> Screen:
    """One question; on the walk it can be left for later."""
    stands = None if now is None or fact in (Fact.BASIS, Fact.AGE) else linked(now)
    rows: list[Button] = []
    if fact is Fact.BASIS:
        rows += [
            Button(str(speak(label)), ChooseBasis(centre_id, each, walk))
            for each, label in CHOICES.items()
        ]
    if fact is Fact.AGE:
        rows += [
            Button(speak(label).unescape(), ChooseAge(centre_id, each, walk))
            for each, label in AGES.items()
        ]
    if fact is Fact.OFFICER and now is not None:
        rows.append(Button(str(speak("There is none any more")), RemoveOfficer(centre_id)))
    if walk:
        after = following(fact)
        press = ShowFacts(centre_id) if after is None else AskFact(centre_id, after, walk=True)
        rows.append(Button(str(speak("Not now")), press))
    else:
        rows.append(Button(str(speak("Back")), ShowFacts(centre_id)))
    return Screen(paragraphs(stands, speak(QUESTIONS[fact])), column(*rows))


def another_body(speak: Speech, centre_id: int, now: str) -> Screen:
    """Before the name is written anew: what people agreed to names the body."""
    return Screen(
        paragraphs(
            linked(now),
            lines(
                speak("<b>Is it another body from now on?</b>"),
                speak(
                    "Then everybody is asked again whether they take part, and until they answer "
                    "no reminders and no check-ins reach them."
                ),
                speak("Its address and the like are asked for next; those of this one go."),
            ),
        ),
        column(
            Button(speak("Another body").unescape(), WriteBody(centre_id, True)),
            Button(speak("The same, better written").unescape(), WriteBody(centre_id, False)),
            Button(str(speak("Back")), ShowFacts(centre_id)),
        ),
    )


def unfit(speak: Speech, centre_id: int, longest: int) -> Screen:
    """What was written is empty, too short or too long."""
    return Screen(
        lines(
            speak("That needs at least a word, and at most {n} characters.", n=longest),
            speak("Please write it again."),
        ),
        column(Button(str(speak("Back")), ShowFacts(centre_id))),
    )


def holds_alone(speak: Speech) -> Markup:
    """To the only facilitator."""
    return speak(
        "It holds at once, because nobody else facilitates here. With a second facilitator, "
        "one proposes and another confirms."
    )


def proposed(speak: Speech) -> Markup:
    """To whoever proposed a change."""
    return speak("A second facilitator is asked. Until then everything stays as it is.")


def asked(speak: Speech, centre: Centre) -> Screen:
    """To those who can confirm."""
    return Screen(
        lines(
            speak("<b>{centre}</b>", centre=centre.name),
            speak(
                "What the centre tells about who is responsible is to change. It takes a second "
                "facilitator."
            ),
        ),
        column(Button(str(speak("Look at it")), ShowFacts(centre.id))),
    )


def answered(speak: Speech, centre: Centre, *, holds: bool) -> Screen:
    """To whoever proposed it."""
    text = (
        speak("What you changed about who is responsible is confirmed, and holds.")
        if holds
        else speak("What you changed about who is responsible was not confirmed. Talk about it.")
    )
    return Screen(
        lines(speak("<b>{centre}</b>", centre=centre.name), text),
        column(Button(str(speak("Look at it")), ShowFacts(centre.id))),
    )


def history(speak: Speech, centre_id: int, found: Sequence[Settled]) -> Screen:
    """For every member: what was changed, by whom."""
    told = lines(*(_settled(speak, each) for each in found))
    return Screen(
        paragraphs(
            speak("<b>What was changed</b>"),
            told if found else speak("Nothing is noted about it."),
        ),
        (
            (Button(str(speak("Back")), ShowResponsible(centre_id)),),
            (to_home(speak, centre_id),),
        ),
    )


def _known(speak: Speech, facts: Facts) -> Markup:
    """What is written, a line each, and in one line what is not."""
    if not facts:
        return speak("Nothing is written yet.")
    missing = [speak(TITLES[fact]) for fact in Fact if fact not in facts]
    return lines(
        *(_row(speak, fact, facts[fact]) for fact in Fact if fact in facts),
        speak("Not written yet: {facts}", facts=Markup(", ").join(missing)) if missing else None,
    )


def _row(speak: Speech, fact: Fact, words: str) -> Markup:
    return Markup("{}: {}").format(speak(TITLES[fact]), _in_words(speak, fact, words))


def _in_words(speak: Speech, fact: Fact, words: str) -> Markup:
    """What was chosen, or written."""
    if fact is Fact.BASIS:
        return speak(CHOICES[Basis(words)])
    return speak(AGES[Age(words)]) if fact is Fact.AGE else linked(words)


def _waiting(
    speak: Speech, waiting: Sequence[Waiting], settles: Sequence[Waiting]
) -> Markup | None:
    if not waiting:
        return None
    rows = [
        lines(speak("By {name}:", name=name), *(_change(speak, each) for each in changes))
        for (_, name), changes in groupby(waiting, key=lambda each: (each.proposed_by, each.name))
    ]
    ending = (
        speak("Is it right? From then on everybody reads it.")
        if settles
        else speak("It takes a second facilitator, of another role where there is one.")
    )
    return lines(speak("<b>To be confirmed</b>"), *rows, ending)


def _change(speak: Speech, each: Waiting) -> Markup:
    if each.words is None:
        return Markup("{}: {}").format(speak(TITLES[each.fact]), speak("taken away"))
    return lines(
        _row(speak, each.fact, each.words),
        speak("Another body: everybody is asked again whether they take part.")
        if each.another
        else None,
    )


def _settled(speak: Speech, each: Settled) -> Markup:
    gone = speak("somebody who has left since")
    values = {
        "what": speak(TITLES[each.fact]),
        "day": speak.date(each.at),
        "name": each.proposer or gone,
        "second": each.second or gone,
    }
    if each.alone:
        return speak("{day}: {what}, changed by {name}, who facilitated alone.", **values)
    return speak("{day}: {what}, changed by {name}, confirmed by {second}.", **values)
