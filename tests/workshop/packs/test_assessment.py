"""What somebody can try who has an assessment's pack and every line of the source."""

from __future__ import annotations

import json
import os
import re
import stat
import sys
import zipfile
from collections.abc import Iterable
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from cep_toolkit.workshop.packs import usual
from cep_toolkit.workshop.packs.cohort import Cohort
from cep_toolkit.workshop.packs.packing import pack_cohort
from cep_toolkit.workshop.packs.worlds import draw, store_tables
from cep_toolkit.world import Scenario
from cep_toolkit.world.columns import tables
from cep_toolkit.world.engine import Engine
from cep_toolkit.world.identifiers import PublicIds
from cep_toolkit.world.streams import Streams
from cep_toolkit.world.truth import Truth
from cep_toolkit.world.typologies import TYPOLOGIES
from tests.workshop.packs.conftest import AtOnce, files, order, plan
from tests.workshop.tiny import NOTEBOOK, TINY

SEEDS = 10_000


@pytest.fixture(scope="module")
def packed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An assessment and a practice of two participants each, with their notebooks run."""
    folder = tmp_path_factory.mktemp("cohorts")
    (folder / "source").mkdir()
    (folder / "source" / f"{NOTEBOOK}.py").write_text(TINY, encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(usual, "WORLDS", 1)
        patch.setenv("CEP_CACHE", str(folder / "cache"))
        for mode in ("assessment", "practice"):
            orders = [order("P01"), order("P02", "QN")]
            asked = plan(mode)
            if mode == "practice":
                patch.setattr("cep_toolkit.workshop.packs.worlds._seed", lambda start, participant, number: 4321)
            pack_cohort(asked, orders, folder / mode, folder / "source", zipped=True, executor=AtOnce())
    return folder


def pack_of(packed: Path, mode: str, participant: str = "P01") -> Path:
    return packed / mode / "packs" / participant


def manifest(folder: Path) -> dict[str, object]:
    return dict(json.loads((folder / "manifest.json").read_text(encoding="utf-8")))


def found_by_trying(folder: Path, secrets: Iterable[tuple[object, bytes]]) -> object:
    """Return which of many secrets gives the numbers of the pack's declarations, which tell streams apart best."""
    stored = pd.read_parquet(folder / "world" / "declarations.parquet")["declaration_id"].astype("int64").to_numpy()
    here, numbers = np.sort(stored), np.arange(20)
    for name, secret in secrets:
        made = PublicIds(Streams(secret), "declaration").public(numbers)
        places = np.searchsorted(here, made).clip(max=len(here) - 1)
        if (here[places] == made).all():
            return name
    return None


def seeds(administration: str) -> Iterable[tuple[object, bytes]]:
    """Yield the secrets of all practice worlds of small seeds."""
    for seed in range(SEEDS):
        yield seed, Streams.of(Scenario(administration, seed, declarations=5_000))._secret


@pytest.mark.parametrize(("participant", "administration"), [("P01", "XA"), ("P02", "QN")])
def test_trying_every_seed_finds_a_practice_world_and_no_assessment(
    packed: Path, participant: str, administration: str
) -> None:
    assert found_by_trying(pack_of(packed, "practice", participant), seeds(administration)) == 4321
    assert found_by_trying(pack_of(packed, "assessment", participant), seeds(administration)) is None


def test_trying_small_secrets_in_place_of_the_cohorts_finds_nothing(packed: Path) -> None:
    asked = plan("assessment")

    def small() -> Iterable[tuple[object, bytes]]:
        for number in range(SEEDS):
            guess = Cohort(Path(), "", asked, number.to_bytes(16, "big"))
            yield number, draw(guess, order("P01"), 0).streams._secret

    folder = pack_of(packed, "assessment")
    assert found_by_trying(folder, small()) is None
    number = str(manifest(folder)["cohort"])
    for guess in (number.encode(), bytes.fromhex(number), bytes.fromhex(str(manifest(folder)["fingerprint"]))):
        cohort = Cohort(Path(), "", asked, guess)
        assert found_by_trying(folder, [(1, draw(cohort, order("P01"), 0).streams._secret)]) is None


def test_the_right_secret_would_be_recognised(packed: Path) -> None:
    """So that the tests above fail where they must."""
    secret = bytes.fromhex(json.loads((packed / "assessment" / "key" / "secret.json").read_text())["secret"])
    cohort = Cohort(Path(), "", plan("assessment"), secret)
    drawn = draw(cohort, order("P01"), 0)
    assert found_by_trying(pack_of(packed, "assessment"), [("it", drawn.streams._secret)]) == "it"


def test_no_fingerprint_is_a_digest_of_what_can_be_guessed(packed: Path) -> None:
    folder = pack_of(packed, "assessment")
    written = " ".join(re.findall("[0-9a-f]{16,64}", (folder / "manifest.json").read_text(encoding="utf-8")))
    for seed in range(SEEDS):
        assert Scenario("XA", seed, declarations=5_000).fingerprint not in written


def test_two_cohorts_of_one_roster_have_other_worlds(packed: Path, tmp_path: Path) -> None:
    first, second = (Cohort(tmp_path, "", plan("assessment"), os.urandom(16)) for _ in range(2))
    drawn = [draw(cohort, order("P01"), 0) for cohort in (first, second)]
    assert drawn[0].fingerprint != drawn[1].fingerprint
    assert drawn[0].streams._secret != drawn[1].streams._secret
    again = draw(first, order("P01"), 0)
    assert (again.fingerprint, again.streams._secret) == (drawn[0].fingerprint, drawn[0].streams._secret)
    others = [draw(first, order("P02"), 0), draw(first, order("P01"), 1)]
    assert len({each.streams._secret for each in (again, *others)}) == 3


