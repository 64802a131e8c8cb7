"""A parameter keeps the type that the parameters cell gives it, and a wrong one is refused before any cell runs."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from cep_toolkit.errors import CepError, InputFileError, OutOfRangeError, UnknownValueError, WrongTypeError
from cep_toolkit.workshop.parameters import checked
from cep_toolkit.workshop.source import Source
from cep_toolkit.workshop.variants import read_parameters


def test_a_code_stays_text_and_a_number_becomes_one(source: Source) -> None:
    lines = ["administration=0101", "seed=7", "level=NO", "declarations=50_000", "data=a=b"]
    given = read_parameters(source.parameters, lines, None)
    assert given == {"administration": "0101", "seed": 7, "level": "NO", "declarations": 50_000, "data": "a=b"}


def test_yaml_is_read_as_text_too_and_the_command_has_the_last_word(source: Source, tmp_path: Path) -> None:
    file = tmp_path / "parameters.yaml"
    file.write_text("administration: NO\nseed: 0101\nlevel: 1:30\n")
    assert read_parameters(source.parameters, ["seed=8"], file) == {"administration": "NO", "seed": 8, "level": "1:30"}


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"- 7", "no list of names"),
        (b"seed: [1, 2]", '"seed" holds more than one value'),
        (b"seed: 1\nseed: 2", "stands twice"),
        (b"seed: {", "line"),
        (b"\xff", "not text in UTF-8"),
        (b"sede: 7", 'parameter "sede" is not known. Did you mean "seed"?'),
        (b"seed: seven", "seed must be a whole number"),
    ],
)
def test_a_bad_file_of_parameters_is_refused(source: Source, tmp_path: Path, content: bytes, said: str) -> None:
    file = tmp_path / "parameters.yaml"
    file.write_bytes(content)
    with pytest.raises(CepError) as refused:
        read_parameters(source.parameters, [], file)
    assert said in str(refused.value)


@pytest.mark.parametrize(
    ("given", "error", "said"),
    [
        ({"sede": 7}, UnknownValueError, 'Did you mean "seed"?'),
        ({"seed": "7"}, WrongTypeError, "seed must be a whole number"),
        ({"seed": True}, WrongTypeError, "seed must be a whole number"),
        ({"seed": 7.0}, WrongTypeError, "seed must be a whole number"),
        ({"administration": 101}, WrongTypeError, "administration must be a text"),
        ({"administration": "ZZ"}, UnknownValueError, "Valid: "),
        ({"level": "advnaced"}, UnknownValueError, 'Did you mean "advanced"?'),
        ({"seed": -1}, OutOfRangeError, "allowed is 0 to"),
        ({"declarations": 10}, OutOfRangeError, "allowed is 5,000 to 10,000,000"),
        ({"data": "no such folder"}, InputFileError, "there is no such folder"),
    ],
)
def test_a_value_the_notebook_does_not_take_is_refused(
    source: Source, given: dict[str, Any], error: type[CepError], said: str
) -> None:
    with pytest.raises(error) as refused:
        checked(source.parameters, given)
    assert said in str(refused.value)


def test_a_folder_without_a_manifest_is_refused(source: Source, tmp_path: Path) -> None:
    with pytest.raises(InputFileError, match="manifest"):
        checked(source.parameters, {"data": str(tmp_path)})
