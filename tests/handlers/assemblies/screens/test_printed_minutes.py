"""Minutes on paper: everything that they say, short and long, in every language, and no more."""

from __future__ import annotations

from dataclasses import replace

import pytest
from kit.long_minutes import AT, long, minutes
from kit.printed import Pdf, check

from assembly.attendance_bands import Attendance
from assembly.minutes import Minutes, Point, Task, filled, fingerprint, frozen_text
from assembly.name_marks import Names, member_mark, words_mark
from bot.printing import MOST_SIGNS, pdf
from handlers.assemblies.screens import printed_minutes
from handlers.core.printouts.markdown import markdown
from handlers.core.speech import LANGUAGES

JOIN = "https://t.me/voci_bot?start=join_7"


def printed(found: Minutes, hashed: str | None = "ab" * 32) -> str:
    wanted = printed_minutes.minutes(found, hashed, JOIN)
    return check(pdf(wanted.printout), found.language).words


def test_they_say_when_where_who_and_what() -> None:
    point = Point(
        "A quiet room",
        why="It is loud here.",
        notes=("The cellar is dry.", "Who has\nthe key?"),
        ending="agreed",
        outcome=("We take the cellar.",),
        tasks=(Task("Ask for the key", "Rosa", 1_765_378_800), Task("Paint it")),
        photos=2,
    )
    wanted = printed_minutes.minutes(minutes((point,)), "ab" * 32, JOIN)
    found = check(pdf(wanted.printout), "en")
    assert wanted.name == "voci-minutes-2025-12-03"
    assert found.headings == [("H1", "1. A quiet room")]
    assert found.words == (
        "Centro Aurora Minutes of Wednesday 3 December 3 December 2025, 16:00 to 17:30 Via Roma 12 "
        "20 to 49 people were there. • Users of the service: 10 to 19 • Family members: 5 to 9 "
        "Chair: Anna Recorder: Bruno 1. A quiet room It is loud here. "
        "• The cellar is dry. • Who has the key? 2 photographs were taken. We take the cellar. "
        "How it ended: agreed without a ballot Who does what: "
        "• Ask for the key, Rosa, by 10 December • Paint it "
        f"Fingerprint of these minutes: {' '.join(['abab'] * 5)} "
        f"Would you like to take part? Scan this with a phone, or ask a facilitator. {JOIN} "
        "Centro Aurora Page 1 of 1"
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_sixty_points_over_pages(language: str) -> None:
    found = long(notes=1, language=language)
    wanted = printed_minutes.minutes(found, "ab" * 32, JOIN)
    seen = check(pdf(wanted.printout), language)
    assert [level for level, _ in seen.headings] == ["H1"] * 61  # 60 points and the corrections
    assert len(seen.pages) > 10
    for point in found.points:
        assert "".join(point.title.split()) in "".join(seen.words.split())
    assert "{" not in seen.words


def test_two_thousand_lines_of_notes_can_be_printed() -> None:
    point = Point("Everything", notes=tuple(f"{n} " + "wörter " * 20 for n in range(2_000)))
    wanted = printed_minutes.minutes(minutes((point,)), None, JOIN)
    assert len(markdown(wanted.printout)) < MOST_SIGNS
    assert len(Pdf(pdf(wanted.printout)).reader.pages) > 100


def test_a_draft_says_so_and_has_no_fingerprint() -> None:
    words = printed(minutes(), None)
    assert "A draft: it can still be corrected." in words
    assert "Fingerprint" not in words
    assert "There were no points." in words


def test_nobody_is_named_who_did_not_want_to_be() -> None:
    words = printed(minutes(chair=None, recorder=None, attendance=Attendance("0-4"), place=None))
    assert "Chair" not in words and "Recorder" not in words
    assert "Fewer than 5 people were there." in words and "Users" not in words


def test_that_a_name_was_taken_out_is_told() -> None:
    words = printed(minutes(changed_at=(AT, AT + 86_400)))
    assert "a name was taken out, the last time on 4 December." in words


def test_whoever_is_erased_stands_on_no_paper_printed_afterwards() -> None:
    """The frozen text has marks: what is printed is filled in as things are now."""
    mark = member_mark(17)
    point = Point(
        f"{mark}’s room",
        why=f"{mark} asked.",
        notes=(f"{mark} said so", words_mark(4)),
        outcome=(f"{mark} looks after it",),
        tasks=(Task(f"Ask {mark}", mark),),
    )
    frozen = minutes((point,), chair=mark, recorder=mark)
    instead = "a former member", "a member", "(taken back)", "(taken out)"
    before = Names({17: "Rosalinde"}, *instead, {4: "Hello"})
    after = Names({}, *instead)
    hashed = fingerprint(frozen_text(frozen))
    assert printed(filled(frozen, before), hashed).count("Rosalinde") == 8
    for written in (
        printed(filled(frozen, after), hashed),
        markdown(printed_minutes.minutes(filled(frozen, after), hashed, JOIN).printout),
    ):
        assert "Rosalinde" not in written and "Hello" not in written
        assert written.count("a former member") == 8


def test_nothing_in_minutes_is_markup() -> None:
    said = "<b>#panic()</b> & $x$ *no*"
    point = Point(said, said, (said,), None, (said,), (Task(said, said),))
    words = printed(replace(minutes((point,)), place=said, chair=said))
    assert words.count(said) == 8


def test_as_markdown_they_have_the_same_words() -> None:
    point = Point("A quiet room", notes=("It is loud.",), ending="talked", tasks=(Task("Ask"),))
    text = markdown(printed_minutes.minutes(minutes((point,)), "ab" * 32, JOIN).printout)
    assert text.startswith("# Minutes of Wednesday 3 December\n\nCentro Aurora\n\n")
    assert (
        "## 1. A quiet room\n\n- It is loud.\n\n**How it ended: talked about**\n\n"
        "**Who does what:**\n\n- Ask\n\n" in text
    )
