"""Times the first answer of a new process from a file of kept orders, tongbao beside DuckDB.

    reopen.py BENCH TONGBAO DUCKDB FOLDER ROWS [RUNS]

Both files hold the same rows in the same order, each in its own form; the answers are compared
first. Times are of whole processes, in turn, A B A B …: with the file in the page cache, and, where
the cache may be emptied, without. The table that is printed is the one of the README.
"""

import os
import statistics
import subprocess
import sys
import time

import suites

# what is asked of tongbao, and of DuckDB
QUESTIONS = [
    ("orders", "select count(*) from orders"),
    ("overdue by month", "select month, count_if(overdue) from orders group by month"),
    ("overdue by unit during 2024-11",
     "select unit, count(*) from orders where month = 202411 and overdue group by unit"),
    ("orders by unit", "select unit, count(*) from orders group by unit"),
    ("orders by category", "select category, count(*) from orders group by category"),
]
CACHE = "/proc/sys/vm/drop_caches"


def kept_by_tongbao(bench, folder, rows):
    place = os.path.join(folder, f"orders-{rows}.db")
    if not os.path.exists(place):
        start = time.monotonic()
        subprocess.run([bench, "keep", str(rows), place + ".part"], check=True)
        os.rename(place + ".part", place)
        print(f"tongbao: generated and kept in {time.monotonic() - start:.1f} s")
    return place


def kept_by_duckdb(bench, duckdb, folder, rows):
    place = os.path.join(folder, f"orders-{rows}.duckdb")
    if not os.path.exists(place):
        rows_file = suites.parquet(bench, folder, rows)
        script, columns = [], []
        for name in list(suites.NUMBERS) + ["month"]:
            if name in suites.WORDS:
                words = open(f"{folder}/columns/{name}.txt", encoding="utf-8").read()
                quoted = ", ".join(f"'{word}'" for word in words.split("\n")[:-1])
                script.append(f"create type {name}_words as enum ({quoted});")
                columns.append(f"{name}::{name}_words as {name}")
            else:
                columns.append(name)
        script.append(f"create table orders as select {', '.join(columns)}"
                      f" from read_parquet('{rows_file}'); checkpoint;")
        start = time.monotonic()
        subprocess.run([duckdb, place + ".part"], input="\n".join(script), text=True, check=True,
                       stdout=subprocess.DEVNULL)
        os.rename(place + ".part", place)
        print(f"duckdb: read from Parquet and kept in {time.monotonic() - start:.1f} s")
    return place


def commands(tongbao, workspace, duckdb, database, question):
    ours, theirs = question
    return [
        ("tongbao", [tongbao, "--workspace", workspace, "-q", "-m", "tsv", "-c",
                     "use 2019Q1 .. 2024Q4", "-c", ours]),
        ("duckdb", [duckdb, "-readonly", "-csv", "-noheader", database, "-c", theirs]),
    ]


def answered(name, command):
    lines = subprocess.run(command, check=True, capture_output=True, text=True).stdout.split("\n")
    # A month is 2024-11 to one and 202411 to the other, which quotes every name.
    lines = [line.translate({9: ",", 34: None, 45: None}) for line in lines if line]
    return sorted(lines[1:] if name == "tongbao" else lines)


def milliseconds(command):
    start = time.monotonic_ns()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return (time.monotonic_ns() - start) / 1e6


def timed(pair, runs, is_cold):
    times = {name: [] for name, _ in pair}
    for _ in range(runs):
        for name, command in pair:
            if is_cold:
                os.sync()
                with open(CACHE, "w", encoding="ascii") as cache:
                    cache.write("3")
            times[name].append(milliseconds(command))
    return [statistics.median(times[name]) for name, _ in pair]


def main():
    bench, tongbao, duckdb, folder, rows = sys.argv[1:6]
    runs = int(sys.argv[6]) if len(sys.argv) > 6 else 7
    workspace = kept_by_tongbao(bench, folder, int(rows))
    database = kept_by_duckdb(bench, duckdb, folder, int(rows))
    sizes = [os.path.getsize(place) for place in (workspace, database)]
    print(f"size: tongbao {sizes[0] / 1e6:,.0f} MB, duckdb {sizes[1] / 1e6:,.0f} MB,"
          f" {sizes[0] / sizes[1]:.2f}×")
    for question in QUESTIONS:
        answers = [answered(*each)
                   for each in commands(tongbao, workspace, duckdb, database, question)]
        if answers[0] != answers[1]:
            sys.exit(f"{question[0]}: the answers differ: {answers[0][:3]} {answers[1][:3]}")
    print("| a new process, median | tongbao | duckdb | ratio | empty cache | duckdb | ratio |")
    print("|---|--:|--:|--:|--:|--:|--:|")
    for question in QUESTIONS:
        pair = commands(tongbao, workspace, duckdb, database, question)
        cells = timed(pair, runs, False)
        cells.append(cells[1] / cells[0])
        if os.access(CACHE, os.W_OK):
            cells += timed(pair, min(runs, 3), True)
            cells.append(cells[4] / cells[3])
        print(f"| `{question[0]}` | " + " | ".join(
            f"{cell:.1f}×" if index % 3 == 2 else f"{cell:,.0f} ms"
            for index, cell in enumerate(cells)) + " |", flush=True)


main()
