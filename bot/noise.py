"""The noise that releases are drawn with: OpenDP's exact sampler on integers."""

from __future__ import annotations


class OpenDpNoise:
    """Discrete Laplace noise from the system's secure randomness.

    Fills the place of handlers.core.unit_of_work.Sampler. Source: OpenDP's make_laplace on
    integers, which samples exactly, without floating point (Canonne, Kamath and Steinke, 2020).
    """

    def load(self) -> None:
        """Import the library: not at start, which it would slow down."""
        import opendp.prelude  # noqa: F401

    def discrete_laplace(self, scale: float) -> int:
        """An independent integer k with a probability proportional to exp(-|k|/scale).

        Raises ValueError unless the scale is positive and finite: OpenDP would take 0 for no noise.
        """
        if not 0 < scale < float("inf"):
            raise ValueError(f"a scale is positive and finite: {scale}")
        import opendp.prelude as dp

        dp.enable_features("contrib")
        space = dp.atom_domain(T=int), dp.absolute_distance(T=int)
        return int(dp.m.make_laplace(*space, scale=scale)(0))
