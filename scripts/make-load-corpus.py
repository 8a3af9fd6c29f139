#!/usr/bin/env python3
"""Makes the corpus of files to load: make-load-corpus.py FOLDER

Writes text files, workbooks and databases as people really have them, and expected.json: for each
file the tables it must become, cell by cell, or the faults it must be refused with. Nothing but the
standard library is used, and the same files come out every time.
"""

import itertools
import json
import os
import sqlite3
import sys
import zipfile

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from workbook import Cell, Workbook  # noqa: E402

folder = sys.argv[1]
os.makedirs(folder, exist_ok=True)
cases = []


def expect(name, tables=None, faults=None, options=(), notes=()):
    """`tables`: (data set, rows as `a|b`); `faults`: (code, line, column, cell), None for any."""
    cases.append(
        {
            "file": name,
            "options": list(options),
            "tables": [{"dataset": dataset, "rows": rows} for dataset, rows in tables or []],
            "faults": [list(fault) for fault in faults or []],
            "notes": list(notes),
        }
    )


def write(name, data):
    with open(os.path.join(folder, name), "wb") as file:
        file.write(data)


def text(name, content, encoding="utf-8", **expected):
    write(name, content.encode(encoding))
    expect(name, **expected)


def book(name, workbook, **expected):
    workbook.save(os.path.join(folder, name))
    expect(name, **expected)


def rows(table, delimiter=",", end="\n"):
    return "".join(delimiter.join(row) + end for row in table)


# --- The same table in every encoding, with every mark and line end ------------------------------

SPENDING = [
    ["乡镇", "项目", "金额"],
    ["城关镇", "道路，桥梁", "12.5"],
    ["城关镇", "水利", "3"],
    ["法门镇", "学校", "7.25"],
]
SPENT = ["城关镇|道路，桥梁|1250e-2", "城关镇|水利|300e-2", "法门镇|学校|725e-2"]

ENCODINGS = {
    "utf8": "utf-8", "bom": "utf-8-sig", "gbk": "gbk", "gb18030": "gb18030",
}
for (label, encoding), (mark, delimiter), (ending, end) in itertools.product(
    ENCODINGS.items(), {"comma": ",", "tab": "\t", "semicolon": ";", "bar": "|"}.items(),
    {"lf": "\n", "crlf": "\r\n"}.items(),
):
    name = f"plain-{label}-{mark}-{ending}.csv"
    stem = name[:-4].replace("-", "_")
    text(name, rows(SPENDING, delimiter, end), encoding, tables=[(stem, SPENT)])
for label, mark, encoding in [("le", b"\xff\xfe", "utf-16-le"), ("be", b"\xfe\xff", "utf-16-be")]:
    for kind, delimiter in [("tab", "\t"), ("comma", ",")]:
        name = f"plain-utf16{label}-{kind}.txt"
        write(name, mark + rows(SPENDING, delimiter, "\r\n").encode(encoding))
        expect(name, tables=[(name[:-4].replace("-", "_"), SPENT)])
write("plain-noend.tsv", rows(SPENDING, "\t").rstrip("\n").encode())
expect("plain-noend.tsv", tables=[("plain_noend", SPENT)])
# The name says nothing: the content decides.
text("plain-named-dat.dat", rows(SPENDING), tables=[("plain_named_dat", SPENT)])
text("plain-named-tsv.tsv", rows(SPENDING), tables=[("plain_named_tsv", SPENT)])

# --- Numbers and dates as they are written -------------------------------------------------------


def column(name, cells, wanted, kind="数值", **more):
    """One table of a name and one other column."""
    table = [["名称", kind]] + [[f"项{chr(65 + index)}", cell] for index, cell in enumerate(cells)]
    stem = name[:-4].replace("-", "_")
    expected = more or {
        "tables": [(stem, [f"项{chr(65 + index)}|{cell}" for index, cell in enumerate(wanted)])]
    }
    text(name, rows(table, "\t"), **expected)


