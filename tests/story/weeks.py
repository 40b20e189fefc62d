"""Chapters 8 and 9: how the weeks were, and what the group is told about them."""

from __future__ import annotations

from story.hands import Hand, Story

from handlers.checkins.screens.questionnaire import FACES, scale
from sandbox.chats import Message

WEEK = "How has this week been for you?"
OTHERS = "How connected did you feel with others?"
SAY = "How much say did you have in what matters to you?"
ASSEMBLIES = "Our assemblies lately: how true is this for you?"
# The answers to the first question; their mean is 3. Luca's will not count: he stops.
ANSWERS = {
    "Anna": 4,
    "Bruno": 2,
    "Carla": 4,
    "Dario": 2,
    "Elena": 4,
    "Gina": 2,
    "Hans": 4,
    "Iris": 2,
    "Nina": 4,
    "Bernd": 2,
    "Chiara": 3,
    "Luca": 0,
}
ASKED = (*ANSWERS, "Fritz", "Marta", "Paola")


async def taps(hand: Hand, question: str, value: int) -> None:
    """One face with its word."""
    assert hand.says(question) in hand.chat[0].words
    key = {WEEK: "week", OTHERS: "connection", SAY: "say"}[question]
    await hand.presses_exactly(f"{FACES[value]} {scale(hand.speak, key)[value]}")


async def first_week(story: Story) -> None:
    """Three taps in one message; three others do otherwise."""
    await story.until("2025-12-10 17:01")
    assert WEEK not in story["Otto"].chat[0].words, "Otto did not agree to be asked"
    for name in ASKED:
        story[name].reads(WEEK)
        story[name].reads("<i>Not an emergency service: nobody reads this right now.</i>")
    screens = {name: len(story[name].chat) for name in ANSWERS}
    for name, value in ANSWERS.items():
        await taps(story[name], WEEK, value)
    await story.restarts()
    for name in ANSWERS:
        await taps(story[name], OTHERS, 3)
        await story[name].presses("Skip")
        story[name].reads("Thank you. Only you can see this.")
    assert {name: len(story[name].chat) for name in ANSWERS} == screens, "edited in place"
    await _my_weeks(story["Anna"])
    await _wishes(story)
    await _otherwise(story)


async def _my_weeks(anna: Hand) -> None:
    """Only for oneself: a picture, and the same in words."""
    await anna.presses("My weeks")
    picture = anna.chat[0]
    anna.reads("Only you can see this.")
    assert picture.file is not None and picture.file.data.startswith(b"\x89PNG")
    very_good, strongly = scale(anna.speak, "week")[4], scale(anna.speak, "connection")[3]
    assert f"10 dicembre: {very_good} · {strongly} · –" in picture.words


async def _otherwise(story: Story) -> None:
    """One is asked later, one leaves it out, one is reminded once; it closes without a word."""
    fritz, marta, paola = story["Fritz"], story["Marta"], story["Paola"]
    await fritz.presses("Ask me in 3 hours")
    await marta.presses("Not this week")
    marta.reads("All right, not this week. Nothing of it is kept.")
    asked = paola.chat[0]
    await story.until("2025-12-10 20:02")
    await taps(fritz, WEEK, 3)
    await fritz.presses("Skip", "Skip")
    before = {name: len(story[name].chat) for name in ASKED}
    await story.until("2025-12-11 17:02")
    await story.restarts()
    await story.stage.tick()
    before["Paola"] += 1
    assert {name: len(story[name].chat) for name in ASKED} == before, "one gentle reminder"
    paola.reads("If you like: there is time until {moment}.", moment="venerdì 12 dicembre, 17:00")
    await story.until("2025-12-12 18:10")  # an hour to finish
    for message in (asked, paola.chat[0]):
        assert message.words == paola.says(
            "{day}: closed. What was answered counts.", day="10 dicembre"
        )
        assert message.labels == []
    assert {name: len(story[name].chat) for name in ASKED} == before, "it closes silently"


async def _wishes(story: Story) -> None:
    """Hans pauses, Luca stops, Gina chooses another time."""
    hans, luca, gina = story["Hans"], story["Luca"], story["Gina"]
    await hans.presses("Pause")
    hans.reads("No check-ins until {day}.", day="Mittwoch, 7. Januar")
    await luca.presses("Another time of day", "Back", "Stop")
    luca.reads("<b>Stop the check-ins?</b>")
    await luca.presses("Stop")
    luca.reads("Your answers count in no average from now on. Your weeks stay here for you.")
    await gina.presses("Another time of day")
    await gina.presses_exactly("Venerdì")
    await gina.presses_exactly("10:00")
    gina.reads("Voci asks you once a week: {weekday}, {hour}.", weekday="venerdì", hour="10:00")


