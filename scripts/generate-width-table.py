#!/usr/bin/env python3
"""Writes Sources/Rendering/WidthTable.swift: how many terminal cells each code point takes.

    scripts/generate-width-table.py           rewrites the file
    scripts/generate-width-table.py --check   status 0: fresh; 1: stale; 3: this Python has another
                                              Unicode version, only the generator was compared

The data is Python's own copy of the Unicode Character Database, so the Unicode version is that of
the Python that runs this. The wide characters of Unicode 15.0 and 15.1 are added by hand below:
Debian 12 has Unicode 14.
"""

import sys
import unicodedata
from hashlib import sha256
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TARGET = ROOT / "Sources" / "Rendering" / "WidthTable.swift"

NARROW, WIDE, AMBIGUOUS, COMBINING, HIDDEN = range(5)

# Ideographs of extensions H and I, and the emoji of Unicode 15.0.
WIDE_SINCE_14 = [
    (0x31350, 0x323AF), (0x2EBF0, 0x2EE5D), (0x1F6DC, 0x1F6DC), (0x1FA75, 0x1FA77),
    (0x1FA87, 0x1FA88), (0x1FAAD, 0x1FAAF), (0x1FABB, 0x1FABD), (0x1FABF, 0x1FABF),
    (0x1FACE, 0x1FACF), (0x1FADA, 0x1FADB), (0x1FAE8, 0x1FAE8), (0x1FAF7, 0x1FAF8),
]

# Default_Ignorable_Code_Point that is neither Cf nor unassigned: drawn as nothing.
IGNORABLE = [
    (0x034F, 0x034F), (0x115F, 0x1160), (0x17B4, 0x17B5), (0x180B, 0x180F), (0x3164, 0x3164),
    (0xFE00, 0xFE0F), (0xFFA0, 0xFFA0), (0xE0100, 0xE01EF),
]

# Grapheme_Cluster_Break=Prepend that is not Cf: such a letter would swallow the blank or the table
# line after a cell, so it is never drawn as itself.
PREPENDED = [
    (0x0D4E, 0x0D4E), (0x111C2, 0x111C3), (0x1193F, 0x1193F), (0x11941, 0x11941),
    (0x11A3A, 0x11A3A), (0x11A84, 0x11A89), (0x11D46, 0x11D46), (0x11F02, 0x11F02),
]

# Spacing marks that begin a cluster of their own (UAX #29, the exceptions to SpacingMark).
SPACED_MARKS = [
    (0x102B, 0x102C), (0x1038, 0x1038), (0x1062, 0x1064), (0x1067, 0x106D), (0x1083, 0x1083),
    (0x1087, 0x108C), (0x108F, 0x108F), (0x109A, 0x109C), (0x1A61, 0x1A61), (0x1A63, 0x1A64),
    (0xAA7B, 0xAA7B), (0xAA7D, 0xAA7D), (0x11720, 0x11721),
]

# Vowels and finals of Hangul syllables: they stand on the letter before them.
JAMO = [(0x1160, 0x11FF), (0xD7B0, 0xD7C6), (0xD7CB, 0xD7FB)]


def within(code, ranges):
    return any(low <= code <= high for low, high in ranges)


def width_class(code):
    if within(code, WIDE_SINCE_14):
        return WIDE
    character = chr(code)
    category = unicodedata.category(character)
    if category in ("Cc", "Cf", "Cn", "Cs", "Zl", "Zp"):
        return HIDDEN
    if within(code, IGNORABLE) or within(code, PREPENDED):
        return HIDDEN
    if category in ("Mn", "Me") or within(code, JAMO):
        return COMBINING
    if category == "Mc" and not within(code, SPACED_MARKS):
        return COMBINING
    east_asian = unicodedata.east_asian_width(character)
    if east_asian in "WF":
        return WIDE
    return AMBIGUOUS if east_asian == "A" else NARROW


def table():
    entries, last = [], None
    for code in range(0x110000):
        current = width_class(code)
        if current != last:
            entries.append(code * 8 + current)
            last = current
    return entries


def swift_text():
    entries = table()
    digest = sha256(Path(__file__).read_bytes()).hexdigest()[:16]
    lines = [
        "// WidthTable.swift: for a code point, its class of display width (generated).",
        "//",
        f"// Unicode {unicodedata.unidata_version}; generator {digest}.",
        "// Renewed by scripts/generate-width-table.py; do not edit.",
        "",
        "enum WidthTable {",
        "  /// Ascending: the first code point of a run times 8, plus the class of the run.",
        "  static let runs: [UInt32] = [",
    ]
    line = "   "
    for entry in entries:
        word = f" 0x{entry:X},"
        if len(line) + len(word) > 98:
            lines.append(line)
            line = "   "
        line += word
    lines += [line, "  ]", "}", ""]
    return "\n".join(lines)


def check():
    present = TARGET.read_text(encoding="utf-8")
    expected = swift_text()
    if present == expected:
        return 0
    present_origin, expected_origin = (
        next(line for line in text.splitlines() if line.startswith("// Unicode "))
        for text in (present, expected)
    )
    is_same_generator = present_origin.split()[-1] == expected_origin.split()[-1]
    is_same_version = present_origin == expected_origin
    return 3 if is_same_generator and not is_same_version else 1


if __name__ == "__main__":
    if sys.argv[1:] == ["--check"]:
        sys.exit(check())
    elif not sys.argv[1:]:
        TARGET.write_text(swift_text(), encoding="utf-8")
    else:
        sys.exit("usage: generate-width-table.py [--check]")
