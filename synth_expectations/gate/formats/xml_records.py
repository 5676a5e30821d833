"""Records in XML: elements with fields as their attributes or as elements within them, read as the parser meets them.

Exports are written so, and fixtures of Django (`<object model="crm.contact"><field name="email">`), changes of Liquibase
(`<insert tableName="contact"><column name="email" value="…"/>`) and datasets of DBUnit (`<contact email="…"/>`).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.parsers import expat

from synth_expectations.gate.fields import PERSONAL, classify
from synth_expectations.gate.formats.repeated_keys import add_value, combine
from synth_expectations.gate.model import UnreadFileError
from synth_expectations.gate.repository import SourceFile

_CHUNK = 65_536
_MAX_DEPTH = 64
_MAX_TEXT = 4_000_000
_MAX_FIELDS = 10_000
_MAX_NAME = 200
_MAX_VALUE = 400
"""Characters of a name and a value that are kept: no address, number or marker is longer."""
_NAMES = ("name", "key", "column", "field", "id")
"""Attributes that name a field where its element is called `field` or `column`."""
_FIELDS = frozenset({"field", "column", "property", "data", "attribute", "value", "param", "entry", "col", "item"})
"""Elements that a field may be called by its attribute."""
_OBJECTS = ("model", "tablename", "type", "class", "table", "entity")
"""Attributes that name the object where its element does not."""
_ROOTS = frozenset(
    {
        "project",
        "beans",
        "config",
        "phpunit",
        "configuration",
        "web-app",
        "persistence",
        "resources",
        "manifest",
        "package",
        "svg",
        "rss",
        "feed",
    }
    | {
        "urlset",
        "sitemapindex",
        "testsuite",
        "testsuites",
        "checkstyle",
        "html",
        "plist",
        "assembly",
        "ruleset",
        "module",
    }
    | {
        "definitions",
        "schema",
        "stylesheet",
        "wsdl",
        "application",
        "component",
        "ivy-module",
        "settings",
        "hibernate-mapping",
    }
)
"""Documents of tools, by their first element: `<project>` of Maven names its developers."""


@dataclass(slots=True)
class _Element:
    name: str
    attributes: dict[str, str]
    line: int
    values: dict[str, str] = field(default_factory=dict)
    text: list[str] = field(default_factory=list)
    has_children: bool = False


@dataclass(slots=True)
class XmlRecord:
    """A record: what its element is called, its values by field, and its line."""

    object: str
    values: dict[str, str]
    line: int


def read_xml_records(file: SourceFile) -> Iterator[XmlRecord]:
    """Yield the elements that have a field of a person, each without those around it.

    Raises:
        UnreadFileError: it is not XML, too deep, or has a document type, which may hide an XML bomb.
    """
    reader = _XmlReader()
    try:
        with file.open_bytes() as stream:
            while chunk := stream.read(_CHUNK):
                reader.parser.Parse(chunk, False)
                if (
                    stream.tell() - reader.parser.CurrentByteIndex > _MAX_TEXT
                ):  # the parser keeps a tag until it is closed
                    raise UnreadFileError(f"a tag or a remark of it has more than {_MAX_TEXT:,} characters")
                yield from reader.take()
            reader.parser.Parse(b"", True)
            yield from reader.take()
    except expat.ExpatError as error:
        raise UnreadFileError(f"it is not valid XML at line {error.lineno}") from None
    except OSError as error:
        raise UnreadFileError(f"the system reports: {error.strerror}") from None
    except (ValueError, LookupError):  # an encoding that is not known
        raise UnreadFileError("it is not valid XML: its encoding is not known") from None


class _XmlReader:
    """Takes the events of the parser, and builds records of them."""

    def __init__(self) -> None:
        self.parser = expat.ParserCreate(namespace_separator=" ")
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._add_text
        self.parser.StartDoctypeDeclHandler = _refuse
        self.parser.EntityDeclHandler = _refuse
        self._open: list[_Element] = []
        self._found: list[XmlRecord] = []
        self._length = 0
        self._is_of_tool = False

    def take(self) -> list[XmlRecord]:
        """Return the records that are complete, once."""
        found, self._found = self._found, []
        return found

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        plain = name.rpartition(" ")[2]
        if not self._open:
            self._is_of_tool = plain.casefold() in _ROOTS
        else:
            self._open[-1].has_children = True
            self._open[-1].text.clear()  # an element with others in it is not a value
        if len(self._open) >= _MAX_DEPTH:
            raise UnreadFileError(f"it is nested more than {_MAX_DEPTH} levels deep")
        named = {key.rpartition(" ")[2]: value for key, value in attributes.items()}
        self._open.append(_Element(plain, named, self.parser.CurrentLineNumber))
        self._length = 0

    def _add_text(self, text: str) -> None:
        self._length += len(text)
        if self._length > _MAX_TEXT:
            raise UnreadFileError(f"a value has more than {_MAX_TEXT:,} characters")
        if not self._open[-1].has_children:
            self._open[-1].text.append(text)

    def _end(self, _: str) -> None:
        element = self._open.pop()
        if not self._open or self._is_of_tool:
            return
        parent = self._open[-1]
        if _is_field(element):
            key = next((element.attributes[name] for name in _NAMES if element.attributes.get(name)), element.name)
            value = element.attributes.get("value") or "".join(element.text).strip()
            _keep(parent.values, key if element.name.casefold() in _FIELDS else element.name, value)
            return
        values: dict[str, str] = combine([*element.attributes.items(), *element.values.items()])
        if any(classify(key) in PERSONAL for key in values):
            self._found.append(XmlRecord(_name(element, parent), values, element.line))
            return
        for key, value in values.items():  # `<name><first>…</first></name>` has a first_name
            _keep(parent.values, f"{key}_{element.name}", value)


def _is_field(element: _Element) -> bool:
    """Return whether an element holds a value, and no fields: it has a text, or attributes that name it and its value."""
    if element.has_children or element.values:
        return False
    named = {key.casefold() for key in element.attributes}
    return bool("".join(element.text).strip()) or not named or (element.name.casefold() in _FIELDS and "name" in named)


def _keep(values: dict[str, str], key: str, value: str) -> None:
    if len(values) < _MAX_FIELDS and len(key) <= _MAX_NAME:
        add_value(values, key, value[:_MAX_VALUE])


def _name(element: _Element, parent: _Element) -> str:
    """Return what an object is called: by an attribute, else as its element, else as the one around it."""
    folded = {key.casefold(): value for key, value in element.attributes.items()}
    if named := next((folded[key] for key in _OBJECTS if folded.get(key)), ""):
        return named.rpartition(".")[2]
    return (
        parent.name
        if element.name.casefold() in {"row", "record", "item", "entry", "object", "element"}
        else element.name
    )


def _refuse(*_: object) -> None:
    raise UnreadFileError("it declares a document type, which may hide an XML bomb")
