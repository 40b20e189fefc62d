"""`make messages`: bring the catalogues up to date and say what is to be translated."""

from __future__ import annotations

from pathlib import Path

import typer

from locales.catalogues import problems, update


def main(root: Path) -> None:
    """Bring the catalogues below `root` up to date; say what is to be done, a line each."""
    update(root)
    for problem in problems(root):
        typer.echo(problem)


if __name__ == "__main__":
    main(Path(__file__).parent.parent)
