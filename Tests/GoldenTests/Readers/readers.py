"""Reads the files of one answer, each with a reader that knows nothing of the program.

    readers.py FOLDER

Arrives: a folder with `table.json`, which is the measure, and one file of the same answer for every
other form. Leaves: a line for each file that does not give exactly that table; then exit status 1.
"""

import csv
import html
import json
import re
import subprocess
import sys
import unicodedata
import xml.etree.ElementTree as tree
from decimal import ROUND_HALF_UP, Decimal

import html5lib
import openpyxl

folder = sys.argv[1]


def path(name):
    return folder + "/" + name


def text(name, encoding="utf-8"):
    with open(path(name), encoding=encoding, newline="") as file:
        return file.read()


answer = json.loads(text("table.json"), parse_float=Decimal)
kinds = [column["kind"] for column in answer["columns"]]
numeric = [kind not in ("dimension", "text") for kind in kinds]
header = [column["label"] for column in answer["columns"]]
totals = [answer["totals"]] if answer["totals"] else []
raw = answer["rows"] + totals


def rounded(number):
    return number.quantize(Decimal("0.01"), ROUND_HALF_UP)


def printed(value, kind):
    """What a table prints, worked out anew from the raw value."""
    if value is None:
        return "-"
    if kind == "count":
        return f"{value:,}"
    if kind == "ratio":
        return f"{rounded(Decimal(value) * 100):,}%"
    if kind == "score":
        return str(rounded(Decimal(value)))
    return None


def check_shown():
    for row, cells in zip(answer["rows"], answer["shown"]):
        for value, cell, kind in zip(row, cells, kinds):
            assert printed(value, kind) in (None, cell), (value, cell)


# A total that has no meaning is left empty, where an undefined figure is "-".
shown = answer["shown"] + [
    ["" if value is None else printed(value, kind) or value for value, kind in zip(row, kinds)]
    for row in totals
]

readers = {}


def reads(name, wanted):
    def register(function):
        readers[name] = (function, wanted)
        return function

    return register


# Forms for programs: raw values.


def separated(lines):
    """The first line as it stands; below it the numbers as numbers."""
    first, *rest = lines
    return [first] + [
        [(Decimal(cell) if cell else None) if number else cell for cell, number in zip(line, numeric)]
        for line in rest
    ]


def unprotected(lines):
    """A text that a spreadsheet would take for a formula has an apostrophe before it."""
    return [
        [re.sub(r"^'(?=[=+@\t\r\0-])", "", cell) if isinstance(cell, str) else cell for cell in line]
        for line in lines
    ]


@reads("table.csv", [header] + raw)
def comma():
    return unprotected(separated(list(csv.reader(text("table.csv").splitlines(True), strict=True))))


@reads("raw.csv", [header] + raw)
def unchanged():
    return separated(list(csv.reader(text("raw.csv").splitlines(True), strict=True)))


@reads("bom.csv", [header] + raw)
def marked():
    content = text("bom.csv", "utf-8-sig")
    assert content.count("\n") == content.count("\r\n")
    return unprotected(separated(list(csv.reader(content.splitlines(True), strict=True))))


@reads("gb18030.csv", [header] + raw)
def chinese():
    lines = text("gb18030.csv", "gb18030").splitlines(True)
    return unprotected(separated(list(csv.reader(lines, strict=True))))


@reads("table.tsv", [header] + raw)
def tabs():
    signs = {"\\t": "\t", "\\n": "\n", "\\r": "\r", "\\\\": "\\"}
    lines = [line.split("\t") for line in text("table.tsv").split("\n")[:-1]]
    return unprotected(
        separated([[re.sub(r"\\.", lambda sign: signs[sign[0]], cell) for cell in line] for line in lines])
    )


@reads("table.jsonl", raw)
def json_lines():
    lines = [json.loads(line, parse_float=Decimal) for line in text("table.jsonl").split("\n")[:-1]]
    assert all(list(line) == list(lines[0]) for line in lines)
    return [list(line.values()) for line in lines]


@reads("list", [[row[0]] for row in answer["rows"]])
def listed():
    return [[line] for line in text("list").split("\n")[:-1]]


# Forms for people: the figures as printed.