column("number-whole.csv", ["1", "20", "0"], ["1", "20", "0"])
column("number-thousands.csv", ["1,234", "12,345,678", "9"], ["1234", "12345678", "9"])
column("number-wide.csv", ["１，２３４", "５", "６．５"], ["12340e-1", "50e-1", "65e-1"])
column("number-negative.csv", ["-3", "−4", "+5"], ["-3", "-4", "5"])
column("number-wan.csv", ["9.67万", "1亿", "3"], ["96700", "100000000", "3"])
column("number-about.csv", ["约1500", "2", "3"], ["1500", "2", "3"])
column("number-blank.csv", ["1", "", "—"], ["1", "-", "-"])
column("number-slash.csv", ["/", "无", "7"], ["-", "-", "7"])
column("number-decimal.csv", ["0.1", "0.25", "10"], ["10e-2", "25e-2", "1000e-2"])
column("number-percent.csv", ["99.5%", "100%", "５０％"], ["995e-1", "1000e-1", "500e-1"])
column("number-doubled.csv", ["99.80%%", "100%", "1%"], ["9980e-2", "10000e-2", "100e-2"])
column("number-bare-percent.csv", ["99.5%", "98", "97%"], ["995e-1", "980e-1", "970e-1"])
column("number-year.csv", ["2021", "2022", "2023"], ["2021", "2022", "2023"], "年份")
column("number-code.csv", ["3", "2", "1"], ["3", "2", "1"], "编号")
column("number-noughts.csv", ["001", "002", "010"], ["001", "002", "010"])
column("number-long.csv", ["610324000000000001", "610324000000000002"],
       ["610324000000000001", "610324000000000002"])
column("number-words.csv", ["1", "2", "3", "4", "5", "6", "7", "8", "9", "待定"], [],
       tables=[("number_words", [f"项{chr(65 + index)}|{index + 1}" for index in range(9)] + ["项J|-"])],
       notes=["1 unreadable cell left blank"])
column("number-mixed.csv", ["12", "14-2", "15"], ["12", "14-2", "15"])
column("date-iso.csv", ["2024-11-03", "2024-11-04"], ["2024-11-03", "2024-11-04"], "日期")
column("date-stroke.csv", ["2024/11/3", "2024/1/4"], ["2024-11-03", "2024-01-04"], "日期")
column("date-chinese.csv", ["2024年11月3日", "2024年1月4日"], ["2024-11-03", "2024-01-04"], "日期")
column("date-points.csv", ["2024.11.3", "2024.1.4"], ["2024-11-03", "2024-01-04"], "日期")
column("date-midnight.csv", ["2024-11-03 00:00:00", "2024-11-04 00:00:00"],
       ["2024-11-03", "2024-11-04"], "日期")
column("date-short.csv", ["11/3/24", "11/4/24"], ["11/3/24", "11/4/24"], "日期")
column("text-formula.csv", ["'=1+1", "'@a", "b"], ["=1+1", "@a", "b"])

# --- What stands around and among the rows -------------------------------------------------------


def around(name, lines, wanted=SPENT, **more):
    stem = name[:-4].replace("-", "_")
    text(name, "\n".join(lines) + "\n", **(more or {"tables": [(stem, wanted)]}))


BODY = ["乡镇,项目,金额", "城关镇,道路，桥梁,12.5", "城关镇,水利,3", "法门镇,学校,7.25"]
around("around-title.csv", ["2024年支出情况表", ""] + BODY)
around("around-title-cells.csv", ["2024年支出情况表,,", ",,单位：万元"] + BODY)
around("around-blank-lines.csv", ["", ""] + BODY[:2] + ["", ",,"] + BODY[2:] + ["", ""])
around("around-total.csv", BODY + ["合计,,22.75"])
around("around-total-wide.csv", BODY + ["合　计,,22.75"])
around("around-total-first.csv", BODY[:1] + ["总计,,22.75"] + BODY[1:])
around("around-subtotal.csv", BODY[:3] + ["城关镇小计,,15.5"] + BODY[3:] + ["全县合计：,,22.75"])
around("around-total-english.csv", BODY + ["Total,,22.75"])
around("around-note.csv", BODY + ["备注：金额以万元计，含上年结转。"])
around("around-note-cells.csv", BODY + ["备注：金额以万元计,,", "2025年1月3日,,"])
around("around-filler.csv", BODY + ["填表人：张某,,审核：李某"])
around("around-heading-again.csv", BODY[:3] + BODY[:1] + BODY[3:])
around("around-section.csv", BODY[:1] + ["一、镇街,,"] + BODY[1:])
around("around-broken-row.csv", BODY[:1] + ["城关镇,道路，", "桥梁,12.5"] + BODY[2:])
around("around-quoted-break.csv", BODY[:1] + ['城关镇,"道路，', '桥梁",12.5'] + BODY[2:])
around("around-blank-in-name.csv", BODY[:1] + ["城关镇, 道路，桥梁 ,12.5"] + BODY[2:])
around("around-bare-comma.csv", BODY + ["法门镇,学校,1,234"], faults=[("D12", 5, None, None)])
around("around-short-row.csv", BODY + ["法门镇,学校"], faults=[("D12", 5, None, None)])
around("around-open-quote.csv", BODY + ['法门镇,"学校,1'], faults=[("D12", 5, None, None)])
around("around-after-quote.csv", BODY + ['法门镇,"学"校,1'], faults=[("D12", 5, None, None)])
around("around-no-heading.csv", ["1,2,3", "4,5,6"], faults=[("D12", None, None, None)])
around("around-empty.csv", [""], tables=[])
around("around-heading-only.csv", BODY[:1], tables=[])
around("around-two-tables.csv", ["表一"] + BODY + ["", "表二", "名称,数量", "甲,1", "乙,2"], tables=[
    ("around_two_tables_1", SPENT), ("around_two_tables_2", ["甲|1", "乙|2"])])
