"""`voci verify`: whatever was changed in a published list is found, and named as what it is."""

from __future__ import annotations

import pytest
from closed import decisions
from hypothesis import given
from hypothesis import strategies as st

from assembly.chain import publish
from assembly.rule import DecisionMethod
from bot.verify import check


@pytest.mark.parametrize("method", DecisionMethod)
@given(data=st.data())
def test_it_counts_as_the_bot_counts(method: DecisionMethod, data: st.DataObject) -> None:
    closed = data.draw(decisions(method))
    sheet = check(publish(closed).text.encode())
    assert sheet.findings == []
