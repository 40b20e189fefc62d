"""Groups are told of questions that an upgrade has cancelled; of those it has taken along, not."""

from __future__ import annotations

from kit.stage import DAY, Stage

from handlers.recovery import upgraded


async def test_only_what_was_cancelled_is_told_and_loses_its_buttons(stage: Stage) -> None:
    centre, group = await stage.centre()
    await stage.member(centre, group, "Anna")
    carried = await stage.put(centre, DAY, question="Carried along?")
    cancelled = await stage.put(centre, DAY, question="Cancelled?")
    card = stage.last(group)
    assert card.buttons
    reason = "Voci was updated while the question was open. It can be put again."
    await stage.rows(
        f"UPDATE decisions SET status = 'cancelled', closed_at = opened_at, reason = '{reason}' "
        f"WHERE id = {cancelled.id}"
    )
    both = [carried.id, cancelled.id, 999]
    assert await stage.write(upgraded.tell_cancelled, both, stage.now) == 1
    await stage.move(60)
    assert not card.buttons
    assert stage.last(group).words == f"Cancelled? Cancelled.\nThe reason: {reason}"
    assert "Carried along?" not in stage.last(group).words
    said = len(stage.said(group))
    assert await stage.write(upgraded.tell_cancelled, both, stage.now) == 1
    await stage.move(2 * DAY)
    again = [each.words for each in stage.said(group)[said:]]
    assert not any("Cancelled?" in words for words in again)
