"""Screens with which facilitators put a question, keep it open, close or cancel it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from markupsafe import Markup

from assembly.choosing import Topic
from assembly.counting.table import form
from assembly.fitting import Misfit
from assembly.immutable import immutable
from assembly.named_list import Standing
from assembly.rule import Electorate, Rule, Secrecy
from assembly.suggestion import OptionsError
from handlers.core.navigation import SeeDecision, ShowSession
from handlers.core.screen import Button, Screen, column, lines, paragraphs
from handlers.core.speech import Speech
from handlers.decisions.presses import CloseAfter, LeaveQuestion, OpenDecision, Reword
from handlers.decisions.putting.presses import Choose, ShowMore, ShowNames
from handlers.decisions.putting.screens.closings import Closings, other_closings
from handlers.decisions.putting.screens.named_lists import where_it_stands
from handlers.decisions.putting.screens.options import possible
from handlers.decisions.putting.screens.words import about_options
from handlers.decisions.putting.screens.words import misfit as misfit_in_words
from handlers.decisions.results.screens.outcomes import question
from handlers.decisions.screens.decisions import rules
from storage.assemblies import Assembly
from storage.decisions import Decision


def ask(centre_id: int, speak: Speech) -> Screen:
    """A question of one's own, or another wording."""
    leave = Button(str(speak("Leave it")), LeaveQuestion(centre_id))
    return Screen(
        lines(
            speak("What should be decided? Write it as a question."),
            speak("For example: Shall we open on Saturdays from 9 to 13?"),
            speak("If there are options to choose from, write each on a line of its own below it."),
        ),
        ((leave,),),
    )


def ask_changed(before: Decision, speak: Speech) -> Screen:
    """The new wording of a question that met objections."""
    leave = Button(str(speak("Leave it")), LeaveQuestion(before.centre_id))
    said = Button(str(speak("What was said before")), SeeDecision(before.centre_id, before.id))
    stays = speak("Who can take part and how it is decided stay as they were.")
    if before.rule.electorate is Electorate.NAMED:
        stays = speak(
            "How it is decided stays as it was. The names you choose anew: nobody keeps a list of "
            "who could take part."
        )
    return Screen(
        lines(speak("How should it read now? Before, it was:"), question(before), stays),
        ((said,), (leave,)),
    )


def options_misfit(centre_id: int, error: OptionsError, speak: Speech) -> Screen:
    """The typed options can't be put; nothing was posted."""
    return Screen(about_options(error, speak), ask(centre_id, speak).buttons)


@immutable
class Hindrance:
    """Why a question can't be put yet: what does not fit, a list that nobody else has said yes to
    (`standing`), or, without either, nobody to ask.

    `nearest` is the rule under which it could be put, None where only other words help.
    """

    misfits: Sequence[Misfit] = ()
    nearest: Rule | None = None
    standing: Standing | None = None


@immutable
class Newcomers:
    """How many are not asked because they joined less than `days` days ago."""

    number: int
    days: int


NO_NEWCOMERS = Newcomers(0, 0)


def preview(
    decision: Decision,
    closings: Closings,
    sign: str,
    speak: Speech,
    now: int,
    hindrance: Hindrance | None = None,
    newcomers: Newcomers = NO_NEWCOMERS,
) -> Screen:
    """The question as the group will see it, before it is put, or what hinders that.

    The button that puts it carries the draft's `sign`. `now`: UTC epoch seconds.
    """
    centre_id = decision.centre_id
    if hindrance is None:
        on, put = _ready(decision, sign, speak)
    elif hindrance.misfits:
        on, put = _unfit(decision, hindrance, speak)
    elif hindrance.standing is not None:
        on, put = where_it_stands(centre_id, hindrance.standing, speak)
    else:
        on, put = _nobody(decision, speak)
    text = paragraphs(
        speak("This is how the group will see it:"),
        lines(question(decision), *rules(decision, speak, now)),
        _left_out(newcomers, speak),
        on,
    )
    spans = other_closings(closings, partial(CloseAfter, centre_id), speak)
    reword = Button(str(speak("Other words")), Reword(centre_id))
    more = Button(str(speak("More")), ShowMore(centre_id))
    leave = Button(str(speak("Leave it")), LeaveQuestion(centre_id))
    return Screen(text, (*column(*put), *spans, (reword, more), (leave,)))


def _left_out(newcomers: Newcomers, speak: Speech) -> Markup | None:
    """How many newcomers are not asked, and why; nothing where all are."""
    if not newcomers.number:
        return None
    return lines(
        speak.many(
            "One who joined less than {days} days ago is not asked.",
            "{n} who joined less than {days} days ago are not asked.",
            newcomers.number,
            days=newcomers.days,
        ),
        speak(
            "Otherwise members could be made up to find out what the others say. By name, "
            "everybody is asked."
        ),
    )


def _ready(decision: Decision, sign: str, speak: Speech) -> tuple[Markup, tuple[Button, ...]]:
    """It can be put; where so few can take part that reasons would stay sealed, better openly."""
    centre_id, rule = decision.centre_id, decision.rule
    on = speak("Once it is posted, neither the question nor who can take part changes.")
    put = Button(str(speak("Put it to everybody")), OpenDecision(centre_id, sign))
    if rule.secrecy is not Secrecy.SEALED or not form(rule).reasoned:
        return on, (put,)
    openly = Choose(centre_id, Topic.SECRECY, Secrecy.OPEN, nearest=True)
    return (
        lines(speak("With so few, nobody can read the reasons: by name is better here."), on),
        (put, Button(str(speak("Put it by name")), openly)),
    )


def _nobody(decision: Decision, speak: Speech) -> tuple[Markup, tuple[Button, ...]]:
    """Nobody is chosen yet, or nobody knows who is there."""
    if decision.rule.electorate is Electorate.NAMED:
        names = Button(str(speak("Choose the names")), ShowNames(decision.centre_id, 0))
        return speak("Nobody is chosen yet who can take part."), (names,)
    return speak("Nobody can take part like this. Choose anew under “More”."), ()


def _unfit(
    decision: Decision, hindrance: Hindrance, speak: Speech
) -> tuple[Markup, tuple[Button, ...]]:
    """What has to be otherwise, and what is possible."""
    why = [misfit_in_words(each, speak) for each in hindrance.misfits]
    nearest = hindrance.nearest
    if nearest is None:
        return lines(*why), ()
    rule = decision.rule
    same = Choose(decision.centre_id, Topic.ELECTORATE, rule.electorate, nearest=True)
    instead = possible(nearest, decision.electorate, speak)
    return lines(*why, instead), (Button(str(speak("Do that instead")), same),)


def with_way_on(screen: Screen, assembly: Assembly, speak: Speech) -> Screen:
    """The way back to the agenda, above the way back to all decisions."""
    *rows, back = screen.buttons
    on = Button(str(speak("Go on with the assembly")), ShowSession(assembly.centre_id, assembly.id))
    return Screen(screen.text, (*rows, (on,), back))
