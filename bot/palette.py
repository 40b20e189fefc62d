"""The colours of pictures, which are sent as they are to light screens and to dark ones.

So the ground is neither white nor black: it does not glare at night, and dark ink is read on it.
"""

from __future__ import annotations

GROUND = "#e6e2d9"
INK, QUIET_INK, GRID = "#1a1a1a", "#454545", "#c2bdb2"
CHOSEN, OTHER = "#0064a0", "#a9c6dc"  # one dark, one light: told apart without any colour
ON_CHOSEN = "#ffffff"

# After Okabe and Ito's palette, which is told apart with every common colour vision; as dark as the
# ground asks for.
LINES = ("#0064a0", "#b54f00", "#007a59")
