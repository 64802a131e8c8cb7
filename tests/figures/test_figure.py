from __future__ import annotations

import pytest

from cep_toolkit.figures import BLUE, GREY, ORANGE, Figure, canvas


def drawn() -> Figure:
    drawing, axes = canvas("Two lanes grow", "week", "declarations")
    axes.plot([1, 2, 3], [1, 4, 9], color=BLUE)
    return Figure(drawing, "Both lanes grow.")


def test_a_figure_is_its_sentence_where_it_cannot_be_seen() -> None:
    assert repr(drawn()) == "Both lanes grow."


def test_the_same_data_draws_the_same_bytes() -> None:
    assert drawn().png == drawn().png


def test_a_steady_picture_keeps_its_frame_whatever_its_numbers() -> None:
    frames = []
    for highest in (9, 99_999):
        drawing, axes = canvas("Two lanes grow", "week", "declarations", steady=True)
        axes.plot([1, 2, 3], [1, 4, highest])
        assert Figure(drawing, "Both lanes grow.").png
        for label in (axes.title, axes.xaxis.label, axes.yaxis.label):
            box = label.get_window_extent()
            assert box.x0 >= 0
            assert box.y0 >= 0
            assert box.y1 <= drawing.bbox.y1
        frames.append(axes.get_position().bounds)
    assert frames[0] == frames[1]


def test_the_sentence_stands_below_and_is_the_pictures_alternative(monkeypatch: pytest.MonkeyPatch) -> None:
    shown: list[object] = []
    monkeypatch.setattr("IPython.display.display", lambda thing, **_: shown.append(thing))
    drawn()._ipython_display_()
    picture, sentence = shown
    assert picture.alt == "Both lanes grow."  # type: ignore[attr-defined]  # an Image
    assert sentence == {"text/plain": "Both lanes grow.", "text/html": "<p>Both lanes grow.</p>"}


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of two colours (WCAG 2.2)."""

    def luminance(colour: str) -> float:
        parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
        linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("colour", [BLUE, ORANGE, GREY])
def test_colours_stand_out_from_the_paper(colour: str) -> None:
    assert contrast(colour, "#FFFFFF") >= 3
