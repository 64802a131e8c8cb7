"""A source of a few cells, for notebook 00's own exercise."""

from __future__ import annotations

NOTEBOOK = "00_start_here"

PARAMETERS = """# %% tags=["parameters"]
administration: str = "XA"
seed: int = 2016
level: str = "practitioner"
declarations: int = 5_000
data: str = ""
"""

OPENING = """# %% tags=["opening"]
from cep_toolkit.course.start_here import read_declaration
from cep_toolkit.course.workbook import Workbook

wb = Workbook("00_start_here", administration, seed, level, declarations, data)
wb
"""

FACILITATOR = """# %% [markdown] tags=["facilitator"]
# Wait until everybody sees the form.
"""

EXERCISE = """# %% tags=["exercise:duty_rate"]
wb.ask("duty_rate")
"""

SOLUTION = '''# %% tags=["solution:duty_rate"]
@wb.answer("duty_rate")
def my_answer():
    """Return the rate of duty, in per cent."""
    return read_declaration(wb.question("duty_rate"), "duty rate")  # ____ duty rate
'''

AFTER = """# %% [markdown]
# ## What the world holds

# %%
print(f"{len(wb.world.declarations):,} declarations")
wb.world.declarations[["declaration_id", "customs_value"]].head(3)
"""

TINY = "\n".join(("# %% [markdown]\n# # Start here\n", PARAMETERS, OPENING, FACILITATOR, EXERCISE, SOLUTION, AFTER))


def with_cell(code: str) -> str:
    """Return the source with one more cell of code at its end."""
    return f"{TINY}\n# %%\n{code}\n"
