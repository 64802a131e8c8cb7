"""Every sentence the exercise engine says to a participant, in one place.

Short, in plain English for people whose first language is another, and each with what to do next. No sentence
shows a test, a Python error or a name from inside the engine. ``tests/checking/test_messages.py`` reads them all.
"""

from __future__ import annotations

# What an answer of the wrong form is told.
UNREADABLE = "This answer cannot be read. Use the form, or give plain words and numbers."
TOO_MUCH = "This is too much to read. Give the answer only."
ONE_ONLY = "Give one value only; this holds {count}."
ONE_CHOICE = "Choose one only; this holds {count}."
NOT_A_CHOICE = '"{value}" is not one of the choices.{guess} Choose from: {options}.'
GUESS = ' Did you mean "{guess}"?'
TOO_FEW = "Choose at least {least}; you chose {count}."
TOO_MANY = "Choose at most {most}; you chose {count}."
RANK_ALL = "Put all {count} in order. Still missing: {missing}."
RANK_ONCE = "Give every place once only. Look again at the places."
RANK_NO_ORDER = "A set has no order. Give a list with the first one in front."
NOT_A_NUMBER = '"{value}" is not a number. Type digits only, for example {example}.'
ONE_NUMBER = '"{value}" holds other words. Type one number in {unit}.'
NUMBER_ALONE = '"{value}" holds other words. Type the number alone.'
TWO_READINGS = '"{value}" can mean {large} or {small}. Type {large} for the first, {small} for the second.'
OUT_OF_RANGE = "{value} is not possible here. The answer is {allowed}. Check the unit and the decimals."
NOT_FINITE = "This number is too large. Check that you do not divide by zero."
NOT_A_DATE = '"{value}" is not a date. Type year, month and day: {example}.'
TWO_DATES = '"{value}" can mean {first} or {second}. Type it as year-month-day.'
UNKNOWN_ROW = '"{value}" is not in the list. Give what stands in the column {key}.'
CELLS_EMPTY = "Fill every cell. Still empty: {missing}."
NOT_CELLS = "Give a choice for every row. Use the form, or name each row with its choice."
NO_SUCH_PART = 'There is no part "{value}".{guess} The parts are: {parts}.'
NEEDS_PARTS = "This answer has {count} parts: {parts}. Give each part by its name."
STILL_EMPTY = "Still empty: {parts}. Fill every part, then check again."
PART = "{part}: {problem}"

# What a checked answer is told.
NOTHING_YET = "There is no answer to check yet."
CORRECT = "That is right."
PARTS_RIGHT = "Right: {right}. Look again at: {wrong}."
ON_PART = 'On "{part}": {told}'
SOME_RIGHT = "Right so far: {right} of your {count}."
SOME_MISSING = "Something is still missing."
PLACES_RIGHT = "In their place: {right} of {count}."
CELLS_RIGHT = "Choices that are right: {right} of {count}."
YOU_CHOSE = "You chose {options}. {told}"
WRONG_SIZE = "The digits are right, the size is not. Check the decimal point and the unit."
WRONG_PER_CENT = "The digits are right, the size is not. Five per cent is typed as 5, not as 0.05."
NUMBER_NEAR = "You are near: less than 5 % away. Check each step and the rounding."
DATE_NEAR = "You are near: {days} days away or less. Look again at the day from which you count."
NOT_YET = "This is not the answer yet."
PARTLY = "You are on the way."
RECORDED = "Your answer is kept. It is marked after you hand in."
NOT_MARKED = "Your answer is kept. On your own data nobody knows the true answer, so it is not marked."

# What to do next.
NEXT_START = "Give an answer first. Then check it."
NEXT_FORM = "Change the answer and check again. This did not count as a try."
NEXT_TRY = "Change your answer, or open a hint."
NEXT_SOLUTION = "Change your answer, or open the solution."
NEXT_CORRECT = "Read the solution to see the reasons, then go on."
NEXT_RECORDED = "You may change it and check it again until you hand in."
NEXT_NOT_MARKED = "Compare it with a colleague. Say which facts you used."

