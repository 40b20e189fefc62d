"""Pictures become PNG: the libraries are loaded only when something is drawn."""

from __future__ import annotations

import io
from threading import Lock

from bot.extras import CHARTS
from handlers.core.pictures import Bars, PairwiseTable, Picture, QrCode, Rounds

_drawing = Lock()  # one at a time: matplotlib's caches are not made for several threads


def can_draw(picture: Picture) -> bool:
    """Whether what it takes is installed; codes to be scanned come with the core."""
    return isinstance(picture, QrCode) or CHARTS.installed


def draw(picture: Picture) -> bytes:
    """The picture as PNG; takes a moment, so call it in a worker thread."""
    if isinstance(picture, QrCode):
        return draw_code(picture)
    from bot.bars import draw_bars
    from bot.charts import draw_chart
    from bot.tables import draw_pairwise, draw_rounds

    with _drawing:
        if isinstance(picture, Bars):
            return draw_bars(picture)
        if isinstance(picture, Rounds):
            return draw_rounds(picture)
        if isinstance(picture, PairwiseTable):
            return draw_pairwise(picture)
        return draw_chart(picture)


def draw_code(code: QrCode) -> bytes:
    """The link as a QR code, large enough to be read off another phone's screen."""
    import segno

    image = io.BytesIO()
    segno.make_qr(code.link, error="m").save(image, kind="png", scale=12, border=4)
    return image.getvalue()
