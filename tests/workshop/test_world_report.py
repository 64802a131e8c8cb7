"""The page that reports on a world: every part is there, it asks nobody for anything, and it trusts no data."""

from __future__ import annotations

import re
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from click.testing import CliRunner

from cep_toolkit import cli
from cep_toolkit.workshop.world_report import calibration, page, texts, typologies
from cep_toolkit.workshop.world_report.grid import grid
from cep_toolkit.workshop.world_report.signal_picture import picture
from cep_toolkit.workshop.world_report.signals import SIGNALS, Signal
from cep_toolkit.workshop.world_report.story import story
from cep_toolkit.world import Scenario, World
from cep_toolkit.world.calibration import calibration as measured
from cep_toolkit.world.truth import Truth
from cep_toolkit.world.typologies import TYPOLOGIES

SCENARIO = Scenario(declarations=5_000)
SECTIONS = ["world", "calibration", "map", "typologies", "texts", "story"]
UNCLOSED = {"meta", "link", "img"}


class Read(HTMLParser):
    """What the page is made of: its elements, whether each is closed, and its text."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.text = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag not in UNCLOSED:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data

    def of(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.elements if name == tag]


@pytest.fixture(scope="module")
def made() -> str:
    return page(SCENARIO)


@pytest.fixture(scope="module")
def read(made: str) -> Read:
    return Read(made)


def test_every_section_is_there_and_in_the_contents(read: Read) -> None:
    assert [element["id"] for element in read.of("h2")] == SECTIONS
    assert [link["href"] for link in read.of("a")][1:] == [f"#{name}" for name in SECTIONS]
    assert not read.open


def test_every_table_and_every_typology_is_named(read: Read) -> None:
    for name in World(SCENARIO).tables:
        assert name in read.text
    for typology in TYPOLOGIES:
        assert typologies.called(typology.name) in read.text


def test_it_asks_no_other_machine_and_runs_nothing(made: str, read: Read) -> None:
    without_pictures = re.sub(r"data:image/png;base64,[A-Za-z0-9+/=]+", "data:,", made)
    assert not re.search(r"""(?:src|href|action|data|poster)\s*=\s*["'](?!data:|#)""", without_pictures)
    assert not re.search(r"url\(|@import|\son\w+=", without_pictures)
    assert not read.of("script")
    assert [link["href"] for link in read.of("link")] == ["data:,"]


def test_every_picture_is_within_and_said_in_words(read: Read) -> None:
    assert len(read.of("img")) > 10
    for image in read.of("img"):
        assert (image["src"] or "").startswith("data:image/png;base64,")
        assert len(image["alt"] or "") > 20


@pytest.fixture(scope="module")
def national() -> str:
    """Return the page of a national host whose data try to be markup."""
    table = World.table

    def hostile(world: World, name: str) -> pd.DataFrame:
        rows = table(world, name).copy()
        column = {"correspondence": "text", "firms": "name", "people": "name", "payments": "purpose"}.get(name)
        return rows.assign(**{column: "<script>alert(1)</script> said & done here"}) if column else rows

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(World, "table", hostile)
        return page(replace(SCENARIO, administration="FJ"))


def test_nothing_from_data_is_markup(national: str) -> None:
    assert "<script" not in national
    assert "&lt;script&gt;alert(1)&lt;/script&gt; said &amp; done here" in national
    assert not Read(national).open


def test_a_national_host_is_an_analogue_and_says_so(national: str) -> None:
    read = Read(national)
    assert "A training analogue: name and currency are real" in read.text
    assert "whose place Fiji (FJ) takes" in read.text


def test_where_no_duty_is_charged_some_schemes_have_no_picture() -> None:
    scenario = replace(SCENARIO, administration="HK")
    rows = typologies.rows(World(scenario), Truth(scenario))
    assert [row.name for row in rows] == [typologies.called(typology.name) for typology in TYPOLOGIES]
    assert {row.picture is None for row in rows} == {True, False}
    assert all((row.picture is None) == (row.touched == 0) for row in rows)


def test_the_plot_followed_is_guilty_and_its_rows_are_in_the_tables() -> None:
    world, truth = World(SCENARIO), Truth(SCENARIO)
    found = story(world, truth)
    assert truth.plots.set_index("plot").loc[found.plot, "guilty"]
    for trace in found.traces:
        rows = truth.traces[trace.table]
        assert trace.rows == (rows["plot"].astype("str") == found.plot).sum()
    tables = {name: rows["plot"].astype("str") for name, rows in truth.traces.items()}
    guilty = truth.plots.loc[truth.plots["guilty"], "plot"]
    assert len(found.traces) == max(sum((rows == plot).any() for rows in tables.values()) for plot in guilty)


