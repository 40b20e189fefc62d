from __future__ import annotations

from zoneinfo import ZoneInfo

import pytest

from assembly.zones import NEAR, named, proposals


@pytest.mark.parametrize("language", [*NEAR, "fr", ""])
def test_every_proposal_is_a_real_zone_and_stands_once(language: str) -> None:
    zones = proposals(language)
    assert len(zones) == len(set(zones)) >= 5
    assert all(ZoneInfo(zone).key == zone for zone in zones)


@pytest.mark.parametrize(
    ("language", "zone"), [("it", "Europe/Rome"), ("de", "Europe/Berlin"), ("en", "Europe/London")]
)
def test_the_likeliest_zone_comes_first(language: str, zone: str) -> None:
    assert proposals(language)[0] == zone


@pytest.mark.parametrize(
    ("text", "zone"),
    [
        ("Europe/Lisbon", "Europe/Lisbon"),
        (" europe/lisbon ", "Europe/Lisbon"),
        ("America/New York", "America/New_York"),
        ("utc", "UTC"),
        ("Europe", None),
        ("Centro Aurora", None),
        ("../etc/passwd", None),
        ("", None),
        ("\x00", None),
        ("EST", None),
    ],
)
def test_a_typed_name_means_a_zone_or_none(text: str, zone: str | None) -> None:
    assert named(text) == zone
