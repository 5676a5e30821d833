"""Metadata of Salesforce: XML, read without document types, so without entities that explode or read other files."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.parsers import expat

from synth_expectations.gate.model import UnreadFileError
from synth_expectations.gate.repository import SourceFile

MAX_BYTES = 24_000_000
MAX_DEPTH = 64
MAX_ELEMENTS = 1_000_000


@dataclass(slots=True)
class XmlElement:
    """An element: its name without a namespace, its text, and what it contains."""

    name: str
    text: str = ""
    children: list[XmlElement] = field(default_factory=list)

    def find(self, *names: str) -> XmlElement | None:
        """Return the first element that names lead to, or None."""
        element: XmlElement | None = self
        for name in names:
            element = next((child for child in element.children if child.name == name), None) if element else None
        return element

    def find_all(self, name: str) -> Iterator[XmlElement]:
        """Yield the elements of a name that lie directly in this one."""
        return (child for child in self.children if child.name == name)

    def read(self, *names: str) -> str:
        """Return the text of the first element that names lead to; empty if there is none."""
        element = self.find(*names)
        return element.text.strip() if element else ""

    def is_true(self, *names: str) -> bool:
        """Return whether the first element that names lead to says true."""
        return self.read(*names).casefold() == "true"


def read_xml_file(file: SourceFile) -> XmlElement:
    """Return the root of an XML file.

    Raises:
        UnreadFileError: it is not XML, too large or too deep, or has a document type.
    """
    content = file.read_bytes(MAX_BYTES)
    root = XmlElement("")
    open_elements = [root]
    count = 0

    def start(name: str, _: object) -> None:
        nonlocal count
        count += 1
        if len(open_elements) > MAX_DEPTH or count > MAX_ELEMENTS:
            raise UnreadFileError(
                f"it is nested more than {MAX_DEPTH} levels deep, or has more than {MAX_ELEMENTS:,} elements"
            )
        element = XmlElement(name.rpartition(" ")[2])
        open_elements[-1].children.append(element)
        open_elements.append(element)

    def end(_: str) -> None:
        open_elements.pop()

    def add_text(text: str) -> None:
        open_elements[-1].text += text

    def refuse(*_: object) -> None:
        raise UnreadFileError("it declares a document type, which metadata has not, and which may hide an XML bomb")

    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = add_text
    parser.StartDoctypeDeclHandler = refuse
    parser.EntityDeclHandler = refuse
    try:
        parser.Parse(content, True)
    except expat.ExpatError as error:
        raise UnreadFileError(f"it is not valid XML at line {error.lineno}") from None
    except (ValueError, LookupError):  # an encoding that is not known
        raise UnreadFileError("it is not valid XML: its encoding is not known") from None
    return root.children[0]
