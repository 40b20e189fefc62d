from __future__ import annotations

from assembly.electorate import digest


def test_the_digest_is_of_the_decision_and_its_electors_in_any_order() -> None:
    # printf '7:1,2,3' | sha256sum
    known = "4339d73992eac2de00cb8c1e2898b9d26634c7ada4b2a624640957ac8689af70"
    assert digest(7, [3, 1, 2]) == digest(7, iter((1, 2, 3))) == known


def test_another_elector_or_decision_is_another_digest() -> None:
    hashes = {digest(7, [1, 2, 3]), digest(8, [1, 2, 3]), digest(7, [1, 23]), digest(7, [])}
    assert len(hashes) == 4
