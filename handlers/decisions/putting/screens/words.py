"""The words of everything that can be chosen about a question: topics, choices, what misfits."""

from __future__ import annotations

from fractions import Fraction
from typing import assert_never

from markupsafe import Markup

from assembly.choosing import ABSOLUTE, EACH, SIMPLE, WHOLE, Topic
from assembly.deadlines import Span
from assembly.fitting import MOST_DOTS, Misfit
from assembly.rule import Base, DecisionMethod, Electorate, Parity, QuorumOf, Secrecy
from assembly.suggestion import OptionsError
from assembly.wording import OPTION
from handlers.core.speech import Speech, later
from handlers.decisions.methods.shares import share
from handlers.decisions.methods.table import WORDS

TOPICS = {
    Topic.METHOD: later("How it is decided"),
    Topic.OPTIONS: later("The options"),
    Topic.SEATS: later("How many are chosen"),
    Topic.DOTS: later("How many dots each has"),
    Topic.THRESHOLD: later("How much is enough"),
    Topic.BASE: later("Out of whom"),
    Topic.PARITY: later("How the roles weigh"),
    Topic.ELECTORATE: later("Who can take part"),
    Topic.QUORUM: later("How many must take part"),
    Topic.SECRECY: later("Secret or by name"),
}
_HINTS = {
    Topic.SEATS: later("You can also write a number."),
    Topic.THRESHOLD: later("You can also write a share, like 3/5 or 60%: one half or more."),
    Topic.BASE: later("The share of yes is taken out of these."),
    Topic.PARITY: later(
        "Each role has to agree, so that none is outvoted; or each role weighs a third, however "
        "many belong to it."
    ),
    Topic.QUORUM: later("You can also write a share, like 1/3, or a number of people, like 12."),
    Topic.SECRECY: later(
        "By name means: at closing everybody reads who said what. Once the question "
        "is put, this can’t be changed."
    ),
}
_CHOICES: dict[Topic, dict[str, str]] = {
    Topic.METHOD: {method.value: words.name for method, words in WORDS.items()},
    Topic.THRESHOLD: {
        SIMPLE: later("More yes than no"),
        ABSOLUTE: later("More than half of all who can"),
    },
    Topic.BASE: {
        Base.YES_NO: later("Yes and no"),
        Base.YES_NO_ABSTAIN: later("Yes, no and abstentions"),
        Base.CAST: later("All ballots, invalid ones too"),
        Base.PRESENT: later("All who are present"),
        Base.ENTITLED: later("All who can take part"),
    },
    Topic.PARITY: {
        Parity.NONE: later("Each person counts alike"),
        Parity.EACH_ROLE: later("Each role has to agree"),
        Parity.EQUAL_WEIGHTS: later("Each role weighs a third"),
    },
    Topic.ELECTORATE: {
        Electorate.ALL: later("All members"),
        Electorate.USER: later("Users of the service"),
        Electorate.FAMILY: later("Family members"),
        Electorate.PROFESSIONAL: later("Professionals"),
        Electorate.PRESENT: later("Those present"),
        Electorate.NAMED: later("Chosen by name"),
    },
    Topic.QUORUM: {
        "0/1": later("Nobody has to"),
        QuorumOf.PRESENT: later("Of those present"),
        QuorumOf.ELECTORATE: later("Of all who can"),
        WHOLE: later("All roles together"),
        EACH: later("In each role, too"),
    },
    Topic.SECRECY: {Secrecy.SECRET: later("Secret"), Secrecy.OPEN: later("By name")},
}
_MISFITS = {
    Misfit.TOO_FEW_FOR_SECRET: later(
        "With fewer than 5 people nothing can be secret: figures would tell who said what."
    ),
    Misfit.ONLY_OPEN: later(
        "With fewer than 3 people the outcome tells each what the others said: it can"
        " only be by name."
    ),
    Misfit.NO_ROLE_RULE: later("This way of deciding can’t be counted by role like that."),
    Misfit.ONE_ROLE: later("Only one role takes part here, so roles can’t be weighed."),
    Misfit.ROLE_TOO_SMALL: later(
        "In one role there are fewer than 5 people: what it says would tell who said what."
    ),
    Misfit.TOO_FEW_OPTIONS: later("There have to be at least 2 options."),
    Misfit.TOO_MANY_OPTIONS: later("There can be at most 20 options."),
    Misfit.OPTIONS_ALIKE: later("Two options are alike."),
    Misfit.ONE_SEAT_ONLY: later("This way of deciding chooses only one."),
    Misfit.SEATS: later("At least one option has to be left over, or there is nothing to choose."),
    Misfit.THRESHOLD: later("What is enough lies between one half and all."),
    Misfit.QUORUM: later("So many can’t take part: there are fewer."),
}


def topic(about: Topic, speak: Speech) -> str:
    """A topic as the label of a button."""
    return str(speak(TOPICS[about]))


def hint(about: Topic, speak: Speech) -> Markup | None:
    """What helps to choose."""
    if about is Topic.DOTS:
        return speak("You can also write a number, up to {most}.", most=MOST_DOTS)
    return speak(_HINTS[about]) if about in _HINTS else None


def choice(about: Topic, wish: str, speak: Speech) -> str:
    """A choice as the label of a button."""
    known = _CHOICES.get(about, {}).get(wish)
    if known is not None:
        return str(speak(known))
    if "/" not in wish:
        return wish
    told = share(Fraction(wish), speak)
    return told[:1].upper() + told[1:]


def good_for(method: DecisionMethod, speak: Speech) -> Markup:
    """What a method is, and when to take it."""
    words = WORDS[method]
    return Markup("<b>{}</b>: {}").format(speak(words.name), speak(words.good_for))


def misfit(found: Misfit, speak: Speech) -> Markup:
    """Why a rule can't be taken."""
    if found is Misfit.DOTS:
        return speak("Everybody can have 1 to {most} dots.", most=MOST_DOTS)
    return speak(_MISFITS[found])


def about_options(error: OptionsError, speak: Speech) -> Markup:
    """What is wrong with typed options."""
    if error.kind == "few" and error.count:
        return speak("That is one option. Write at least two, each on a line of its own:")
    if error.kind == "few":
        return speak("There is no option in it. Write at least two, each on a line of its own:")
    if error.kind == "many":
        return speak(
            "Those are {count} options; up to 20 fit. Write all of it again, with fewer:",
            count=error.count,
        )
    if error.kind == "double":
        return speak("“{option}” is there twice. Write all of it again:", option=error.label)
    if error.kind == "long":
        return speak(
            "“{option}” is too long: an option has at most {most} characters. "
            "Write all of it again, shorter:",
            option=error.label[: OPTION[1]] + "…",
            most=OPTION[1],
        )
    if error.kind == "places":
        return speak(
            "There are as many places as names, or more: that leaves nothing to choose. Write all "
            "of it again, with another name; or, without a number, whether everybody agrees to "
            "these:"
        )
    return speak("One of the options is empty. Write all of it again:")


def span_label(span: Span, speak: Speech, closes_at: int) -> str:
    """How long it stays open, as the label of a button."""
    time = speak.time(closes_at)
    match span:
        case Span.TEN_MINUTES:
            return str(speak("10 minutes"))
        case Span.HOUR:
            return str(speak("1 hour"))
        case Span.WEEK:
            return str(speak("One week"))
        case Span.EVENING:
            return str(speak("Until this evening, {time}", time=time))
        case Span.TOMORROW:
            return str(speak("Until tomorrow, {time}", time=time))
        case _:
            assert_never(span)
