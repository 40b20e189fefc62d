"""Who may take part in a decision: frozen when it opens, kept as a number and a hash.

Whoever has joined a moment ago does not stand in a small secret electorate: four members who were
made up would otherwise tell what the fifth one said (docs/anonymity.md, "Ballots").
"""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import sha256

from assembly.immutable import immutable
from assembly.rule import Rule, Secrecy

DAY = 86_400  # seconds
ENOUGH_SETTLED = 20
"""Among so many members of some time, a few who were made up find out nothing about one."""

WAITS = (0, 7, 14)
"""Days of membership after which a secret question can be asked to count somebody: the choices."""

LATELY = 7 * DAY
"""For so long facilitators read how many have joined."""

FOUNDING = 30 * DAY
"""A centre's first month: everybody is new."""


def founding(founded_at: int, now: int) -> bool:
    """Whether a centre is in its first month at `now`; both UTC epoch seconds."""
    return now < founded_at + FOUNDING


@immutable
class Waiting:
    """A centre's choice: `days` now, `days_before` until `changed_at` (UTC epoch seconds)."""

    days: int = 7
    days_before: int = 7
    changed_at: int = 0

    def at(self, founded_at: int, now: int) -> int:
        """For how many days somebody must have been a member, at `now`; both UTC epoch seconds.

        0 in a centre's first month. A shorter time holds once the longer one has passed: whoever
        would shorten it for members that they have just made up waits as long as without it.
        """
        if founding(founded_at, now):
            return 0
        return self._holding(now)

    def changed(self, days: int, now: int) -> Waiting:
        """The choice with other `days` from `now` on (UTC epoch seconds); itself with the same.

        Raises ValueError for days that are not among WAITS.
        """
        if days not in WAITS:
            raise ValueError(f"no such choice: {days}")
        return self if days == self.days else Waiting(days, self._holding(now), now)

    @property
    def shortened_from(self) -> int:
        """The moment from which a shorter time holds (UTC epoch seconds)."""
        return self.changed_at + self.days_before * DAY

    def _holding(self, now: int) -> int:
        return max(self.days, self.days_before) if now < self.shortened_from else self.days


def joined_by(joined: Iterable[int], rule: Rule, days: int, now: int) -> int | None:
    """The moment by which one must have joined to take part; None where all can who are there.

    `joined`: when each of those joined whom the rule would entitle (UTC epoch seconds); `days` of
    membership are asked for. Nobody is left out of a question by name, nor where 20 have been
    members for so long: an electorate is counted without the newcomers, so that no number of them
    makes it large. Raises ValueError for a negative number of days.
    """
    if days < 0:
        raise ValueError(f"days are not negative: {days}")
    latest = now - days * DAY
    if rule.secrecy is Secrecy.OPEN or days == 0:
        return None
    settled = sum(moment <= latest for moment in joined)
    return None if settled >= ENOUGH_SETTLED else latest


def digest(commitments: Iterable[str]) -> str:
    """SHA-256 over one chain.commitment a member, in hexadecimal, whatever their order.

    By hand, with a commitment a line: `LC_ALL=C sort FILE | sha256sum`. Over salted commitments,
    because members' numbers run on: a hash over these alone could be found by trying, and with it
    who is of a role, or was present.
    """
    return sha256("".join(f"{line}\n" for line in sorted(commitments)).encode()).hexdigest()
