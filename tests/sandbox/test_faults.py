from __future__ import annotations

from sandbox.faults import Faults


def test_a_fault_strikes_only_the_calls_it_concerns() -> None:
    faults = Faults()
    fault = faults.add("500", method="sendMessage", chat_id=5, times=2)
    assert faults.meet("sendMessage", 6) is None
    assert faults.meet("editMessageText", 5) is None
    assert faults.meet("sendMessage", 5) is fault
    assert faults.meet("sendmessage", 5) is fault
    assert faults.meet("sendMessage", 5) is None
    assert fault.met == 2


def test_a_fault_without_end_lasts_until_it_is_cleared() -> None:
    faults = Faults()
    fault = faults.add("drop", times=None)
    assert [faults.meet("getMe", None) for _ in range(3)] == [fault] * 3
    faults.partition()
    assert faults.partitioned is True
    faults.clear()
    assert faults.meet("getMe", None) is None
    assert faults.partitioned is False
