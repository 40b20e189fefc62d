"""Whatever is typed, sent or pasted into whatever conversation: an answer, and no error."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

import pytest
from kit.centre_rows import put_question
from kit.full_centre import FullCentre, fill_centre
from kit.phrases import ANOTHER_NAME, ASK_TO_JOIN, CHAIRS_ONLY, USE_THE_SERVICE
from kit.stage import Stage

from assembly.choosing import Topic
from assembly.roles import Role
from assembly.rule import Quorum, Rule
from handlers.assemblies.agreeing import agreeing
from handlers.assemblies.convening import changing
from handlers.assemblies.convening import draft as assembly_draft
from handlers.assemblies.meeting import openings, reordering
from handlers.assemblies.minutes import corrections, noting, searching, taking_out
from handlers.assemblies.series import draft as series_draft
from handlers.assemblies.tasks import draft as task_draft
from handlers.centre import clocks, facts, help, naming  # noqa: A004 - a module of ours
from handlers.core.registration import conversations, photographs
from handlers.decisions import managing
from handlers.decisions.in_person import headcount, tellers_desk
from handlers.decisions.putting import draft as question_draft
from handlers.membership import guardian, join, join_requests
from handlers.profile import my_name
from handlers.proposals import commenting as comments_of_members
from handlers.proposals import draft
from sandbox.chats import Message
from sandbox.people import Person
from storage import assemblies, drafts, invitations, minutes, points
from storage.engine.transaction import Transaction

pytestmark = pytest.mark.usefixtures("no_errors")

Opening = Callable[[FullCentre], Awaitable[Person]]

TYPED = {
    "5,000 characters": "Saturday " * 555,
    "one long word": "x" * 4096,
    "spaces": " \u00a0\u2003 \u3164",
    "bidi controls": "\u202e\u2066\u200f\u061c",
    "NUL": "\x00\x00",
    "lone surrogates": "\ud800 \udfff",
    "HTML": "<b>Bold</b> &amp; <script>alert(1)</script> </b><a href='tg://user?id=1'>x</a>",
    "an open tag": "<b><i>never closed, with {braces} and %s and \\n",
    "zalgo": "Z" + "\u0335\u0322\u0341" * 300 + "algo",
    "emoji": "\U0001f305" * 2048,
    "a family": "\U0001f468\u200d\U0001f469\u200d\U0001f467 we all agree",
    "right to left": "\u05e9\u05dc\u05d5\u05dd \u0645\u0631\u062d\u0628\u0627 a quiet room",
    "line breaks": "\r\n\u2028\u2029\x0b one \r two \x85 three",
    "a number": "16:30",
    "all nines": "9" * 40,
    "unicode digits": "\u0661\u0666:\u0663\u0660",
}


async def proposing(here: FullCentre) -> Person:
    await here.stage.say(here.anna, "/propose")
    return here.anna


async def asking_to_join(here: FullCentre) -> Person:
    somebody = here.stage.world.person("\u202e<b>Zoe</b>")
    await here.stage.start(somebody, f"join_{here.centre.id}")
    await here.stage.press_each(somebody, ASK_TO_JOIN, USE_THE_SERVICE, ANOTHER_NAME)
    return somebody


async def joining(here: FullCentre) -> Person:
    stage = here.stage
    token = await stage.write(
        invitations.add, centre_id=here.centre.id, role=Role.USER, now=stage.now
    )
    somebody = stage.world.person("\u202e<b>Zoe</b>")
    await stage.start(somebody, f"i_{token}")
    await stage.press_each(somebody, 0, 0, 0, "Yes", ANOTHER_NAME)
    return somebody


async def putting(here: FullCentre, assembly_id: int | None = None) -> int:
    """Another question each time, by its id."""
    stage, now = here.stage, here.stage.now
    return await stage.write(
        put_question,
        stage.voci.keys,
        Rule(quorum=Quorum(here.centre.quorum)),
        centre_id=here.centre.id,
        assembly_id=assembly_id,
        question="Shall we paint the kitchen?",
        closes_at=now + 86_400,
        now=now,
    )


async def cancelling(here: FullCentre) -> Person:
    """A good reason waits for a press."""
    cancel = f"dcx:{here.centre.id}:{await putting(here)}:0"
    await here.stage.forge(here.fiona, here.private(here.fiona), cancel)
    return here.fiona


async def open_assembly(here: FullCentre) -> int:
    found = await here.stage.read(assemblies.upcoming, here.centre.id, here.stage.now)
    return found[0].id


async def counting_people(here: FullCentre) -> Person:
    ask = f"hap:{here.centre.id}:{await open_assembly(here)}:a:0"
    await here.stage.forge(here.fiona, here.private(here.fiona), ask)
    return here.fiona


async def counting_ballots(here: FullCentre) -> Person:
    assembly_id = await open_assembly(here)
    decision_id = await putting(here, assembly_id)
    for press in (
        f"hsp:{here.centre.id}:{assembly_id}:a:7",
        f"hbg:{here.centre.id}:{decision_id}:0",
    ):
        await here.stage.forge(here.fiona, here.private(here.fiona), press)
    return here.fiona


async def taking_a_name_out(here: FullCentre) -> Person:
    """Of minutes that are out."""
    stage, assembly_id = here.stage, int(here.ids["assembly_id"])
    kept = await stage.read(minutes.find, here.centre.id, assembly_id)
    assert kept is not None
    await stage.write(minutes.publish, assembly_id, kept.minutes, stage.now)
    return await pressing("fiona", "mnt:{centre_id}:{assembly_id}:0")(here)


async def answering_a_correction(here: FullCentre) -> Person:
    """Another one each time, as an answer that fits settles it."""
    stage, assembly_id = here.stage, int(here.ids["assembly_id"])
    anna_id = await stage.member_id(here.centre, here.anna)
    await stage.write(forget_corrections)
    said = await stage.write(minutes.correct, assembly_id, anna_id, "It was ten.")
    assert said is not None
    return await pressing("fiona", f"mna:{{centre_id}}:{{assembly_id}}:{said}")(here)


async def forget_corrections(tx: Transaction) -> None:
    """There is room for a few of each member's only, settled or not."""
    await tx.statement("DELETE FROM minutes_corrections")


