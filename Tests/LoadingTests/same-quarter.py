"""Writes the published quarter of an example's folder in the forms people have it.

    same-quarter.py EXAMPLE FOLDER

FOLDER gets gbk/ (the tables in GBK), quarter.xlsx (a sheet for each table, two rows of headings
merged as printed) and quarter.db (a table for each, its headings in one row).
"""

import csv
import os
import re
import sqlite3
import sys

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "..", "..", "scripts"))
from workbook import Workbook  # noqa: E402


def main(example, folder):
    names = sorted(name for name in os.listdir(example) if name.endswith(".csv"))
    tables = {}
    for name in names:
        with open(os.path.join(example, name), encoding="utf-8", newline="") as file:
            tables[name[:-4]] = list(csv.reader(file))
    os.makedirs(os.path.join(folder, "gbk"), exist_ok=True)
    for name, rows in tables.items():
        with open(os.path.join(folder, "gbk", name + ".csv"), "w", encoding="gb18030",
                  newline="") as file:
            csv.writer(file, lineterminator="\r\n").writerows(rows)
    book = Workbook()
    for name, rows in tables.items():
        book.add(name, [[number(cell) for cell in row] for row in rows])
    book.save(os.path.join(folder, "quarter.xlsx"))
    place = os.path.join(folder, "quarter.db")
    if os.path.exists(place):
        os.remove(place)
    database = sqlite3.connect(place)
    for name, rows in tables.items():
        headings, rows = one_row(rows)
        columns = ", ".join('"' + heading.replace('"', '""') + '"' for heading in headings)
        marks = ", ".join("?" * len(headings))
        database.execute(f'create table "{name}" ({columns})')
        database.executemany(f'insert into "{name}" values ({marks})', [
            [number(cell) for cell in row] for row in rows])
    database.commit()
    database.close()


def number(cell):
    """Whole numbers are numbers; what is printed with a point keeps it."""
    return int(cell) if re.fullmatch(r"[0-9]{1,9}", cell) else cell or None


def one_row(rows):
    """A table's headings in one row, `upper.lower` where they stood in two, and the rows below."""
    upper = rows[0]
    if len(rows) < 2 or rows[1][0] or not any(rows[1]):
        return upper, [row for row in rows[1:] if row != upper]
    headings, carried = [], ""
    for above, below in zip(upper, rows[1]):
        carried = above or carried
        headings.append(f"{carried}.{below}" if below else above)
    if headings[-1] == "":
        headings[-1] = "备注"
    return headings, [row for row in rows[2:] if row[0] != upper[0] and row[0]]


if __name__ == "__main__":
    main(*sys.argv[1:])
