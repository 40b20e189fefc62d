from __future__ import annotations

from hashlib import sha256

from hypothesis import given
from hypothesis import strategies as st

from assembly.counting import lot

SEED = bytes(range(32))
SEEDS = st.binary(min_size=32, max_size=32)


def test_the_commitment_is_what_sha256sum_says():
    # printf %s 000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f | sha256sum
    expected = "6c86c6aac5fb24bcf5d9939cb7d7d5645ce39418f449e03b262dd4fa14b4b92b"
    assert lot.commitment(SEED) == expected


def test_the_order_can_be_made_by_hand():
    # for n in 1 2 3 4 5; do printf %s "SEED $n" | sha256sum; done, with the seed above
    by_hand = (
        "7785a59fb3a6",
        "42091275ad11",
        "1945478836fe",
        "475cdc598102",
        "aeae677f15f6",
    )
    assert lot.order(SEED, 5) == tuple(sorted(range(5), key=by_hand.__getitem__))


@given(SEEDS, st.integers(0, 20))
def test_the_order_has_every_option_once(seed, options):
    assert sorted(lot.order(seed, options)) == list(range(options))


@given(SEEDS, st.integers(1, 20))
def test_another_option_does_not_change_the_order_of_the_others(seed, options):
    more = lot.order(seed, options + 1)
    assert tuple(option for option in more if option != options) == lot.order(seed, options)


def test_everybody_is_luckiest_about_as_often():
    first = [lot.order(sha256(bytes([n, m])).digest(), 4)[0] for n in range(20) for m in range(20)]
    assert all(70 <= first.count(option) <= 130 for option in range(4))
