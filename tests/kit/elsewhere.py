"""A lease that another process has, or takes while this one works."""

from __future__ import annotations

from storage.engine.transaction import Transaction


class Elsewhere:
    """This process has it for so many looks."""

    shared = True

    def __init__(self, looks: int = 0) -> None:
        self.looks = looks

    @property
    def held(self) -> bool:
        self.looks -= 1
        return self.looks >= 0

    async def still_has(self, tx: Transaction) -> bool:
        return self.held
