#!/usr/bin/env python3
"""Draws grammar/tongbao.ebnf as railroad diagrams and writes the editor grammar.

    grammar/render.py           writes diagrams/*.svg, diagrams/README.md, tongbao.tmLanguage.json
    grammar/render.py --check   writes nothing; ends with 1 and the names of the files that are stale

The keywords' Chinese spellings are read from Sources/Syntax/Keyword.swift, so that a word added there
is coloured without a change here. No package beside Python's own is needed.
"""
import json
import pathlib
import re
import sys
from xml.sax.saxutils import escape

HERE = pathlib.Path(__file__).resolve().parent
EBNF = HERE / "tongbao.ebnf"
KEYWORDS = HERE.parent / "Sources" / "Syntax" / "Keyword.swift"

# Sheets of the diagrams: the first rule of each and its heading, in English and Chinese.
SHEETS = [
    ("script", "statements", "Statements and questions", "语句与查询"),
    ("expr", "expressions", "Expressions", "算式"),
    ("cond", "conditions", "Conditions and periods", "条件与时期"),
    ("dimList", "names", "Names", "名称"),
    ("then", "session", "Statements of a session", "会话语句"),
    ("define", "definitions", "Definitions", "定义"),
]


# ---- reading ---------------------------------------------------------------------------------

def words_of(text):
    text = re.sub(r"\(\*.*?\*\)", " ", text, flags=re.S)
    return re.findall(r'"[^"]*"|[()\[\]{}|=;]|[A-Za-z]+', text)


def parse_rules(words):
    """Rule name to expression; an expression is a tuple whose first part says what it is."""
    rules, at = {}, 0

    def choice():
        parts = [sequence()]
        while words[at] == "|":
            step()
            parts.append(sequence())
        return parts[0] if len(parts) == 1 else ("choice", parts)

    def sequence():
        parts = []
        while words[at] not in ")]}|;":
            word = step()
            if word in "([{":
                inner = choice()
                step()
                parts.append(inner if word == "(" else ("maybe" if word == "[" else "many", inner))
            elif word[0] == '"':
                parts.append(("word", word[1:-1]))
            else:
                parts.append(("token" if word.isupper() else "rule", word))
        return parts[0] if len(parts) == 1 else ("seq", parts)

    def step():
        nonlocal at
        at += 1
        return words[at - 1]

    while at < len(words):
        name = step()
        if step() != "=":
            sys.exit(f"{EBNF.name}: expected = after {name}")
        rules[name] = choice()
        step()
    return rules


def chinese_of_keywords():
    """English spelling to its Chinese ones, and the reserved words."""
    source = KEYWORDS.read_text(encoding="utf-8")
    spelled, reserved = {}, set()
    for line in re.findall(r"KeywordSpelling\((.*?)\),?\n", source):
        english = re.match(r'"([^"]+)"', line).group(1)
        spelled[english] = [word for word in re.findall(r'"([^"]+)"', line)[1:]]
        if "isReserved: true" in line:
            reserved.add(english)
    return spelled, reserved


# ---- drawing ---------------------------------------------------------------------------------
# A drawing has a width, how far it reaches above and below its line, and a function that draws it
# with the line entering at (x, y) and leaving at (x + width, y).

HEIGHT, GAP, RADIUS, ROW = 28, 12, 9, 10
WIDEST = 980


class Drawing:
    def __init__(self, width, up, down, draw):
        self.width, self.up, self.down, self.draw = width, up, down, draw


def cells(text):
    return sum(2 if ord(mark) > 0x2E80 else 1 for mark in text)