around("around-two-rows.csv", ["乡镇,计划,,完成,", ",件数,金额,件数,金额", "城关镇,1,2.5,1,2"],
       tables=[("around_two_rows", ["城关镇|1|25e-1|1|2"])])
around("around-twin-headings.csv", ["名称,数量,数量", "甲,1,2"],
       tables=[("around_twin_headings", ["甲|1|2"])])
around("around-personal.csv", ["乡镇,联系电话,件数", "城关镇,13800138000,2"],
       tables=[("around_personal", ["城关镇|2"])])
around("around-phone-cells.csv", ["乡镇,手机,件数", "城关镇,13800138000,2", "法门镇,13900139000,1"],
       tables=[("around_phone_cells", ["城关镇||2", "法门镇||1"])])

# --- Bytes that are no text ----------------------------------------------------------------------

write("bytes-cut-utf8.csv", rows(SPENDING).encode()[:-7])
expect("bytes-cut-utf8.csv", faults=[("D11", 4, None, None)])
write("bytes-neither.csv", rows(SPENDING).encode() + b"\xff\xfe\xff,1,2\n")
expect("bytes-neither.csv", faults=[("D11", 5, None, None)])
write("bytes-cut-gbk.csv", rows(SPENDING).encode("gbk") + "法".encode("gbk")[:1])
expect("bytes-cut-gbk.csv", faults=[("D11", 5, None, None)])
write("bytes-odd-utf16.csv", b"\xff\xfe" + rows(SPENDING).encode("utf-16-le") + b"\x41")
expect("bytes-odd-utf16.csv", faults=[("D11", None, None, None)])
for name, data in {
    "form-old-workbook.xls": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512),
    "form-encrypted.xlsx": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(64)
    + "EncryptedPackage".encode("utf-16-le"),
    "form-page.xls": "<html><table><tr><td>乡镇</td></tr></table></html>".encode("gbk"),
    "form-pdf.pdf": b"%PDF-1.4\n", "form-gzip.csv.gz": b"\x1f\x8b\x08\x00",
    "form-picture.csv": b"\x89PNG\r\n\x1a\n",
    "form-xml2003.xls": b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>',
}.items():
    write(name, data)
    expect(name, faults=[("D10", None, None, None)])

# --- Exports of orders ---------------------------------------------------------------------------

HEAD = "工单编号,承办单位,受理时间,办结时限,办结时间,是否逾期,逾期天数"
KEPT = ["order_no", "unit_name", "accepted_at", "due_at", "closed_at", "overdue", "overdue_days"]


def orders(name, lines, encoding="utf-8", **expected):
    text(name, "\n".join([HEAD] + lines) + "\n", encoding, **expected)


GOOD = "610324000000000001,县住建局,2024-11-01 08:00,2024-11-11 18:00,2024-11-09 17:00,否,"


def order(number, unit):
    due = 20038 * 1440 + 18 * 60
    return f"{number}|{unit}|{20028 * 1440 + 480}|{due}|{due - 2 * 1440 - 60}|no|0"


ORDER = [order("610324000000000001", "县住建局")]
for label, encoding in ENCODINGS.items():
    orders(f"orders-{label}.csv", [GOOD], encoding, tables=[("orders", ORDER)])
orders("orders-alias.csv", [GOOD.replace("县住建局", "住建局")], tables=[("orders", ORDER)])
orders("orders-blank-in-unit.csv", [GOOD.replace("县住建局", "县 住建局")], tables=[("orders", ORDER)])
orders("orders-repeat.csv", [GOOD, GOOD], tables=[("orders", ORDER)])
orders("orders-differs.csv", [GOOD, GOOD.replace(",否,", ",是,3")], faults=[("D12", 3, None, None)])
orders("orders-differs-skipped.csv", [GOOD, GOOD.replace(",否,", ",是,3")],
       options=["skip"], tables=[("orders", ORDER)])
