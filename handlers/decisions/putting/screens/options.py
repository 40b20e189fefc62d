"""More about a question before it is put: what is chosen, what could be, and what does not fit."""

from __future__ import annotations

from collections.abc import Sequence
from typing import assert_never

from markupsafe import Markup

from assembly.choosing import Topic, chosen, offered, topics
from assembly.fitting import Misfit
from assembly.rule import DecisionMethod, Electorate, Rule
from assembly.suggestion import OptionsError
from handlers.core.screen import Button, Screen, column, lines, paragraphs
from handlers.core.speech import Speech
from handlers.decisions.putting.presses import (
    Choose,
    PickName,
    SeePreview,
    ShowChoices,
    ShowMore,
    ShowNames,
    WithoutOptions,
)
from handlers.decisions.putting.screens import words
from handlers.decisions.putting.screens.straw_polls import offer
from handlers.decisions.results.screens.rules import counted, secrecy, who
from storage.members import Member

PAGE = 8  # names on a page
_SHORT = 12  # characters: labels up to this stand four in a row
_CHOSEN = "✓ "


def more(
    centre_id: int, question: str, rule: Rule, electorate: int, commitment: str, speak: Speech
) -> Screen:
    """All that is chosen, a button for each thing that can be changed."""
    text = paragraphs(
        Markup("<b>{}</b>").format(question),
        lines(counted(rule, electorate, speak), who(rule, electorate, speak), secrecy(rule, speak)),
        _lot(commitment, speak) if rule.options else None,
    )
    buttons = [
        Button(words.topic(each, speak), ShowChoices(centre_id, each)) for each in topics(rule)
    ]
    if rule.electorate is Electorate.NAMED:
        buttons.append(Button(str(speak("Choose the names")), ShowNames(centre_id, 0)))
    pairs = tuple(tuple(buttons[n : n + 2]) for n in range(0, len(buttons), 2))
    return Screen(text, (*pairs, (_to_preview(centre_id, speak),)))


def choices(
    centre_id: int, rule: Rule, topic: Topic, electorate: int, speak: Speech, *, present: bool
) -> Screen:
    """What there is to choose about one thing; what is chosen now has a tick."""
    wishes = offered(rule, topic, present=present)
    title = Markup("<b>{}</b>").format(words.topic(topic, speak))
    buttons = [
        Button(
            (_CHOSEN if chosen(rule, topic, wish) == rule else "")
            + words.choice(topic, wish, speak),
            Choose(centre_id, topic, wish, nearest=False),
        )
        for wish in wishes
    ]
    text = paragraphs(title, _explained(rule, topic, electorate, speak), words.hint(topic, speak))
    beside = ((offer(centre_id, speak),),) if topic is Topic.METHOD else ()
    return Screen(text, (*_rows(buttons), *beside, (_to_more(centre_id, speak),)))


def _explained(rule: Rule, topic: Topic, electorate: int, speak: Speech) -> Markup:
    """What the rule says about a topic now; of the methods, what each is good for."""
    match topic:
        case Topic.METHOD:
            wishes = offered(rule, topic, present=False)
            return lines(*(words.good_for(DecisionMethod(wish), speak) for wish in wishes))
        case Topic.ELECTORATE:
            return who(rule, electorate, speak)
        case Topic.SECRECY:
            return secrecy(rule, speak)
        case (
            Topic.OPTIONS
            | Topic.SEATS
            | Topic.DOTS
            | Topic.THRESHOLD
            | Topic.BASE
            | Topic.PARITY
            | Topic.QUORUM
        ):
            return counted(rule, electorate, speak)
        case _:
            assert_never(topic)


def ask_options(centre_id: int, rule: Rule, speak: Speech) -> Screen:
    """The options are typed anew, all at once."""
    now = lines(*rule.options) if rule.options else None
    rows = (
        [(Button(str(speak("Without options")), WithoutOptions(centre_id)),)]
        if rule.options
        else []
    )
    return Screen(
        paragraphs(speak("Write the options, each on a line of its own: 2 to 20."), now),
        (*rows, (_to_more(centre_id, speak),)),
    )


def does_not_fit(
    centre_id: int,
    misfits: Sequence[Misfit],
    topic: Topic,
    wish: str,
    nearest: Rule | None,
    electorate: int,
    speak: Speech,
) -> Screen:
    """Said at once, with what is possible instead."""
    back = Button(str(speak("Back")), ShowChoices(centre_id, topic))
    text = lines(*(words.misfit(each, speak) for each in misfits))
    if nearest is None:
        return Screen(text, ((back,),))
    instead = Button(str(speak("Do that instead")), Choose(centre_id, topic, wish, nearest=True))
    return Screen(paragraphs(text, possible(nearest, electorate, speak)), ((instead,), (back,)))


def possible(nearest: Rule, electorate: int, speak: Speech) -> Markup:
    """What would be possible."""
    rule = lines(counted(nearest, electorate, speak), secrecy(nearest, speak))
    return speak("Possible is: {rule}", rule=rule)


def options_misfit(centre_id: int, error: OptionsError, speak: Speech) -> Screen:
    """The typed options can't be put."""
    return Screen(words.about_options(error, speak), ((_to_more(centre_id, speak),),))


def not_understood(centre_id: int, topic: Topic, speak: Speech) -> Screen:
    """What was typed is no share and no number."""
    return Screen(
        paragraphs(speak("That can’t be taken here."), words.hint(topic, speak)),
        ((Button(str(speak("Back")), ShowChoices(centre_id, topic)),),),
    )


def names(
    centre_id: int, members: Sequence[Member], named: Sequence[int], page: int, speak: Speech
) -> Screen:
    """A page of the members; pressing a name chooses it, or not any more."""
    page = min(max(page, 0), max(len(members) - 1, 0) // PAGE)
    shown = members[page * PAGE : (page + 1) * PAGE]
    buttons = column(
        *(
            Button(
                (_CHOSEN if each.id in named else "") + each.name,
                PickName(centre_id, each.id, each.id not in named, page),
            )
            for each in shown
        )
    )
    turns = []
    if page:
        turns.append(Button(str(speak("Earlier ones")), ShowNames(centre_id, page - 1)))
    if (page + 1) * PAGE < len(members):
        turns.append(Button(str(speak("Further names")), ShowNames(centre_id, page + 1)))
    text = lines(
        speak("<b>Who can take part?</b> Press the names."),
        speak.many("One is chosen.", "{n} are chosen.", len(named)),
    )
    rows = (*buttons, *((tuple(turns),) if turns else ()), (_to_more(centre_id, speak),))
    return Screen(text, rows)


def _rows(buttons: list[Button]) -> tuple[tuple[Button, ...], ...]:
    """Short labels four in a row, others two, long ones alone."""
    longest = max((len(button.label) for button in buttons), default=0)
    width = 4 if longest <= _SHORT // 2 else 2 if longest <= 2 * _SHORT else 1
    return tuple(tuple(buttons[n : n + width]) for n in range(0, len(buttons), width))


def _lot(commitment: str, speak: Speech) -> Markup:
    return speak(
        "Ties are broken by a lot that is drawn already. Its sign, by which everybody can check it "
        "afterwards: <code>{commitment}</code>",
        commitment=commitment,
    )


def _to_more(centre_id: int, speak: Speech) -> Button:
    return Button(str(speak("Back")), ShowMore(centre_id))


def _to_preview(centre_id: int, speak: Speech) -> Button:
    return Button(str(speak("See the preview")), SeePreview(centre_id))