def box(text, kind):
    width = cells(text) * 7.6 + 22

    def draw(out, x, y):
        if kind == "rule":
            out.append(f'<a href="#{text}"><rect class="rule" x="{x:.1f}" y="{y - HEIGHT / 2}" '
                       f'width="{width:.1f}" height="{HEIGHT}"/>')
        else:
            out.append(f'<rect class="{kind}" x="{x:.1f}" y="{y - HEIGHT / 2}" width="{width:.1f}" '
                       f'height="{HEIGHT}" rx="{HEIGHT / 2}"/>')
        out.append(f'<text class="{kind}" x="{x + width / 2:.1f}" y="{y + 4.5}">{escape(text)}</text>')
        if kind == "rule":
            out.append("</a>")

    return Drawing(width, HEIGHT / 2, HEIGHT / 2, draw)


def line(out, x1, y, x2):
    if x2 > x1:
        out.append(f'<path d="M{x1:.1f} {y}H{x2:.1f}"/>')


def series(parts):
    width = sum(part.width for part in parts) + GAP * (len(parts) - 1)

    def draw(out, x, y):
        for index, part in enumerate(parts):
            part.draw(out, x, y)
            x += part.width
            if index + 1 < len(parts):
                line(out, x, y, x + GAP)
                x += GAP

    return Drawing(width, max(p.up for p in parts), max(p.down for p in parts), draw)


def branches(parts):
    """The first branch on the line, the others below it."""
    inner = max(part.width for part in parts)
    width = inner + 4 * RADIUS
    places, down = [0], parts[0].down
    for part in parts[1:]:
        places.append(down + ROW + part.up)
        down = places[-1] + part.down

    def draw(out, x, y):
        left, right = x + 2 * RADIUS, x + width - 2 * RADIUS
        for part, place in zip(parts, places):
            if place == 0:
                line(out, x, y, left)
                line(out, right, y, x + width)
            else:
                bottom = y + place
                out.append(
                    f'<path d="M{x:.1f} {y}q{RADIUS} 0 {RADIUS} {RADIUS}V{bottom - RADIUS}'
                    f'q0 {RADIUS} {RADIUS} {RADIUS}"/>')
                out.append(
                    f'<path d="M{right:.1f} {bottom}q{RADIUS} 0 {RADIUS} -{RADIUS}V{y + RADIUS}'
                    f'q0 -{RADIUS} {RADIUS} -{RADIUS}"/>')
            part.draw(out, left, y + place)
            line(out, left + part.width, y + place, right)

    return Drawing(width, parts[0].up, down, draw)


def skip():
    return Drawing(0, 0, 0, lambda out, x, y: None)


def maybe(inner):
    """Above the line runs the way past it."""
    over = inner.up + ROW
    width = inner.width + 4 * RADIUS

    def draw(out, x, y):
        left, right, top = x + 2 * RADIUS, x + width - 2 * RADIUS, y - over
        line(out, x, y, left)
        inner.draw(out, left, y)
        line(out, left + inner.width, y, x + width)
        out.append(
            f'<path d="M{x:.1f} {y}q{RADIUS} 0 {RADIUS} -{RADIUS}V{top + RADIUS}q0 -{RADIUS} {RADIUS} '
            f'-{RADIUS}H{right:.1f}q{RADIUS} 0 {RADIUS} {RADIUS}V{y - RADIUS}q0 {RADIUS} {RADIUS} '
            f'{RADIUS}"/>')

    return Drawing(width, over, inner.down, draw)


def loop(inner, back):
    """Once and again; what stands on the way back comes between."""
    under = inner.down + ROW + back.up
    span = max(inner.width, back.width)
    width = span + 4 * RADIUS

    def draw(out, x, y):
        left, right, bottom = x + 2 * RADIUS, x + width - 2 * RADIUS, y + under
        line(out, x, y, left)
        inner.draw(out, left, y)
        line(out, left + inner.width, y, x + width)
        start = left + (span - back.width) / 2
        out.append(
            f'<path d="M{right:.1f} {y}q{RADIUS} 0 {RADIUS} {RADIUS}V{bottom - RADIUS}q0 {RADIUS} '
            f'-{RADIUS} {RADIUS}H{start + back.width:.1f}"/>')
        back.draw(out, start, bottom)
        out.append(
            f'<path d="M{start:.1f} {bottom}H{left:.1f}q-{RADIUS} 0 -{RADIUS} -{RADIUS}'
            f'V{y + RADIUS}q0 -{RADIUS} {RADIUS} -{RADIUS}"/>')

    return Drawing(width, inner.up, under + back.down, draw)


