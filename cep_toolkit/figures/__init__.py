"""Figures that come with the sentence that says what they show."""

from __future__ import annotations

from cep_toolkit.figures.figure import BLUE, GREY, ORANGE, Figure, canvas, png

__all__ = ["BLUE", "GREY", "ORANGE", "Figure", "canvas", "png"]
