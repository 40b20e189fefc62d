"""What a core of Voci goes without: large libraries, which are extras of the package."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.util import find_spec

from assembly.immutable import immutable


@immutable
class Extra:
    """A name as in `.[charts]`, the libraries that come with it, and how it is without them."""

    name: str
    libraries: tuple[str, ...]
    without: str

    @property
    def installed(self) -> bool:
        """Whether all of it is here; nothing is loaded for that."""
        return all(find_spec(library) is not None for library in self.libraries)


CHARTS = Extra(
    "charts",
    ("fontTools", "matplotlib", "typst"),
    "pictures come as their words alone, and what is printed as Markdown, not as PDF",
)
SUMMARIES = Extra(
    "summaries",
    ("opendp",),
    "people are asked how they are, but nothing is drawn from it: at the end of each window the "
    "group and the facilitators read why, and no account is charged",
)


def switched_off() -> Iterator[str]:
    """A sentence for each feature that this installation has not, for whoever runs it."""
    for extra in (CHARTS, SUMMARIES):
        if not extra.installed:
            yield f"The extra {extra.name} is not installed: {extra.without}."
