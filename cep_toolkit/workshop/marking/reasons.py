"""Why a file is not marked, in words for the instructor; each says what to do where it can."""

from __future__ import annotations

import errno

# The file or archive.
LINK = "This is a link. Links are not followed: put the file itself here."
DEVICE = "This is no plain file, so it is not opened."
LARGE = "It has {size:,} bytes; at most {most:,} are read."
OTHER_FILE = "This is not a submission: its name does not end in .json."
DEEP_FOLDER = "The folder lies too deep. Move what is in it up."
MANY_FILES = "There are more than {most:,} files here. The rest is not read: mark them in smaller folders."
NO_PERMISSION = "There is no permission to read it."
NOT_READ = "It cannot be read ({why})."

ARCHIVE_DAMAGED = "The archive is damaged, or is not a zip file. Ask for the file submission-….json itself."
ARCHIVE_MANY = "The archive holds more than {most:,} files."
ARCHIVE_BOMB = "Unpacked, the archive would have {size:,} bytes; at most {most:,} are read."
MEMBER_PATH = "Its name in the archive points out of the archive."
MEMBER_LINK = "It is a link or a device in the archive."
MEMBER_SECRET = "It is locked with a password. Ask for the file without one."
MEMBER_METHOD = "It is compressed in a way that is not read here. Ask for the file itself."
MEMBER_ARCHIVE = "It is an archive in an archive, which is not opened. Ask for the file itself."
MEMBER_RATIO = "It unpacks to more than {most} times its size, as no submission does."
MEMBER_DAMAGED = "It is damaged in the archive. Ask for the file itself."

# The submission.
OTHER_COHORT = "It comes from another cohort than this key."
STRANGER = "Participant {participant} is not in this key."
OTHER_PACK = "It comes from another pack than the one of {participant}: its world is not theirs."
OTHER_EDITION = "It comes from edition {edition} of the course; this key is of edition {wanted}."
TWICE = (
    "{participant} handed in files with different answers, and none of them counts: {files}. "
    "Keep the one that counts, move the others away, and mark again."
)
SAME_AGAIN = "{participant} handed in the same answers in {first} already; that file counts."

# Remarks on what is marked.
NO_NOTEBOOK = "Notebook {notebook} is not in the key, so its answers are not marked."
NO_EXERCISE = "Notebook {notebook}, exercise {exercise}: not in the key, so it is not marked."


class NotReadError(OSError):
    """A file that is not read although the disk could; its text is the reason."""


def of_the_disk(error: OSError) -> str:
    """Return in words why a file was not read.

    Examples
    --------
    >>> of_the_disk(PermissionError(13, "Permission denied")), of_the_disk(NotReadError(LINK))
    ('There is no permission to read it.', 'This is a link. Links are not followed: put the file itself here.')
    """
    if isinstance(error, NotReadError):
        return str(error)
    if error.errno in (errno.EACCES, errno.EPERM):
        return NO_PERMISSION
    if error.errno == errno.ELOOP:  # it became a link after it was listed
        return LINK
    return NOT_READ.format(why=error.strerror or "the disk gives no reason")
