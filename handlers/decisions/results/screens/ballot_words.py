"""The words of ballots: what each answer means, what one has said, who will see it, until when."""

from __future__ import annotations

from functools import lru_cache

from markupsafe import Markup

from assembly import marking, shortening
from assembly.ballot import DIGITS, UNSCORED
from assembly.roles import Role
from assembly.rule import RANKED, REASONED, DecisionMethod, Electorate, Rule, Secrecy, roles_of
from handlers.core.speech import Speech, later

SHORT = 40  # characters of an option in a toast or on a button
MINUTE, HOUR, DAY = 60, 3600, 86_400  # seconds
MINUTES_UNTIL, HOURS_UNTIL = 100 * MINUTE, 48 * HOUR  # beyond that a larger unit says it better

ABSTAINED = later("You abstained.")
LABELS = {
    "yes": later("Yes"),
    "no": later("No"),
    "abstain": later("I abstain"),
    "consent": later("I consent"),
    "object": later("I object"),
    "agree": later("I agree"),
    "aside": later("I stand aside"),
    "block": later("I block it"),
}
SAID = {
    "yes": later("You said yes."),
    "no": later("You said no."),
    "abstain": ABSTAINED,
    "consent": later("You consented."),
    "object": later("You objected."),
    "agree": later("You agreed."),
    "aside": later("You stand aside."),
    "block": later("You blocked it."),
}
MEANS = {
    "consent": later("I can live with it, and trying it does no harm."),
    "object": later("It would do harm, and I can say how."),
    "agree": later("I am for it."),
    "abstain": later("I leave it to the others."),
    "aside": later("I am not for it, but I won't stop it."),
    "block": later("It goes against what we are here for. One block stops it."),
}
WRITTEN_NEXT = later("You write your reason next.")
UNWRITTEN = later(
    "I ask for no reason: so few can't hide, so nobody would read it. Say it in the assembly, or "
    "have the question put openly."
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
    Secrecy.OPEN: later("Open: your name stands beside your ballot when it closes."),
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
    return str(speak(LABELS[word]))


def meaning(word: str, speak: Speech, *, asks: bool) -> Markup:
    """`<b>I stand aside</b>: …`, in one line; `asks`: for the reason, too."""
    means = Markup("<b>{}</b>: {}").format(speak(LABELS[word]), speak(MEANS[word]))
    return means + " " + speak(WRITTEN_NEXT) if asks and word in REASONED else means


def said(rule: Rule, choice: str | None, speak: Speech) -> Markup:
    """What one has said, in one sentence, while it can be changed."""
    if choice is None:
        return speak("You have not said anything yet.")
    if choice in SAID:
        return speak(SAID[choice])
    if marking.is_blank(choice, rule):
        if rule.method is DecisionMethod.APPROVAL:
            return speak("You agreed with none of them.")
        return speak(ABSTAINED)
    named = Markup(", ").join(each for each in items(rule, choice))
    if rule.method in RANKED:
        return speak("Your order: {named}.", named=named)
    if rule.method is DecisionMethod.APPROVAL:
        return speak("You agreed with: {named}.", named=named)
    if rule.method is DecisionMethod.SCORE:
        return speak("Your scores: {named}.", named=named)
    return speak("Your dots: {named}.", named=named)


def items(rule: Rule, choice: str) -> tuple[Markup, ...]:
    """What a choice says of the options that it says anything of, one item each."""
    if rule.method in RANKED:
        ranked = (rule.options[DIGITS.index(sign)] for sign in choice)
        return tuple(
            Markup("{}. {}").format(place, option) for place, option in enumerate(ranked, 1)
        )
    if rule.method is DecisionMethod.APPROVAL:
        return tuple(Markup("{}").format(rule.options[DIGITS.index(sign)]) for sign in choice)
    nothing = UNSCORED if rule.method is DecisionMethod.SCORE else DIGITS[0]
    return tuple(
        Markup("{}: {}").format(option, DIGITS.index(sign))
        for option, sign in zip(rule.options, choice, strict=True)
        if sign != nothing
    )


@lru_cache(maxsize=256)  # a whole assembly is told the same within the same second
def recorded(rule: Rule, choice: str, closes_at: int | None, speak: Speech, now: int) -> str:
    """The toast after a ballot: what was recorded, and until when it can be changed."""
    if closes_at is None:
        change = speak("You can change it until it is closed.")
    else:
        change = speak("You can change it until {moment}.", moment=moment(closes_at, speak, now))
    return f"{briefly(rule, choice, speak).unescape()} {change.unescape()}"


def briefly(rule: Rule, choice: str | None, speak: Speech) -> Markup:
    """What one has said, short enough for a toast and for a list, however many the options."""
    if choice is None or choice in SAID or marking.is_blank(choice, rule):
        return said(rule, choice, speak)
    if rule.method in RANKED:
        first = shortening.fitting(rule.options[DIGITS.index(choice[0])], SHORT)
        return speak("Your order is recorded: “{first}” first.", first=first)
    if rule.method is DecisionMethod.DOTS:
        dots = sum(marking.dots_on(choice, number) for number in range(len(rule.options)))
        return speak.many("Recorded: one dot.", "Recorded: {n} dots.", dots)
    n = len(items(rule, choice))
    if rule.method is DecisionMethod.SCORE:
        return speak.many("Recorded: one option scored.", "Recorded: {n} options scored.", n)
    return speak.many("Recorded: one option marked.", "Recorded: {n} options marked.", n)


def not_yours(rule: Rule, role: Role, speak: Speech) -> Markup:
    """To a member who is not of the electorate: why, and that it is not about them."""
    if rule.electorate is Electorate.PRESENT:
        return speak("This one is for those who were there when it was put.")
    if rule.electorate is Electorate.NAMED:
        return speak("This one is for some members, who were named when it was put.")
    if role not in roles_of(rule.electorate):
        return speak(FOR_ROLE[rule.electorate])
    return speak("It was put before you joined. You take part from the next one on.")


def until(closes_at: int | None, speak: Speech, now: int) -> Markup:
    """`Open until 17:10, 25 minutes left.`"""
    if closes_at is None:
        return speak("Open until it is closed.")
    when = moment(closes_at, speak, now)
    if closes_at <= now:
        return speak("Time is up. The outcome comes in a moment.")
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
