"""The word of whoever takes part and takes no side."""

from __future__ import annotations

from handlers.core.speech import later
from handlers.decisions.methods.method import Answer

ABSTAIN = Answer(
    label=later("I abstain"),
    said=later("You abstained."),
    told=later("abstained"),
    counted=lambda speak, n: speak.many("{n} abstained", "{n} abstained", n),
    bar=later("Abstained"),
)
