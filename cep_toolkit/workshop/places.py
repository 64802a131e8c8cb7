"""Where the course's notebooks lie."""

from __future__ import annotations

from pathlib import Path, PurePath

from cep_toolkit.errors import InputFileError, UnknownValueError


def course_folder() -> Path:
    """Return the folder that holds start.py and ``notebooks``, wherever the command was given.

    Raises
    ------
    InputFileError
        The package was installed without its course.
    """
    import cep_toolkit

    folder = Path(cep_toolkit.__file__).resolve().parent.parent
    if not (folder / "notebooks" / "source").is_dir():
        raise InputFileError(
            "notebooks/source",
            "the course's notebooks are not beside the package.",
            "Get the whole project and run: python3 start.py",
        )
    return folder


def built_folder() -> Path:
    """Return the folder of the built notebooks."""
    return course_folder() / "notebooks"


def source_folder() -> Path:
    """Return the folder of the percent sources."""
    return course_folder() / "notebooks" / "source"


def sources(folder: Path) -> tuple[str, ...]:
    """Return the names of all notebooks that have a source in a folder, in teaching order."""
    return tuple(sorted(file.stem for file in folder.glob("[0-9][0-9]_*.py")))


def built(text: str) -> Path:
    """Return the file of a built notebook, by its name, or a notebook anywhere by its path.

    Raises
    ------
    UnknownValueError
        No notebook has this name.
    InputFileError
        It was never built.
    """
    file = Path(text)
    if file.suffix == ".ipynb" and file.is_file():
        return file
    file = built_folder() / f"{named(text, source_folder())}.ipynb"
    if not file.is_file():
        raise InputFileError(file.name, "this notebook was never built.", f"Run: cep build {file.stem}")
    return file


def named(text: str, folder: Path) -> str:
    """Return the name of the notebook that a name or a path stands for.

    Raises
    ------
    UnknownValueError
        No source has this name.
    """
    name = PurePath(text).name.removesuffix(".ipynb").removesuffix(".py")
    if name not in sources(folder):
        raise UnknownValueError("notebook", text, sources(folder))
    return name
