"""What a workbook says beside the results of checks; the same rules as ``checking/messages.py``."""

from __future__ import annotations

NAME_FIRST = "Write the exercise's name in the brackets, for example {example}."
NEXT_NAME = "Correct the name and run it again. This did not count as a try."
NO_CASE = "Your data holds no case that fits this exercise. Read the text, and go on to the next one."
NO_CASE_HERE = (
    "This world holds no case that fits this exercise: its administration may charge too little duty for one. "
    "Read the text, and go on to the next one."
)
NO_COLUMN = "Your data has no {columns}, which this exercise needs. Read the text, and go on to the next one."
NOT_HERE = "not in this edition of the course"
NO_ANSWER_HERE = "On your own data nobody knows the true answer. This is how to think about it."
NO_PLAY = "This exercise is no play. Use its form, or its code cells."
