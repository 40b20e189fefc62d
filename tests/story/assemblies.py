"""Chapters 6 and 7: an assembly is convened, brought back to mind, held, and decides."""

from __future__ import annotations

from fractions import Fraction

from kit.phrases import (
    ABSTAINED,
    ANNOUNCE,
    CLOSE_NOW,
    HOW_WAS_COUNTED,
    I_ABSTAIN,
    I_AM_COMING,
    MEMBERS_ONLY,
    PUT_A_QUESTION,
    PUT_TO_EVERYBODY,
    SAID_NO,
    SAID_YES,
)
from story.arrivals import MEMBERS
from story.hands import Hand, Story
from story.proposals import BETTER, COOKING, SATURDAYS, WALKS, put_forward

from assembly.rule import Quorum, Rule
from handlers.decisions.results.screens.rules import counted
from sandbox.chats import Message

PLACE = "Sala grande, via Roma 5"
STARTS = "2025-12-15 17:00"
MONDAY = "lunedì 15 dicembre, 17:00"
LATE = "Ein Schwarzes Brett"
OUTINGS = "Facciamo una gita in primavera?"
QUESTION = f"{SATURDAYS}?"
SHIFTS = "Chiedere chi può aprire di sabato"
YES = ("Anna", "Bruno", "Carla", "Dario", "Elena", "Gina", "Marta")
NO = ("Fritz", "Hans", "Nina")
ENDED = ("talked about", "decided", "goes on next time", "talked about")


def first_of(story: Story, points: int) -> str:
    """What comes first, as the group reads it."""
    return story.speak.many(
        "One point: {title}", "First of {n} points: {title}", points, title=BETTER
    )


async def convene(story: Story) -> None:
    """Day and hour by buttons, the place typed, a look at it, and out."""
    chiara = story["Chiara"]
    await chiara.writes("/facilitate")
    await chiara.presses("Convene an assembly")
    await chiara.presses_exactly("lun 15 dic")
    await chiara.presses_exactly("17:00")
    await chiara.writes(PLACE)
    chiara.reads("Shall I announce it in the group?")
    await chiara.presses(ANNOUNCE)
    chiara.reads("The group is told now, and reminded before it begins.")
    announced = story.post(PLACE)
    assert story.says("<b>Assembly on {moment}</b>", moment=MONDAY) in announced.words
    assert first_of(story, 4) in announced.words


async def reminded_a_week_before(story: Story) -> None:
    """Answers under the announcement; Gina wants the reminders in private too."""
    announced = story.post(PLACE)
    for name, label in (
        ("Anna", I_AM_COMING),
        ("Bruno", I_AM_COMING),
        ("Otto", "Maybe"),
        ("Hans", "I can’t"),
    ):
        toast = await story[name].presses_in_group(announced, label)
        assert toast == story[name].says(
            {
                I_AM_COMING: "You said that you are coming. You can change it at any time.",
                "Maybe": "You said: maybe. You can change it at any time.",
                "I can’t": "You said that you can’t come. You can change it at any time.",
            }[label]
        )
    gina = story["Gina"]
    await gina.writes("/assembly")
    await gina.presses("Remind me here too", I_AM_COMING)
    await story["Bruno"].presses_in_group(announced, "I can’t")
    await due_once(story, "2025-12-08 17:00", private=gina)
    coming = story.speak.many("One person is coming.", "{n} people are coming.", 2)
    assert coming in announced.words


async def due_once(story: Story, moment: str, private: Hand) -> Message:
    """One reminder in the group and one in private, whatever the process goes through."""
    before, own = len(story.stage.said(story.group)), len(private.chat)
    await story.until(moment)
    await story.stage.tick()
    await story.restarts()
    await story.stage.tick()
    await story.stage.move(600)
    said = story.stage.said(story.group)
    assert len(said) == before + 1 and PLACE in said[-1].words
    assert len(private.chat) == own + 1 and PLACE in private.chat[0].words
    return said[-1]


