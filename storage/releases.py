"""What was told about everybody's answers, and what of it stays: only what was published."""

from __future__ import annotations

from collections.abc import Mapping

from assembly.disclosure import Figures, Release
from assembly.immutable import immutable
from assembly.questionnaire import WEEKLY, Questionnaire
from storage.engine.transaction import Transaction


@immutable
class Told:
    """One question in one earlier window (UTC epoch seconds, end excluded); None: nothing told."""

    starts_at: int
    ends_at: int
    figures: Figures | None


async def add(tx: Transaction, window_id: int, releases: Mapping[str, Release]) -> None:
    """Keeps what was drawn for a window, by question. Raises Conflict where it has releases."""
    for question, release in releases.items():
        total = release.total
        await tx.run(
            "add_release",
            window_id=window_id,
            question=question,
            c=release.c,
            band=total.band if total else None,
            halves=halves(total) if total else None,
        )
        for role, figures in release.by_role:
            await tx.run(
                "add_release_of_role",
                window_id=window_id,
                question=question,
                role=role.value,
                band=figures.band,
                halves=halves(figures),
            )


async def last_number(
    tx: Transaction, centre_id: int, questionnaire: Questionnaire = WEEKLY
) -> int | None:
    """The noisy number in the centre's last release, the smallest of several; None without one."""
    number = await tx.value("last_number", centre_id=centre_id, questionnaire=questionnaire.name)
    return None if number is None else int(number)


async def told(
    tx: Transaction,
    centre_id: int,
    question: str,
    most: int,
    questionnaire: Questionnaire = WEEKLY,
) -> list[Told]:
    """What was told about a question in its last windows, at most so many, oldest first."""
    rows = await tx.rows(
        "told_about",
        centre_id=centre_id,
        questionnaire=questionnaire.name,
        question=question,
        most=most,
    )
    return [
        Told(
            row["starts_at"],
            row["ends_at"],
            Figures(row["band"], row["halves"] / 2) if row["band"] else None,
        )
        for row in reversed(rows)
    ]


def halves(figures: Figures) -> int:
    """The published mean as a whole number of halves: 1 to 7."""
    return round(2 * figures.mean)
