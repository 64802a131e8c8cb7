"""Submissions in a zip file: what the file says of a member is looked at first, and what it holds read to a bound."""

from __future__ import annotations

import io
import re
import stat
from collections.abc import Iterator
from typing import BinaryIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from cep_toolkit.course.submission import MOST_BYTES
from cep_toolkit.workshop.marking import reasons
from cep_toolkit.workshop.marking.gathering import ARCHIVE, Found, is_litter, wrong_name
from cep_toolkit.workshop.marking.legible import legible

MOST_MEMBERS = 500
MOST_UNPACKED = 64 * 1024 * 1024
MOST_RATIO = 100
_SIGN_OF_MEMBER = b"PK\x01\x02"
_LOCKED = 0x1
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")


def members(name: str, file: BinaryIO) -> Iterator[Found]:
    """Yield every file of an archive, in the order of their names; nothing goes to the disk.

    Parameters
    ----------
    name : str
        The archive's.
    file : binary file
        Open, of a size that was looked at.
    """
    try:
        content = file.read()
        if content.count(_SIGN_OF_MEMBER) > MOST_MEMBERS:  # before a list of them is made
            yield Found(legible(name), problem=reasons.ARCHIVE_MANY.format(most=MOST_MEMBERS))
            return
        with ZipFile(io.BytesIO(content)) as archive:
            size = sum(member.file_size for member in archive.infolist() if not wrong_name(member.filename))
            if size > MOST_UNPACKED:
                yield Found(legible(name), problem=reasons.ARCHIVE_BOMB.format(size=size, most=MOST_UNPACKED))
                return
            for member in sorted(archive.infolist(), key=lambda info: (info.filename, info.header_offset)):
                if not member.is_dir() and not any(map(is_litter, _steps(member))):
                    yield _member(archive, member, legible(f"{name}/{member.filename}"))
    except Exception:  # a damaged archive fails in many ways, all with one remedy
        yield Found(legible(name), problem=reasons.ARCHIVE_DAMAGED)


def _member(archive: ZipFile, member: ZipInfo, name: str) -> Found:
    if problem := _member_problem(member):
        return Found(name, problem=problem)
    try:
        with archive.open(member) as stream:
            return Found(name, stream.read(MOST_BYTES + 1))
    except Exception:  # as above
        return Found(name, problem=reasons.MEMBER_DAMAGED)


def _member_problem(member: ZipInfo) -> str:
    """Return why a member is not unpacked, or nothing."""
    kind = stat.S_IFMT(member.external_attr >> 16)
    if _points_out(member):
        return reasons.MEMBER_PATH
    if kind not in (0, stat.S_IFREG):
        return reasons.MEMBER_LINK
    if member.filename.casefold().endswith(ARCHIVE):
        return reasons.MEMBER_ARCHIVE
    if problem := wrong_name(member.filename):
        return problem
    if member.flag_bits & _LOCKED:
        return reasons.MEMBER_SECRET
    if member.compress_type not in (ZIP_STORED, ZIP_DEFLATED):
        return reasons.MEMBER_METHOD
    if member.file_size > MOST_BYTES:
        return reasons.LARGE.format(size=member.file_size, most=MOST_BYTES)
    if member.file_size > MOST_RATIO * max(member.compress_size, 1):
        return reasons.MEMBER_RATIO.format(most=MOST_RATIO)
    return ""


def _points_out(member: ZipInfo) -> bool:
    name = member.orig_filename  # as it stands in the archive: a zero byte cuts the other one short
    return bool(_CONTROL.search(name)) or ":" in name or name[:1] in "/\\" or ".." in _steps(member)


def _steps(member: ZipInfo) -> list[str]:
    return re.split(r"[/\\]", member.orig_filename)