async def frozen(story: Story) -> None:
    """A day before, the points are fixed; what comes later is for the next time."""
    gina = story["Gina"]
    post = await due_once(story, "2025-12-14 17:00", gina)
    assert post.words.startswith(story.says("<b>Assembly tomorrow, {moment}</b>", moment=MONDAY))
    await put_forward(story["Fritz"], LATE, named=True)
    fritz = story["Fritz"]
    await fritz.presses("See the list")
    [line] = [line for line in fritz.chat[0].words.splitlines() if LATE in line]
    assert line.endswith(fritz.says("came later"))
    [listed] = [button.url for button in post.buttons if button.label == story.speak("The list")]
    await story["Hans"].opens(listed)
    hans = story["Hans"]
    later = hans.says("Came later; the assembly decides whether to take it:")
    points, _, came_later = hans.chat[0].words.partition(later)
    assert f"1. {BETTER}\n2. {SATURDAYS}\n" in points and LATE not in points
    assert LATE in came_later
    today = await due_once(story, "2025-12-15 15:00", gina)
    assert today.words.startswith(story.says("<b>Assembly today, {moment}</b>", moment=MONDAY))


async def looked_for_a_chair(story: Story) -> None:
    """Anna is asked first, and refuses; Elena says yes, and keeps her name to herself."""
    anna, elena, hans = story["Anna"], story["Elena"], story["Hans"]
    for hand in (anna, elena):
        await hand.writes("/me")
        await hand.presses("Chairing and notes", "I’d like to chair now and then")
    await story.until("2025-12-13 17:01")
    asked = "<b>Would you chair the assembly on {moment}?</b>"
    anna.reads(asked, moment=MONDAY)
    await anna.presses("Not this time")
    await story.restarts()
    await story.until("2025-12-13 17:03")
    elena.reads(asked, moment=MONDAY)
    await elena.presses("Yes, I’ll do it", "Don’t tell it")
    await hans.writes("/assembly")
    await hans.presses("Chair and notes")
    hans.reads("Chair: somebody has said yes")


async def opening(story: Story) -> None:
    """Opened by whoever chairs it; their phone dies, and a facilitator walks on."""
    await story.until(STARTS)
    elena, bernd = story["Elena"], story["Bernd"]
    await elena.writes("/assembly")
    await elena.presses("Open the assembly")
    elena.reads(
        "Now: ask who would like to begin. When nobody has anything new to say, say how it ends."
    )
    await bernd.writes("/facilitate")
    await bernd.presses("Go on with the assembly")
    bernd.reads("<b>{number} of {total}: {title}</b>", number=1, total=4, title=BETTER)
    assert first_of(story, 4) in story.stage.last(story.group).words
    await bernd.presses("Talked about", "Next")
    bernd.reads("By {name}.", name="Anna")


async def deciding(story: Story) -> Message:
    """The point is put to a decision for ten minutes; people press in the group and in private."""
    bernd = story["Bernd"]
    await bernd.presses("Put it to a decision")
    assert SATURDAYS in bernd.chat[0].words
    assert await bernd.presses(PUT_TO_EVERYBODY) == bernd.says("It is on its way to the group.")
    put = story.stage.last(story.group)
    rule = counted(Rule(quorum=Quorum(Fraction(1, 3))), MEMBERS, story.speak)
    assert SATURDAYS in put.words and rule in put.words
    for name in YES:
        toast = await story[name].presses_in_group(put, "Yes")
        assert toast.startswith(story[name].says(SAID_YES))
        assert "17:1" in toast, "until when it can be changed"
    for name in NO:
        await story[name].presses_in_group(put, "No")
    await _in_private(story, put)
    stranger = story["Zoe"]
    stranger.person.join(story.group)
    toast = await stranger.presses_in_group(put, "Yes")
    assert toast == stranger.says(MEMBERS_ONLY)
    return put


async def _in_private(story: Story, put: Message) -> None:
    """Two say it in private; one changes their mind there, the other in the group."""
    iris, otto = story["Iris"], story["Otto"]
    for hand, label in ((iris, "No"), (otto, "Yes")):
        await hand.writes("/decide")
        await hand.presses_starting(SATURDAYS[:30])
        await hand.presses(label)
    iris.reads(SAID_NO)
    await iris.presses("Yes")
    iris.reads(SAID_YES)
    assert (await otto.presses_in_group(put, I_ABSTAIN)).startswith(ABSTAINED)


