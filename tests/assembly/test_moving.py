from __future__ import annotations

from assembly.moving import expires_at


def test_a_move_waits_for_a_week() -> None:
    assert expires_at(1_000) == 1_000 + 7 * 86_400