def stacked(parts):
    """A series too wide for a sheet, in lines."""
    rows, row, width = [], [], 0
    for part in parts:
        if row and width + part.width > WIDEST - 60:
            rows.append(series(row))
            row, width = [], 0
        row.append(part)
        width += part.width + GAP
    rows.append(series(row))
    if len(rows) == 1:
        return rows[0]
    inner = max(part.width for part in rows)
    whole = inner + 4 * RADIUS
    places, down = [0], rows[0].down
    for part in rows[1:]:
        places.append(down + 2 * ROW + part.up)
        down = places[-1] + part.down

    def draw(out, x, y):
        left = x + 2 * RADIUS
        line(out, x, y, left)
        for index, (part, place) in enumerate(zip(rows, places)):
            part.draw(out, left, y + place)
            end = left + part.width
            if index + 1 == len(rows):
                # Back up to the line that the drawing leaves on.
                right, bottom = x + whole - 2 * RADIUS, y + place
                line(out, end, bottom, right)
                out.append(
                    f'<path d="M{right:.1f} {bottom}q{RADIUS} 0 {RADIUS} -{RADIUS}V{y + RADIUS}'
                    f'q0 -{RADIUS} {RADIUS} -{RADIUS}"/>')
                break
            turn = y + place + part.down + ROW
            next_y = y + places[index + 1]
            out.append(
                f'<path d="M{end:.1f} {y + place}q{RADIUS} 0 {RADIUS} {RADIUS}V{turn - RADIUS}'
                f'q0 {RADIUS} -{RADIUS} {RADIUS}H{left:.1f}q-{RADIUS} 0 -{RADIUS} {RADIUS}'
                f'V{next_y - RADIUS}q0 {RADIUS} {RADIUS} {RADIUS}"/>')

    return Drawing(whole, rows[0].up, down, draw)


def draw(expression, spelled):
    kind, value = expression
    if kind in ("rule", "token"):
        return box(value, kind)
    if kind == "word":
        chinese = spelled.get(value, [])
        return box(value + (" " + "/".join(chinese) if chinese else ""), "word")
    if kind == "maybe":
        return maybe(draw(value, spelled))
    if kind == "many":
        return maybe(loop(draw(value, spelled), skip()))
    if kind == "choice":
        return branches([draw(part, spelled) for part in value])
    return sequence_drawing(value, spelled)


def sequence_drawing(parts, spelled):
    """`a { "," a }` is one loop with the comma on the way back."""
    drawn, index = [], 0
    while index < len(parts):
        part = parts[index]
        following = parts[index + 1] if index + 1 < len(parts) else None
        if following and following[0] == "many" and following[1][0] == "seq" \
                and following[1][1][-1] == part and len(following[1][1]) == 2:
            drawn.append(loop(draw(part, spelled), draw(following[1][1][0], spelled)))
            index += 2
        else:
            drawn.append(draw(part, spelled))
            index += 1
    return stacked(drawn)


STYLE = """
  text { font: 13px "Noto Sans Mono CJK SC", "Sarasa Mono SC", Menlo, Consolas, monospace;
         text-anchor: middle; fill: #1b2733; }
  text.name { font-weight: bold; text-anchor: start; }
  text.head { font-size: 18px; font-weight: bold; text-anchor: start; }
  path { fill: none; stroke: #55626f; stroke-width: 1.5; }
  circle { fill: #55626f; }
  rect { stroke-width: 1.2; }
  rect.word { fill: #e3f0fb; stroke: #2a6fa8; }
  rect.token { fill: #f6efdc; stroke: #9a7420; }
  rect.rule { fill: #ffffff; stroke: #55626f; }
  a:hover rect { fill: #eef1f4; }
  @media (prefers-color-scheme: dark) {
    svg { background: #14191f; } text { fill: #e6ebf0; } path { stroke: #93a1af; }
    circle { fill: #93a1af; } rect.word { fill: #12324c; stroke: #5aa5e0; }
    rect.token { fill: #3b3013; stroke: #d3aa4a; } rect.rule { fill: #1c232b; stroke: #93a1af; }
  }
"""


