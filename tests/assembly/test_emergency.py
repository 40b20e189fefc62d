from __future__ import annotations

import pytest

from assembly.emergency import number
from assembly.zones import NEAR


@pytest.mark.parametrize(
    ("zone", "called"),
    [
        ("Europe/Rome", "112"),
        ("Europe/Zurich", "112"),
        ("Europe/Kyiv", "112"),
        ("Europe/London", "999"),
        ("America/New_York", "911"),
        ("Australia/Sydney", "000"),
        ("Pacific/Auckland", "111"),
        ("UTC", None),
        ("Asia/Tokyo", None),
        ("Nowhere/At_All", None),
    ],
)
def test_the_number_is_that_of_the_country(zone: str, called: str | None) -> None:
    assert number(zone) == called


def test_wherever_a_centre_is_likely_to_be_there_is_a_number() -> None:
    assert all(number(zone) for zones in NEAR.values() for zone in zones)
