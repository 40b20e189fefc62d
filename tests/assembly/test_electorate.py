from __future__ import annotations

from assembly.electorate import digest


def test_the_digest_is_of_the_commitments_in_any_order() -> None:
    # printf 'a1\nb2\nc3\n' | sha256sum
    known = "5ebda042ce65e7e18ba1f7d467b91a1ed5275e6e2e9fc4362425595b46d36e70"
    assert digest(["c3", "a1", "b2"]) == digest(iter(("a1", "b2", "c3"))) == known


def test_another_elector_is_another_digest() -> None:
    hashes = {digest(lines) for lines in (["a1", "b2"], ["a1"], ["a1b2"], ["a1", "b3"], [])}
    assert len(hashes) == 5
