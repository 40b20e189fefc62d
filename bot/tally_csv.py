"""A count as a table for spreadsheets, written as the files of ballots are."""

from __future__ import annotations

import csv
import io

from assembly.count import Count
from assembly.interchange import cell
from bot.tally_tables import tables


def as_csv(count: Count) -> str:
    """All tables one below the other, an empty line between them, each under its caption.

    With a byte order mark, commas and CR LF; a text by which a spreadsheet would take a cell for a
    formula stands behind an apostrophe. Source: RFC 4180.
    """
    text = io.StringIO()
    written = csv.writer(text)
    for at, table in enumerate(tables(count)):
        if at:
            written.writerow([])
        written.writerow([cell(table.caption)])
        written.writerow([cell(head) for head in (table.stub, *table.heads)])
        for name, cells in table.rows:
            written.writerow([cell(name), *(cell(each) for each in cells)])
    return "\ufeff" + text.getvalue()