async def pulse(story: Story) -> None:
    """After the assembly: five sentences about it, and no other check-in in its week."""
    await story.until("2025-12-16 09:05")
    for name in set(ASKED) - {"Hans", "Luca"}:
        hand = story[name]
        assert any(hand.says(ASSEMBLIES) in message.words for message in hand.chat), name
    for name in ("Hans", "Luca", "Otto"):
        hand = story[name]
        assert not any(hand.says(ASSEMBLIES) in message.words for message in hand.chat), name
    nina = story["Nina"]
    for value in (4, 4, 3, 4):
        await nina.presses_exactly(f"{FACES[value]} {scale(nina.speak, 'voice')[value]}")
    await nina.presses("Skip")
    nina.reads("Thank you. Only you can see this.")
    await story.until("2025-12-19 10:01")
    for name in ASKED:
        assert not any(
            story[name].says(WEEK) in message.words and message.labels
            for message in story[name].chat
        ), name


async def later_weeks(story: Story) -> None:
    """Asked are those who want to be, when they want to be."""
    await story.until("2025-12-23 12:00")
    before = {name: len(story[name].chat) for name in ASKED}
    await story.until("2025-12-24 17:01")
    news = {name for name in ASKED if len(story[name].chat) > before[name]}
    assert news == set(ASKED) - {"Hans", "Luca", "Gina"}
    for name in ("Anna", "Bruno"):
        await taps(story[name], WEEK, ANSWERS[name])
        await story[name].presses("Skip", "Skip")
    await story.until("2025-12-26 10:01")
    story["Gina"].reads(WEEK)
    await story["Gina"].writes("/checkin")
    await taps(story["Gina"], WEEK, ANSWERS["Gina"])
    assert len(story["Hans"].chat) == before["Hans"]
    assert len(story["Luca"].chat) == before["Luca"]


async def first_summary(story: Story) -> None:
    """Who was there from the start answers; four weeks on it is drawn at midnight, told once."""
    await _january(story)
    before = len(story.stage.said(story.group))
    await story.until("2026-02-02 08:59")
    assert len(story.stage.said(story.group)) == before
    await story.restarts()
    await story.until("2026-02-02 09:05")
    await story.restarts()
    await story.stage.tick()
    told = story.stage.last(story.group)
    assert len(story.stage.said(story.group)) == before + 1
    period = {"first_day": "5 gennaio", "last_day": "1 febbraio"}
    good = scale(story.speak, "week")[3]
    words = story.says(
        "{subject}: about {mean} of 4, {words}.",
        subject=story.says("How our weeks were"),
        mean="3",
        words=story.says("“{word}”", word=good),
    )
    assert story.says("<b>How we are, {first_day} to {last_day}</b>", **period) in told.words
    assert story.says("Between 10 and 19 of us answered.") in told.words
    assert words in told.words
    assert told.file is not None and told.file.data.startswith(b"\x89PNG")
    await explained(story, told)


async def _january(story: Story) -> None:
    """All are members for four weeks; each is asked at their own time."""
    await story.until("2026-01-14 17:01")
    for name in set(ANSWERS) - {"Gina", "Luca"}:
        await taps(story[name], WEEK, ANSWERS[name])
    await story.until("2026-01-16 10:01")
    await taps(story["Gina"], WEEK, ANSWERS["Gina"])


async def explained(story: Story, told: Message) -> None:
    """The link under each summary, in the reader's own language."""
    [link] = [b.url for b in told.buttons if b.label == story.says("How this works")]
    await story["Nina"].opens(link)
    story["Nina"].reads("<b>How the summaries work</b>")


async def second_summary(story: Story) -> None:
    """Nobody answered: one fixed sentence, without a picture."""
    await story.until("2026-03-02 09:05")
    told = story.stage.last(story.group)
    fixed = story.says(
        "This time we say nothing about the answers: too few to keep everybody hidden, "
        "or nearly so."
    )
    assert told.words.endswith(fixed) and told.file is None
    again = [
        heard for heard in story.heard if story.says("Between 10 and 19 of us answered.") in heard
    ]
    assert len(again) == 1, "what was told once is never told anew"