def test_a_file_says_of_its_making_what_every_worlds_files_say(packed: Path, tmp_path: Path) -> None:
    import pyarrow.parquet as pq

    def about(folder: Path, name: str) -> tuple[list[str], str]:
        schema = pq.read_schema(folder / f"{name}.parquet")
        return schema.names, re.sub(rb'"num_categories": \d+', b"", schema.metadata[b"pandas"]).decode()

    known = tmp_path / "world"
    store_tables(Engine(Scenario("XA", 4321, declarations=5_000)), tables(), known)
    for name in tables():
        assert about(pack_of(packed, "assessment") / "world", name) == about(known, name)


def test_a_list_of_categories_names_what_occurs_and_carries_no_order(packed: Path) -> None:
    for file in (pack_of(packed, "assessment") / "world").glob("*.parquet"):
        for name, column in pd.read_parquet(file).select_dtypes("category").items():
            assert list(column.cat.categories) == sorted(column.dropna().unique()), (file.name, name)


def test_no_column_and_no_word_of_the_truth_is_in_a_pack(packed: Path) -> None:
    folder = pack_of(packed, "assessment")
    truth = Truth(Scenario("XA", 4321, declarations=5_000))
    public = {column.name for columns in tables().values() for column in columns}
    hidden = {*truth.declarations, *truth.plots, *truth.acts, "_plot", "_act"} - public
    assert {"plot", "illicit", "duty_evaded", "guilty"} <= hidden
    plot = re.compile(rf"\b({'|'.join(typology.name for typology in TYPOLOGIES)})-\d+\b")
    for file in (folder / "world").glob("*.parquet"):
        table = pd.read_parquet(file)
        assert hidden.isdisjoint(table.columns), file.name
        assert list(table.columns) == [column.name for column in tables()[file.stem]]
        assert not plot.search(file.read_bytes().decode("latin-1"))
    for name, data in files(folder).items():
        if not name.endswith(".parquet"):
            assert not plot.search(data.decode("utf-8")), name


def test_seed_scenario_and_secret_are_in_no_file_of_a_pack(packed: Path) -> None:
    folder = pack_of(packed, "assessment")
    secret = json.loads((packed / "assessment" / "key" / "secret.json").read_text())["secret"]
    drawn = draw(Cohort(Path(), "", plan("assessment"), bytes.fromhex(secret)), order("P01"), 0)
    zipped = (folder.parent / "P01.zip").read_bytes()
    for data in (*files(folder).values(), zipped):
        for known in (
            bytes.fromhex(secret),
            secret.encode(),
            drawn.streams._secret,
            drawn.streams._secret.hex().encode(),
        ):
            assert known not in data
    about = manifest(folder)
    assert "scenario" not in about
    assert "seed" not in json.dumps(about)
    assert "secret" not in json.dumps(about)


def test_a_zip_holds_the_pack_and_no_time(packed: Path) -> None:
    for participant in ("P01", "P02"):
        folder = pack_of(packed, "assessment", participant)
        with zipfile.ZipFile(folder.parent / f"{participant}.zip") as made:
            entries = made.infolist()
            assert {entry.date_time for entry in entries} == {(1980, 1, 1, 0, 0, 0)}
            assert all(not entry.extra and not entry.comment for entry in entries)
            held = {entry.filename.removeprefix(f"{participant}/"): made.read(entry) for entry in entries}
        assert held == files(folder)


def test_nothing_of_an_assessment_stays_in_the_cache(packed: Path) -> None:
    """A teacher's laptop may become a participant's."""
    fingerprints = [str(manifest(pack_of(packed, "assessment", name))["fingerprint"]) for name in ("P01", "P02")]
    kept = [file.name for file in (packed / "cache").glob("*")]
    assert not [name for name in kept if name.startswith(tuple(fingerprints))]
    empty = Scenario("XA", 0, declarations=5_000).fingerprint
    assert not [name for name in kept if name.startswith(empty)]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows keeps rights otherwise")
def test_the_key_is_its_owners_alone(packed: Path) -> None:
    key = packed / "assessment" / "key"
    assert stat.S_IMODE(key.stat().st_mode) == 0o700
    for name in ("secret.json", "cohort.json", "key.json"):
        assert stat.S_IMODE((key / name).stat().st_mode) == 0o600
    pack = pack_of(packed, "assessment")
    assert stat.S_IMODE(pack.stat().st_mode) == 0o755
    assert all(stat.S_IMODE(file.stat().st_mode) & 0o044 == 0o044 for file in pack.rglob("*.*"))


def test_the_key_holds_no_secret_and_no_seed(packed: Path) -> None:
    secret = json.loads((packed / "assessment" / "key" / "secret.json").read_text())["secret"]
    key = packed / "assessment" / "key"
    for file in (key / "key.json", key / "equivalence.csv", key / "equivalence.html", *key.glob("solved/*/*")):
        assert secret not in file.read_text(encoding="utf-8")
    assert (
        json.loads((key / "key.json").read_text(encoding="utf-8"))["worlds"][
            str(manifest(pack_of(packed, "assessment"))["fingerprint"])
        ]["scenario"]
        == {}
    )


def test_a_file_of_a_pack_that_was_changed_is_not_zipped(packed: Path, tmp_path: Path) -> None:
    from cep_toolkit.errors import StorageError
    from cep_toolkit.workshop.packs.zipped import write_zip

    folder = pack_of(packed, "practice", "P02")
    page = folder / "README.html"
    before = page.read_bytes()
    page.write_bytes(b"mine")
    try:
        with pytest.raises(StorageError, match=r"README\.html: this file is not as it was written"):
            write_zip(folder, tmp_path / "P02.zip")
    finally:
        page.write_bytes(before)
    assert not list(tmp_path.iterdir())
