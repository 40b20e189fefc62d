"""Few examples, always the same, and no time spent on the shortest failing one (pytest plugin)."""

from hypothesis import Phase, settings

settings.register_profile(
    "small",
    max_examples=30,
    derandomize=True,
    database=None,
    deadline=None,
    phases=[Phase.explicit, Phase.generate],
)
