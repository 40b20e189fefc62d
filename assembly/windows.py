"""Over which weeks answers are gathered before something is said about them, and what is asked.

A centre's calendar starts on a day of its own and is cut into blocks of four weeks. A block holds
one, two or four windows, by the centre's tier; the tier changes only between blocks.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from fractions import Fraction
from typing import Literal
from zoneinfo import ZoneInfo

from assembly.immutable import immutable
from assembly.questionnaire import PULSE, WEEKLY, Questionnaire
from assembly.recurrence import local, resolve

BLOCK_WEEKS = 4
ENROLLED_AFTER_DAYS = 28
"""Days somebody has to be a member before the start of a window to count in it, so that nobody can
bring people of straw in for one summary. Source: docs/anonymity.md, "Summaries"."""
TOLD_WITHIN = 28 * 24 * 3600
"""Seconds after a window's end in which it is still worth telling about: one block."""

_MIDDLE_FROM, _LARGE_FROM = 20, 60
_BY_ROLE_FROM = 60
_ALL_QUESTIONS_FROM = 150
_ALL_AT_ONCE = 3  # questions


@immutable
class Tier:
    """How long a window is, in weeks, and what a release of it costs each member (epsilon)."""

    name: Literal["small", "middle", "large"]
    weeks: int
    epsilon: Fraction


SMALL = Tier("small", 4, Fraction(2))
MIDDLE = Tier("middle", 2, Fraction(1))
LARGE = Tier("large", 1, Fraction(1, 2))
TIERS = {tier.name: tier for tier in (SMALL, MIDDLE, LARGE)}


@immutable
class Window:
    """Some weeks of a centre's calendar: the first (0 is the centre's first week) and the tier."""

    week: int
    tier: Tier


@immutable
class Plan:
    """What is drawn for a window: which questions, at which epsilon each, by role or not.

    `charge` is what each enrolled member's account pays for all of it.
    """

    questions: tuple[str, ...]
    epsilon: Fraction
    by_role: bool
    charge: Fraction


FIRST = Window(0, SMALL)


def first_day(founded_at: int, zone: ZoneInfo) -> date:
    """The day on which a centre's calendar starts: the Monday after its first four weeks.

    `founded_at` (UTC epoch seconds) is when the centre was set up, and nothing that a member does:
    a day that somebody's consent had chosen would tell of it. Before, nobody would be enrolled.
    """
    member_long_enough = local(founded_at, zone).date() + timedelta(days=ENROLLED_AFTER_DAYS)
    return member_long_enough + timedelta(days=7 - member_long_enough.weekday())


def joined_by(starts_at: int) -> int:
    """The latest moment of joining with which somebody counts in a window (UTC epoch seconds).

    `starts_at` is the window's start.
    """
    return starts_at - ENROLLED_AFTER_DAYS * 24 * 3600


def next_tier(last_c: int | None) -> Tier:
    """The tier of the next block, from the noisy number in the last release (None: none yet).

    Under 20, and at the start, small; 20 to 59 middle; 60 and more large. It reads nothing but what
    has been released, so choosing costs nobody anything. Source: docs/anonymity.md, "Summaries".
    """
    if last_c is None or last_c < _MIDDLE_FROM:
        return SMALL
    return MIDDLE if last_c < _LARGE_FROM else LARGE


def following(window: Window, last_c: int | None, questionnaire: Questionnaire = WEEKLY) -> Window:
    """The window that begins where this one ends; at a border of blocks with the tier of `last_c`.

    `last_c` is the noisy number in the last release, None if there was none. Windows never overlap
    and leave no gap. Those of the pulse are always four weeks long: it is asked once in so many.
    """
    week = window.week + window.tier.weeks
    if questionnaire is PULSE:
        return Window(week, SMALL)
    return Window(week, window.tier if week % BLOCK_WEEKS else next_tier(last_c))


def window_bounds(window: Window, first_day: date, zone: ZoneInfo) -> tuple[int, int]:
    """Where a window starts and ends (UTC epoch seconds, end excluded): midnights in the zone.

    `first_day` is the day on which the centre's calendar starts; it never changes. Store what comes
    out: a centre that moves to another zone keeps the bounds of the window it is in.
    """
    start, end = (
        resolve(datetime.combine(first_day + timedelta(weeks=week), time()), zone)
        for week in (window.week, window.week + window.tier.weeks)
    )
    return start, end


def worth_telling(ends_at: int, now: int) -> bool:
    """Whether a window that ended is still drawn and told after a downtime (UTC epoch seconds).

    It looks at the clock and nothing else, so leaving a window out tells nothing about anybody.
    """
    return ends_at <= now < ends_at + TOLD_WITHIN


def question_for(window: Window, questionnaire: Questionnaire = WEEKLY) -> str:
    """The question that a window's one number is about: each in turn, never the same twice running.

    The week number, counted off over the questions, decides. With three or five (with any odd
    number) that is never the same one twice running, as windows are 1, 2 or 4 weeks apart.
    """
    questions = questionnaire.questions
    return questions[window.week % len(questions)]


def plan(window: Window, last_c: int | None, questionnaire: Questionnaire = WEEKLY) -> Plan:
    """What is drawn for a window, from the noisy number in the last release (None: none yet).

    One question; all from 150 on where they are three at most, with the epsilon divided between
    them: more don't fit under one picture, and each would be shifted too much. By role from 60 on,
    at the same epsilon, as a member has one role. The charge is the tier's epsilon either way.
    Where the last release was of all questions, `last_c` is the smallest of their numbers, here as
    above.
    Source: docs/anonymity.md, "Summaries"; what is drawn from the same people adds up,
    what is drawn from separate people doesn't (McSherry, SIGMOD 2009, doi 10.1145/1559845.1559850).
    """
    known = 0 if last_c is None else last_c
    of_all = known >= _ALL_QUESTIONS_FROM and len(questionnaire.questions) <= _ALL_AT_ONCE
    questions = questionnaire.questions if of_all else (question_for(window, questionnaire),)
    charge = window.tier.epsilon
    return Plan(questions, charge / len(questions), known >= _BY_ROLE_FROM, charge)
