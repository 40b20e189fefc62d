"""My weeks: one's own answers as a picture, with the same in words beneath, for nobody else."""

from __future__ import annotations

from collections.abc import Sequence

from assembly.questionnaire import WEEKLY
from handlers.checkins.presses import ShowCheckinSettings
from handlers.checkins.screens.questionnaire import asked, scale, short
from handlers.core.navigation import StartCheckin
from handlers.core.pictures import Chart, Line, Panels
from handlers.core.screen import Button, Screen, lines, paragraphs
from handlers.core.screens.home import to_home
from handlers.core.screens.parts import back_to_asked
from handlers.core.speech import Speech
from storage.own_answers import Week

NOTHING, SEPARATOR = "–", " · "


def weeks(speak: Speech, centre_id: int, mine: Sequence[Week]) -> Screen:
    """The last weeks, oldest first; a week or question without an answer is a gap."""
    buttons = (
        (Button(speak("My check-ins").unescape(), ShowCheckinSettings(centre_id)),),
        (back_to_asked(speak, centre_id), to_home(speak, centre_id)),
    )
    if not any(week.answers for week in mine):
        here = speak("Your weeks will be here once you have answered. Only you can see them.")
        begin = Button(speak("Say how I am").unescape(), StartCheckin(centre_id))
        return Screen(here, ((begin,), *buttons))
    words = {question: scale(speak, question) for question in WEEKLY.questions}
    names = SEPARATOR.join(short(speak, question) for question in WEEKLY.questions)
    told = [_in_words(speak, week, words) for week in mine]
    return Screen(
        paragraphs(
            lines(speak("<b>My weeks</b>"), speak("Only you can see this.")),
            lines(speak("<i>Each line: {questions}</i>", questions=names), *told),
        ),
        buttons,
        picture=Panels(tuple(_panel(speak, question, mine) for question in WEEKLY.questions)),
    )


def _in_words(speak: Speech, week: Week, words: dict[str, tuple[str, ...]]) -> str:
    day = speak.short_day(week.sent_at)
    if not week.answers:
        return speak("{day}: no answer", day=day)
    answers = [
        words[question][week.answers[question]] if question in week.answers else NOTHING
        for question in WEEKLY.questions
    ]
    return lines(f"{day}: {SEPARATOR.join(answers)}")


def _panel(speak: Speech, question: str, mine: Sequence[Week]) -> Chart:
    points = tuple(Line(speak.chart_day(week.sent_at), week.answers.get(question)) for week in mine)
    name = asked(speak, question)
    return Chart(name, ((name, points),), scale(speak, question))
