from __future__ import annotations

import pytest
from markupsafe import Markup

from handlers.core.pictures import (
    Bar,
    Bars,
    Chart,
    Line,
    PairwiseTable,
    Panels,
    Picture,
    QrCode,
    Rounds,
    Standing,
)
from handlers.core.screen import Screen, dump, load, posted

CHART = Chart("How?", (("We", (Line("3 Dec", 2.5), Line("10 Dec", None))),), ("a", "b", "c"))


@pytest.mark.parametrize(
    "picture",
    [
        CHART,
        Panels((CHART, CHART)),
        QrCode("https://t.me/voci_bot?start=abc"),
        Bars("Points", (Bar("<Blue> & “green”", 3.5, "3,5", chosen=True), Bar("Red", 0, "0"))),
        Bars("Said", (Bar("Yes", 12, "12", enough=14.0),), 22, "legend"),
        Rounds(
            "Round by round",
            (
                ("Blue", (Standing(3, "3", quota=2.5), Standing(5, "5", elected=True))),
                ("Red", (Standing(2, "2", excluded=True), None)),
            ),
            "legend",
        ),
        PairwiseTable("Each against each", ("Blue", "Red"), ((None, 3), (2, None)), "legend"),
    ],
    ids=lambda picture: type(picture).__name__,
)
def test_a_picture_comes_out_of_the_outbox_as_it_went_in(picture: Picture) -> None:
    screen = Screen(Markup("Words."), picture=picture)
    assert load(dump(screen)) == posted(screen)


def test_a_screen_without_a_picture_stays_without() -> None:
    assert load(dump(Screen(Markup("Words.")))).picture is None
