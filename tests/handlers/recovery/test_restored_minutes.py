"""What was taken out of minutes after the backup does not come back, nor a yes taken back."""

from __future__ import annotations

import pytest
from kit.disaster import Disaster
from kit.minuted import Minuted

from assembly.duties import Duty
from assembly.minutes import Point
from handlers.assemblies.duty_presses import GiveDutyUp
from handlers.assemblies.minutes.presses import TakeNameOut, TakeNoteOut
from storage import duties, notes

pytestmark = pytest.mark.usefixtures("no_errors")

POINT = Point("A garden", notes=("Mr Verdi digs.",))


async def test_what_was_taken_out_since_the_backup_stays_out(disaster: Disaster) -> None:
    stage = disaster.stage
    play = await Minuted.gather(stage)
    kept = await play.leave(POINT)
    ids = play.centre.id, kept.assembly_id
    fiona_id = await stage.member_id(play.centre, play.fiona)
    async with stage.voci.database.transaction() as tx:
        await tx.statement(
            "INSERT INTO notes (assembly_id, kind, words, file_id, author_id)"
            f" VALUES ({kept.assembly_id}, 'photo', '', 'flip-chart', {fiona_id})"
        )
    [photo] = await stage.read(notes.of_assembly, kept.assembly_id)
    ahead = await stage.convene(play.centre, play.fiona, 20 * 86_400)
    assert await stage.write(duties.take, ahead.id, Duty.CHAIR, fiona_id, stage.now)
    await disaster.back_up()
    await stage.move(60)

    message = await stage.say(play.fiona, "/minutes")
    await stage.forge(play.fiona, message, TakeNameOut(*ids, sure=False).encode())
    await stage.say(play.fiona, "Verdi")
    await stage.press_each(play.fiona, "Take it out")
    gone = TakeNoteOut(*ids, photo.id, photo.changed)
    await stage.forge(play.fiona, stage.last(play.fiona), gone.encode())
    give_up = GiveDutyUp(play.centre.id, ahead.id, sure=True)
    await stage.forge(play.fiona, stage.last(play.fiona), give_up.encode())
    assert await stage.read(notes.of_assembly, kept.assembly_id) == []
    assert (await stage.read(duties.of_assembly, ahead.id)).holder(Duty.CHAIR) is None

    done = await disaster.strike()
    assert done.ended == 3
    assert await stage.read(notes.of_assembly, kept.assembly_id) == []
    assert (await stage.read(duties.of_assembly, ahead.id)).holder(Duty.CHAIR) is None
    restored = await play.kept(kept.assembly_id)
    assert "Verdi" not in restored.words and restored.minutes.version == 2
    await stage.say(play.anna, "/minutes")
    read = await stage.press_each(play.anna, 0)
    assert "Mr somebody digs." in read.words
    assert "the name of a non-member was taken out." in read.words