orders("orders-unknown-unit.csv", [GOOD.replace("县住建局", "县住健局")],
       faults=[("D13", 2, "承办单位", "县住健局")])
orders("orders-unknown-kept.csv", [GOOD.replace("县住建局", "县住健局")], options=["keep"],
       tables=[("orders", [order("610324000000000001", "县住健局")])])
orders("orders-ambiguous.csv", [GOOD.replace("县住建局", "环境")],
       faults=[("D13", 2, "承办单位", None)])
orders("orders-digits-lost.csv", [GOOD.replace("610324000000000001", "6.10324E+17")],
       faults=[("D13", 2, "工单编号", "6.10324E+17")])
orders("orders-no-such-day.csv", [GOOD.replace("2024-11-11 18:00", "2024年11月31日")],
       faults=[("D13", 2, "办结时限", "2024年11月31日")])
orders("orders-american-day.csv", [GOOD.replace("2024-11-11 18:00", "11/11/24")],
       faults=[("D13", 2, "办结时限", "11/11/24")])
orders("orders-closed-early.csv", [GOOD.replace("2024-11-09 17:00", "2024-10-09 17:00")],
       faults=[("D13", 2, "办结时间", None)])
orders("orders-negative.csv", [GOOD.replace(",否,", ",是,-1")], faults=[("D13", 2, "逾期天数", "-1")])
orders("orders-blank-unit.csv", [GOOD.replace("县住建局", "  ")], faults=[("D13", 2, "承办单位", "")])
orders("orders-every-fault.csv", [
    GOOD, GOOD.replace("县住建局", "县住健局").replace("01,", "02,", 1),
    GOOD.replace("2024-11-11 18:00", "月底").replace("01,", "03,", 1)],
    faults=[("D13", 3, "承办单位", "县住健局"), ("D13", 4, "办结时限", "月底")])
orders("orders-flag-unreadable.csv", [GOOD.replace(",否,", ",也许,")], tables=[("orders", ORDER)])
orders("orders-bad-skipped.csv", [
    GOOD, GOOD.replace("县住建局", "县住健局").replace("01,", "02,", 1)],
    options=["skip"], tables=[("orders", ORDER)])
orders("orders-total.csv", [GOOD, "合计,,,,,,1"], tables=[("orders", ORDER)])
orders("orders-note.csv", [GOOD, "备注：数据截至12月31日,,,,,,"], tables=[("orders", ORDER)])
text("orders-lacks-column.csv", "工单编号,承办单位,是否逾期\n1,县住建局,否\n",
     faults=[("D03", None, "due_at", None)])
text("mapping-by-heading.csv", HEAD + "\n" + GOOD + "\n", tables=[("orders", ORDER)])
text("annex-without-period.csv", "序号,承办单位,应办件数,实办数\n1,县住建局,3,3\n",
     faults=[("D12", None, None, None)])
UNIT = "2024Q4|hotline|1|1|1|县住建局|3|3" + "|-" * 5 + "|no" + "|-" * 10 + "|"
text("annex-2024Q4.csv", "序号,承办单位,应办件数,实办数\n1,县住建局,3,3\n",
     tables=[("unit_period", None)])
text("annex-titled.csv", "2024年四季度工单办理情况\n序号,承办单位,应办件数,实办数\n1,县住建局,3,3\n",
     tables=[("unit_period", None)])

# --- As people hand them on ----------------------------------------------------------------------

TITLED = ["扶风县工单明细表" + "," * 6, "统计时间：2024年11月,,,,,,制表人：某甲", HEAD, GOOD,
          "合计,,,,,,1", "填表人：某乙,,,审核：某丙,,,"]
text("people-titled.csv", "\r\n".join(TITLED) + "\r\n", "gbk", tables=[("orders", ORDER)],
     notes=["1 total row kept apart", "1 line of text kept as a note", "read as GB18030"])
text("people-decimal-comma.csv", "乡镇;金额\n城关镇;1,5\n法门镇;2,25\n",
     tables=[("people_decimal_comma", ["城关镇|1,5", "法门镇|2,25"])],
     notes=["“1,5” is no number, so the column is read as names; write decimals with a point"])
column("people-spoilt-date.csv", ["2024-11-01", "2024年11月31日", "2024-11-03", "2024-11-04"],
       ["2024-11-01", "2024年11月31日", "2024-11-03", "2024-11-04"], "日期",
       tables=[("people_spoilt_date", ["项A|2024-11-01", "项B|2024年11月31日", "项C|2024-11-03", "项D|2024-11-04"])],
       notes=["“2024年11月31日” is no date, so the column is read as names"])
