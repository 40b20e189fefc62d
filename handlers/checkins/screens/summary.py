"""The group's summary, its picture with the same in words, and the page that explains it."""

from __future__ import annotations

from collections.abc import Sequence

from babel.numbers import format_decimal
from markupsafe import Markup

from assembly.disclosure import Direction, Figures, trend
from assembly.immutable import immutable
from assembly.questionnaire import PULSE, WEEKLY, Questionnaire
from assembly.roles import Role
from handlers.checkins.screens.questionnaire import scale, subject
from handlers.core.pictures import Chart, Line, Panels, Picture
from handlers.core.screen import Screen, lines, paragraphs
from handlers.core.screens.home import to_home
from handlers.core.speech import Speech, later
from storage.releases import Told

LINK = "summaries"  # payload of the deep link to the page that explains them

_TRENDS: dict[Direction | None, str] = {
    "higher": later("Higher than last time."),
    "lower": later("Lower than last time."),
    None: later("Much as last time."),
}

_FEWEST = {"10-19": 10, "20-49": 20, "50+": 50}

Period = tuple[int, int]


@immutable
class Said:
    """One question of a summary: its last windows, oldest first, the last of them now told."""

    question: str
    by_role: tuple[tuple[Role, Figures], ...]
    told: Sequence[Told]

    @property
    def now(self) -> Figures | None:
        """What is told this time."""
        return self.told[-1].figures


def summary(
    speak: Speech, period: Period, said: Sequence[Said], questionnaire: Questionnaire = WEEKLY
) -> Screen:
    """What can be said about a window; one fixed sentence, without a picture, where nothing can."""
    published = [one for one in said if one.now is not None]
    if not published:
        return _without_figures(
            speak,
            title(speak, period, questionnaire),
            speak(
                "This time we say nothing about the answers: too few to keep everybody hidden, "
                "or nearly so."
            ),
        )
    return Screen(
        paragraphs(
            lines(title(speak, period, questionnaire), _taking_part(speak, published)),
            *(_in_words(speak, one) for one in published),
            speak(
                "Chance has shifted the numbers a little, so that they tell little about any one "
                "person."
            ),
        ),
        picture=_picture(speak, published),
        public=True,
    )


def spent(speak: Speech, period: Period, questionnaire: Questionnaire = WEEKLY) -> Screen:
    """The year's account is used up: nothing is drawn until the next year."""
    return _without_figures(
        speak,
        title(speak, period, questionnaire),
        speak(
            "This time we say nothing about the answers. So that little is told about any one "
            "person, only so much is told in a year, and that much has been told."
        ),
    )


def undrawn(speak: Speech, period: Period, questionnaire: Questionnaire = WEEKLY) -> Screen:
    """Nothing could be drawn, whatever was answered: what that takes is not installed."""
    return _without_figures(
        speak,
        title(speak, period, questionnaire),
        speak(
            "This time there is no summary: the part of Voci that shifts the numbers by chance is "
            "missing, and without it nothing is told. Your answers stay with you."
        ),
    )


def why_undrawn(
    speak: Speech, name: str, period: Period, questionnaire: Questionnaire = WEEKLY
) -> Screen:
    """The same for a facilitator: what can be done about it, and what it cost."""
    return Screen(
        lines(
            title(speak, period, questionnaire),
            speak("{name}: there is no summary this time, and the group reads that.", name=name),
            speak(
                "Voci runs without the part that draws summaries. Whoever runs this bot can "
                "install it (its name: “summaries”); the next summary then comes as usual."
            ),
            speak("Nobody’s answers were looked at, and nothing was taken off the year’s account."),
        )
    )


def how_it_works(speak: Speech, centre_id: int | None) -> Screen:
    """Why the numbers are blurred, what that protects, and what it doesn't; for everybody."""
    screen = Screen(
        paragraphs(
            speak("<b>How the summaries work</b>"),
            speak(
                "All answers to one question are put together. Then chance shifts their number and "
                "their mean, once. So from one summary nobody can be sure what you said, nor "
                "whether you took part, whatever else they know."
            ),
            speak(
                "Those count who were members for four weeks when a summary’s weeks began, and had "
                "agreed to be asked."
            ),
            speak(
                "With fewer than about ten answers we say nothing: the same sentence for nobody "
                "and for nine. Once told, a number never changes."
            ),
            speak(
                "The number can be off by half a step, and more in small groups. So take a change "
                "seriously only from a whole step on."
            ),
            speak(
                "It does not protect what you tell others yourself, nor a phone that others look "
                "into. In a small centre, somebody who knows the answers of all others for a year "
                "can mostly tell yours. What you wrote in words never gets in here."
            ),
        )
    )
    return screen if centre_id is None else screen.with_row(to_home(speak, centre_id))


