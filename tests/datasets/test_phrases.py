"""The phrase banks: large enough, well formed, with the facts that the world gives them."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from itertools import product
from math import comb
from string import Formatter

import numpy as np
import pytest

from cep_toolkit.world import reference, text
from cep_toolkit.world.streams import Streams

LETTER = {"invoice", "declaration", "importer", "supplier", "goods", "date", "officer"}
PAPER = {"invoice", "importer", "supplier", "goods", "amount", "currency"}
REMARK = {"count", "goods", "officer", "packages", "pkgs"}
FOUND = {"goods", "quantity", "concealment", "conveyance", "departure", "destination", "packages"}
NEWS = {"place", "administration", "day", "publisher"}
STORY = NEWS | {"goods", "quantity", "conveyance"}
DECLARED = {"subject", "other", "goods", "place", "day", "amount"}
FACTS = {
    "control_remarks": {"": REMARK},
    "reply_phrases": {"document": PAPER, "": LETTER},
    "seizure_phrases": {"detected": set(), "found": FOUND, "followed": set()},
    "news_phrases": {
        "arrest": STORY - {"conveyance"},
        "correction": NEWS | {"goods", "right", "wrong"},
        "court": NEWS | {"goods", "quantity", "result"},
        "market": NEWS | {"goods", "trend"},
        "policy": NEWS - {"place"} | {"event"},
        "port": NEWS | {"event"},
        "repeat": STORY,
        "seizure": STORY,
        "statistics": {"administration", "publisher", "goods", "quantity", "trend"},
        "unrelated": NEWS - {"administration"} | {"event"},
    },
    "report_phrases": {
        "heard": {"date", "place"},
        "brand": DECLARED,
        "call": {"subject", "other", "place", "day"},
        "claim": DECLARED,
        "collect": DECLARED - {"amount"},
        "cross": DECLARED - {"goods"},
        "declare": {"subject", "other", "goods", "day"},
        "declare_code": {"subject", "other", "goods", "day"},
        "declare_origin": DECLARED - {"amount"},
        "declare_price": DECLARED - {"place"},
        "declare_quantity": DECLARED,
        "divert": DECLARED - {"amount"},
        "load": DECLARED - {"amount"},
        "parcel": DECLARED - {"amount"},
        "pay": DECLARED - {"place"},
        "species": DECLARED,
        "store": DECLARED,
        "supply": DECLARED,
        "caveat": set(),
        "caveat_records": set(),
    },
}
"""The facts that a kind is given, by its name, its beginning or what follows its first word."""

ALWAYS = {
    "found": (2, {"goods", "quantity", "concealment"}),
    "story_arrest": (1, {"goods", "place", "day"}),
    "story_correction": (1, {"right", "wrong"}),
    "story_court": (1, {"goods", "quantity", "place", "day", "result"}),
    "story_market": (1, {"goods", "trend", "day"}),
    "story_policy": (1, {"administration", "event", "day"}),
    "story_port": (1, {"place", "event"}),
    "story_repeat": (1, {"goods", "quantity", "place", "day"}),
    "story_seizure": (1, {"goods", "quantity", "place", "day"}),
    "story_statistics": (1, {"administration", "goods", "quantity", "trend"}),
    "story_unrelated": (1, {"place", "event", "day"}),
    "heard": (1, {"date"}),
    "content": (1, {"subject"}),
}
"""The part in which every text of these kinds gives these facts."""

SMALL = r"\{(amount|concealment|conveyance|event|goods|packages|quantity|result|trend)\}"
NUMBER = r"(?<!about )(?<!for )(?<!of )(?<!on )(?<!over )(?<!with )\{goods\} (is|are|was|were|has|have|does|do)\b"
BANKS = tuple(sorted(FACTS))
PARTS = [
    pytest.param(bank, kind, part, id=f"{kind}-{part}")
    for bank in BANKS
    for kind, part in sorted(set(reference.load(bank)[["kind", "part"]].itertuples(index=False, name=None)))
]
KINDS = sorted({(bank, kind) for bank in BANKS for kind in reference.load(bank)["kind"]})
FIFTY, LIKELY = 50, 0.03


def phrases(bank: str, kind: str, part: int) -> list[str]:
    table = reference.load(bank)
    return list(table.loc[(table["kind"] == kind) & (table["part"] == part), "text"])


@cache
def forms(phrase: str) -> list[str]:
    """Every form of a phrase, made apart from the engine."""
    pieces = [piece.split("|") for piece in re.split(r"[\[\]]", phrase)]
    return ["".join(chosen) for chosen in product(*pieces)]


@cache
def sentences(written: str) -> list[str]:
    """Sentences that say something: a bare signature is a name."""
    return [s for s in re.split(r"(?<=[.?!])\s+", written) if re.sub(r"\{\w+\}|\W", "", s)]


def facts(phrase: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(phrase.replace("[", "").replace("]", "")) if name is not None}


def given(bank: str, kind: str) -> set[str]:
    first, _, rest = kind.partition("_")
    of_kind = FACTS[bank]
    return of_kind[next(name for name in (rest, first, "") if name in of_kind)]


@pytest.mark.parametrize(("bank", "kind", "part"), PARTS)
def test_a_part_has_enough_phrases_and_none_twice(bank: str, kind: str, part: int) -> None:
    made = phrases(bank, kind, part)
    assert len(set(made)) == len(made) >= 12
    assert min(len(forms(phrase)) for phrase in made) >= 48


@pytest.mark.parametrize("bank", BANKS)
def test_no_sentence_stands_in_two_places(bank: str) -> None:
    table = reference.load(bank)
    seen: dict[str, tuple[str, int]] = {}
    for kind, part, phrase in table.itertuples(index=False):
        for sentence in {s for form in forms(phrase) for s in sentences(form)}:
            assert seen.setdefault(sentence, (kind, part)) == (kind, part), sentence


@pytest.mark.parametrize(("bank", "kind", "part"), PARTS)
def test_in_fifty_texts_of_a_kind_three_equal_sentences_are_unlikely(bank: str, kind: str, part: int) -> None:
    made = phrases(bank, kind, part)
    chance: Counter[str] = Counter()
    for phrase in made:
        every = forms(phrase)
        for form in every:
            for sentence in sentences(form):
                chance[sentence] += 1 / len(made) / len(every)
    assert comb(FIFTY, 3) * sum(p**3 for p in chance.values()) < LIKELY


@pytest.mark.parametrize(("bank", "kind", "part"), PARTS)
def test_phrases_are_well_formed(bank: str, kind: str, part: int) -> None:
    for phrase in phrases(bank, kind, part):
        assert re.fullmatch(r"(?:[^\[\]|]|\[[^\[\]|]+(?:\|[^\[\]|]+)+\])+", phrase), phrase
        assert phrase.isascii(), phrase
        for form in forms(phrase):
            assert form == " ".join(form.split()), form
            assert not re.search(r" [,.;:]|[,.;:][,.;:]", form), form
            assert (form[-1] != ".") if kind.startswith("headline") else (form[-1] in ".?}"), form


@pytest.mark.parametrize(("bank", "kind"), KINDS)
def test_phrases_name_only_facts_that_are_given(bank: str, kind: str) -> None:
    table = reference.load(bank)
    for phrase in table.loc[table["kind"] == kind, "text"]:
        assert facts(phrase) <= given(bank, kind), phrase


@pytest.mark.parametrize("bank", BANKS)
def test_every_fact_that_is_given_is_used(bank: str) -> None:
    used: dict[str, set[str]] = {}
    for kind, _, phrase in reference.load(bank).itertuples(index=False):
        used[kind] = used.get(kind, set()) | facts(phrase)
    for name, of_kind in FACTS[bank].items():
        assert of_kind <= set().union(*(found for kind, found in used.items() if given(bank, kind) is of_kind)), name


@pytest.mark.parametrize("kind", [kind for _, kind in KINDS if kind.startswith("document_")])
def test_every_paper_states_its_price_once(kind: str) -> None:
    table = reference.load("reply_phrases")
    table = table[table["kind"] == kind]
    with_price = [
        part
        for part, rows in table.groupby("part")
        if all({"amount", "currency"} <= facts(form) for phrase in rows["text"] for form in forms(phrase))
    ]
    assert len(with_price) == 1
    others = table[table["part"] != with_price[0]]
    assert not others["text"].str.contains("{amount}", regex=False).any()


@pytest.mark.parametrize(("bank", "kind"), KINDS)
def test_what_a_text_is_about_stands_in_it(bank: str, kind: str) -> None:
    for name in {kind, kind.partition("_")[0]} & set(ALWAYS):
        part, needed = ALWAYS[name]
        for form in {form for phrase in phrases(bank, kind, part) for form in forms(phrase)}:
            assert needed <= facts(form), form


@pytest.mark.parametrize("bank", ["news_phrases", "report_phrases", "seizure_phrases"])
def test_no_text_begins_with_a_small_letter_and_no_verb_hangs_on_the_number_of_goods(bank: str) -> None:
    for phrase in reference.load(bank)["text"]:
        for form in forms(phrase):
            assert not form[0].islower(), form
            assert not re.match(SMALL, form), form
            assert not re.search(NUMBER, form), form


def test_seizures_are_told_without_anybody_s_name() -> None:
    for phrase in reference.load("seizure_phrases")["text"]:
        assert facts(phrase) <= FOUND, phrase


def test_parts_are_numbered_from_one() -> None:
    for bank in BANKS:
        for kind, rows in reference.load(bank).groupby("kind"):
            assert sorted(set(rows["part"])) in ([1], [1, 2], [1, 2, 3]), kind


def test_no_phrase_names_a_place() -> None:
    words = {*reference.load("administrations")["name"].str.lower(), "country", "nation", "foreigner", "nationality"}
    for bank in BANKS:
        for phrase in reference.load(bank)["text"]:
            assert not words & set(re.findall("[a-z]+", phrase.lower())), phrase


@pytest.mark.parametrize(("bank", "kind"), KINDS)
def test_texts_are_filled_without_a_trace_of_their_making(bank: str, kind: str) -> None:
    facts = {name: [name.upper()] * 200 for name in given(bank, kind) | {"unused"}}
    made = text.filled(text.wordings(kind, bank, np.arange(200), Streams(b"0123456789abcdef")), facts)
    assert not [written for written in made if re.search(r"[\[\]{}|]", written)]
    alone = set(reference.load(bank).query("kind == @kind")["part"]) == {1}
    assert len(set(made)) > (150 if alone else 195)  # a text of one part is joined with texts of other kinds
