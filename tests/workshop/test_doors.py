"""The doors that a participant gets are made from the working solution."""

from __future__ import annotations

import pytest

from cep_toolkit.checking.doors import has_blank
from cep_toolkit.errors import CourseError
from cep_toolkit.workshop.doors import Solution, read_solution

CELL = '''from course import ask_about

@wb.answer("unit_price")
def my_answer():
    """Return the declarations you would ask about."""
    share = 0.05
    rows = ask_about(wb.world, rule="fence")  # ____ fence
    return rows[share:]'''


def read(cell: str) -> Solution:
    return read_solution("unit_price", cell, "notebook 12, cell 9")


def test_one_blank_keeps_everything_but_the_word() -> None:
    expected = CELL.replace('"fence")  # ____ fence', '"____")')
    assert read(CELL).one_blank == expected
    assert read(CELL).code == CELL.replace("  # ____ fence", "")


def test_the_reference_in_the_blank_gives_the_code_back() -> None:
    solution = read(CELL)
    assert solution.filled(solution.word) == solution.code


def test_a_number_is_blanked_as_a_quoted_text() -> None:
    solution = read(CELL.replace("  # ____ fence", "").replace("share = 0.05", "share = 0.05  # ____ 0.05"))
    assert 'share = "____"' in solution.one_blank
    assert 'share = "3"' in solution.filled("3")
    assert "share = 3\n" in solution.filled_bare("3")


def test_a_word_with_quotes_stays_one_text() -> None:
    assert 'rule="say \\"no\\" \\\\ yes"' in read(CELL).filled('say "no" \\ yes')


def test_write_keeps_decorator_line_and_docstring_only() -> None:
    assert read(CELL).stub == (
        '@wb.answer("unit_price")\n'
        "def my_answer():\n"
        '    """Return the declarations you would ask about."""\n'
        "    return None"
    )
    assert read(CELL).returning({"rows": ["1"]}).endswith("    return {'rows': ['1']}")


def test_the_blank_is_seen_by_the_checker() -> None:
    names = {"wb": type("Book", (), {"answer": lambda self, name: lambda function: function})()}
    code = read(CELL).one_blank.replace("from course import ask_about\n", "")
    exec(code, names)
    assert has_blank(names["my_answer"])


MALFORMED = {
    "no mark": (CELL.replace("  # ____ fence", ""), "0 lines mark a blank"),
    "two marks": (CELL.replace("share = 0.05", "share = 0.05  # ____ 0.05"), "2 lines mark a blank"),
    "no word": (CELL.replace("# ____ fence", "# ____"), "not well formed"),
    "three strokes": (CELL.replace("# ____ fence", "# ___ fence"), "not well formed"),
    "no space": (CELL.replace("# ____ fence", "#____fence"), "not well formed"),
    "another word": (CELL.replace("# ____ fence", "# ____ wall"), 'holds "wall" 0 times'),
    "the word twice": (CELL.replace('rule="fence"', 'rule="fence", name="fence"'), 'holds "fence" 2 times'),
    "a blank elsewhere": (CELL.replace("share = 0.05", 'share = "____"'), "stands outside the mark"),
    "no docstring": (CELL.replace('    """Return the declarations you would ask about."""\n', ""), "no docstring"),
    "another exercise": (CELL.replace('answer("unit_price")', 'answer("origin")'), "0 functions hand in"),
    "two functions": (CELL + "\n\n" + CELL.partition("\n\n")[2].replace("# ____ fence", ""), "2 functions hand in"),
    "arguments": (CELL.replace("my_answer()", "my_answer(world)"), "takes arguments"),
    "not code": ("def my_answer(:", "cannot be read"),
}


def test_the_function_of_a_play_takes_the_offer_and_gives_one_move_of_a_log() -> None:
    solution = read(CELL.replace("my_answer()", "my_move(offer)"))
    assert solution.of_play
    assert not read(CELL).of_play
    assert solution.stub.endswith("    return None")
    assert solution.returning({"log": [{"box": "A"}]}).endswith("    return [{'box': 'A'}][offer.turn]")


@pytest.mark.parametrize("case", MALFORMED)
def test_a_malformed_solution_names_cell_and_remedy(case: str) -> None:
    cell, said = MALFORMED[case]
    with pytest.raises(CourseError, match=r"^notebook 12, cell 9: ") as refused:
        read(cell)
    assert said in str(refused.value)