# What the code doors say when a function does not run.
DOOR_LINE = "{where}: {problem}"
DOOR_WHERE = "Line {line}"
DOOR_ARGUMENTS = "The brackets after the function's name must be empty. Take out what stands in them."
DOOR_NOT_FUNCTION = "Write a function that returns your answer."
DOOR_ASYNC = "Take the word async out, and check again."
DOOR_NAME = 'The name "{name}" is not known here. Check the spelling, or run the cells above first.'
DOOR_KEY = 'There is no "{name}" here. Check the spelling of the column or the word.'
DOOR_ATTRIBUTE = 'There is no "{name}" here. Check the spelling after the dot.'
DOOR_INDEX = "You ask for an item, but the list is shorter. Look at what the line before gives."
DOOR_DIVISION = "You divide by zero. Look at the number after the sign /."
DOOR_TYPE = "These values do not go together. Look at what each part of the line gives."
DOOR_VALUE = "A value here cannot be used. Look at what each part of the line gives."
DOOR_IMPORT = "This cannot be imported. Check the spelling, or use what the cells above use."
DOOR_EXIT = "The function stops the program. Return the answer instead."
DOOR_ENDLESS = "The function calls itself without end. Give it a way to stop."
DOOR_MEMORY = "The computer has no memory left. Work on fewer rows."
DOOR_OTHER = "This could not be carried out. Look at what each part of the line gives."

# Hints, solutions and resetting.
HINT = "**Hint {number} of {count}.** {text}"
HINT_AFTER_TRY = "The next hint opens after one more try. Change your answer and check it."
HINTS_ALL = "All hints are open."
SOLUTION_AFTER = "The solution opens when your answer is right, or after {tries} tries. Tries so far: {made}."
SOLUTION_NEXT = "Check an answer, or open a hint."
RESET_DONE = "This exercise is empty again. Your old answer is kept: you can bring it back."
RESET_NOTHING = "There is nothing to empty: no answer was checked yet."
RESTORE_DONE = "Your old answer is back."
RESTORE_NOTHING = "No old answer is kept for this exercise."

# Keeping progress.
DAMAGED = "The progress file was damaged. It is kept as {name}. Type your resume code, or load a saved file."
NOT_SAVED = "Your progress is not saved: {reason}. It stays only until you close this. Write down the resume code."
REASON_READ_ONLY = "the folder cannot be written"
REASON_FULL = "the disk is full"
REASON_BUSY = "another window is using the file"
REASON_OTHER = "the file cannot be written"

# The resume code and the saved file.
CODE_EMPTY = "There is no code. Type the resume code, for example {example}."
CODE_LETTER = '"{letter}" is not used in a resume code. Look at the code again.'
CODE_WRONG = (
    "This code does not fit here. Check each letter. "
    "It is good for one notebook, one world and one edition of the course."
)
CODE_DONE = "Your progress is back. Right: {done} of {count} exercises. Your answers are not in the code."
FILE_MISSING = "The file {name} is not here. Check the name and the folder."
FILE_UNREADABLE = "The file {name} cannot be opened. Copy it to this folder and try again."
FILE_LARGE = "This file is too large for saved progress. Choose the file that Save made."
FILE_DAMAGED = "This file is not readable as saved progress. Choose the file that Save made, unchanged."
FILE_OTHER = "This is not a file that Save made. Choose the file cep_progress.json."
FILE_NEWER = "This file comes from a newer course. Update the course, then load it again."
FILE_LOADED = "Exercises loaded: {count}. Where your result here was better, it stays."
FILE_SAVED = "Saved as {name}. Keep a copy. On Binder, download it: a Binder session does not keep files."
FOLDER_NEEDED = 'This is not the name of a folder. Type it in quotes, for example "work".'
FILE_NOT_SAVED = "The file was not saved: {reason}. Write down the resume code."
