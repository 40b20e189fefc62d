"""From the answers of a window to what is said about it: each member's value, then the draw."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable

from assembly.disclosure import Noise, Release, contribution, release, release_by_role
from assembly.immutable import immutable
from assembly.roles import Role
from assembly.windows import Plan


@immutable
class Answered:
    """One face (0 to 4) that a member gave to one question in one round of the window.

    `role` is the member's at the window's start, the same in all of their answers.
    """

    member_id: int
    role: Role
    question: str
    face: int


def draw(plan: Plan, answers: Collection[Answered], noise: Noise) -> dict[str, Release]:
    """What is said about each question of the plan, drawn once: keep it, never call this again.

    Draws from `noise` in the order of the plan's questions. Raises ValueError for an answer that
    is no face. Source: docs/anonymity.md, "Summaries".
    """
    return {
        question: release_by_role(values(answers, question), plan.epsilon, noise)
        if plan.by_role
        else release(
            [value for of_role in values(answers, question).values() for value in of_role],
            plan.epsilon,
            noise,
        )
        for question in plan.questions
    }


def values(answers: Iterable[Answered], question: str) -> dict[Role, list[int]]:
    """One value (0 to 48) for each member who answered the question, sorted by role.

    However often a member answered, they count once. Raises ValueError where a member has two
    roles in one window, which would let them count twice.
    """
    faces: dict[int, list[int]] = defaultdict(list)
    roles: dict[int, Role] = {}
    for answer in answers:
        if answer.question != question:
            continue
        if roles.setdefault(answer.member_id, answer.role) is not answer.role:
            raise ValueError("a member has one role in a window")
        faces[answer.member_id].append(answer.face)
    found: dict[Role, list[int]] = {role: [] for role in Role}
    for member_id, given in faces.items():
        found[roles[member_id]].append(contribution(given))
    return found
