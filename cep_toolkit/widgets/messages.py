"""Every sentence the widgets say beside those of the exercise engine; the same rules as ``checking/messages.py``."""

from __future__ import annotations

from cep_toolkit.checking import Status

RUN_FIRST = "Run this notebook (menu Run, Run All Cells) to see {what}."
TROUBLE = "This did not work here. Run the cell again. If it happens again, show your facilitator this line: {name}."

SIGNS = {
    Status.NOT_ATTEMPTED: "○",
    Status.WRONG_FORM: "!",
    Status.NOT_MARKED: "–",
    Status.NOT_YET: "✗",
    Status.PARTLY: "◐",
    Status.RECORDED: "✔",
    Status.CORRECT: "✔",
}

# The panel that keeps what was done.
YOUR_CODE = "Your resume code:"
A_CODE = "A code"
CODE_EXAMPLE = "type or paste a code"
BRING_CODE = "Bring it back"
SAVE_FILE = "Save everything"
BRING_FILE = "Bring a file back"
DOWNLOAD = "Download the file"
FILE_READY = "The file is ready: choose Download the file. Keep {name} where you find it again."
THE_PANEL = "the panel that saves and brings back"

# Handing in.
HAND_IN = "Hand in"
HAND_IN_ABOUT = "Hand in writes the answers of all notebooks of pack {participant} into one file for your instructor."
THE_BUTTON = "the button that hands in"

# The form.
CHECK = "Check"
HINT = "Hint"
SOLUTION = "Solution"
START_AGAIN = "Start again"
UNDO = "Undo"
SHOW_CODE = "Show code"
HIDE_CODE = "Hide code"
CHECKING = "Checking…"
LAST_CHECK = "Your last check: "
REMEMBERED = "{heading}. The form shows the answer you checked last."
CODE_IS_KEPT = "{heading}. This exercise was answered before; the answer itself is not kept here."
SAME_IN_CODE = "The same in code:"
CHOOSE = "– choose –"
ANY_NUMBER = "Choose all that apply."
EXACTLY = "Choose {count}."
BETWEEN = "Choose {least} to {most}."
AT_LEAST = "Choose {least} or more."
AT_MOST = "Choose up to {most}."
PLACES = "Give each one a place, 1 for the first."
IDENTIFIERS = "Type the numbers, with a semicolon between them."
DATE = "year-month-day"
PICKED = "{count} chosen. They are in the form of “{title}”: check them there."
PICKED_NOWHERE = "No exercise here takes rows of this table."
PICKED_ELSEWHERE = "Not in the form: {problem}"

# The table explorer.
ALL_COLUMNS = "All columns"
LEGEND = "What the columns and codes mean"
ADD_FILTER = "Add filter"
NO_VALUE = "Type or choose a value first, then add the filter."
NOTHING_SHOWN = "No row fits. Remove a filter: press its button above the table."
PREVIOUS = "Previous"
NEXT = "Next"
DRAW = "Draw"
HIDE_DRAWING = "Hide drawing"
COLUMN_DRAWN = "Column drawn"
REMOVE = "Remove: {words}"
TAKE_ROWS = "Put ticked rows into the form"
TICK_FIRST = "Tick one or more rows in the table first."
COMPUTED = "computed"
MONTH = "month"
NUMBER_OF = "count"
PRICE_COMPUTED = "computed here: customs_value divided by net_mass_kg; empty where it cannot be divided"
NO_TABLE = "There is no table {name}. The tables are: {tables}."

# The price explorer.
NO_PRICES = "Your data has no {columns}, which the price explorer needs. Go on without it."
NO_GROUPS = "Your data has no subheading and origin with enough declarations to compare prices."
NO_SUCH_GROUP = "There are not enough declarations of {hs} from {origin} to compare. Choose from the lists."
BACK_TO_FENCE = "Back to the fence"
UNITS = "values in {currency}, masses in kg, prices in {currency}/kg"
LOWEST = f"The lowest {{count}} of {{all:,}} below the threshold; {UNITS}"
ALL_BELOW = f"Below the threshold: {{all:,}}; {UNITS}"

# The page.
PAGE_OPEN = "The page is open at {address}. Keep this window open; to stop, press Ctrl+C here."
PAGE_STOPPED = "The page is closed. Your progress is kept."
