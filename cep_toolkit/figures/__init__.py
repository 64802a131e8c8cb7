"""Figures that come with the sentence that says what they show, and tables to read."""

from __future__ import annotations

from cep_toolkit.figures.figure import BLUE, GREY, ORANGE, Figure, canvas, png
from cep_toolkit.figures.region_map import region_map
from cep_toolkit.figures.tables import readable

__all__ = ["BLUE", "GREY", "ORANGE", "Figure", "canvas", "png", "readable", "region_map"]