@reads("table.md", [header] + shown)
def markdown():
    lines = [line for line in text("table.md").split("\n") if line.startswith("|")]

    def plain(sign):
        return "\n" if sign[0] == "<br>" else html.unescape(sign[0]) if sign[0][0] == "&" else sign[0][1]

    rows = [re.split(r"(?<!\\)(?:\\\\)*\|", line)[1:-1] for line in lines]
    assert [cell.strip().endswith(":") for cell in rows[1]] == numeric
    del rows[1]
    return [[re.sub(r"\\.|&\w+;|<br>", plain, cell.strip()) for cell in row] for row in rows]


def page(name):
    """A parser that takes no fault of markup in silence."""
    parser = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False)
    content = text(name)
    read = parser.parse if content.startswith("<!DOCTYPE") else parser.parseFragment
    return [["".join(cell.itertext()) for cell in row] for row in read(content).iter("tr")]


@reads("table.html", [header] + shown)
def web():
    return page("table.html")


@reads("drawn.html", [header] + shown)
def web_with_drawing():
    return page("drawn.html")


@reads("table.tex", [header] + shown)
def latex():
    inside = re.search(r"\\begin\{tabular\}\{([lr]+)\}\n(.*)\\end\{tabular\}", text("table.tex"), re.S)
    assert [letter == "r" for letter in inside[1]] == numeric
    signs = {r"\textbackslash{}": "\\", r"\textasciitilde{}": "~", r"\textasciicircum{}": "^"}
    signs.update({"\\" + sign: sign for sign in "&%$#_{}"})
    signs.update({"{[}": "[", "{]}": "]"})
    token = re.compile("|".join(re.escape(sign) for sign in signs) + r"|[^\\{}&%$#_~^]| & ")
    rows = []
    for line in inside[2].split("\n")[:-1]:
        if line in (r"\toprule", r"\midrule", r"\bottomrule"):
            continue
        assert line.endswith(r" \\"), line
        cells, place, line = [""], 0, line[:-3]
        while place < len(line):
            part = token.match(line, place)
            assert part, line
            place = part.end()
            if part[0] == " ":
                if line.startswith("& ", place):
                    place += 2
                    cells.append("")
                    continue
            cells[-1] += signs.get(part[0], part[0])
        rows.append(cells)
    return rows


def cells_of(line):
    """The line with one entry a cell of a terminal; the second cell of a hanzi is empty."""
    found = []
    for character in line:
        if unicodedata.combining(character) or unicodedata.category(character) in ("Mn", "Me", "Cf"):
            found[-1] += character
        else:
            found.append(character)
            if unicodedata.east_asian_width(character) in "WF":
                found.append("")
    return found


def ruled(name):
    """A table whose columns stand between the joints of its rules."""
    lines = text(name).split("\n")
    top = next(line for line in lines if re.match(r"[┌+]", line))
    joints = [place for place, sign in enumerate(cells_of(top)) if sign in "┌┬┐+"]
    rows = []
    for line in lines[lines.index(top) :]:
        if line[:1] in ("│", "|"):
            cells = cells_of(line)
            assert all(cells[joint] == line[0] for joint in joints) and len(cells) == joints[-1] + 1
            rows.append(["".join(cells[a + 1 : b]).strip() for a, b in zip(joints, joints[1:])])
    return rows


@reads("table.txt", [header] + shown)
def table():
    return ruled("table.txt")


@reads("box", [header] + shown)
def box():
    return ruled("box")


@reads("plain", [header] + shown)
def plain():
    """Columns stand apart where two blanks go through all lines."""
    lines = text("plain").split("\n")[: 1 + len(shown)]
    assert all(line == line.rstrip() for line in lines)
    cells = [cells_of(line) for line in lines]
    width = max(map(len, cells))
    cells = [line + [" "] * (width - len(line)) for line in cells]
    blank = "".join(" " if all(line[place] == " " for line in cells) else "x" for place in range(width))
    gaps = [match.span() for match in re.finditer("  +", blank)]
    starts = [0] + [end for _, end in gaps]
    ends = [start for start, _ in gaps] + [width]
    return [["".join(line[a:b]).strip() for a, b in zip(starts, ends)] for line in cells]


@reads("vertical", shown)
def vertical():
    rows = []
    for line in text("vertical").split("\n"):
        if re.fullmatch(r"\*\*\* .* \*\*\*", line):
            rows.append([])
        elif rows and len(rows[-1]) < len(header):
            label, value = line.split(": ", 1) if not line.endswith(":") else (line[:-1], "")
            assert label.strip() == header[len(rows[-1])]
            rows[-1].append(value)
    return rows


