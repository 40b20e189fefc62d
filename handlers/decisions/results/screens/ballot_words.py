"""The words of ballots: what each answer means, what one has said, who will see it, until when."""

from __future__ import annotations

from functools import lru_cache
from typing import assert_never

from markupsafe import Markup

from assembly import marking
from assembly.counting.table import form
from assembly.rule import Electorate, Rule, Secrecy, roles_of
from handlers.core.screen import lines
from handlers.core.speech import Speech, later
from handlers.decisions.methods.table import ANSWERS, of_one_word, of_options
from storage.decisions import Decision
from storage.members import Member

MINUTE, HOUR, DAY = 60, 3600, 86_400  # seconds
MINUTES_UNTIL, HOURS_UNTIL = 100 * MINUTE, 48 * HOUR  # beyond that a larger unit says it better

WRITTEN_NEXT = later("You write your reason next.")
UNWRITTEN = later(
    "Nobody would read a reason here: so few can’t hide. Say it in the assembly, or have the "
    "question put by name."
)
SECRECY = {
    Secrecy.SECRET: later(
        "Secret: nobody here sees what you say. When it closes, the ballots are published "
        "without names."
    ),
    Secrecy.SEALED: later(
        "Nobody here sees what you say. When it closes, only the outcome is told; but in so small "
        "a group others may guess."
    ),
    Secrecy.OPEN: later("By name: your name stands beside your ballot when it closes."),
}
FOR_ROLE = {
    Electorate.USER: later("This one is for the users."),
    Electorate.FAMILY: later("This one is for the family members."),
    Electorate.PROFESSIONAL: later("This one is for the professionals."),
}
REASON_IS_READ = {
    Secrecy.SECRET: later(
        "If 5 or more take part, all read it when it closes, without your name; otherwise nobody. "
        "The way you write may be recognised."
    ),
    Secrecy.OPEN: later("All will read it when it closes, with your name."),
}


def label(word: str, speak: Speech) -> str:
    """A word of a ballot on its button."""
    return str(speak(ANSWERS[word].label))


def meanings(rule: Rule, speak: Speech, *, asks: bool) -> Markup:
    """`<b>I stand aside</b>: …`, a line for each explained word; `asks`: for reasons, too."""
    told = []
    for word, answer in of_one_word(rule).answers.items():
        if answer.means is not None:
            means = Markup("<b>{}</b>: {}").format(speak(answer.label), speak(answer.means))
            written = asks and word in form(rule).reasoned
            told.append(means + " " + speak(WRITTEN_NEXT) if written else means)
    return lines(*told)


def said(rule: Rule, choice: str | None, speak: Speech) -> Markup:
    """What one has said, in one sentence, while it can be changed."""
    if choice is None:
        return speak("You have not said anything yet.")
    if choice in ANSWERS:
        return speak(ANSWERS[choice].said)
    filling = of_options(rule).filling
    if marking.is_blank(choice, rule):
        return speak(filling.said_nothing)
    return speak(filling.said, named=Markup(", ").join(filling.items(rule, choice)))


def items(rule: Rule, choice: str) -> tuple[Markup, ...]:
    """What a choice says of the options that it says anything of, one item each."""
    return of_options(rule).filling.items(rule, choice)


@lru_cache(maxsize=256)  # a whole assembly is told the same within the same second
def recorded(rule: Rule, choice: str, closes_at: int | None, speak: Speech, now: int) -> str:
    """The toast after a ballot: what was recorded, until when it can be changed, and who reads it
    where that is everybody.
    """
    if closes_at is None:
        change = speak("You can change it until it is closed.")
    else:
        change = speak("You can change it until {moment}.", moment=moment(closes_at, speak, now))
    told = [briefly(rule, choice, speak), change]
    if rule.secrecy is Secrecy.OPEN:
        told.append(speak("By name: all will read it."))
    return " ".join(each.unescape() for each in told)


def briefly(rule: Rule, choice: str | None, speak: Speech) -> Markup:
    """What one has said, short enough for a toast and for a list, however many the options."""
    if choice is None or choice in ANSWERS or marking.is_blank(choice, rule):
        return said(rule, choice, speak)
    return of_options(rule).filling.briefly(rule, choice, speak)


def not_yours(decision: Decision, member: Member, speak: Speech) -> Markup:
    """To a member who is not of the electorate: why, and that it is not about them."""
    electorate, asked_by = decision.rule.electorate, decision.joined_until
    if member.role not in roles_of(electorate):
        return speak(FOR_ROLE[electorate])
    if asked_by is not None and asked_by < member.joined_at <= decision.opened_at:
        return _too_new(member.joined_at, decision.opened_at - asked_by, speak)
    match electorate:
        case Electorate.PRESENT:
            return speak("This one is for those who were there when it was put.")
        case Electorate.NAMED:
            return speak("This one is for some members, who were named when it was put.")
        case Electorate.ALL | Electorate.USER | Electorate.FAMILY | Electorate.PROFESSIONAL:
            return speak("It was put before you joined. You take part from the next one on.")
        case _:
            assert_never(electorate)


def _too_new(joined_at: int, waiting: int, speak: Speech) -> Markup:
    """To a newcomer, whom a secret question does not count yet; `waiting` in seconds."""
    return lines(
        speak(
            "You joined shortly before it was put. Where few are asked in secret, newcomers are "
            "not asked yet: otherwise members could be made up to find out what the others say."
        ),
        speak(
            "It is not about you. From {day} on, such questions are put to you too.",
            day=speak.day(joined_at + waiting + DAY),
        ),
    )


def until(closes_at: int | None, speak: Speech, now: int) -> Markup:
    """`Open until 17:10, 25 minutes left.`"""
    if closes_at is None:
        return speak("Open until it is closed.")
    when = moment(closes_at, speak, now)
    if closes_at <= now:
        return speak("Time is up. It is being counted.")
    return speak(
        "Open until {moment}, {left} left.", moment=when, left=_left(closes_at - now, speak)
    )


def moment(at: int, speak: Speech, now: int) -> str:
    """`17:10`, with the day where it is not today's."""
    today = speak.local(at).date() == speak.local(now).date()
    return speak.time(at) if today else speak.moment(at)


def _left(seconds: int, speak: Speech) -> Markup:
    """Rounded down, so that nobody comes too late; the last minute counts as one."""
    if seconds < MINUTES_UNTIL:
        return speak.many("one minute", "{n} minutes", max(1, seconds // MINUTE))
    if seconds < HOURS_UNTIL:
        return speak.many("one hour", "{n} hours", seconds // HOUR)
    return speak.many("one day", "{n} days", seconds // DAY)


def without_phone(number: int, speak: Speech) -> Markup:
    """The answer, in a sentence."""
    if not number:
        return speak("Everybody in the room votes by phone.")
    return speak.many(
        "One person in the room is not voting by phone.",
        "{n} people in the room are not voting by phone.",
        number,
    )
