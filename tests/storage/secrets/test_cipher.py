from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage.secrets.cipher import BLOCK, Unreadable, seal, unseal

KEY, OTHER = bytes(32), bytes([1]) * 32


@given(st.binary(max_size=1_000), st.binary(max_size=50))
def test_what_was_sealed_is_read_again(content: bytes, context: bytes) -> None:
    assert unseal(KEY, seal(KEY, content, context), context) == content


def test_sealing_twice_gives_two_results() -> None:
    assert seal(KEY, b"text", b"") != seal(KEY, b"text", b"")


@given(st.binary(max_size=BLOCK - 4), st.binary(max_size=BLOCK - 4))
def test_the_length_tells_little(one: bytes, other: bytes) -> None:
    assert len(seal(KEY, one, b"")) == len(seal(KEY, other, b""))


@pytest.mark.parametrize(
    ("key", "context"), [(OTHER, b"answer:1"), (KEY, b"answer:2"), (OTHER, b"answer:2")]
)
def test_another_key_or_place_reads_nothing(key: bytes, context: bytes) -> None:
    with pytest.raises(Unreadable):
        unseal(key, seal(KEY, b"text", b"answer:1"), context)


def test_a_changed_content_is_noticed() -> None:
    sealed = bytearray(seal(KEY, b"text", b""))
    for place in range(len(sealed)):
        changed = bytearray(sealed)
        changed[place] ^= 1
        with pytest.raises(Unreadable):
            unseal(KEY, bytes(changed), b"")


@pytest.mark.parametrize("sealed", [b"", b"short", bytes(12), bytes(28)])
def test_what_was_never_sealed_is_unreadable(sealed: bytes) -> None:
    with pytest.raises(Unreadable):
        unseal(KEY, sealed, b"")
