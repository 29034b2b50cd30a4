"""XML of a host to plain entries, the way a JSON file has them. Fails on no bytes but with XmlError.

The root holds one element for each row, whatever their name, and each of those one element for each column. A field that comes
more than once is a list. Document types are refused: with them a file of one kilobyte can fill the memory.
"""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Iterator

LINES = "lines"
_LINE_NAMES = (LINES, "line")


class XmlError(Exception):
    """The bytes are no XML that is read. `line` is where, 0 when that is not known."""

    def __init__(self, why: str, line: int = 0) -> None:
        super().__init__(why)
        self.why = why
        self.line = line


class _NoDoctype(ET.TreeBuilder):
    def doctype(self, name: str, pubid: str | None, system: str | None) -> None:
        raise XmlError("a document type is not allowed")


def parse(content: bytes, *, encoding: str | None = None) -> ET.Element:
    """The root. `encoding` is that of a file whose head names none. Raises XmlError."""
    if content[:200].find(b"encoding") > 0:
        encoding = None
    try:
        return ET.fromstring(content, ET.XMLParser(target=_NoDoctype(), encoding=encoding))
    except ET.ParseError as error:
        raise XmlError(str(error), error.position[0]) from error
    except (LookupError, ValueError) as error:  # an encoding that nobody knows, or that has more than one byte a letter
        raise XmlError(str(error)) from error


def local_name(element: ET.Element) -> str:
    """The element's name without its namespace."""
    return str(element.tag).rpartition("}")[2]


def entries(root: ET.Element) -> Iterator[dict[str, object]]:
    """One entry for each row, in the file's order."""
    for row in root:
        yield _entry(row)


def _entry(row: ET.Element) -> dict[str, object]:
    found: dict[str, object] = {}
    lines: list[object] = []
    for field in row:
        name = local_name(field).lower()
        if name in _LINE_NAMES and len(field):
            lines += [_entry(each) for each in field] if name == LINES else [_entry(field)]
        elif len(field):
            found[name] = [[]]  # a structure that no cell can hold
        else:
            found[name] = _more(found.get(name), (field.text or "").strip())
    return {**found, LINES: lines} if lines else found


def _more(before: object, text: str) -> object:
    if before is None:
        return text
    return [*before, text] if isinstance(before, list) else [before, text]


def as_xml(root: str, row: str, rows: Iterator[dict[str, str]] | list[dict[str, str]], *, encoding: str = "utf-8") -> bytes:
    """A file of rows. What XML cannot hold (control characters) becomes a space."""
    top = ET.Element(root)
    for values in rows:
        one = ET.SubElement(top, row)
        for name, value in values.items():
            ET.SubElement(one, name).text = clean(value)
    return to_bytes(top, encoding=encoding)


def to_bytes(top: ET.Element, *, encoding: str = "utf-8") -> bytes:
    """The document with its head; letters that the encoding has not are character references."""
    ET.indent(top, " ")
    return bytes(ET.tostring(top, encoding=encoding, xml_declaration=True)) + b"\n"


def clean(value: str) -> str:
    """The text without what no XML document may hold."""
    return "".join(each if each in "\t\n" or " " <= each < "\ud800" or each > "\udfff" else " " for each in value)