write("people-unmarked-utf16.csv", rows(SPENDING).encode("utf-16-le"))
expect("people-unmarked-utf16.csv", faults=[("D11", 1, None, None)])
write("people-nul-tail.csv", rows(SPENDING).encode() + bytes(4096))
expect("people-nul-tail.csv", faults=[("D11", 5, None, None)])
text("people-json.csv", '[{"乡镇":"城关镇","金额":1}]\n', faults=[("D10", None, None, None)])
text("people-words.txt", "请查收附件，谢谢。\n", faults=[("D10", None, None, None)])
text("people-long-row.csv", rows(SPENDING) + "法门镇," + "长" * (6 << 20) + ",1\n",
     faults=[("D14", 5, None, None)])
text("people-long-cell.csv", rows(SPENDING) + "法门镇," + "长" * (1 << 19) + ",1\n",
     faults=[("D14", 5, "2", None)])
text("people-commas.csv", rows(SPENDING) + "," * 20000 + "\n", faults=[("D14", 5, None, None)])
text("people-wide.csv", rows([["名称"] + [f"列{n}" for n in range(1, 5000)], ["甲"] + ["1"] * 4999]),
     tables=[("people_wide", None)], notes=["and 4980 more; dimensions 名称"])
text("people-no-limit.csv", "工单编号,承办单位,受理时间,办结时间\n1,县住建局,2024-11-01,2024-11-05\n",
     tables=[("people_no_limit", ["1|县住建局|2024-11-01|2024-11-05"])],
     notes=["has 4 columns of `orders` and is not read as its rows: no heading for due_at (办结时限, "])
orders("people-zero-lost.csv", [
    GOOD.replace("610324000000000001", number) for number in ["0610324001", "610324002", "0610324003"]],
    faults=[("D13", 3, "工单编号", "610324002")])
orders("people-serial-among-dates.csv", [
    GOOD, GOOD.replace("01,", "02,", 1).replace("2024-11-11 18:00", "45607")],
    faults=[("D13", 3, "办结时限", "45607")])
orders("people-serial-optional.csv", [
    GOOD, GOOD.replace("01,", "02,", 1).replace("2024-11-01 08:00", "45597")],
    tables=[("orders", ORDER + [order("610324000000000002", "县住建局").replace(f"{20028 * 1440 + 480}", "-")])],
    notes=["1 unreadable cell left blank: line 3 “45597”"])
for name in ["people-empty.xlsx", "people-empty.txt", "people-empty.db"]:
    text(name, "", tables=[], notes=["no rows"])
text("people-annex-2024Q4.csv", "序号,承办单位,应办件数,实办数\n", tables=[], notes=["no rows"])

# --- Workbooks -----------------------------------------------------------------------------------

SHEET = [["乡镇", "项目", "金额"], ["城关镇", "道路，桥梁", 12.5], ["城关镇", "水利", 3],
         ["法门镇", "学校", 7.25]]


def sheet(name, workbook, wanted=SPENT, **more):
    stem = name[:-5].replace("-", "_")
    if "faults" not in more:
        more.setdefault("tables", [(stem, wanted)])
    book(name, workbook, **more)


sheet("book-shared.xlsx", Workbook().add("Sheet1", SHEET))
sheet("book-inline.xlsx", Workbook(shared=False).add("Sheet1", SHEET))
sheet("book-prefixed.xlsx", Workbook(prefix="x").add("Sheet1", SHEET))
sheet("book-no-references.xlsx", Workbook(references=False).add("Sheet1", SHEET))
sheet("book-from-row-5.xlsx", Workbook().add("Sheet1", SHEET, first_row=5))
sheet("book-gaps.xlsx", Workbook().add("Sheet1", SHEET[:2] + [None, None] + SHEET[2:]))
RICH = [SHEET[0], ["城关镇", Cell("道路，桥梁", rich=True), 12.5]] + SHEET[2:]
sheet("book-rich-text.xlsx", Workbook().add("Sheet1", RICH))
sheet("book-title-merged.xlsx", Workbook().add(
    "Sheet1", [["2024年支出情况表"]] + SHEET, merges=["A1:C1"]))
sheet("book-total.xlsx", Workbook().add("Sheet1", SHEET + [["合计", None, 22.75]]))
sheet("book-note.xlsx", Workbook().add("Sheet1", SHEET + [["备注：含上年结转"]], merges=["A5:C5"]))
sheet("book-hidden-sheet.xlsx", Workbook().add("Sheet1", SHEET).add("旧", SHEET, state="hidden"),
      notes=["skipped 旧: a hidden sheet is not read"])
