"""The zip around a workbook: members read, and rewritten so that the untouched stay byte for byte.

zipfile cannot copy a member without compressing it again, hence this module: the stretch of file from
one member's local header to the next is copied as it lies, in the same order.
"""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass

from engage.errors import WorkbookUnreadable

_END, _CENTRAL, _LOCAL = b"PK\x05\x06", b"PK\x01\x02", b"PK\x03\x04"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # what .xls files and encrypted workbooks begin with
_MOST_BYTES = 1 << 29  # unpacked; a partnership's workbook is a few megabytes, a zip bomb is not
_SURE_BYTES = 1 << 26  # so much may be packed however well
_MOST_PACKED = 200  # times; sheets are packed ten to fifty times smaller
_WIDE = (b"\xff\xfe", b"\xfe\xff", b"<\x00", b"\x00<")  # how XML in UTF-16 begins


@dataclass(frozen=True, slots=True)
class _Entry:
    """One member: its record in the central directory, and the stretch of file it occupies."""

    name: str
    central: bytes
    start: int
    end: int


def declares_a_type(name: str, content: bytes) -> bool:
    """Whether a part is XML that declares a document type, by which it could unfold or reach outside.

    Looked for in all of it and in both widths of letters, since a comment or an encoding could hide it.
    """
    begins = content[:64].lstrip(b"\xef\xbb\xbf \t\r\n")
    wide = content.startswith(_WIDE)
    if not (wide or begins.startswith(b"<") or name.endswith((".xml", ".rels", ".vml"))):
        return False
    return b"<!DOCTYPE" in (content.replace(b"\x00", b"") if wide else content)


class Archive:
    """The members of a workbook file. Raises WorkbookUnreadable, in plain words, if it is not one."""

    def __init__(self, data: bytes, where: str) -> None:
        self._data, self._where = data, where
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except (zipfile.BadZipFile, ValueError, struct.error, EOFError, NotImplementedError) as error:
            raise self._unreadable(_why_not_zip(data)) from error
        unpacked = sum(info.file_size for info in self._zip.infolist())
        if unpacked > _MOST_BYTES or (unpacked > _SURE_BYTES and unpacked > len(data) * _MOST_PACKED):
            raise self._unreadable(f"it unpacks to {unpacked // 1_000_000} megabytes")
        self._cache: dict[str, bytes] = {}

    @property
    def names(self) -> tuple[str, ...]:
        """The members' names, in the order of the file."""
        return tuple(self._zip.namelist())

    def __contains__(self, name: str) -> bool:
        return name in self._zip.NameToInfo

    def read(self, name: str) -> bytes:
        """A member's content. Raises WorkbookUnreadable if it is missing or damaged."""
        if name not in self._cache:
            content = self._unpacked(name)
            if declares_a_type(name, content):
                raise self._unreadable(f"its part {name} defines a document type, which no workbook does")
            self._cache[name] = content
        return self._cache[name]

    def _unpacked(self, name: str) -> bytes:
        try:
            return self._zip.read(name)
        except KeyError as error:
            raise self._unreadable(f"its part {name} is missing") from error
        except (zipfile.BadZipFile, zlib.error, RuntimeError, NotImplementedError, EOFError) as error:
            raise self._unreadable(f"its part {name} is damaged") from error

    def rewritten(self, changed: Mapping[str, bytes], removed: frozenset[str] = frozenset()) -> bytes:
        """The file with these members replaced, left out, or (unknown names) added at the end."""
        entries = self._entries()
        out, directory = bytearray(), bytearray()
        for entry in entries:
            if entry.name in removed:
                continue
            offset = len(out)
            if entry.name in changed:
                local, central = _packed(changed[entry.name], self._zip.getinfo(entry.name))
                out += local
            else:
                out += self._data[entry.start : entry.end]
                central = entry.central
            directory += central[:42] + struct.pack("<L", offset) + central[46:]
        for name in changed:
            if name not in self:
                local, central = _packed(changed[name], zipfile.ZipInfo(name))
                directory += central[:42] + struct.pack("<L", len(out)) + central[46:]
                out += local
        count = sum(1 for entry in entries if entry.name not in removed)
        count += sum(1 for name in changed if name not in self)
        comment = self._zip.comment
        end = struct.pack("<4s4H2LH", _END, 0, 0, count, count, len(directory), len(out), len(comment))
        return bytes(out + directory + end + comment)

    def _entries(self) -> list[_Entry]:
        """Every member with where it lies, in the order of the file."""
        end = self._data.rindex(_END)
        count, size, start = struct.unpack_from("<H2L", self._data, end + 10)
        if 0xFFFF in (count,) or 0xFFFFFFFF in (size, start) or start + size > end:
            raise self._unreadable("it is packed in a way that we can read but not write")
        found, at = [], start
        for _ in range(count):
            name, extra, comment = struct.unpack_from("<3H", self._data, at + 28)
            offset = struct.unpack_from("<L", self._data, at + 42)[0]
            stop = at + 46 + name + extra + comment
            if self._data[at : at + 4] != _CENTRAL or self._data[offset : offset + 4] != _LOCAL:
                raise self._unreadable("its table of contents is damaged")
            found.append((offset, self._data[at:stop]))
            at = stop
        names = {info.header_offset: info.filename for info in self._zip.infolist()}
        found.sort()
        stops = [offset for offset, _ in found[1:]] + [start]
        return [
            _Entry(names[offset], central, offset, stop)
            for (offset, central), stop in zip(found, stops, strict=True)
        ]

    def _unreadable(self, what: str) -> WorkbookUnreadable:
        return WorkbookUnreadable(
            f"this file cannot be used: {what}",
            where=self._where,
            fix="open it in Excel or LibreOffice and save it as an .xlsx workbook without a password, "
            "or put the latest backup in its place",
        )


def _packed(content: bytes, like: zipfile.ZipInfo) -> tuple[bytes, bytes]:
    """A member's local header with its content, and its record in the central directory."""
    packer = zlib.compressobj(6, zlib.DEFLATED, -15)
    packed = packer.compress(content) + packer.flush()
    name = like.filename.encode("utf-8")
    year, month, day, hour, minute, second = like.date_time
    stamp = (hour << 11 | minute << 5 | second // 2, (year - 1980) << 9 | month << 5 | day)
    flags = 0x800 if not like.filename.isascii() else 0
    common = struct.pack(
        "<5H3L2H", 20, flags, 8, *stamp, zlib.crc32(content), len(packed), len(content), len(name), 0
    )
    central = struct.pack("<4sH", _CENTRAL, 20) + common
    central += struct.pack("<3H2L", 0, 0, 0, like.external_attr, 0) + name
    return _LOCAL + common + name + packed, central


def _why_not_zip(data: bytes) -> str:
    """What a file that is no zip seems to be, in plain words."""
    if not data:
        return "it is empty"
    if data.startswith(_OLE):
        if "EncryptedPackage".encode("utf-16-le") in data:
            return "it is protected by a password"
        return "it is in the old .xls format"
    if data.startswith(b"PK"):
        return "it is cut short, as if a copy or download had not finished"
    return "it is not an .xlsx workbook"
