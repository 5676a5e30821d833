"""Additions to XML that leave every other byte as it is: comments, order, line ends and indentation stay."""

from __future__ import annotations

from dataclasses import dataclass, field
from xml.parsers import expat

from synth_expectations.errors import SynthError


@dataclass
class XmlSpan:
    """An element of a text, by its bytes.

    Attributes:
        name: without a namespace.
        start: of its start tag.
        inner: where its contents begin.
        close: where its end tag begins; the end of the start tag, if it has no other.
        end: behind its end tag.
        children: elements directly in it.
    """

    name: str
    start: int
    inner: int = 0
    close: int = 0
    end: int = 0
    children: list[XmlSpan] = field(default_factory=list)

    def find(self, name: str) -> XmlSpan | None:
        """Return the first element of a name directly in this one, or None."""
        return next((child for child in self.children if child.name == name), None)


class XmlText:
    """An XML text to which elements are added.

    Args:
        content: of the file; it was parsed before, so it is XML without a document type.
        file: what errors call it.

    Raises:
        SynthError: it is not UTF-8.
    """

    def __init__(self, content: bytes, file: str) -> None:
        self._content = content
        self._file = file
        self._edits: list[tuple[int, int, bytes]] = []
        self.root = self._parse()
        self._newline = "\r\n" if b"\r\n" in content else "\n"

    def set_true(self, name: str) -> bool:
        """Let an element directly below the root say true, and return whether it did not before."""
        span = self.root.find(name)
        if span is None:
            self.add([f"<{name}>true</{name}>"])
            return True
        if self._content[span.inner : span.close].strip().lower() == b"true":
            return False
        self._edits.append((span.start, span.end, f"<{name}>true</{name}>".encode()))
        return True

    def add(self, lines: list[str]) -> None:
        """Add an element directly below the root: behind those of its name, else where the alphabet puts it."""
        name = lines[0].strip("<>")
        name = name.partition(">")[0]
        before = [
            child
            for child in self.root.children
            if child.name == "fullName" or child.name.casefold() <= name.casefold()
        ]
        same = [child for child in self.root.children if child.name == name]
        if anchor := (same or before)[-1:]:
            self._insert(anchor[0].end, lines, self._read_indent(anchor[0].start))
        else:
            self._insert(self.root.inner, lines, self._read_indent(self.root.children[0].start) or "    ")

    def add_within(self, parent: XmlSpan, lines: list[str]) -> None:
        """Add an element at the end of another one that has elements."""
        last = parent.children[-1]
        self._insert(last.end, lines, self._read_indent(last.start))

    def render(self) -> bytes:
        """Return the text with what was added."""
        content = self._content
        for start, end, text in sorted(self._edits, key=lambda edit: edit[0], reverse=True):
            content = content[:start] + text + content[end:]
        return content

    def _insert(self, offset: int, lines: list[str], indent: str) -> None:
        text = "".join(f"{self._newline}{indent}{line}" for line in lines).encode()
        known = next((number for number, (start, end, _) in enumerate(self._edits) if start == end == offset), None)
        if known is None:
            self._edits.append((offset, offset, text))
        else:  # a second element at the same place stands behind the first
            self._edits[known] = (offset, offset, self._edits[known][2] + text)

    def _read_indent(self, start: int) -> str:
        line = self._content[:start].rpartition(b"\n")[2]
        return line.decode() if not line.strip() else "    "

    def _parse(self) -> XmlSpan:
        parser = expat.ParserCreate(namespace_separator=" ")
        top = XmlSpan("", 0)
        stack = [top]

        def check(_: str, encoding: str | None, __: int) -> None:
            if encoding and encoding.upper() not in {"UTF-8", "UTF8", "ASCII", "US-ASCII"}:
                raise SynthError(f"{self._file} is not UTF-8.", "Convert it: Salesforce's own tools write UTF-8.")

        def start(name: str, _: object) -> None:
            at = parser.CurrentByteIndex
            span = XmlSpan(name.rpartition(" ")[2], at, self._find_tag_end(at))
            stack[-1].children.append(span)
            stack.append(span)

        def end(_: str) -> None:
            span = stack.pop()
            if self._content[span.inner - 2 : span.inner] == b"/>":
                span.close = span.end = span.inner
            else:
                span.close = parser.CurrentByteIndex
                span.end = self._content.index(b">", span.close) + 1

        parser.XmlDeclHandler = check
        parser.StartElementHandler = start
        parser.EndElementHandler = end
        if self._content.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\0" in self._content[:4]:
            raise SynthError(f"{self._file} is not UTF-8.", "Convert it: Salesforce's own tools write UTF-8.")
        parser.Parse(self._content, True)
        root = top.children[0]
        if not root.children:
            raise SynthError(f"{self._file} is an element without contents.", "Remove the file: it says nothing.")
        return root

    def _find_tag_end(self, start: int) -> int:
        """Return where a start tag ends; a `>` in quotes is part of it."""
        quote = 0
        for offset in range(start, len(self._content)):
            letter = self._content[offset]
            if quote:
                quote = 0 if letter == quote else quote
            elif letter in b"\"'":
                quote = letter
            elif letter == ord(">"):
                return offset + 1
        return len(self._content)
