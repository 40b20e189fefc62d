"""Pictures become PNG: the libraries are loaded only when something is drawn."""

from __future__ import annotations

import io

from handlers.screen import Picture, QrCode


def draw(picture: Picture) -> bytes:
    """The picture as PNG; takes a moment, so call it in a worker thread."""
    if isinstance(picture, QrCode):
        return draw_code(picture)
    from bot.charts import draw_chart

    return draw_chart(picture)


def draw_code(code: QrCode) -> bytes:
    """The link as a QR code, large enough to be read off another phone's screen."""
    import segno

    image = io.BytesIO()
    segno.make_qr(code.link, error="m").save(image, kind="png", scale=12, border=4)
    return image.getvalue()
