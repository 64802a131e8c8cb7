"""CEP Workshop: one command from nothing to a first notebook.

    python3 start.py                    set up, then open JupyterLab (Windows: py start.py)
    python3 start.py page [NOTEBOOK]    set up, then open the notebook as a page, without code
    python3 start.py test [ARGUMENTS]   set up, then run every test; the arguments go to pytest
    python3 start.py lock [--upgrade]   write the locks and environment.yml again

Needs nothing but Python. Any Python 3 can read this file: one that is too old hands over to one that is not.
"""

import os
import sys

ROOT = os.path.dirname(os.path.abspath(__file__))
if ROOT not in sys.path:
    sys.path.insert(0, ROOT)

from setting_up.finding_python import hand_over  # noqa: E402 - the folder must be known first


def start(arguments: "list[str]") -> int:
    """Run the command, in another Python where this one cannot."""
    try:
        code = hand_over(os.path.join(ROOT, "start.py"), arguments)
        if code is not None:
            return code
        from setting_up.commands import main

        return main(arguments)
    except KeyboardInterrupt:
        sys.stderr.write("\nStopped. Run the same command to go on.\n")
        return 130


if __name__ == "__main__":
    sys.exit(start(sys.argv[1:]))