def sheet(english, chinese, names, rules, spelled):
    out, y, widest = [], 74, 0
    for name in names:
        drawing = draw(rules[name], spelled)
        out.append(f'<g id="{name}"><text class="name" x="16" y="{y}">{name}</text>')
        base = y + 16 + drawing.up
        out.append(f'<circle cx="20" cy="{base}" r="4"/>')
        line(out, 20, base, 40)
        drawing.draw(out, 40, base)
        end = 40 + drawing.width
        line(out, end, base, end + 20)
        out.append(f'<circle cx="{end + 20:.1f}" cy="{base}" r="4"/></g>')
        widest = max(widest, end + 40)
        y = base + drawing.down + 40
    body = "\n".join(out)
    return (f'<svg xmlns="http://www.w3.org/2000/svg" width="{widest:.0f}" height="{y:.0f}" '
            f'viewBox="0 0 {widest:.0f} {y:.0f}">\n<title>{escape(english)} · {chinese}</title>\n'
            f'<style>{STYLE}</style>\n<text class="head" x="16" y="34">{escape(english)} · {chinese}'
            f'</text>\n{body}\n</svg>\n')


def diagrams(rules, spelled):
    names, files, index = list(rules), {}, []
    starts = [names.index(first) for first, *_ in SHEETS] + [len(names)]
    for (first, file, english, chinese), start, end in zip(SHEETS, starts, starts[1:]):
        own = names[start:end]
        files[f"diagrams/{file}.svg"] = sheet(english, chinese, own, rules, spelled)
        index.append(f"## {english} · {chinese}\n\n![{english}]({file}.svg)\n")
    files["diagrams/README.md"] = (
        "# The grammar, drawn · 语法图\n\n"
        "Blue: a keyword with its Chinese words. Yellow: a token of the lexer. White: another rule.\n"
        "蓝：关键词（英文与中文）。黄：词法记号。白：另一条规则。\n\n"
        "Made from `tongbao.ebnf` by `render.py`.\n\n" + "\n".join(index))
    return files


# ---- the editor grammar ----------------------------------------------------------------------

def alternatives(words):
    """Longest first, so that a word is never cut short."""
    return "|".join(re.escape(word) for word in sorted(set(words), key=lambda w: (-len(w), w)))