async def outcome(story: Story, put: Message) -> None:
    """Its time is over: the outcome stands in a post of its own, with its reason."""
    await story.until("2025-12-15 17:20")
    told = story.post("8 sì, 3 no, 1 astensione.")
    account, _, seal = told.words.partition("\n\n")
    assert account == (
        f"{QUESTION} Approvata.\n"
        "8 sì, 3 no, 1 astensione. Hanno partecipato in 12 su 16; ne servivano 6."
    )
    assert seal.startswith("L’elenco dei voti, senza nomi, ha questo sigillo: ")
    assert put.labels == [] and put.words == f"{QUESTION}\nApprovata."
    anna = story["Anna"]
    await anna.writes("/decide")
    await anna.presses_starting(SATURDAYS[:30])
    await anna.presses(HOW_WAS_COUNTED)
    assert "Servivano: più della metà di sì e no (11), cioè 6. I sì: 8." in anna.chat[0].words


async def task(story: Story) -> None:
    """What follows is written down, and two take it, of whom nobody is named."""
    bernd, hans, iris = story["Bernd"], story["Hans"], story["Iris"]
    await bernd.writes("/facilitate")
    await bernd.presses("Go on with the assembly", "Write a task")
    await bernd.writes(SHIFTS)
    await bernd.presses("By the next assembly")
    bernd.reads("It is there. Everybody can take it: /tasks")
    await hans.writes("/tasks")
    await hans.presses_exactly("1")
    await hans.presses("I’ll take it")
    await story.restarts()
    await hans.presses("Without my name", "Yes, somebody may join in")
    await iris.writes("/tasks")
    await iris.presses_exactly("1")
    iris.reads("Somebody looks after it.")
    await iris.presses("I’ll join in", "Without my name")
    iris.reads("You and somebody else look after it.")


async def done(story: Story) -> None:
    """One of the two says that it is done; it stands on nobody's list any more."""
    hans, iris = story["Hans"], story["Iris"]
    await hans.writes("/tasks")
    await hans.presses_exactly("1")
    await hans.presses("It is done")
    hans.reads("Done on {day}.", day=hans.speak.day(story.stage.now))
    await iris.writes("/tasks")
    iris.reads("Nothing is open.")


async def too_few(story: Story) -> None:
    """A question of the facilitator's own; few take part, so no figures are told."""
    bernd = story["Bernd"]
    await bernd.writes("/facilitate")
    await bernd.presses("Go on with the assembly", "Decided", "Next")
    await bernd.presses("Goes on next time", "Next", "Talked about", "Next")
    bernd.reads("Came later: <b>{title}</b>", title=LATE)
    await bernd.presses("Next time")
    bernd.reads("That was the last point. Is there anything else to decide?")
    await bernd.presses(PUT_A_QUESTION)
    await bernd.writes(OUTINGS)
    await bernd.presses("1 hour", PUT_TO_EVERYBODY)
    put = story.stage.last(story.group)
    for name in ("Gina", "Luca", "Paola"):
        await story[name].presses_in_group(put, "Yes")
    await bernd.presses(CLOSE_NOW)
    bernd.reads("Not everybody has taken part yet: whoever has not no longer can.")
    await bernd.presses(CLOSE_NOW)
    told = story.stage.last(story.group)
    assert told.words.startswith(f"{OUTINGS} {story.speak('Not decided: too few took part.')}")
    assert "3" not in told.words and "17" not in told.words


async def closing(story: Story) -> None:
    """The group gets what was decided, what stays, and nothing else."""
    bernd = story["Bernd"]
    await bernd.writes("/facilitate")
    await bernd.presses("Go on with the assembly", "Close the assembly")
    bernd.reads("The group gets a summary.")
    asked = bernd.chat[0].words
    ended = zip((BETTER, SATURDAYS, COOKING, WALKS), ENDED, strict=True)
    assert all(f"{title} · {bernd.says(how)}" in asked for title, how in ended)
    await bernd.presses("Close it")
    summary = story.stage.last(story.group)
    heading = story.says("<b>What we decided on {day}</b>", day="lunedì 15 dicembre")
    assert summary.words.startswith(f"{heading}\n{QUESTION} Approvata.\n{OUTINGS} ")
    await story["Hans"].writes("/agenda")
    left = story["Hans"].chat[0].words
    assert SATURDAYS not in left and BETTER not in left and WALKS not in left
    assert COOKING in left and LATE in left
