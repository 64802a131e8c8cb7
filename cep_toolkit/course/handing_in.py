"""Handing in: the answers of a whole pack in one file beside the notebook."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from cep_toolkit.checking.files import reason, write_whole
from cep_toolkit.checking.reading import guarded, listed
from cep_toolkit.checking.record import Sheet
from cep_toolkit.course import messages
from cep_toolkit.course.catalogue import chapter, notebooks
from cep_toolkit.course.pack import Pack
from cep_toolkit.course.submission import MOST_BYTES, Submission, file_name, submission_file, submission_of
from cep_toolkit.course.text import as_written


def hand_in(pack: Pack, sheet_of: Callable[[str], Sheet], folder: str | Path = ".") -> str:
    """Write the file of a pack, in place of an earlier one, and return as markdown what to do with it.

    Parameters
    ----------
    pack : Pack
    sheet_of : callable
        Notebook -> the participant's sheet.
    folder : str or Path
        Where the file goes. Nothing is raised where it cannot.
    """
    place, problem = guarded(lambda: Path(folder) / file_name(pack.participant))
    if place is None or problem:
        return messages.HAND_IN_FOLDER
    chapters = [name for name in pack.notebooks if name in notebooks()]
    submission = submission_of(pack, {name: sheet_of(name) for name in chapters})
    data = submission_file(submission)
    if len(data) > MOST_BYTES:
        return messages.HAND_IN_LARGE
    try:
        write_whole(place, data)
    except (OSError, ValueError) as error:  # a ValueError is a name that no system takes
        why = reason(error) if isinstance(error, OSError) else reason(OSError())
        return messages.HAND_IN_FAILED.format(reason=why)
    return _written(submission, place.name)


def _written(submission: Submission, name: str) -> str:
    titles = {
        (notebook, exercise.id): exercise.title
        for notebook in submission.notebooks
        for exercise in chapter(notebook).exercises.values()
    }
    empty = [title for (notebook, name), title in titles.items() if name not in submission.notebooks[notebook]]
    done = messages.HAND_IN_COUNT.format(done=len(titles) - len(empty), count=len(titles))
    still = messages.HAND_IN_EMPTY.format(titles=as_written(listed(empty))) if empty else ""
    parts = (messages.HAND_IN_DONE.format(name=as_written(name)), done, still, messages.HAND_IN_AGAIN)
    return " ".join(filter(None, parts))