def editor_grammar(rules, spelled):
    groups = {
        "keyword.control.clause": set(), "storage.type.statement": set(),
        "support.function": set(), "keyword.other": set(),
    }
    of_rules = {}

    def collect(expression, into):
        kind, value = expression
        if kind == "word":
            if re.match(r"[a-z]", value):
                into.add(value)
        elif kind in ("seq", "choice"):
            for part in value:
                collect(part, into)
        elif kind in ("maybe", "many"):
            collect(value, into)

    for name, rule in rules.items():
        collect(rule, of_rules.setdefault(name, set()))
    clauses = {name for name in ("by", "across", "where", "during", "having", "order", "with", "vs",
                                 "assume", "as", "into")} | {"top", "bottom"}
    statements = {"then", "let", "param", "define", "use", "assert", "check", "explain", "drill",
                  "rows", "run", "show", "tongbao"}
    functions = of_rules["windowFn"] | of_rules["aggFn"] | of_rules["scalarFn"] | {"count"}
    for word in sorted(set().union(*of_rules.values())):
        scope = ("keyword.control.clause" if word in clauses else
                 "storage.type.statement" if word in statements else
                 "support.function" if word in functions else "keyword.other")
        groups[scope].add(word)
    keywords = []
    for scope, english in groups.items():
        ascii_words = alternatives(english)
        keywords.append({"name": f"{scope}.tongbao", "match": rf"(?i)(?<![\w.])(?:{ascii_words})(?![\w.])"})
    # Longer Chinese words first, over all groups.
    chinese = {}
    for scope, english in groups.items():
        for word in english:
            for spelling in spelled.get(word, []):
                chinese.setdefault(spelling, scope)
    chinese.update({"环比": "keyword.control.clause", "同比": "keyword.control.clause"})
    for length in sorted({len(word) for word in chinese}, reverse=True):
        for scope in groups:
            own = [word for word, of in chinese.items() if of == scope and len(word) == length]
            if own:
                # A single character is too often a part of a name (按期, 前进镇): it must stand alone.
                match = alternatives(own)
                if length == 1:
                    match = rf"(?<!\w)(?:{match})(?!\w)"
                keywords.append({"name": f"{scope}.tongbao", "match": match})
    string = [{"name": "string.quoted.tongbao", "begin": begin, "end": f"{end}(?!{end})|$"}
              for begin, end in (("'", "'"), ('"', '"'), ("‘", "’"), ("“", "”"), ("「", "」"),
                                 ("『", "』"))]
    period = (r"(?<![\w.])(?:\d{4}(?:[Qq][1-4]|[Hh][12]|-\d{2})(?![\w])|"
              r"\d{4}年(?:第?[一二三四1-4]季度|[上下]半年|(?:1[0-2]|[1-9]|十[一二]?|[一-九])月)?|"
              r"第?[一二三四1-4]季度|(?:1[0-2]|[1-9])月)")
    grammar = {
        "$schema": "https://raw.githubusercontent.com/martinring/tmlanguage/master/tmlanguage.json",
        "name": "tongbao",
        "scopeName": "source.tongbao",
        "fileTypes": ["tb"],
        "patterns": [
            {"name": "comment.line.documentation.tongbao", "match": "(?:##|＃＃).*$"},
            {"name": "comment.line.number-sign.tongbao", "match": "[#＃].*$"},
            *string,
            {"name": "variable.other.bracketed.tongbao", "match": r"[\[【〔［][^\]】〕］]*[\]】〕］]"},
            {"name": "variable.parameter.tongbao", "match": r"[$￥¥＄]\w+"},
            {"name": "entity.name.function.saved.tongbao", "match": r"[@＠][\w.]+"},
            {"name": "constant.other.period.tongbao", "match": period},
            {"name": "constant.numeric.tongbao",
             "match": r"(?<![\w.])[0-9０-９]+(?:[.．。][0-9０-９]+)?[%％]?(?![A-Za-z_])"},
            *keywords,
            {"name": "keyword.operator.tongbao",
             "match": r"\.\.|～|…+|<=|>=|!=|[=<>＝＜＞≠≤≥《》+\-*/＋－＊／×÷−]"},
            {"name": "punctuation.separator.tongbao", "match": "[,;，、；]"},
        ],
    }
    return json.dumps(grammar, ensure_ascii=False, indent=2) + "\n"


def main():
    rules = parse_rules(words_of(EBNF.read_text(encoding="utf-8")))
    spelled, _ = chinese_of_keywords()
    files = diagrams(rules, spelled)
    files["tongbao.tmLanguage.json"] = editor_grammar(rules, spelled)
    stale = [name for name, text in files.items()
             if not (HERE / name).is_file() or (HERE / name).read_text(encoding="utf-8") != text]
    if "--check" in sys.argv[1:]:
        for name in stale:
            print(f"grammar/{name} is stale: run grammar/render.py")
        sys.exit(1 if stale else 0)
    for name in stale:
        path = HERE / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(files[name], encoding="utf-8")
        print(f"grammar/{name}")


if __name__ == "__main__":
    main()