with zipfile.ZipFile(os.path.join(folder, "book-archive.xlsx"), "w") as archive:
    archive.writestr("a.csv", rows(SPENDING))
expect("book-archive.xlsx", faults=[("D10", None, None, None)])
sheet("book-very-hidden.xlsx", Workbook().add("x", [["a"]], state="veryHidden").add("Sheet1", SHEET))
sheet("book-hidden-row.xlsx", Workbook().add("Sheet1", SHEET, hidden_rows=[2]),
      tables=[("book_hidden_row", SPENT)], notes=["1 hidden row is read"])
sheet("book-empty-sheet.xlsx", Workbook().add("Sheet1", SHEET).add("Sheet2", []))
sheet("book-two-sheets.xlsx", Workbook().add("Sheet1", SHEET).add("人员", [["名称", "数量"], ["甲", 1]]),
      tables=[("book_two_sheets_Sheet1", SPENT), ("人员", ["甲|1"])])
sheet("book-merged-down.xlsx", Workbook().add(
    "Sheet1", [SHEET[0], ["城关镇", "道路，桥梁", 12.5], [None, "水利", 3], SHEET[3]], merges=["A2:A3"]),
    tables=[("book_merged_down", SPENT)], notes=["1 merged cell takes the text of the first"])
sheet("book-merged-number.xlsx", Workbook().add(
    "Sheet1", [["乡镇", "件数"], ["城关镇", 4], ["法门镇", None]], merges=["B2:B3"]), ["城关镇|4", "法门镇|-"])
sheet("book-two-row-heading.xlsx", Workbook().add(
    "Sheet1", [["乡镇", "计划", None, "完成", None], [None, "件数", "金额", "件数", "金额"],
               ["城关镇", 1, 2.5, 1, 2]], merges=["A1:A2", "B1:C1", "D1:E1"]), ["城关镇|1|25e-1|1|2"])


def cells(name, values, wanted, kind="数值", **more):
    options = {key: more.pop(key) for key in ["date1904"] if key in more}
    workbook = Workbook(**options).add(
        "Sheet1", [["名称", kind]] + [[f"项{chr(65 + index)}", value] for index, value in enumerate(values)])
    sheet(name, workbook, [f"项{chr(65 + index)}|{text}" for index, text in enumerate(wanted)], **more)


DATE = "yyyy-mm-dd"
cells("cell-date.xlsx", [Cell(45599, format=DATE), Cell(45600, format='yyyy"年"m"月"d"日"')],
      ["2024-11-03", "2024-11-04"], "日期")
cells("cell-date-1904.xlsx", [Cell(44137, format=DATE)], ["2024-11-03"], "日期", date1904=True)
cells("cell-date-first.xlsx", [Cell(1, format=DATE), Cell(61, format=DATE)],
      ["1900-01-01", "1900-03-01"], "日期")
cells("cell-date-never.xlsx", [Cell(60, format=DATE)], ["1900-02-29"], "日期")
cells("cell-date-time.xlsx", [Cell(45599.395833333336, format="yyyy-mm-dd hh:mm")],
      ["2024-11-03 09:30"], "时刻")
cells("cell-date-iso.xlsx", [Cell("2024-11-03T00:00:00", kind="d")], ["2024-11-03"], "日期")
cells("cell-date-text.xlsx", ["2024年11月3日"], ["2024-11-03"], "日期")
cells("cell-elapsed.xlsx", [Cell(1.5, format="[h]:mm")], ["36:00:00"], "时长")
cells("cell-percent.xlsx", [Cell(0.975, format="0.00%"), Cell(1, format="0%")], ["975e-1", "1000e-1"])
cells("cell-coloured-format.xlsx", [Cell(3, format='[Red]0.00;[Magenta]-0.00')], ["3"])
cells("cell-literal-in-format.xlsx", [Cell(3, format='0"days"')], ["3"])
cells("cell-binary-fraction.xlsx", [Cell("0.30000000000000004", kind="n"), Cell("0.1", kind="n")], ["3e-1", "1e-1"])
cells("cell-exponent.xlsx", [Cell("1.25E-2", kind="n"), Cell("1.5E+3", kind="n")], ["125e-4", "15000000e-4"])
cells("cell-quotient.xlsx", [Cell("33.333333333333336", kind="n")], ["33333333333e-9"])
cells("cell-long-number.xlsx", [Cell("610324000000000001", kind="n")], [], "数值",
      faults=[("D13", 2, "数值", None)])