# Drawings: label and value of each bar, whose length follows the value.

single = kinds == ["dimension", "count"] and all(row[-1] >= 0 for row in answer["rows"])
bars = [[row[0], row[-1]] for row in shown]


@reads("chart", bars if single else None)
def chart():
    lines = text("chart").split("\n")[: len(shown)]
    room = max(len(cells_of(row[0])) for row in answer["shown"])
    greatest = max(row[-1] for row in answer["rows"])
    found = []
    for line, row in zip(lines, raw):
        cells = cells_of(line)
        if totals and row is totals[0]:
            found.append([row[0], line[len(row[0]) :].strip()])
            continue
        label, rest = "".join(cells[:room]).strip(), "".join(cells[room + 2 :])
        bar, value = re.fullmatch(r"([█▏▎▍▌▋▊▉]*) *(\S+)(?:  +\S+%)?", rest).groups()
        eighths = 8 * bar.count("█") + sum(" ▏▎▍▌▋▊▉".index(sign) for sign in bar if sign != "█")
        assert eighths == (max(1, row[-1] * 28 * 8 // greatest) if row[-1] else 0), line
        found.append([label, value])
    return found


@reads("drawn.svg", bars if single else None)
def drawing():
    subprocess.run(["xmllint", "--noout", "--nonet", path("drawn.svg")], check=True)
    space = "{http://www.w3.org/2000/svg}"
    root = tree.parse(path("drawn.svg")).getroot()
    assert {node.tag for node in root.iter()} <= {
        space + name for name in ("svg", "title", "g", "text", "rect", "line", "defs", "pattern", "path")
    }
    lines = {}
    for node in root.iter(space + "text"):
        lines.setdefault(float(node.get("y")), []).append(node.text)
    lengths = {float(node.get("y")): float(node.get("width")) for node in root.iter(space + "rect")}
    greatest = max(row[-1] for row in answer["rows"])
    for (_, value), place in zip(answer["rows"], sorted(lines)):
        # The baseline of the text lies 12 pixels below the top of its bar.
        assert abs(lengths.get(place - 12, 0) - 320 * value / greatest) < 0.1, (place, value)
    return [lines[place][:2] for place in sorted(lines)]


# The workbook: typed cells, patterns, header and remarks.


@reads("table.xlsx", [header] + raw)
def workbook():
    sheet = openpyxl.load_workbook(path("table.xlsx")).worksheets[0]
    assert sheet.freeze_panes == "A2"
    patterns = {"count": "#,##0", "ratio": "0.00%", "score": "0.00"}
    rows = list(sheet.iter_rows())
    for row in rows[1 : 1 + len(raw)]:
        for cell, kind, number in zip(row, kinds, numeric):
            assert cell.data_type == ("n" if number else "s"), cell
            assert cell.value is None or cell.number_format == patterns.get(kind, cell.number_format)
    below = [row[0].value for row in rows[2 + len(raw) :]]
    assert any(answer["basis"] in line for line in below), below

    def value(cell, kind):
        if kind not in ("ratio", "score") or cell.value is None:
            return cell.value
        # A double keeps 15 digits or more.
        return float(cell.value)

    return [[cell.value for cell in rows[0]]] + [
        [value(cell, kind) for cell, kind in zip(row, kinds)] for row in rows[1 : 1 + len(raw)]
    ]


def near(found, wanted):
    if isinstance(wanted, Decimal):
        return found is not None and abs(Decimal(found) - wanted) < Decimal("1e-14")
    if isinstance(wanted, list):
        return isinstance(found, list) and len(found) == len(wanted) and all(map(near, found, wanted))
    return found == wanted


check_shown()
faults = 0
for name, (read, wanted) in readers.items():
    if wanted is None:
        continue
    try:
        found = read()
        for number, line in enumerate(wanted):
            got = found[number] if number < len(found) else "nothing"
            assert near(got, line), f"line {number}: {got} instead of {line}"
        assert len(found) == len(wanted), f"{len(found)} lines instead of {len(wanted)}"
    except (AssertionError, KeyError, TypeError, ValueError, subprocess.CalledProcessError) as fault:
        faults += 1
        print(f"{name}: {fault!r}")
print(f"{sum(wanted is not None for _, wanted in readers.values())} files read")
sys.exit(1 if faults else 0)
