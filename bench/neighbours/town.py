"""Many centres side by side, and one of them that is measured: who is where, and when it is."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from assembly import checkin

NOW = 1_780_315_200  # a Monday, noon in UTC
DAY = 86_400
WEEK = 7 * DAY
WEEKS = 52
MEMBERS = 50  # of each centre
QUIET = 4 * 3600  # seconds from NOW on in which nothing falls due by itself
ROLES = ("user", "user", "user", "family", "professional")
SINCE = NOW - WEEKS * WEEK
ZONE = "Europe/Rome"
OPEN_QUESTIONS = 2  # of each centre


@dataclass(frozen=True, slots=True)
class Town:
    """So many centres in the files of a folder.

    Ids go round the centres in turn, as where centres grow side by side: no centre's members lie
    together.
    """

    folder: Path
    centres: int

    @property
    def centre(self) -> int:
        """The id of the one that is measured."""
        return (self.centres + 1) // 2

    @property
    def members(self) -> range:
        """Of all centres."""
        return range(1, MEMBERS * self.centres + 1)

    def members_of(self, centre: int) -> range:
        """Of one centre."""
        return range(centre, MEMBERS * self.centres + 1, self.centres)

    def centre_of(self, member: int) -> int:
        """Where a member is."""
        return (member - 1) % self.centres + 1

    @property
    def main(self) -> Path:
        """The main database."""
        return self.folder / "voci.db"

    @property
    def keys(self) -> Path:
        """The key store."""
        return self.folder / "keys.db"


def chat_of(centre: int) -> int:
    """A centre's group."""
    return -1_001_000_000_000 - centre


def person_of(member: int) -> int:
    """A member's Telegram id."""
    return 10_000_000 + member


def last_sent(member: int) -> int:
    """When a member was last asked how they are, in the week before NOW.

    Everybody's round is over by NOW: a tick looks at all rounds that are open, so that nobody can
    be told from the others (storage/round_states.py), and costs as much as there are of them.
    """
    span = WEEK - QUIET - checkin.closes_at(0)
    return NOW - WEEK + QUIET + member * 475_140 % span
