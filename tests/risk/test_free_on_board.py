from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from cep_toolkit.risk.free_on_board import freight_and_insurance
from cep_toolkit.risk.mirror import mirror
from cep_toolkit.world import World


def consignments(**columns: object) -> pd.DataFrame:
    usual: dict[str, object] = {"transport_mode": "sea", "net_mass_kg": 100.0, "customs_value": 1000.0}
    return pd.DataFrame({**usual, "freight": 0.0, "insurance": 0.0, **columns})


def test_what_is_stated_is_taken_as_it_is() -> None:
    table = consignments(incoterm=["FOB", "EXW"], freight=[70.0, 30.0], insurance=[5.0, 2.0])
    assert freight_and_insurance(table).tolist() == [75.0, 32.0]


def test_what_the_invoice_includes_is_estimated_from_the_same_mode() -> None:
    table = consignments(
        incoterm=["FOB", "FOB", "CIF"],
        transport_mode=["sea", "air", "sea"],
        freight=[50.0, 200.0, 0.0],
        insurance=[4.0, 4.0, 0.0],
    )
    assert freight_and_insurance(table)[2] == pytest.approx(50.0 + 4.0)


def test_freight_without_insurance_is_estimated_alone() -> None:
    table = consignments(incoterm=["FOB", "CPT"], freight=[50.0, 0.0], insurance=[4.0, 3.0])
    assert freight_and_insurance(table)[1] == pytest.approx(50.0 + 3.0)


def test_an_estimate_takes_no_larger_share_than_the_dearest_freights_that_are_stated() -> None:
    table = consignments(
        incoterm=["FOB"] * 20 + ["CIF"], freight=[100.0] * 20 + [0.0], net_mass_kg=[100.0] * 20 + [1e6]
    )
    assert freight_and_insurance(table)[20] == pytest.approx(100.0)


def test_where_nothing_is_stated_nothing_is_taken_off() -> None:
    assert freight_and_insurance(consignments(incoterm=["CIF", "DAP"])).tolist() == [0.0, 0.0]


def test_values_without_freight_agree_with_what_partners_counted(world: World) -> None:
    compared = mirror(world)
    same = np.abs(compared.mass_gap[1]) < 0.03
    raw = compared.measures["imports"][1] / compared.measures["exports"][1] - 1
    assert same.sum() > 500
    assert np.median(np.abs(compared.value_gap[1][same])) < 0.02 < np.median(raw[same])
