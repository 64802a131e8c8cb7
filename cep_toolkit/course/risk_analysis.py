"""Notebook 12: low prices, innocent explanations, adjacent rates; at home origin and quantity."""

from __future__ import annotations

from cep_toolkit.course.adjacent_rates import AdjacentRates
from cep_toolkit.course.first_digits import FirstDigits
from cep_toolkit.course.innocent_explanation import InnocentExplanation
from cep_toolkit.course.mirror_gap import MirrorGap
from cep_toolkit.course.origin import Origin
from cep_toolkit.course.quantity import Quantity
from cep_toolkit.course.ten_letters import TenLetters
from cep_toolkit.course.unit_price import UnitPrice

NOTEBOOK = "12_risk_analysis"
TITLE = "Risk analysis"
EXERCISES = (UnitPrice, InnocentExplanation, AdjacentRates, Origin, Quantity, MirrorGap, FirstDigits, TenLetters)
