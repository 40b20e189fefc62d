"""The picture of an outcome: bars, the rounds of a count, or each option against each other."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from assembly.ballot import SCORES
from assembly.counting.count import Count, Pairwise
from assembly.outcome import Outcome, Points
from assembly.rule import WORDS, DecisionMethod, Rule
from assembly.threshold import least
from handlers.core.pictures import Bar, Bars, PairwiseTable, Picture, Rounds, Standing
from handlers.core.speech import Speech, later
from handlers.decisions.results.screens.options import order
from handlers.decisions.results.screens.words import Bare, average, figures, number, percent

_LABELS = {
    "yes": later("Yes"),
    "no": later("No"),
    "abstain": later("Abstained"),
    "consent": later("Consented"),
    "object": later("Objected"),
    "agree": later("Agreed"),
    "aside": later("Stood aside"),
    "block": later("Blocked it"),
    "invalid": later("Invalid papers"),
}
_TITLES = {
    DecisionMethod.APPROVAL: later("How many can live with each"),
    DecisionMethod.SCORE: later("Points on average, from 0 to 5"),
    DecisionMethod.DOTS: later("Dots for each"),
}
_CENT = Decimal("0.01")  # so exactly a picture tells votes; the words have the rest


def picture(rule: Rule, came: Outcome | Bare, speak: Speech) -> Picture | None:
    """What can be seen of an outcome; None where figures may not be told, or nothing came of it.

    The same in words is `counted.account`.
    """
    outcome = figures(rule, came)
    if outcome is None:
        return None
    if outcome.result in ("carried", "not_carried"):
        return _words(rule, outcome, speak)
    if outcome.points:
        bars = tuple(_pointed(rule, outcome, one, speak) for one in outcome.points)
        return Bars(speak(_TITLES[rule.method]).unescape(), bars, _full(outcome))
    if outcome.count is None:
        return None
    if rule.method is DecisionMethod.APPROVAL:
        return _approved(rule, outcome, outcome.count, speak)
    if outcome.count.pairwise is not None:
        return _against(outcome.count, outcome.count.pairwise, rule, speak)
    return _rounds(outcome.count, rule, speak) if outcome.count.rounds else None


def _words(rule: Rule, outcome: Outcome, speak: Speech) -> Bars:
    """What was said, by word; carried is what the method's first word stands for."""
    for_, enough, legend = WORDS[rule.method][0], None, ""
    if outcome.of is not None:
        enough = least(rule, outcome.of)
        legend = speak("Upright stroke: so many were needed ({n})", n=enough).unescape()
    return Bars(
        speak("What we said").unescape(),
        tuple(
            Bar(
                speak(_LABELS[word]).unescape(),
                n,
                number(n, speak),
                chosen=word == for_ and outcome.result == "carried",
                enough=enough if word == for_ else None,
            )
            for word, n in outcome.votes.items()
        ),
        legend=legend,
    )


def _pointed(rule: Rule, outcome: Outcome, one: Points, speak: Speech) -> Bar:
    chosen, value = one.option in outcome.winners, one.weighed
    if rule.method is DecisionMethod.SCORE:
        value = value if value is not None else one.mean
        text = "–" if value is None else average(value, speak).unescape()
    elif value is not None:
        text = percent(value, speak).unescape()
    else:
        value, text = Fraction(one.total), number(one.total, speak)
    return Bar(rule.options[one.option], float(value or 0), text, chosen)


def _full(outcome: Outcome) -> float:
    """The length of a full bar: the best that an option can get, where there is a best."""
    if outcome.method is DecisionMethod.SCORE:
        return int(SCORES[-1])
    return 1 if any(one.weighed is not None for one in outcome.points) else 0


def _approved(rule: Rule, outcome: Outcome, count: Count, speak: Speech) -> Bars | None:
    if not count.rounds:
        return None
    votes = count.rounds[0].votes
    return Bars(
        speak(_TITLES[rule.method]).unescape(),
        tuple(
            Bar(
                rule.options[option],
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
        tuple(rule.options[option] for option in options),
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
            rule.options[option],
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
