# ---
# jupyter:
#   kernelspec:
#     display_name: Python 3
#     language: python
#     name: python3
# ---

# %% [markdown]
# # 00 · Start here
#
# *20 minutes. You need no experience with computers beyond a web browser.*
#
# After this notebook you can
#
# - fill in a form and check your answer;
# - ask for a hint, read a solution, and start an exercise again;
# - save what you did, and bring it back on another day or another computer.
#
# The region, the firms and the people in this course are invented, and the data is simulated. It is a training analogue, not software of the WCO.

# %% [markdown] tags=["lab"]
# **To begin:** open the menu *Run* and choose *Run All Cells*. After a few seconds forms appear below. Do this once whenever you open a notebook.
#
# While a star `[*]` stands beside a cell, the notebook is still working: what you press waits until the star is gone.

# %% tags=["parameters"]
administration: str = "XA"
seed: int = 2016
level: str = "practitioner"
declarations: int = 50_000
data: str = ""

# %% tags=["opening"]
from cep_toolkit import Workbook

wb = Workbook("00_start_here", administration, seed, level, declarations, data)
wb.world

# %% [markdown]
# ## Your set-up works if you see a world above
#
# The line says which **administration** you work for, the **seed** (the number that makes your world; the same number gives everybody the same world), the **level** and how many **declarations** it holds. If you see an error instead, ask your instructor.

# %% [markdown] tags=["facilitator"]
# **Facilitator.** Walk through the room now: every screen must show the world's line. The usual trouble is a notebook that was opened but not run. Have everybody press *Check* once with an empty form, so that nobody fears the button. Ten minutes of this save an hour later.

# %% [markdown]
# ## How an exercise works
#
# You fill in a form and press *Check*.
#
# - **Check** tells you how your answer stands and what to do next. Nothing is handed in; only you see it.
# - **Hint** opens one hint at a time. After a second wrong check the first hint opens by itself.
# - **Solution** opens when your answer is right, or after three tries.
# - **Start again** empties the form. *Undo* brings your answer back.
#
# Numbers may have a decimal point or a decimal comma.

# %% [markdown] tags=["lab"]
# Every exercise takes the same answer through any of three doors:
#
# | door | for whom | what you do |
# |---|---|---|
# | **Choose** | everybody | fill in the form and press *Check* |
# | **One blank** | curious | open *Answer in code instead*, replace `____` by one word, run the cell |
# | **Write** | programmers | write the function yourself |

# %% [markdown]
# ## 1 · Read one declaration
#
# *About five minutes.*

# %% tags=["exercise:duty_rate"]
wb.ask("duty_rate")

# %% tags=["solution:duty_rate"]
@wb.answer("duty_rate")
def my_answer():
    """Return the rate of duty, in per cent."""
    from cep_toolkit.course.start_here import read_declaration

    return read_declaration(wb.question("duty_rate"), "duty rate")  # ____ duty rate

# %% [markdown] tags=["facilitator"]
# **Facilitator.** Ask for a show of hands: who typed 0.05? A rate in per cent and a share of one are the commonest mix-up of the whole week. Then let everybody give one wrong answer on purpose, read the message, and put it right.

# %% [markdown]
# ## Look at the data yourself
#
# The **table explorer** filters, sorts and groups any table of your world. No code is needed. You see a few columns first; tick *All columns* below the table to see every one. The price per kilogram is computed: customs value divided by net mass.
#
# Try it: under *Filter* choose `lane`, choose `red` as the value, and press *Add filter*. The line above the table says how many declarations are left. Press the filter's own button to remove it.

# %% tags=["explorer"]
columns = ("declaration_id", "hs", "description", "origin", "lane", "net_mass_kg", "customs_value", "price_per_kg")
wb.explore("declarations", columns=columns)

# %% [markdown]
# ## Your progress
#
# Your answers are kept on this computer, and they come back when you open this again. To take them to another computer, write down the resume code, or save the file and download it.
#
# - The **resume code** is short. It keeps which exercises you finished here, not your answers.
# - The **progress file** keeps everything, for the whole course.

# %% [markdown] tags=["lab"]
# **On Binder nothing stays**: write down the code or download the file before you leave. Saving the notebook itself does not save your progress.

# %%
wb.progress()

# %% tags=["tool"]
wb.keep()

# %% [markdown]
# ## The course
#
# Each line is one lesson: a notebook. Choose a title to open it.

# %% [markdown] tags=["lab"]
# It opens in a new tab of the browser. You can also open it in the list of files at the left.

# %%
wb.course_map()

# %% [markdown]
# ## Summary
#
# - Read from the top, and fill in each form as you come to it.
# - Check as often as you like; hints and solutions are there to be used.
# - Note your resume code before you leave a computer that is not yours.
#
# **Take back to the office:** this course runs on any laptop, without a network. Two commands set it up; the file *README* says which.

# %% [markdown] tags=["lab"]
# **In every notebook:** run all cells first. Then read from the top.

# %% tags=["tool"]
wb.hand_in()  # in a pack, a button appears here