def test_ten_texts_of_each_kind_whatever_tables_there_are() -> None:
    world = World(SCENARIO)
    titles = [sample.title for sample in texts.samples(world)]
    for expected in ("correspondence: text, reply", "correspondence: text, document", "payments: purpose"):
        assert expected in titles
    assert any(title.startswith("controls: remark") for title in titles)
    assert not [title for title in titles if "name" in title or "telephone" in title]
    assert max(len(sample.texts) for sample in texts.samples(world)) == texts.SHOWN
    world.tables = ("offices",)
    assert texts.samples(world) == []


def test_every_typology_has_a_measure_of_the_movements_it_touches() -> None:
    world, truth = World(SCENARIO), Truth(SCENARIO)
    assert set(SIGNALS) == {typology.name for typology in TYPOLOGIES}
    for typology in TYPOLOGIES:
        keys = SIGNALS[typology.name](world).values.index
        touched = truth.acts.loc[truth.acts["kind"] == typology.act, "object"]
        assert keys.is_unique
        assert touched.isin(keys).any(), typology.name


def test_a_picture_says_the_medians_of_its_three_groups() -> None:
    signal = Signal("price", pd.Series([1.0, 2.0, 3.0, 10.0], index=[1, 2, 3, 4]))
    drawn = picture(signal, {4: True, 3: False})
    assert drawn is not None
    assert "guilty 10 (of 1); decoys 3 (of 1); all others 1.5 (of 2)" in drawn.sentence
    assert picture(signal, {}) is None


def test_a_share_is_told_as_a_share() -> None:
    drawn = picture(Signal("a seal changed", pd.Series([True, False, False], index=[1, 2, 3])), {1: True})
    assert drawn is not None
    assert "guilty 100" in drawn.sentence
    assert "decoys: none" in drawn.sentence


def test_cells_read_as_people_write_them() -> None:
    table = pd.DataFrame({"n": [10_000_000, 5], "amount": [1234.5, np.nan], "yes": [True, False]})
    made = grid(table, "")
    assert made.rows == (("10000000", "1,234.5", "yes"), ("5", "", "no"))
    assert made.right == (True, True, True)


def test_the_command_writes_page_and_folder(tmp_path: Path, made: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("cep_toolkit.workshop.world_report.writing.page", lambda scenario, progress: made)
    options = ["world", "--declarations", "5000", "--report", str(tmp_path / "a.html"), "--out", str(tmp_path / "out")]
    result = CliRunner().invoke(cli.main, options)
    assert result.exit_code == 0, result.output
    assert (tmp_path / "a.html").read_text(encoding="utf-8").startswith("<!DOCTYPE html>")
    assert World.from_folder(tmp_path / "out").tables


def test_the_command_wants_to_know_what_to_write() -> None:
    result = CliRunner().invoke(cli.main, ["world"])
    assert result.exit_code == 2
    assert "Say what to write: --out FOLDER, --csv FOLDER or --report FILE.html." in result.output


@pytest.mark.parametrize(("code", "words"), [("XA", ""), ("QM", "1.2 times"), ("FJ", "usual peak 32 per cent")])
def test_a_host_with_a_tariff_of_its_own_is_not_held_to_the_rates_of_another(code: str, words: str) -> None:
    scenario = replace(SCENARIO, administration=code)
    figures = calibration.compared(measured(World(scenario), Truth(scenario)), scenario)
    told = " ".join(calibration.said(figures, scenario))
    assert words in told
    assert ("own tariff" in told) == bool(words)
    assert (~figures["compared"]).sum() == (len(calibration.RATES) if words else 0)
    cells = [row[5] for row in calibration.table(figures).rows]
    assert cells.count(calibration.OWN) == (~figures["compared"]).sum()
    assert f"of {figures['compared'].sum()} figures" in calibration.picture(figures).sentence


def test_a_small_world_is_told_that_chance_moves_figures_out() -> None:
    figures = pd.DataFrame({"figure": ["benford_mad"], "within": [False], "compared": [True]})
    assert "chance" in calibration.said(figures, SCENARIO)[0]
    assert calibration.said(figures, replace(SCENARIO, declarations=50_000)) == []
