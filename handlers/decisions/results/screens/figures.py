"""The figures of an outcome: who took part, who said what, what was needed, by role or not."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import assert_never

from markupsafe import Markup

from assembly.collected import INVALID
from assembly.counting.table import METHODS
from assembly.outcome import Outcome, Turnout, Why
from assembly.rule import CARRIES_ROLE, HALF, Base, Parity, QuorumOf, Rule
from assembly.shortening import fitting
from handlers.core.speech import Speech
from handlers.decisions.methods.method import Reached
from handlers.decisions.methods.numbers import percent
from handlers.decisions.methods.shares import share
from handlers.decisions.methods.table import ANSWERS, of_one_word
from handlers.decisions.results.screens.words import ROLES

Reasons = Sequence[tuple[str, str]]
"""What was said with a word that asks for a reason: the word (object, aside, block) and the text,
which may be empty. In an order that tells nothing of who or when."""


def turnout(rule: Rule, taking_part: Turnout, speak: Speech) -> Markup:
    """`22 of 41 took part; 14 were needed.`, and where the hall, those present or roles matter."""
    of = {"cast": taking_part.cast, "electorate": taking_part.entitled}
    if taking_part.needed > 0:
        told = [
            speak.many(
                "{cast} of {electorate} took part; one was needed.",
                "{cast} of {electorate} took part; {n} were needed.",
                taking_part.needed,
                **of,
            )
        ]
    else:
        told = [speak("{cast} of {electorate} took part.", **of)]
    if taking_part.hall:
        told.append(
            speak.many(
                "{n} of these {cast} ballots was given by hand in the room.",
                "{n} of these {cast} ballots were given by hand in the room.",
                taking_part.hall,
                cast=taking_part.cast,
            )
        )
    by_present = QuorumOf.PRESENT is rule.quorum.of and rule.quorum.number is None
    if taking_part.present is not None and (by_present or rule.base is Base.PRESENT):
        told.append(speak.many("{n} was there.", "{n} were there.", taking_part.present))
    if taking_part.each_role is not None:
        told.append(
            speak("In every role enough took part.")
            if taking_part.each_role
            else speak("Not in every role did enough take part.")
        )
    return Markup(" ").join(told)


def votes(said: Mapping[str, int], speak: Speech) -> Markup:
    """`12 yes, 7 no, 3 abstained.`; what nobody said is left out where it need not be told."""
    told = (_counted(word, n, speak) for word, n in said.items() if n or _always(word))
    return Markup(", ").join(told) + "."


def few_decided(rule: Rule, outcome: Outcome, speak: Speech) -> Markup | None:
    """Where most abstained, and it was settled among the others: how few these were."""
    if outcome.result not in ("carried", "not_carried") or rule.base is not Base.YES_NO:
        return None
    abstained = outcome.votes.get("abstain", 0)
    decided = sum(outcome.votes.values()) - abstained - outcome.votes.get(INVALID, 0)
    if abstained <= decided:
        return None
    return speak.many(
        "Few decided: {n} person took a side, {abstained} abstained.",
        "Few decided: {n} people took a side, {abstained} abstained.",
        decided,
        abstained=abstained,
    )


def agreement(rule: Rule, outcome: Outcome, speak: Speech) -> list[Markup]:
    """What share was needed and what it came to, on the whole and by role."""
    if outcome.result not in ("carried", "not_carried") or METHODS[rule.method].threshold is None:
        return []
    match rule.parity:
        case Parity.NONE:
            told = [*_needed(rule, outcome, speak)]
        case Parity.EACH_ROLE:
            told = [*_needed(rule, outcome, speak), _each_role(outcome.why, speak)]
        case Parity.EQUAL_WEIGHTS:
            told = [_equal_weights(rule, outcome, speak)]
        case _:
            assert_never(rule.parity)
    told += [
        speak("{role}: {votes}", role=speak(ROLES[one.role]), votes=votes(one.votes, speak))
        for one in outcome.roles or ()
    ]
    if outcome.roles is None and rule.parity in CARRIES_ROLE:
        told.append(speak("No figures by role: in at least one, too few took part to hide among."))
    return told


def says_itself(rule: Rule) -> bool:
    """Whether everybody sees from yes and no alone whether it is carried."""
    simple = METHODS[rule.method].base and rule.parity is Parity.NONE
    return simple and rule.base is Base.YES_NO and rule.threshold == HALF


def reasons(given: Reasons, speak: Speech, most: int, each: int | None) -> list[Markup]:
    """Reasons under the word that they were given with: `most` of them, in `each` characters.

    The last word of a ballot weighs most and comes first. Those who gave none are one line, last.
    """
    told: list[Markup] = []
    for word, answer in ANSWERS.items():
        said = [text for with_word, text in given if with_word == word]
        texts = [text for text in said if text]
        if said and answer.heading:
            told.append(speak(answer.heading))
        told += [_reason(text, each) for text in texts[:most]]
        if texts[most:]:
            told.append(more(len(texts[most:]), speak))
        if len(said) > len(texts):
            silent = len(said) - len(texts)
            none = speak.many("one without a reason", "{n} without a reason", silent)
            told.append(Markup("• <i>{}</i>").format(none))
    return told


def more(left: int, speak: Speech) -> Markup:
    """Under a list that ends before its end."""
    return speak.many("… and one more", "… and {n} more", left)


def _reason(text: str, each: int | None) -> Markup:
    return Markup("• {}").format(text if each is None else fitting(" ".join(text.split()), each))


def _counted(word: str, n: int, speak: Speech) -> Markup:
    if word == INVALID:
        return speak.many("{n} invalid paper", "{n} invalid papers", n)
    return ANSWERS[word].counted(speak, n)


def _always(word: str) -> bool:
    return word != INVALID and ANSWERS[word].always


def _needed(rule: Rule, outcome: Outcome, speak: Speech) -> Iterator[Markup]:
    """`Needed: two thirds of yes and no (24), that is 16. Said yes: 15.`"""
    words, method = of_one_word(rule), METHODS[rule.method]
    if words.reached is None or method.threshold is None or outcome.of is None:
        return
    least = method.threshold.least(rule.threshold, outcome.of)
    said = outcome.votes[method.words[0]]
    found = Reached(_threshold(rule, speak), outcome.of, least, said)
    yield words.reached(rule, found, speak)


def _equal_weights(rule: Rule, outcome: Outcome, speak: Speech) -> Markup:
    needed = speak(
        "Each role weighs the same, however many of it took part. Needed: {share}.",
        share=_threshold(rule, speak),
    )
    if outcome.share is None:
        return needed
    return Markup("{} {}").format(
        needed, speak("Reached: {share}.", share=percent(outcome.share, speak))
    )


def _threshold(rule: Rule, speak: Speech) -> str:
    compared = METHODS[rule.method].threshold
    if compared and compared.is_more_than_half(rule.threshold):
        return str(speak("more than half"))
    return share(rule.threshold, speak)


def _each_role(why: Why, speak: Speech) -> Markup:
    """Whether the rule was met; where it fails on the whole already, nobody asks any more."""
    if why is Why.ROLES_AGREE:
        return speak("The same was needed in every role, and reached in every one.")
    if why is Why.A_ROLE_DISAGREES:
        return speak("The same was needed in every role, but not reached in every one.")
    return speak("The same was needed in every role.")