async def correcting(here: FullCentre) -> Person:
    await here.stage.write(forget_corrections)
    return await pressing("anna", "mnk:{centre_id}:{assembly_id}")(here)


async def commenting(here: FullCentre) -> Person:
    return await pressing("anna", f"kmw:{{centre_id}}:{here.ids['kept_id']}")(here)


async def moving_a_point(here: FullCentre) -> Person:
    """From wherever it stands by now."""
    stage, item_id = here.stage, int(here.ids["item_id"])
    item = await stage.read(points.item, here.centre.id, item_id)
    assert item is not None
    becomes = 1 if item.position != 1 else 2
    ask = f"mpw:{{centre_id}}:{{item_id}}:{item.position}:{becomes}"
    return await pressing("fiona", ask)(here)


def pressing(who: str, *data: str) -> Opening:
    """A conversation that is opened by these presses of that person."""

    async def opening(here: FullCentre) -> Person:
        person: Person = getattr(here, who)
        for each in data:
            await here.stage.forge(person, here.private(person), each.format(**here.ids))
        return person

    return opening


OPENINGS: dict[str, list[Opening]] = {
    draft.KIND: [proposing],
    join_requests.NAME: [asking_to_join],
    join.NICKNAME: [joining],
    naming.KIND: [pressing("fiona", "ctn:{centre_id}")],
    clocks.KIND: [pressing("fiona", "ctz:{centre_id}::0")],
    guardian.KIND: [pressing("fiona", "cgp:{centre_id}")],
    facts.KIND: [
        pressing("fiona", "cfA:{centre_id}:responsible:0"),
        pressing("fiona", "cfA:{centre_id}:basis:1"),
    ],
    help.CONTACTS: [pressing("fiona", "hC:{centre_id}")],
    my_name.NAME: [pressing("anna", "meN:{centre_id}:n")],
    managing.KIND: [cancelling],
    headcount.KIND: [counting_people],
    tellers_desk.KIND: [counting_ballots],
    question_draft.KIND: [
        pressing("fiona", "put:{centre_id}:0"),
        *(
            pressing("fiona", "put:{centre_id}:{item_id}", f"dch:{{centre_id}}:{topic}")
            for topic in (Topic.OPTIONS, Topic.THRESHOLD, Topic.QUORUM)
        ),
    ],
    task_draft.KIND: [
        pressing("fiona", "tka:{centre_id}:{item_id}"),
        pressing("fiona", "tkw:{centre_id}:{task_id}"),
    ],
    task_draft.LONGER: [pressing("anna", "tkl:{centre_id}:{task_id}")],
    assembly_draft.KIND: [
        pressing("fiona", "cvd:{centre_id}:0:{day}"),
        pressing("fiona", "cvt:{centre_id}:0:{starts_at}"),
    ],
    changing.KIND: [pressing("fiona", "asx:{centre_id}:{assembly_id}:0")],
    series_draft.KIND: [
        pressing("fiona", "srq:{centre_id}:{series_id}:{shape}:{minutes}:{length}:h"),
        pressing("fiona", "srq:{centre_id}:{series_id}:{shape}:{minutes}:{length}:p"),
    ],
    agreeing.KIND: [pressing("fiona", "agw:{centre_id}:{item_id}")],
    reordering.KIND: [moving_a_point],
    openings.KIND: [
        pressing("fiona", "opw:{centre_id}:rules"),
        pressing("fiona", "opw:{centre_id}:round"),
    ],
    comments_of_members.KIND: [commenting],
    noting.KIND: [
        pressing("fiona", "mnw:{centre_id}:{assembly_id}:0"),
        pressing("fiona", "mnc:{centre_id}:{assembly_id}:{note_id}"),
    ],
    corrections.CORRECTION: [correcting],
    corrections.ANSWER: [answering_a_correction],
    searching.KIND: [pressing("anna", "mnf:{centre_id}")],
    taking_out.KIND: [taking_a_name_out],
}
EVERY = [
    pytest.param(kind, opening, id=f"{kind}-{number}")
    for kind, openings in OPENINGS.items()
    for number, opening in enumerate(openings)
]


