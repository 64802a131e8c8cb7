"""How the datasets are read: types, damage, and where they lie."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from cep_toolkit.errors import InputFileError, UnknownValueError
from cep_toolkit.world import reference

PACKAGE = Path(reference.__file__).parents[1]


@pytest.fixture
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder that is read in place of the datasets."""
    monkeypatch.setattr(reference, "folder", lambda: tmp_path)
    return tmp_path


@pytest.mark.parametrize("name", reference.names())
def test_every_dataset_has_exactly_its_columns(name: str) -> None:
    expected = [column.partition(":")[0] for column in reference.COLUMNS[name].split()]
    table = reference.load(name)
    assert list(table.columns) == expected
    assert len(table) > 0


def test_every_file_is_a_known_dataset() -> None:
    assert sorted(file.stem for file in reference.folder().glob("*.csv")) == reference.names()


@pytest.mark.parametrize("name", reference.names())
def test_files_are_plain(name: str) -> None:
    text = (reference.folder() / f"{name}.csv").read_bytes().decode("utf-8")
    assert "\r" not in text
    assert text.endswith("\n")
    assert not text.startswith("\ufeff")
    assert all(line == line.strip() and line for line in text.splitlines())


def test_columns_have_their_types() -> None:
    assert reference.load("tariff")["chapter"].iloc[0] == "01"
    assert reference.load("procedures")["code"].iloc[0] == "4000"
    assert reference.load("incoterms")["sea_only"].dtype == bool
    assert reference.load("administrations")["currency_decimals"].dtype == "int64"
    assert reference.load("administrations")["rate"].dtype == "float64"


def test_codes_that_look_like_gaps_stay_text_and_gaps_in_numbers_are_missing(elsewhere: Path) -> None:
    (elsewhere / "procedures.csv").write_text("code,description,weight\nNA,null,\n0040,,1\n", encoding="utf-8")
    table = reference.load("procedures")
    assert list(table["code"]) == ["NA", "0040"]
    assert list(table["description"]) == ["null", ""]
    assert list(table["weight"].isna()) == [True, False]


def test_a_change_to_a_loaded_table_stays_private() -> None:
    table = reference.load("offices")
    table.loc[0, "name"] = "changed"
    table["extra"] = 1
    assert "extra" not in reference.load("offices")
    assert reference.load("offices")["name"].iloc[0] != "changed"


def test_an_unknown_name_is_refused_with_the_nearest() -> None:
    with pytest.raises(UnknownValueError, match='Did you mean "incoterms"'):
        reference.load("incoterm")


def test_a_missing_file_is_named(elsewhere: Path) -> None:
    with pytest.raises(InputFileError, match=r"lanes\.csv: the dataset is missing"):
        reference.load("lanes")


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\xff\xfe\x00",
        b"code,freight_included\nCIF,yes\n",
        b"code,freight_included,insurance_included,sea_only,weight\nCIF,maybe,yes,yes,1\n",
        b"code,freight_included,insurance_included,sea_only,weight\nCIF,yes,yes,yes,much\n",
        b"code,freight_included,insurance_included,sea_only,weight\nCIF,yes\n",
        b'code,freight_included,insurance_included,sea_only,weight\n"CIF,yes\n',
    ],
    ids=["empty", "not UTF-8", "column missing", "neither yes nor no", "no number", "cut short", "quote left open"],
)
def test_a_damaged_file_is_refused(elsewhere: Path, content: bytes) -> None:
    (elsewhere / "incoterms.csv").write_bytes(content)
    with pytest.raises(InputFileError, match=r"incoterms\.csv: .* Restore it from the repository\."):
        reference.load("incoterms")


def test_checksums_are_those_of_the_files() -> None:
    stored = (reference.folder() / reference.CHECKSUMS).read_text(encoding="utf-8")
    changed = sorted({line.split()[1] for line in set(stored.splitlines()) ^ set(reference.checksums().splitlines())})
    assert not changed, (
        f"datasets changed: {', '.join(changed)}. If on purpose, run: "
        'python -c "from cep_toolkit.world import reference; reference.write_checksums()"'
    )


def test_checksums_can_be_written_anew(elsewhere: Path) -> None:
    (elsewhere / "lanes.csv").write_text("lane,meaning\n", encoding="utf-8")
    reference.write_checksums()
    digest, name = (elsewhere / reference.CHECKSUMS).read_text(encoding="utf-8").split()
    assert (len(digest), name) == (64, "lanes.csv")


def test_the_digest_follows_the_content(elsewhere: Path) -> None:
    def digest_of(content: str) -> str:
        (elsewhere / "lanes.csv").write_text(content, encoding="utf-8")
        reference.digest.cache_clear()
        return reference.digest()

    first, second, again = digest_of("a\n"), digest_of("b\n"), digest_of("a\n")
    reference.digest.cache_clear()
    assert first == again != second


def test_an_installed_package_finds_its_own_datasets(tmp_path: Path) -> None:
    package = tmp_path / "cep_toolkit"
    shutil.copytree(PACKAGE / "world", package / "world", ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("__init__.py", "errors.py"):
        shutil.copy(PACKAGE / name, package)
    shutil.copytree(reference.folder(), package / "_datasets")
    (tmp_path / "datasets").mkdir()  # another package of that name
    code = (
        "import sys; from cep_toolkit.world import reference; light = 'pandas' not in sys.modules; "
        "print(reference.folder().name, light, len(reference.load('administrations')), reference.digest())"
    )
    environment = {**os.environ, "PYTHONPATH": str(tmp_path)}
    made = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, env=environment, capture_output=True, text=True, check=True
    )
    assert made.stdout.split() == ["_datasets", "True", "24", reference.digest()]
