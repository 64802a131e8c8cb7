"""What a workbook says beside the results of checks; the same rules as ``checking/messages.py``."""

from __future__ import annotations

NAME_FIRST = "Write the exercise's name in the brackets, for example {example}."
NEXT_NAME = "Correct the name and run it again. This did not count as a try."
NO_CASE = (
    "Your data holds no case that fits this exercise. You can do it in the simulated world. Go on to the next one."
)
NO_CASE_HERE = (
    "This world holds no case that fits this exercise: its administration may charge too little duty for one. "
    "Go on to the next one."
)
NO_COLUMN = (
    "This exercise needs what your data does not have: {missing}. You can do it in the simulated world. "
    "Go on to the next one."
)
A_COLUMN = "the column {column} in {table}"
A_TABLE = "the table {table}"
NOT_HERE = "not in this edition of the course"
NO_ANSWER_HERE = "On your own data nobody knows the true answer. This is how to think about it."
HINTS_CLOSED = "Hints are closed in an assessment. Use what you know, and the notes you brought."
SOLUTION_CLOSED = "The solution is closed in an assessment. Your instructor goes through it after everybody handed in."

# Handing in.
NO_PACK = "This notebook is not from a pack, so there is nothing to hand in."
HAND_IN_DONE = (
    "The file **{name}** is ready, beside this notebook. Give it to your instructor. It is not sent by itself."
)
HAND_IN_COUNT = "Answers in it: {done} of {count}."
HAND_IN_EMPTY = "Without an answer: {titles}."
HAND_IN_AGAIN = "You may change answers and hand in again. The new file takes the place of this one."
HAND_IN_FAILED = "The file was not written: {reason}. Your answers are kept. Show this to your instructor."
HAND_IN_FOLDER = "This is not the name of a folder. Write wb.submit() and leave the brackets empty."
HAND_IN_LARGE = "Your answers are too long for the file. Shorten the longest one, and hand in again."
