"""The picture of an outcome: bars, the rounds of a count, or each option against each other."""

from __future__ import annotations

from decimal import Decimal

from anyascii import anyascii

from assembly.collected import INVALID
from assembly.count import Count, Pairwise
from assembly.counting.table import METHODS
from assembly.outcome import Outcome, Points
from assembly.rule import Rule
from handlers.core.emoji_names import in_words
from handlers.core.pictures import Bar, Bars, Counted, PairwiseTable, Rounds, Standing
from handlers.core.speech import Speech
from handlers.decisions.methods.method import Figures
from handlers.decisions.methods.numbers import number
from handlers.decisions.methods.table import ANSWERS, of_options
from handlers.decisions.results.screens.options import order
from handlers.decisions.results.screens.words import Bare, figures

_CENT = Decimal("0.01")  # so exactly a picture tells votes; the words have the rest


def picture(rule: Rule, came: Outcome | Bare, speak: Speech) -> Counted | None:
    """What can be seen of an outcome; None where figures may not be told, or nothing came of it.

    The same in words is `counted.account`.
    """
    outcome = figures(rule, came)
    if outcome is None:
        return None
    if outcome.result in ("carried", "not_carried"):
        return _words(rule, outcome, speak)
    if outcome.result != "chosen":
        return None
    shown = of_options(rule).figures
    if outcome.points and shown:
        bars = tuple(_pointed(rule, shown, outcome, one, speak) for one in outcome.points)
        weighed = any(one.weighed is not None for one in outcome.points)
        return Bars(speak(shown.title).unescape(), bars, shown.full(weighed=weighed))
    if outcome.count is None:
        return None
    if shown:
        return _counted(rule, shown, outcome, outcome.count, speak)
    if outcome.count.pairwise is not None:
        return _against(outcome.count, outcome.count.pairwise, rule, speak)
    return _rounds(outcome.count, rule, speak) if outcome.count.rounds else None


def _words(rule: Rule, outcome: Outcome, speak: Speech) -> Bars:
    """What was said, by word; carried is what the method's first word stands for."""
    method, enough, legend = METHODS[rule.method], None, ""
    for_ = method.words[0]
    if outcome.of is not None and method.threshold:
        enough = method.threshold.least(rule.threshold, outcome.of)
        legend = speak("Upright stroke: so many were needed ({n})", n=enough).unescape()
    return Bars(
        speak("What we said").unescape(),
        tuple(
            Bar(
                _word(word, speak),
                n,
                number(n, speak),
                chosen=word == for_ and outcome.result == "carried",
                enough=enough if word == for_ else None,
            )
            for word, n in outcome.votes.items()
        ),
        legend=legend,
    )


def _word(word: str, speak: Speech) -> str:
    said = speak("Invalid papers") if word == INVALID else speak(ANSWERS[word].bar)
    return said.unescape()


def _name(rule: Rule, option: int, speak: Speech) -> str:
    """An option as it can be drawn; its number where nothing of its name has a letter anywhere."""
    name = in_words(rule.options[option], speak.language)
    return name if anyascii(name).strip() else str(option + 1)


def _pointed(rule: Rule, shown: Figures, outcome: Outcome, one: Points, speak: Speech) -> Bar:
    length, text = shown.bar(one, speak)
    return Bar(_name(rule, one.option, speak), float(length), text, one.option in outcome.winners)


def _counted(
    rule: Rule, shown: Figures, outcome: Outcome, count: Count, speak: Speech
) -> Bars | None:
    if not count.rounds:
        return None
    votes = count.rounds[0].votes
    return Bars(
        speak(shown.title).unescape(),
        tuple(
            Bar(
                _name(rule, option, speak),
                float(votes[option]),
                number(votes[option], speak),
                chosen=option in outcome.winners,
            )
            for option in order(count)
        ),
        float(count.reason.of or 0),
    )


def _against(count: Count, matrix: Pairwise, rule: Rule, speak: Speech) -> PairwiseTable:
    options = order(count)
    return PairwiseTable(
        speak("Each against each").unescape(),
        tuple(_name(rule, option, speak) for option in options),
        tuple(
            tuple(None if one == other else matrix[one][other] for other in options)
            for one in options
        ),
        speak(
            "So many people put the one on the left before the one above. Full box: more than the "
            "other way round. Empty frame: just as many."
        ).unescape(),
    )


def _rounds(count: Count, rule: Rule, speak: Speech) -> Rounds:
    rows = [
        (
            _name(rule, option, speak),
            tuple(_standing(option, count, at, speak) for at in range(len(count.rounds))),
        )
        for option in order(count)
    ]
    if any(round_.exhausted for round_ in count.rounds):
        rest = tuple(
            Standing(float(round_.exhausted), _short(round_.exhausted, speak))
            for round_ in count.rounds
        )
        rows.append((speak("No longer counting").unescape(), rest))
    return Rounds(speak("Round by round").unescape(), tuple(rows), _legend(count, speak))


def _standing(option: int, count: Count, at: int, speak: Speech) -> Standing | None:
    round_ = count.rounds[at]
    if option not in round_.votes:
        return None
    votes = round_.votes[option]
    return Standing(
        float(votes),
        _short(votes, speak),
        elected=any(option in so_far.elected for so_far in count.rounds[: at + 1]),
        excluded=option in round_.excluded,
        quota=None if round_.quota is None else float(round_.quota),
    )


def _short(votes: Decimal, speak: Speech) -> str:
    return number(votes.quantize(_CENT), speak)


def _legend(count: Count, speak: Speech) -> str:
    parts = [speak("✓ chosen · ✗ drops out").unescape()]
    if any(round_.quota is not None for round_ in count.rounds):
        parts.append(speak("upright stroke: the quota").unescape())
    votes = (value for round_ in count.rounds for value in round_.votes.values())
    if any(value != value.quantize(_CENT) for value in votes):
        parts.append(speak("rounded to two decimals").unescape())
    return " · ".join(parts)
