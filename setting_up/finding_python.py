"""Find a Python that the course can use.

Whatever Python is at hand reads this file first, so it keeps to what every Python 3 understands: no f-strings, no
annotated variables, annotations in quotes.
"""

import json
import os
import struct
import subprocess
import sys
import sysconfig
from glob import glob
from typing import Any

OLDEST = (3, 11)
NEWEST = (3, 14)
VERSIONS = ["{0}.{1}".format(OLDEST[0], minor) for minor in range(NEWEST[1], OLDEST[1] - 1, -1)]


def facts() -> "dict[str, Any]":
    """Return what matters of the Python that runs this."""
    return {
        "python": getattr(sys, "_base_executable", None) or sys.executable,
        "version": list(sys.version_info[:3]),
        "bits": struct.calcsize("P") * 8,
        "kind": sys.implementation.name,
        "platform": sysconfig.get_platform(),
        "free_threaded": bool(sysconfig.get_config_var("Py_GIL_DISABLED")),
        "can_make_venv": _there("venv") and _there("ensurepip"),
    }


def _there(module: str) -> bool:
    from importlib.util import find_spec

    return find_spec(module) is not None


def complaint(found: "dict[str, Any]") -> str:
    """Say why the course cannot run on this Python; an empty text when it can."""
    version = tuple(found["version"])
    name = "Python " + ".".join(str(part) for part in version)
    if not OLDEST <= version[:2] <= NEWEST:
        return "this is {0}".format(name)
    if found["kind"] != "cpython":
        return "this is {0} of the kind {1}".format(name, found["kind"])
    if found["bits"] != 64:
        return "this is a 32-bit {0}".format(name)
    if found["free_threaded"]:
        return "this is the free-threaded {0}".format(name)
    if found["platform"] == "win-arm64":
        return "this is {0} for ARM, and Windows needs the one for Intel and AMD (64-bit)".format(name)
    return ""


def candidates() -> "list[list[str]]":
    """List the commands that may start another Python, newest first."""
    if os.name == "nt":
        programs = os.path.join(os.environ.get("LOCALAPPDATA", ""), "Programs", "Python")
        commands = [["py", "-" + version] for version in VERSIONS]
        commands += [[path] for path in sorted(glob(os.path.join(programs, "Python31*", "python.exe")), reverse=True)]
        return [*commands, ["python"]]
    commands = []
    for version in VERSIONS:
        commands.append(["python" + version])
        for place in _places():
            commands += [[path] for path in sorted(glob(place.format(version)), reverse=True)]
    return [*commands, ["python3"]]


def _places() -> "list[str]":
    home = os.path.expanduser("~")
    places = [
        "/Library/Frameworks/Python.framework/Versions/{0}/bin/python{0}",
        "/opt/homebrew/bin/python{0}",
        "/usr/local/bin/python{0}",
        "/usr/bin/python{0}",
        os.path.join(home, ".local", "bin", "python{0}"),
    ]
    roots = [os.environ.get("PYENV_ROOT", ""), os.path.join(home, ".pyenv")]
    # A shim answers only for the version that is switched on; the real ones stand beside the shims.
    roots += [os.path.dirname(part) for part in os.environ.get("PATH", "").split(os.pathsep) if part.endswith("shims")]
    unique = [root for number, root in enumerate(roots) if root and root not in roots[:number]]
    return places + [os.path.join(root, "versions", "{0}.*", "bin", "python") for root in unique]


def ask(command: "list[str]") -> "dict[str, Any] | None":
    """Start a Python and return its facts, or None where it does not answer."""
    quiet = dict(os.environ, PYTHON_MANAGER_AUTOMATIC_INSTALL="false")
    try:
        said = subprocess.check_output(
            [*command, os.path.abspath(__file__)],
            stdin=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            timeout=30,
            env=quiet,
        )
        found = json.loads(said.decode("utf-8"))
    except (OSError, ValueError, subprocess.SubprocessError):
        return None
    return found if isinstance(found, dict) and "can_make_venv" in found else None


def find(this: "dict[str, Any]") -> "dict[str, Any] | None":
    """Return the facts of a Python that suits: this one, else another; rather one that can make environments."""
    second = None if complaint(this) else this
    if second and second["can_make_venv"]:
        return second
    for command in candidates():
        found = ask(command)
        if found is None or complaint(found):
            continue
        if found["can_make_venv"]:
            return found
        second = second or found
    return second


def advice(this: "dict[str, Any]") -> str:
    """Say which Python to install and where to get it."""
    if os.name == "nt":
        where = "from https://www.python.org/downloads/windows/ (64-bit), or with: winget install Python.Python.3.13"
    elif sys.platform == "darwin":
        where = "from https://www.python.org/downloads/macos/, or with: brew install python@3.13"
    else:
        where = "with your package manager (python3.13 and python3.13-venv; Debian 12: python3 and python3-venv)"
    need = "CEP Workshop needs Python {0} to {1}; {2}, and no other was found.".format(
        VERSIONS[-1], VERSIONS[0], complaint(this)
    )
    return "{0} Install Python 3.13 {1}. Then run this again.".format(need, where)


def hand_over(script: str, arguments: "list[str]") -> "int | None":
    """Run the script in a Python that suits and return its exit code; None where this one will do."""
    this = facts()
    if not complaint(this):
        return None
    other = find(this)
    if other is None:
        sys.stderr.write(advice(this) + "\n")
        return 2
    python = str(other["python"])
    print("Using {0}: {1}.".format(python, complaint(this)))
    sys.stdout.flush()
    command = [python, script, *arguments]
    if os.name == "nt":
        return subprocess.call(command)
    return os.execv(python, command)  # the same process, so that whoever started it can stop it


if __name__ == "__main__":
    print(json.dumps(facts()))