@pytest.fixture
async def here(stage: Stage) -> FullCentre:
    return await fill_centre(stage)


async def draft_of(here: FullCentre, person: Person) -> drafts.Draft | None:
    return await here.stage.read(drafts.find, person.id)


def readable(message: Message) -> None:
    """What the strict sandbox took, people can read: no markup left over, no controls."""
    assert message.words.strip()
    assert not set(message.words) & set("\u202e\u2066\u200f\u061c\x00\u2028")
    for label in message.labels:
        assert label.strip() and not set(label) & set("\u202e\u2066\x00\n")


async def test_every_conversation_is_here(here: FullCentre) -> None:
    assert here.stage.voci.application.handlers
    assert set(OPENINGS) == set(conversations)


@pytest.mark.parametrize(("kind", "opening"), EVERY)
async def test_whatever_is_typed_is_answered(here: FullCentre, kind: str, opening: Opening) -> None:
    stage = here.stage
    for what, text in TYPED.items():
        person = await opening(here)
        found = await draft_of(here, person)
        assert found is not None and found.kind == kind, what
        before = len(stage.world.calls("sendMessage", ok=True))
        edits = len(stage.world.calls("editMessageText", ok=True))
        for start in range(0, len(text), 4096):
            stage.world.post(person.private(stage.bot), person, text=text[start : start + 4096])
        await stage.settle()
        answered = len(stage.world.calls("sendMessage", ok=True)) - before
        answered += len(stage.world.calls("editMessageText", ok=True)) - edits
        assert answered, (kind, what)
        readable(stage.last(person))
    refused = [call for call in stage.world.log if call.code == 400 and call.chat_id != 1]
    assert refused == []


@pytest.mark.parametrize(("kind", "opening"), EVERY)
async def test_other_things_than_words_leave_it_as_it_is(
    here: FullCentre, kind: str, opening: Opening
) -> None:
    stage = here.stage
    person = await opening(here)
    before, rows = await draft_of(here, person), here.dump()
    assert before is not None and before.kind == kind
    person.send_sticker(stage.bot)
    if kind not in photographs:
        person.send_photo(stage.bot, PNG, caption="/propose <b>a caption</b>")
    person.send_document(stage.bot, b"%PDF", "a <b>name</b>.pdf", caption="words")
    person.send_voice(stage.bot)
    person.send_poll(stage.bot, "Who comes?", ["me", "you"])
    for content in ({"location": {"latitude": 1.0, "longitude": 2.0}}, {"dice": DICE}, CONTACT):
        stage.world.post(person.private(stage.bot), person, content=content)
    await stage.settle()
    assert "words" in stage.last(person).words
    assert await draft_of(here, person) == before
    assert here.dump() == rows
    mine = [each for each in person.private(stage.bot).messages.values() if each.sender is person]
    person.edit(next(each for each in reversed(mine) if each.text), "Something else")
    await stage.settle()
    assert here.dump() == rows