def _without_figures(speak: Speech, heading: Markup, sentence: Markup) -> Screen:
    return Screen(lines(heading, sentence), public=True)


def title(speak: Speech, period: Period, questionnaire: Questionnaire) -> Markup:
    """`How we are, 9 to 22 November`; of the pulse what it is about, and until when."""
    if questionnaire is PULSE:
        until = speak.short_day(period[1] - 1)
        return speak("<b>How our assemblies are for us, up to {last_day}</b>", last_day=until)
    first, last = speak.local(period[0]), speak.local(period[1] - 1)
    last_day = speak.short_day(period[1] - 1)
    if (first.year, first.month) == (last.year, last.month):
        return speak("<b>How we are, {n} to {last_day}</b>", n=first.day, last_day=last_day)
    first_day = speak.short_day(period[0])
    return speak(
        "<b>How we are, {first_day} to {last_day}</b>", first_day=first_day, last_day=last_day
    )


def _taking_part(speak: Speech, published: Sequence[Said]) -> Markup:
    """How many answered, as a band; where questions differ, what is true of each."""
    bands = {one.now.band for one in published if one.now}
    if bands == {"10-19"}:
        return speak("Between 10 and 19 of us answered.")
    if bands == {"20-49"}:
        return speak("Between 20 and 49 of us answered.")
    fewest = min(_FEWEST[band] for band in bands)
    return speak("{fewest} or more of us answered.", fewest=fewest)


def _in_words(speak: Speech, one: Said) -> Markup:
    """One question: the mean, where it lies on the scale, how it moved, and the picture's words."""
    assert one.now is not None  # noqa: S101 - only what is published is put into words
    sentence = speak(
        "{subject}: about {mean} of 4, {words}.",
        subject=subject(speak, one.question),
        mean=_number(speak, one.now.mean),
        words=_on_scale(speak, one.question, one.now.mean),
    )
    before = [earlier.figures.mean for earlier in one.told[:-1] if earlier.figures]
    if before:
        sentence += " " + speak(_TRENDS[trend(before[-1], one.now.mean)])
    return lines(sentence, _by_role(speak, one), _picture_in_words(speak, one))


def _on_scale(speak: Speech, question: str, mean: float) -> Markup:
    words = scale(speak, question)
    if mean == int(mean):
        return speak("“{word}”", word=words[int(mean)])
    low = int(mean)
    return speak("between “{low}” and “{high}”", low=words[low], high=words[low + 1])


def _by_role(speak: Speech, one: Said) -> Markup | None:
    if not one.by_role:
        return None
    means = {role: _number(speak, figures.mean) for role, figures in one.by_role}
    return speak(
        "Users about {user}, family members about {family}, professionals about {professional}.",
        user=means[Role.USER],
        family=means[Role.FAMILY],
        professional=means[Role.PROFESSIONAL],
    )


def _picture(speak: Speech, published: Sequence[Said]) -> Picture:
    """A line for each question, all over the same windows: those in which any of them was told."""
    ends = sorted({told.ends_at for one in published for told in one.told})
    charts = tuple(_chart(speak, one, ends) for one in published)
    return charts[0] if len(charts) == 1 else Panels(charts)


def _chart(speak: Speech, one: Said, ends: Sequence[int]) -> Chart:
    """One line; a gap where nothing was told about this question."""
    name = subject(speak, one.question).unescape()
    means = {told.ends_at: told.figures.mean for told in one.told if told.figures}
    points = tuple(Line(speak.chart_day(end - 1), means.get(end)) for end in ends)
    return Chart(name, ((name, points),), scale(speak, one.question))


def _picture_in_words(speak: Speech, one: Said) -> Markup | None:
    """The same points, each by its window's last day; a single one has been said already."""
    if len(one.told) == 1:
        return None
    points = (
        f"{speak.chart_day(told.ends_at - 1)}: "
        f"{_number(speak, told.figures.mean) if told.figures else '–'}"
        for told in one.told
    )
    return speak("<i>The picture in numbers: {points}</i>", points=" · ".join(points))


def _number(speak: Speech, mean: float) -> str:
    return format_decimal(mean, locale=speak.language)
