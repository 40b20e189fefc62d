"""What there is to say of a decision method: its record stands in the module with its name."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from assembly.collected import CollectedBallots
from assembly.forms.form import Form
from assembly.forms.order import Order
from assembly.immutable import immutable
from assembly.outcome import Outcome, Turnout
from assembly.rule import DecisionMethod, Parity, Rule
from assembly.threshold import Threshold

Decide = Callable[[Rule, CollectedBallots, Turnout, Sequence[int] | None], Outcome]
"""The outcome, once enough took part. The last is the lot: every option, the luckiest first, or
None where there is none; methods that are answered by one word have no use for it. Raises
ValueError for a rule that can't be counted."""


@immutable
class Method:
    """A decision method: all that the rules know of it.

    `form`: what a ballot says, how it is checked, marked tap by tap, and written into a table.
    `decide`: how it is counted. `parities`: the rules about roles under which it can be counted.
    `threshold`: how a share is compared, where it asks for one; `base`: whether it can be chosen
    what that is a share of. `dots`: whether each member has some. `several`: whether several
    options can be chosen; `for_several`: where not, the method that can with the same ballots.
    `blt`: whether a BLT file can hold the ballots so that they count the same elsewhere; of
    `only_named` options no other is ever chosen, and seats may stay free.
    """

    form: Form
    decide: Decide
    parities: frozenset[Parity] = frozenset({Parity.NONE})
    threshold: Threshold | None = None
    base: bool = False
    dots: bool = False
    several: bool = False
    for_several: DecisionMethod | None = None
    blt: bool = False
    only_named: bool = False

    @property
    def words(self) -> tuple[str, ...]:
        """What a ballot can say where the answer is one word; () where there are options."""
        return self.form.words

    @property
    def ranked(self) -> bool:
        """Whether ballots put options in an order."""
        return isinstance(self.form, Order)