WRITERS_ONLY = "Facilitators can do this, and who chairs the assembly or takes its notes."
LEADING = {
    **dict.fromkeys((agreeing.KIND, reordering.KIND), CHAIRS_ONLY),
    **dict.fromkeys((noting.KIND, corrections.ANSWER), WRITERS_ONLY),
}
PNG = (
    b"\x89PNG\r\n\x1a\n"
    + b"\x00\x00\x00\rIHDR"
    + b"\x00\x00\x00\x02" * 2
    + b"\x08\x02"
    + b"\x00" * 7
)
DICE = {"emoji": "\U0001f3b2", "value": 3}
CONTACT = {"contact": {"phone_number": "112", "first_name": "Eve"}}


@pytest.mark.parametrize(("kind", "opening"), EVERY)
async def test_commands_and_replies_in_the_middle(
    here: FullCentre, kind: str, opening: Opening
) -> None:
    stage = here.stage
    person = await opening(here)
    for text in (
        "/help",
        "/nosuchthing",
        "/agenda 1 2 3",
        "/start",
        "/privacy@voci_bot",
    ):
        person.say(stage.bot, text)
        await stage.settle()
        readable(stage.last(person))
    found = await draft_of(here, person)
    assert found is not None and found.kind == kind, "only looking around loses nothing"
    person.say(stage.bot, "A quiet room for everybody", reply_to=stage.last(person))
    await stage.settle()
    readable(stage.last(person))


@pytest.mark.parametrize(
    ("kind", "step"),
    [
        (agreeing.KIND, ""),
        (reordering.KIND, ""),
        (noting.KIND, "{assembly_id}:0:0:0"),
        (corrections.ANSWER, "{assembly_id}:{correction_id}"),
    ],
)
async def test_whoever_does_not_lead_any_more_is_told_so(
    here: FullCentre, kind: str, step: str
) -> None:
    """What they type in the conversation that they were in is answered, and not kept."""
    stage, anna = here.stage, here.anna
    begun = (here.centre.id, kind, step.format(**here.ids), None, None, stage.now)
    await stage.write(drafts.save, drafts.Draft(anna.id, *begun))
    rows = here.dump()
    answer = await stage.say(anna, "Until seven in the evening.")
    assert answer.words.endswith(LEADING[kind])
    assert await draft_of(here, anna) is None
    assert {**rows, "drafts": [], "messages": []} == {**here.dump(), "drafts": [], "messages": []}


async def test_text_without_a_conversation_writes_nothing(here: FullCentre) -> None:
    here.zoe.start(here.stage.bot)
    await here.stage.settle()
    before = here.dump()
    for person in (here.zoe, here.fiona, here.hugo):
        for text in TYPED.values():
            here.stage.world.post(person.private(here.stage.bot), person, text=text[:4096])
            await here.stage.settle()
            readable(here.stage.last(person))
    assert here.dump() == before


async def test_in_the_group_what_people_say_to_each_other_is_left_alone(here: FullCentre) -> None:
    """Also for a bot that hears everything, and in answer to one of its posts."""
    stage = here.stage
    stage.bot.privacy_mode = False
    post = here.carrier(here.group)
    before, seen = here.dump(), len(stage.said(here.group))
    for person in (here.anna, here.fiona, here.zoe):
        for text in TYPED.values():
            stage.world.post(here.group, person, text=text[:4096])
            stage.world.post(here.group, person, text=text[:4096], reply_to=post)
        person.send_sticker(here.group)
        person.send_poll(here.group, "Who comes?", ["me", "you"])
        await stage.settle()
    assert here.dump() == before and len(stage.said(here.group)) == seen
