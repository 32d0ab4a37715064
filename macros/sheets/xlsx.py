"""The cells of an Excel workbook, whoever wrote it, in bounded time and memory.

What counts is what the parts hold: not a stated size, not where a part lies, not the prefix of a
namespace. `docs/assets/sheets/xlsx.js` reads the same. Source of the format: ECMA-376, parts 1 and 2.
"""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
import zlib
from collections.abc import Callable
from xml.parsers import expat

from macros.sheets.meaning import FORMATS, MAX_ELEMENTS, MAX_UNPACKED, MAX_VALUES, SAYS
from macros.sheets.values import trimmed
from macros.sheets.worksheet import Attributes, Reading, Sheet, decoded, position


class NotReadError(Exception):
    """Why a file is not read: a sentence that goes on after its name."""


_Start = Callable[[str, Attributes], None]
_End = Callable[[str, str], None]


_BROKEN = (
    *(zipfile.BadZipFile, zlib.error, expat.ExpatError, OSError, EOFError, ValueError, KeyError, IndexError),
    *(OverflowError, NotImplementedError, RuntimeError, AttributeError, UnicodeError),
)


_DECLARATION = re.compile(rb"(?:\xef\xbb\xbf)?[\t\n\r ]*<\?xml[^>]*\?>")
"""How a part begins. What it says of the encoding is often wrong, and its first bytes are right."""


def read(content: bytes) -> list[Sheet]:
    """The worksheets of a workbook, in its order; hidden ones, too.

    Raises:
        NotReadError: it is none, or more than anybody fills in.
    """
    _refuse_others(content)
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            return _Book(package).sheets()
    except NotReadError:
        raise
    except _BROKEN as error:
        # A broken archive fails in as many ways as it has parts.
        raise NotReadError(SAYS["none"]) from error