cells("cell-boolean.xlsx", [True, False], ["TRUE", "FALSE"])
cells("cell-formula.xlsx", [Cell(5, formula="2+3")], ["5"])
cells("cell-formula-text.xlsx", [Cell("甲", formula='"甲"')], ["甲"])
cells("cell-formula-uncomputed.xlsx", [Cell(None, formula="2+3")], [], faults=[("D13", 2, None, None)])
cells("cell-error.xlsx", [1, 2, 3, 4, 5, 6, 7, 8, 9, Cell("#DIV/0!", kind="e")],
      [str(number) for number in range(1, 10)] + ["-"], notes=["1 unreadable cell left blank"])
cells("cell-escape.xlsx", ["a_x000D_b", "c"], ["a b", "c"])
cells("cell-newline.xlsx", ["甲\n乙", 'say "x"'], ["甲乙", 'say "x"'])
cells("cell-formula-like.xlsx", ["=1+1", "@x"], ["=1+1", "@x"])
cells("cell-blank-name.xlsx", [1, None, 3], ["1", "-", "3"])

ORDERS = [HEAD.split(","), ["610324000000000001", "县住建局", "2024-11-01 08:00", "2024-11-11 18:00",
                            "2024-11-09 17:00", "否"]]
DATED = [ORDERS[0], ["610324000000000001", "县住建局"] + [
    Cell(day, format="yyyy-mm-dd hh:mm") for day in (45597 + 8 / 24, 45607.75, 45605 + 17 / 24)] + ["否"]]
book("orders-text.xlsx", Workbook().add("Sheet1", ORDERS), tables=[("orders", ORDER)])
book("orders-dates.xlsx", Workbook().add("Sheet1", DATED), tables=[("orders", ORDER)])
book("工单.xlsx", Workbook().add("导出", DATED), tables=[("orders", ORDER)])
book("orders-lost-digits.xlsx", Workbook().add(
    "Sheet1", [ORDERS[0], [Cell("6.10324000000000E+17", kind="n")] + ORDERS[1][1:]]),
    faults=[("D13", 2, "工单编号", "6.10324E+17")])
book("orders-unknown.xlsx", Workbook().add(
    "Sheet1", [ORDERS[0], ["1", "县住健局"] + ORDERS[1][2:]]), faults=[("D13", 2, "承办单位", "县住健局")])

# --- Damaged and hostile workbooks ---------------------------------------------------------------

good = Workbook().add("Sheet1", SHEET)


def damaged(name, change, code="D10"):
    workbook = Workbook().add("Sheet1", SHEET)
    parts = workbook.parts()
    change(parts)
    with zipfile.ZipFile(os.path.join(folder, name), "w", zipfile.ZIP_DEFLATED) as archive:
        for part, content in parts.items():
            info = zipfile.ZipInfo(part, date_time=(2024, 1, 1, 0, 0, 0))
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, content)
    expect(name, faults=[(code, None, None, None)])


SHEET1 = "xl/worksheets/sheet1.xml"
damaged("hurt-no-sheet.xlsx", lambda parts: parts.pop(SHEET1))
damaged("hurt-not-xml.xlsx", lambda parts: parts.update({SHEET1: "<worksheet><sheetData><row>"}))
damaged("hurt-doctype.xlsx", lambda parts: parts.update({
    SHEET1: '<!DOCTYPE a [<!ENTITY e "x">]>' + parts[SHEET1]}))
damaged("hurt-rows-backwards.xlsx", lambda parts: parts.update({
    SHEET1: parts[SHEET1].replace('r="4"', 'r="1"')}))
damaged("hurt-string-index.xlsx", lambda parts: parts.update({
    SHEET1: parts[SHEET1].replace("<v>0</v>", "<v>999</v>", 1)}))
damaged("hurt-deep.xlsx", lambda parts: parts.update({
    SHEET1: "<worksheet>" + "<a>" * 400 + "</a>" * 400 + "</worksheet>"}))
damaged("hurt-binary.xlsx", lambda parts: parts.update({"xl/workbook.bin": "x"}))
damaged("hurt-document.docx", lambda parts: [parts.clear(), parts.update({"word/document.xml": "<a/>"})])
damaged("hurt-archive.zip", lambda parts: [parts.clear(), parts.update({"a.txt": "a"})])
good.save(os.path.join(folder, "hurt-cut.xlsx"))
with open(os.path.join(folder, "hurt-cut.xlsx"), "rb") as file:
    data = file.read()
