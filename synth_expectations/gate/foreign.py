"""Files whose contents are not what their name says: pointers to contents that lie elsewhere, packed files, databases, pages."""

from __future__ import annotations

from synth_expectations.gate.model import UnreadFileError
from synth_expectations.gate.repository import SourceFile

_HIDDEN = (
    (b"version https://git-lfs.github.com/", "it is a pointer of Git LFS: fetch the file with git lfs pull"),
    (b"version https://hawser.github.com/", "it is a pointer of Git LFS: fetch the file with git lfs pull"),
    (b"/annex/objects/", "it is a pointer of git-annex: fetch the file with git annex get"),
    (b"\0GITCRYPT\0", "it is encrypted by git-crypt"),
    (b"$ANSIBLE_VAULT;", "it is encrypted by Ansible Vault"),
    (b"age-encryption.org/", "it is encrypted by age"),
    (b"-----BEGIN AGE ENCRYPTED", "it is encrypted by age"),
    (b"-----BEGIN PGP MESSAGE", "it is encrypted by PGP"),
    (b"<<<<<<< ", "it has the marks of a conflict of Git"),
)
_PACKED = (
    (b"PK\x03\x04", "a ZIP archive"),
    (b"PK\x05\x06", "a ZIP archive"),
    (b"\x1f\x8b", "packed by gzip"),
    *((b"BZh%d1AY&SY" % level, "packed by bzip2") for level in range(1, 10)),
    (b"\xfd7zXZ\0", "packed by xz"),
    (b"\x28\xb5\x2f\xfd", "packed by zstd"),
    (b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive"),
    (b"Rar!\x1a\x07", "a RAR archive"),
    (b"SQLite format 3\0", "a database of SQLite"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "a document of an older Office"),
    (b"Obj\x01", "Avro"),
    (b"ARROW1\0", "Arrow"),
    (b"%PDF-", "a PDF"),
    (b"{\\rtf", "rich text"),
)


_SOPS = b"ENC[AES256_GCM,"


def find_pointer(file: SourceFile) -> str:
    """Return why the contents of a file are not here, or are encrypted; empty if they are here."""
    reason = next((reason for mark, reason in _HIDDEN if file.head.startswith(mark)), "")
    return reason or ("it is encrypted by SOPS" if _SOPS in file.head else "")


def find_packing(file: SourceFile) -> str:
    """Return what a file is by its first bytes, if that is no text; empty if they say nothing."""
    return next((kind for mark, kind in _PACKED if file.head.startswith(mark)), "")


def require_own_contents(file: SourceFile) -> None:
    """Refuse a file that is only a pointer, or is encrypted.

    Raises:
        UnreadFileError: it is one.
    """
    if reason := find_pointer(file):
        raise UnreadFileError(reason)


def require_text(file: SourceFile) -> None:
    """Refuse a file that is no text by its first bytes, or only a pointer.

    Raises:
        UnreadFileError: it is one of these.
    """
    require_own_contents(file)
    if kind := find_packing(file):
        raise UnreadFileError(f"its contents are not what its name says: it is {kind}")