def _refuse_others(content: bytes) -> None:
    """Name what is no workbook, or one of another format."""
    if not content:
        raise NotReadError(SAYS["empty"])
    if content.startswith(b"\xd0\xcf\x11\xe0"):
        raise NotReadError(SAYS["locked" if "EncryptedPackage".encode("utf-16-le") in content else "xls"])
    if not content.startswith(b"PK"):
        try:
            content.decode("utf-16" if content[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8")
        except UnicodeDecodeError:
            raise NotReadError(SAYS["none"]) from None
        raise NotReadError(SAYS["text"])


class _Book:
    """A workbook's package while it is read."""

    def __init__(self, package: zipfile.ZipFile) -> None:
        self.package = package
        self.names = {_name(each): each for each in package.namelist()}
        self.left = MAX_UNPACKED
        self.cells = MAX_VALUES

    def sheets(self) -> list[Sheet]:
        """Every worksheet."""
        if "mimetype" in self.names and b"opendocument" in self.package.read("mimetype")[:100]:
            raise NotReadError(SAYS["ods"])
        book = next(
            (each for kind, each in self.related("").values() if kind == "officeDocument"), "xl/workbook.xml"
        )
        if book.endswith(".bin"):
            raise NotReadError(SAYS["xlsb"])
        related = self.related(book)
        by_kind = dict(reversed(related.values()))
        listed: list[tuple[str, str]] = []
        since_1904 = False

        def start(tag: str, given: Attributes) -> None:
            nonlocal since_1904
            if tag == "sheet":
                listed.append((given.get("name", ""), given.get("id", "")))
            if tag == "workbookPr":
                since_1904 = given.get("date1904") in ("1", "true", "on")

        self.parse(book, start)
        texts = self.texts(by_kind.get("sharedStrings", ""))
        codes = self.codes(by_kind.get("styles", ""))
        found = []
        for name, id in listed:
            kind, part = related.get(id, ("", ""))
            if kind == "worksheet":
                found.append(self.sheet(Sheet(name), part, (texts, codes, since_1904)))
        return found

    def parse(self, part: str, start: _Start, end: _End | None = None) -> bool:
        """Read a part: `start` gets tags and attributes without prefixes, `end` tags with their own text."""
        if part not in self.names:
            return False
        info = self.package.getinfo(self.names[part])
        if info.flag_bits & 1:
            raise NotReadError(SAYS["locked"])
        if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise NotReadError(SAYS["none"])
        with self.package.open(info) as file:
            content = file.read(self.left + 1)
        self.left -= len(content)
        if self.left < 0:
            raise NotReadError(SAYS["unpacked"])
        if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
            content = content.decode("utf-16").encode()
        parser = expat.ParserCreate("utf-8", " ")
        parser.buffer_text = True
        texts: list[list[str]] = []
        elements = 0

        def on_start(tag: str, attributes: Attributes) -> None:
            nonlocal elements
            elements += 1
            if elements > MAX_ELEMENTS:
                raise NotReadError(SAYS["many"])
            if len(texts) > 100:
                raise NotReadError(SAYS["none"])
            texts.append([])
            start(
                _local(tag),
                {_local(name): value for name, value in attributes.items()},
            )

        def on_end(tag: str) -> None:
            text = "".join(texts.pop())
            if end:
                end(_local(tag), text)

        def on_text(text: str) -> None:
            texts[-1].append(text)

        def on_doctype(*_: object) -> None:
            raise NotReadError(SAYS["none"])

        parser.StartElementHandler = on_start
        parser.EndElementHandler = on_end
        parser.CharacterDataHandler = on_text
        parser.StartDoctypeDeclHandler = on_doctype
        declared = len(found[0].decode().encode()) if (found := _DECLARATION.match(content)) else 0
        parser.Parse(memoryview(content)[declared:], True)
        return True

    def related(self, part: str) -> dict[str, tuple[str, str]]:
        """What a part refers to: kind and part by id."""
        folder, _, file = part.rpartition("/")
        found: dict[str, tuple[str, str]] = {}

        def start(tag: str, given: Attributes) -> None:
            if tag == "Relationship" and given.get("TargetMode") != "External":
                target = given.get("Target", "").replace("\\", "/")
                path = target if target.startswith("/") else f"{folder}/{target}"
                kind = given.get("Type", "").rpartition("/")[2]
                found[given.get("Id", "")] = (kind, _name(posixpath.normpath(path)))

        self.parse(_name(f"{folder}/_rels/{file}.rels"), start)
        return found

    def texts(self, part: str) -> list[str]:
        """The texts that cells share."""
        found: list[str] = []
        pieces: list[str] = []
        furigana = False

        def start(tag: str, _: Attributes) -> None:
            nonlocal furigana
            furigana = furigana or tag == "rPh"

        def end(tag: str, text: str) -> None:
            nonlocal furigana
            if tag == "t" and not furigana:
                pieces.append(text)
            if tag == "rPh":
                furigana = False
            if tag == "si":
                found.append(decoded("".join(pieces)))
                pieces.clear()
                if len(found) > MAX_VALUES:
                    raise NotReadError(SAYS["many"])

        self.parse(part, start, end)
        return found

    def codes(self, part: str) -> list[str]:
        """The number format of each style of cells."""
        own: dict[str, str] = {}
        found: list[str] = []
        inside = False

        def start(tag: str, given: Attributes) -> None:
            nonlocal inside
            if tag == "numFmt":
                own[given.get("numFmtId", "")] = given.get("formatCode", "")
            if tag == "cellXfs":
                inside = True
            if tag == "xf" and inside:
                id = given.get("numFmtId", "")
                found.append(own.get(id) or FORMATS.get(id, ""))

        def end(tag: str, _: str) -> None:
            nonlocal inside
            inside = inside and tag != "cellXfs"

        self.parse(part, start, end)
        return found

    def sheet(self, sheet: Sheet, part: str, shared: tuple[list[str], list[str], bool]) -> Sheet:
        """Fill a worksheet from its part."""
        reading = Reading(sheet, shared)

        def end(tag: str, text: str) -> None:
            reading.end(tag, text)
            if reading.count > self.cells:
                raise NotReadError(SAYS["many"])

        self.parse(part, reading.start, end)
        self.cells -= reading.count
        for kind, name in self.related(part).values():
            if kind == "comments":
                self.remarks(sheet, name)
        sheet.rows = dict(sorted(sheet.rows.items()))
        return sheet

    def remarks(self, sheet: Sheet, part: str) -> None:
        """Add what was remarked on cells."""
        place = ""
        pieces: list[str] = []

        def start(tag: str, given: Attributes) -> None:
            nonlocal place
            if tag == "comment":
                place = given.get("ref", "")

        def end(tag: str, text: str) -> None:
            if tag == "t":
                pieces.append(text)
            if tag == "comment":
                row, column = position(place)
                said = trimmed(decoded("".join(pieces)))
                pieces.clear()
                if said:
                    sheet.remarks.append((row, column, said))

        self.parse(part, start, end)


def _local(name: str) -> str:
    """A name without its namespace, which the parser puts before it."""
    return name.rpartition(" ")[2]


def _name(path: str) -> str:
    """A part's name as it is compared."""
    return path.replace("\\", "/").lstrip("/").lower()
