from __future__ import annotations

import re
from pathlib import Path

import pytest

import cep_toolkit.widgets

STYLE = Path(cep_toolkit.widgets.__file__).with_name("style.css").read_text(encoding="utf-8")
# JupyterLab's own paper and shade: --jp-layout-color1 and --jp-layout-color2 of its light and dark themes.
PAPERS = {"light": ("#ffffff", "#eeeeee"), "dark": ("#212121", "#424242")}


def colours(theme: str) -> dict[str, str]:
    light, dark = re.findall(r"\.cep-face \{([^}]*)\}", STYLE)[:2]
    return dict(re.findall(r"--cep-([a-z-]+): (#[0-9a-f]{6})", light if theme == "light" else dark))


def contrast(one: str, other: str) -> float:
    """The contrast of two colours, as WCAG 2.2 counts it."""

    def light(colour: str) -> float:
        parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
        red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    low, high = sorted((light(one), light(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_every_text_has_a_contrast_of_four_and_a_half_or_more(theme: str) -> None:
    own = colours(theme)
    pairs = [(own[name], paper) for name in ("quiet", "mark") for paper in PAPERS[theme]]
    pairs.append((own["on-accent"], own["accent"]))
    assert [pair for pair in pairs if contrast(*pair) < 4.5] == []


def test_the_style_asks_no_other_machine() -> None:
    assert "http" not in STYLE
    assert "url(" not in STYLE
    assert "@import" not in STYLE
