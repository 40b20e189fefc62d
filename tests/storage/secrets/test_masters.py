"""Two master keys while one is being changed, and files that are read again."""

from __future__ import annotations

import pytest

from storage.engine.errors import WrongStore
from storage.secrets.cipher import seal
from storage.secrets.masters import Masters, fingerprint, key_of_marks

OLD, NEW, OTHER = b"o" * 32, b"n" * 32, b"x" * 32
WRAPPED = {key: seal(key, b"content", b"where") for key in (OLD, NEW, OTHER)}


def test_what_either_wrapped_opens() -> None:
    both = Masters([OLD, NEW])
    for key in (OLD, NEW):
        assert both.unwrap(WRAPPED[key], b"where") == b"content"
        assert both.named(fingerprint(key)) == key
    assert both.named(None) == OLD


@pytest.mark.parametrize("key", [OLD, NEW])
def test_what_does_not_fit_is_told(key: bytes) -> None:
    one = Masters([OTHER])
    with pytest.raises(WrongStore, match="master key doesn't fit"):
        one.unwrap(WRAPPED[key], b"where")
    with pytest.raises(WrongStore, match="master key doesn't fit"):
        one.named(fingerprint(key))
    with pytest.raises(WrongStore):
        one.unwrap(WRAPPED[OTHER], b"elsewhere")


def test_the_files_are_read_again_once_something_does_not_open() -> None:
    there, reads = [OLD], []

    def read() -> list[bytes]:
        reads.append(1)
        return there

    running = Masters([OLD], read)
    assert running.unwrap(WRAPPED[OLD], b"where") == b"content"
    assert reads == []
    there = [OLD, NEW]
    assert running.named(fingerprint(NEW)) == NEW
    there = [NEW]
    assert running.unwrap(WRAPPED[NEW], b"where") == b"content"
    assert len(reads) == 1
    with pytest.raises(WrongStore):
        running.unwrap(WRAPPED[OTHER], b"where")
    there = []
    with pytest.raises(WrongStore):
        running.unwrap(WRAPPED[OTHER], b"where")  # no file for a moment: what is known stays
    assert running.unwrap(WRAPPED[NEW], b"where") == b"content"


def test_a_name_tells_nothing_of_the_key() -> None:
    names = {fingerprint(key) for key in (OLD, NEW, OTHER)}
    assert len(names) == 3
    assert all(
        len(name) == 16 and name not in (OLD.hex(), key_of_marks(OLD).hex()) for name in names
    )