write("hurt-cut.xlsx", data[: len(data) // 2])
expect("hurt-cut.xlsx", faults=[("D10", None, None, None)])
flipped = bytearray(data)
place = data.index(SHEET1.encode()) + len(SHEET1) + 40
flipped[place] ^= 0xFF
write("hurt-flipped.xlsx", bytes(flipped))
expect("hurt-flipped.xlsx", faults=[("D10", None, None, None)])

# --- Databases -----------------------------------------------------------------------------------


def database(name, statements, **expected):
    path = os.path.join(folder, name)
    if os.path.exists(path):
        os.remove(path)
    connection = sqlite3.connect(path)
    for statement in statements:
        connection.execute(*statement) if isinstance(statement, tuple) else connection.execute(statement)
    connection.commit()
    connection.close()
    expect(name, **expected)


MADE = "CREATE TABLE spending (乡镇 TEXT, 项目 TEXT, 金额 REAL)"
FILLED = [("INSERT INTO spending VALUES (?,?,?)", tuple(row)) for row in SHEET[1:]]
database("base-plain.db", [MADE] + FILLED, tables=[("base_plain", SPENT)])
database("base-named.sqlite3", [MADE] + FILLED, tables=[("base_named", SPENT)])
database("base-view.db", [MADE] + FILLED + ["CREATE VIEW v AS SELECT * FROM spending"],
         tables=[("base_view", SPENT)])
database("base-trigger.db", [MADE] + FILLED + [
    "CREATE TRIGGER t AFTER INSERT ON spending BEGIN DELETE FROM spending; END"],
    tables=[("base_trigger", SPENT)])
database("base-two.db", [MADE] + FILLED + ["CREATE TABLE 人员 (名称, 数量)", "INSERT INTO 人员 VALUES ('甲', 1)"],
         tables=[("spending", SPENT), ("人员", ["甲|1"])])
database("base-null.db", [MADE] + FILLED[:1] + ["INSERT INTO spending VALUES ('法门镇', NULL, NULL)"],
         tables=[("base_null", ["城关镇|道路，桥梁|125e-1", "法门镇||-"])])
database("base-quoted.db", ['CREATE TABLE "a""b" (名称, 数量)', "INSERT INTO \"a\"\"b\" VALUES ('甲\n乙', 1)"],
         tables=[("base_quoted", ["甲乙|1"])])
database("base-generated.db", ["CREATE TABLE g (名称, 数量 INT, 双倍 AS (数量 * 2))",
                               "INSERT INTO g VALUES ('甲', 2)"], tables=[("base_generated", ["甲|2|4"])])
database("base-empty.db", [MADE], tables=[])
database("base-bytes.db", ["CREATE TABLE b (名称, 数据)", "INSERT INTO b VALUES ('甲', x'00FF')"],
         faults=[("D13", None, None, None)])
database("base-orders.db", [
    "CREATE TABLE 工单 (" + ", ".join(f"[{heading}] TEXT" for heading in HEAD.split(",")) + ")",
    ("INSERT INTO 工单 VALUES (?,?,?,?,?,?,?)", tuple(GOOD.split(",")))], tables=[("orders", ORDER)])
with open(os.path.join(folder, "base-plain.db"), "rb") as file:
    data = file.read()
write("base-cut.db", data[:4096])
expect("base-cut.db", faults=[("D10", None, None, None)])
write("base-overwritten.db", data[:100] + b"\xff" * (len(data) - 100))
expect("base-overwritten.db", faults=[("D10", None, None, None)])

with open(os.path.join(folder, "expected.json"), "w", encoding="utf-8") as file:
    json.dump(cases, file, ensure_ascii=False, indent=1)

# The same for a reader without JSON: fields between U+001E, their parts between U+001C and U+001F.
with open(os.path.join(folder, "expected.txt"), "w", encoding="utf-8", newline="") as file:
    for case in cases:
        tables = "\x1c".join(
            "\x1f".join([table["dataset"]] + (["*"] if table["rows"] is None else table["rows"]))
            for table in case["tables"]
        )
        faults = "\x1c".join(
            "\x1f".join("?" if part is None else str(part) for part in fault) for fault in case["faults"]
        )
        fields = [case["file"], ",".join(case["options"]), tables, faults, "\x1f".join(case["notes"])]
        file.write("\x1e".join(fields) + "\x1d")

counts = {True: 0, False: 0}
for case in cases:
    counts[case["file"].endswith((".xlsx", ".db", ".sqlite3"))] += 1
print(f"{counts[False]} text files, {counts[True]} workbooks and databases in {folder}")
