"""What befalls a zip on its way, each as Python's zipfile meets it: for every reader of packs, sheets and exports."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable

_LOCAL, _LISTED, _END = b"PK\x03\x04", b"PK\x01\x02", b"PK\x05\x06"


def _write(header: bytes, offset: int, value: bytes) -> Callable[[bytes], bytes]:
    """Return a change of the bytes at an offset from the last header of a kind."""

    def change(content: bytes) -> bytes:
        start = content.rindex(header) + offset
        return content[:start] + value + content[start + len(value) :]

    return change


def _pack_again(packing: int) -> Callable[[bytes], bytes]:
    """Return a packing of the same members, of which the data of the last is damaged."""

    def change(content: bytes) -> bytes:
        written = io.BytesIO()
        with zipfile.ZipFile(io.BytesIO(content)) as archive, zipfile.ZipFile(written, "w", packing) as copy:
            for name in archive.namelist():
                copy.writestr(name, archive.read(name) or b"text")
            last = copy.filelist[-1]
        packed = bytearray(written.getvalue())
        start = last.header_offset + 30 + len(last.filename.encode())
        packed[start : start + last.compress_size] = b"\xff" * last.compress_size
        return bytes(packed)

    return change


DAMAGES: dict[str, Callable[[bytes], bytes]] = {
    "cut": lambda content: content[:-30],
    "of a later version": _write(_LISTED, 6, b"\x40\x00"),
    "packed in an unknown way": _write(_LISTED, 10, b"\x5a\x00"),
    "encrypted": _write(_LISTED, 8, b"\x01\x00"),
    "with a name that is no text": lambda content: _write(_LISTED, 46, b"\xff")(
        _write(_LISTED, 8, b"\x00\x08")(content)
    ),
    "with a listing elsewhere": _write(_END, 16, b"\xff\xff\xff\x7f"),
    "with a member elsewhere": _write(_LISTED, 42, b"\xff\xff\xff\x7f"),
    "with a header that is none": _write(_LOCAL, 0, b"PX"),
    "with damaged deflate": _pack_again(zipfile.ZIP_DEFLATED),
    "with damaged bzip2": _pack_again(zipfile.ZIP_BZIP2),
    "with damaged xz": _pack_again(zipfile.ZIP_LZMA),
}
