"""Writes small .xlsx files with the standard library: what the tests and the corpus of files to
load are made with.

A cell is None, a text, a number, a bool, or a Cell that says how it is stored.
"""

import zipfile
from dataclasses import dataclass
from xml.sax.saxutils import escape, quoteattr

CONTENT = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/></Types>'
)
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


@dataclass(frozen=True)
class Cell:
    """`value` as it stands in the file; `kind` is the type attribute; `format` a number format."""

    value: object = None
    kind: str = ""
    format: str = ""
    formula: str = ""
    rich: bool = False


def letters(column):
    text = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        text = chr(65 + rest) + text
    return text


class Workbook:
    """Sheets in the order they are added."""

    def __init__(self, shared=True, date1904=False, prefix="", references=True):
        self.sheets = []
        self.strings = {}
        self.formats = {}
        self.shared = shared
        self.date1904 = date1904
        self.prefix = prefix
        self.references = references
        self.extra = {}

    def add(self, name, rows, merges=(), state="visible", first_row=1, hidden_rows=()):
        self.sheets.append((name, rows, merges, state, first_row, set(hidden_rows)))
        return self

    def _text(self, text):
        return f'<t xml:space="preserve">{escape(text)}</t>'

    def _cell(self, cell, reference):
        place = f' r="{reference}"' if self.references else ""
        if not isinstance(cell, Cell):
            cell = Cell(cell)
        style = ""
        if cell.format:
            style = f' s="{self.formats.setdefault(cell.format, len(self.formats) + 1)}"'
        formula = f"<f>{escape(cell.formula)}</f>" if cell.formula else ""
        value, kind = cell.value, cell.kind
        if value is None and not formula:
            return f"<c{place}{style}/>" if style else ""
        if isinstance(value, bool):
            return f'<c{place}{style} t="b">{formula}<v>{int(value)}</v></c>'
        if isinstance(value, str) and not kind:
            if formula:
                return f'<c{place}{style} t="str">{formula}<v>{escape(value)}</v></c>'
            if self.shared:
                index = self.strings.setdefault((value, cell.rich), len(self.strings))
                return f'<c{place}{style} t="s"><v>{index}</v></c>'
            return f'<c{place}{style} t="inlineStr"><is>{self._text(value)}</is></c>'
        stored = "" if value is None else f"<v>{escape(str(value))}</v>"
        kind = f' t="{kind}"' if kind else ""
        return f"<c{place}{style}{kind}>{formula}{stored}</c>"

    def _sheet(self, rows, merges, first_row, hidden):
        body = []
        for index, row in enumerate(rows):
            if row is None:
                continue
            number = first_row + index
            cells = "".join(
                self._cell(cell, f"{letters(column)}{number}") for column, cell in enumerate(row)
                if cell is not None
            )
            place = f' r="{number}"' if self.references else ""
            mark = ' hidden="1"' if index in hidden else ""
            body.append(f"<row{place}{mark}>{cells}</row>")
        merged = ""
        if merges:
            parts = "".join(f'<mergeCell ref="{merge}"/>' for merge in merges)
            merged = f'<mergeCells count="{len(merges)}">{parts}</mergeCells>'
        return f'<worksheet xmlns="{MAIN}"><sheetData>{"".join(body)}</sheetData>{merged}</worksheet>'

    def _shared(self):
        items = []
        for text, is_rich in self.strings:
            if is_rich:
                middle = len(text) // 2
                runs = "".join(
                    f"<r><rPr><b/></rPr>{self._text(part)}</r>" for part in (text[:middle], text[middle:])
                )
                items.append(f'<si>{runs}<rPh sb="0" eb="1"><t>pinyin</t></rPh></si>')
            else:
                items.append(f"<si>{self._text(text)}</si>")
        return f'<sst xmlns="{MAIN}">{"".join(items)}</sst>'

    def _styles(self):
        formats = "".join(
            f'<numFmt numFmtId="{163 + index}" formatCode={quoteattr(text)}/>'
            for text, index in self.formats.items()
        )
        styles = "".join(f'<xf numFmtId="{163 + index}"/>' for index in self.formats.values())
        return (
            f'<styleSheet xmlns="{MAIN}"><numFmts>{formats}</numFmts>'
            f'<cellStyleXfs><xf numFmtId="9"/></cellStyleXfs>'
            f'<cellXfs><xf numFmtId="0"/>{styles}</cellXfs></styleSheet>'
        )

    def parts(self):
        """Every part of the archive by its name."""
        sheets = [
            (f"xl/worksheets/sheet{index + 1}.xml", self._sheet(rows, merges, first, hidden))
            for index, (_, rows, merges, _, first, hidden) in enumerate(self.sheets)
        ]
        entries = "".join(
            f'<sheet name={quoteattr(name)} sheetId="{index + 1}" r:id="rId{index + 1}"'
            + (f' state="{state}"' if state != "visible" else "") + "/>"
            for index, (name, _, _, state, _, _) in enumerate(self.sheets)
        )
        links = "".join(
            f'<Relationship Id="rId{index + 1}" Type="{OFFICE}/worksheet" '
            f'Target="worksheets/sheet{index + 1}.xml"/>'
            for index in range(len(self.sheets))
        )
        links += f'<Relationship Id="rId900" Type="{OFFICE}/styles" Target="styles.xml"/>'
        if self.strings:
            links += (
                f'<Relationship Id="rId901" Type="{OFFICE}/sharedStrings" Target="sharedStrings.xml"/>'
            )
        flag = ' date1904="1"' if self.date1904 else ""
        parts = {
            "[Content_Types].xml": CONTENT,
            "_rels/.rels": f'<Relationships xmlns="{PACKAGE}"><Relationship Id="rId1" '
            f'Type="{OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
            "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><workbookPr{flag}/>'
            f"<sheets>{entries}</sheets></workbook>",
            "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{PACKAGE}">{links}</Relationships>',
            "xl/styles.xml": self._styles(),
        }
        parts.update(sheets)
        if self.strings:
            parts["xl/sharedStrings.xml"] = self._shared()
        if self.prefix:
            parts = {name: self._prefixed(name, text) for name, text in parts.items()}
        parts.update(self.extra)
        return parts

    def _prefixed(self, name, text):
        """The same part with every element of the main namespace under a prefix."""
        if not name.startswith("xl/") or name.endswith(".rels"):
            return text
        text = text.replace(f'xmlns="{MAIN}"', f'xmlns:{self.prefix}="{MAIN}"')
        out, index = [], 0
        while index < len(text):
            if text[index] == "<" and text[index + 1] not in "?!":
                step = 2 if text[index + 1] == "/" else 1
                out.append(text[index : index + step] + self.prefix + ":")
                index += step
            else:
                out.append(text[index])
                index += 1
        return "".join(out)

    def save(self, path):
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, text in self.parts().items():
                # A fixed date: the same book is the same bytes.
                info = zipfile.ZipInfo(name, date_time=(2024, 1, 1, 0, 0, 0))
                info.compress_type = zipfile.ZIP_DEFLATED
                archive.writestr(info, text)
