from __future__ import annotations

from collections.abc import Iterator

import pytest

from cep_toolkit.world import Scenario, World
from cep_toolkit.world.truth import Truth


@pytest.fixture(scope="session", autouse=True)
def cache_of_its_own(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CEP_CACHE", str(tmp_path_factory.mktemp("cache")))
        yield


@pytest.fixture(scope="session")
def scenario() -> Scenario:
    return Scenario(seed=7, declarations=20_000)


@pytest.fixture(scope="session")
def world(scenario: Scenario) -> World:
    return World(scenario)


@pytest.fixture(scope="session")
def truth(scenario: Scenario) -> Truth:
    return Truth(scenario)
