from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest
from kit.screen_checks import check
from markupsafe import Markup

from assembly.attendance_bands import attendance
from assembly.minutes import Correction, Minutes, Point, Task, fingerprint, frozen_text
from assembly.minutes_search import Hit
from assembly.roles import Role
from assembly.wording import CORRECTION, NOTE, TITLE, WordingError
from handlers.assemblies.minutes.screens import (
    correction_time,
    corrections,
    listing,
    mending,
    searching,
    taking_out,
)
from handlers.assemblies.minutes.screens import minutes as screens
from handlers.assemblies.minutes.screens.minutes import Read
from handlers.assemblies.screens import printed_minutes
from handlers.core.printouts.printout import Listing
from handlers.core.speech import LANGUAGES, Speech
from storage.centres import Centre
from storage.minutes import Change, Kept
from storage.minutes import Correction as Said
from storage.notes import Note

BIG = 9**9
LONG = "& <b>" * (NOTE[1] // 5)
POINT = Point(
    "<" * TITLE[1],
    why=LONG,
    notes=(LONG,) * 33,
    ending="agreed",
    outcome=(LONG,),
    tasks=(Task("&" * 200, "<" * 90, BIG),),
    photos=3,
)
TOLD = Minutes(
    centre="&" * 100,
    language="de",
    zone="Europe/Rome",
    starts_at=1_780_000_000,
    closed_at=1_780_009_000,
    place="<" * 200,
    attendance=attendance({Role.USER: 12, Role.FAMILY: 3, Role.PROFESSIONAL: 6}),
    points=(POINT,) * 60,
    chair="<" * 40,
    recorder="&" * 40,
    corrections=(Correction("<" * 500, "&" * 300),) * 9,
    changed_at=(1_780_900_000,) * 9,
    salt="00" * 16,
)
WORDS = frozen_text(TOLD)
OUT = Kept(BIG, BIG, WORDS, fingerprint(WORDS), 1_780_200_000)
DRAFT = Kept(BIG, BIG, WORDS, None, None)
SAID = Said(BIG, BIG, 7, "<" * CORRECTION[1], "answered", "&" * 300)


def read(kept: Kept) -> Read:
    return Read(
        kept=kept,
        printed=printed_minutes.minutes(TOLD, kept.hash, "https://t.me/voci_bot?start=x"),
        until=1_780_200_000 if kept.is_draft else None,
        photos=180,
        mends=True,
        facilitates=True,
        changes=[Change(n, 1_780_900_000, "<" * 40 if n % 2 else None) for n in range(2, 12)],
    )


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kept", [OUT, DRAFT])
def test_sixty_points_and_two_thousand_notes_stay_inside_what_telegram_takes(
    language: str, kept: Kept
) -> None:
    speak = Speech(language)
    seen = read(kept)
    pages = screens.pages(seen, speak)
    assert len(pages) > 500
    for number in (1, len(pages) // 2, 0):
        check(screens.page(seen, number, speak))


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_was_changed_finds_room_below_a_full_page(language: str) -> None:
    speak = Speech(language)
    full = replace(
        read(OUT).printed.printout, blocks=(Listing((Markup("{}").format("a" * 97),) * 34),)
    )
    seen = replace(read(OUT), printed=replace(read(OUT).printed, printout=full))
    pages = [check(screens.page(seen, number, speak)) for number in (1, 2)]
    assert "\n".join(pages).count("<" * 40) == 5, "each by whom it was"


def test_no_line_is_lost_between_pages() -> None:
    told = "\n".join(screens.pages(read(OUT), Speech("en")))
    assert told.count("• &amp; &lt;b&gt;") == 60 * len(POINT.notes)


def test_the_fingerprint_stands_apart_from_the_last_point() -> None:
    few = replace(TOLD, points=(Point("A trip", ending="agreed"),), corrections=())
    printed = printed_minutes.minutes(few, OUT.hash, "https://t.me/voci_bot?start=x")
    (told,) = screens.pages(replace(read(OUT), printed=printed, changes=()), Speech("en"))
    assert "</b>\n\nFingerabdruck dieses Protokolls" in told


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_other_screen_does_too(language: str) -> None:
    speak = Speech(language)
    points = [mending.Point(BIG, "<" * TITLE[1], 99)] * 60 + [mending.Point(0, None, 1)]
    entries = [listing.Entry(DRAFT, 1_780_000_000, ("<" * TITLE[1],) * 60)] * listing.PAGE
    hits = [searching.Found(BIG, 1_780_000_000, Hit("<" * 120, LONG))] * searching.PAGE
    centre = Centre(BIG, -1, "&" * 100, "it", "Europe/Rome", None, None, Fraction(1, 3), 0)
    for screen in (
        screens.as_file(read(DRAFT), speak),
        screens.frozen(read(OUT), speak),
        screens.photograph(read(OUT), 3, None, Note(BIG, None, "", "file", None, 0), speak),
        screens.drafted(read(DRAFT), speak),
        mending.mend(DRAFT, points, 5, 2, speak),
        listing.overview(BIG, entries, 2, 3, speak),
        listing.overview(BIG, [], 1, 1, speak),
        searching.ask(BIG, speak),
        searching.found(BIG, "ß" * 18, hits, 60, speak),
        searching.found(BIG, "ß", [], None, speak),
        searching.found(BIG, "ß", [], 60, speak),
        corrections.ask(DRAFT, [SAID] * 3, speak),
        corrections.misfit(DRAFT, WordingError("long", 501, 500), speak),
        corrections.waiting(DRAFT, speak),
        corrections.one(DRAFT, SAID, 30, speak),
        corrections.ask_answer(DRAFT, SAID, speak),
        corrections.none_left(DRAFT, speak),
        corrections.settled(DRAFT, SAID, "Mittwoch", speak),
        taking_out.ask(OUT, speak),
        taking_out.no_name(OUT, speak),
        taking_out.not_there(OUT, "<" * 40, speak),
        taking_out.sure(OUT, "<" * 40, 99, speak),
        correction_time.ask(BIG, 48, speak),
        correction_time.changed_by(centre, speak("somebody"), 168, speak),
    ):
        check(screen)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_group_reads_numbers_and_no_names(language: str) -> None:
    post = screens.published_post(TOLD, OUT, Speech(language), lambda payload: f"x?{payload}")
    words = check(post, public=True)
    assert "60" in words and "<" not in words and "&" not in words
