"""Times the loading of generated orders, tongbao beside its peers, in turn, in one run.

    load.py TONGBAO BENCH FOLDER [ROWS] [RUNS] [--threads N]

The same rows as CSV in UTF-8 and in GB18030, and 200,000 of them with ten columns as a workbook. A
run is a process of its own that reads the file, counts its rows and adds up a column; ours starts
and answers a question besides. All must come to the same totals. The table is that of the README.
"""

import csv
import os
import subprocess
import sys
import time

TEXTS = ["工单编号", "承办单位", "受理渠道", "诉求类型", "一级分类", "事发地", "是否逾期", "逾期退单", "满意度"]
DATES = ["受理时间", "办结时限", "办结时间"]
COUNTS = ["逾期天数", "退单次数", "退回重办次数"]
SHEET_ROWS = 200_000
QUESTION = "select count(*), sum(逾期天数) from orders"


def files(bench, folder, rows):
    """The three files, made once."""
    plain = os.path.join(folder, f"orders-{rows}.csv")
    chinese = os.path.join(folder, f"orders-{rows}-gb18030.csv")
    book = os.path.join(folder, f"orders-{SHEET_ROWS}.xlsx")
    if not os.path.exists(plain):
        with open(plain + ".part", "wb") as out:
            subprocess.run([bench, "orders", str(rows)], check=True, stdout=out)
        os.rename(plain + ".part", plain)
    if not os.path.exists(chinese):
        with open(plain, encoding="utf-8", newline="") as text, open(
                chinese + ".part", "w", encoding="gb18030", newline="") as out:
            while piece := text.read(1 << 24):
                out.write(piece)
        os.rename(chinese + ".part", chinese)
    if not os.path.exists(book):
        write_book(bench, book)
    return plain, chinese, book


def write_book(bench, place):
    import openpyxl

    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("工单")
    made = subprocess.Popen([bench, "orders", str(SHEET_ROWS)], stdout=subprocess.PIPE, text=True,
                            encoding="utf-8")
    head = None
    for row in csv.reader(made.stdout):
        head = head or row
        kept = [cell for name, cell in zip(head, row)
                if name not in ("一级分类", "退单次数", "逾期退单", "退回重办次数", "满意度")]
        sheet.append([int(cell) if name == "逾期天数" and row is not head else cell or None
                      for name, cell in zip((n for n in head if n not in (
                          "一级分类", "退单次数", "逾期退单", "退回重办次数", "满意度")), kept)])
    made.wait()
    book.save(place)


# MARK: what one process of each reader does; each prints rows and days


def duckdb_reads(place, threads, encoding):
    import duckdb

    types = {**dict.fromkeys(TEXTS, "VARCHAR"), **dict.fromkeys(DATES, "DATE"),
             **dict.fromkeys(COUNTS, "INTEGER"), "工单编号": "UBIGINT"}
    with open(place, encoding=encoding) as file:
        head = file.readline().strip().split(",")
    columns = ", ".join(f"'{name}': '{types[name]}'" for name in head)
    connection = duckdb.connect()
    connection.execute(f"set threads = {threads}")
    if encoding != "utf-8":
        connection.execute("install encodings; load encodings")
    own = "" if encoding == "utf-8" else f", encoding = '{encoding}'"
    connection.execute(f"create table orders as select * from read_csv('{place}', header = true,"
                       f" columns = {{{columns}}}{own})")
    return connection.execute(QUESTION).fetchone()


def polars_reads(place, threads, encoding):
    os.environ["POLARS_MAX_THREADS"] = str(threads)
    import polars

    kinds = {**dict.fromkeys(DATES, polars.Date), **dict.fromkeys(COUNTS, polars.Int32),
             "工单编号": polars.UInt64}
    kinds.update(dict.fromkeys((n for n in TEXTS if n != "工单编号"), polars.Categorical))
    frame = polars.read_csv(place, schema_overrides=kinds, encoding=(
        "utf8" if encoding == "utf-8" else encoding))
    return frame.height, frame["逾期天数"].sum()


def openpyxl_reads(place, _threads, _encoding):
    import openpyxl

    sheet = openpyxl.load_workbook(place, read_only=True).worksheets[0]
    rows = sheet.iter_rows(values_only=True)
    days = next(rows).index("逾期天数")
    count = total = 0
    for row in rows:
        count += 1
        total += row[days] or 0
    return count, total


READERS = {"DuckDB": duckdb_reads, "Polars": polars_reads, "openpyxl": openpyxl_reads}


def command(name, tongbao, place, threads, encoding):
    if name == "tongbao":
        return [tongbao, place, "--keep-unknown", "-q", "-m", "csv", "-c",
                "use 2019Q1 .. 2024Q4", "-c", "orders, overdue_days{channel=hotline}"]
    return [sys.executable, __file__, "read", name, place, str(threads), encoding]


def run(words, threads):
    """Seconds, peak MiB, and the two totals."""
    start = time.monotonic()
    child = subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
                             preexec_fn=lambda: os.sched_setaffinity(
                                 0, sorted(os.sched_getaffinity(0))[:threads]))
    output = child.stdout.read()
    errors = child.stderr.read()
    _, status, usage = os.wait4(child.pid, 0)
    seconds = time.monotonic() - start
    if status:
        raise RuntimeError(errors.strip().split("\n")[-1][:200])
    totals = tuple(int(cell) for cell in output.strip().split("\n")[-1].split(","))
    return seconds, usage.ru_maxrss / 1024, totals


def measure(title, names, tongbao, place, threads, encoding, rounds):
    taken = {name: [] for name in names}
    wanted = None
    for round in range(rounds):
        for name in list(taken):
            try:
                seconds, memory, totals = run(
                    command(name, tongbao, place, threads, encoding), threads)
            except RuntimeError as problem:
                print(f"{title}, {name}: {problem}", file=sys.stderr)
                del taken[name]
                continue
            wanted = wanted or totals
            if totals != wanted:
                sys.exit(f"{title}: {name} comes to {totals}, not {wanted}")
            taken[name].append((seconds, memory))
    size = os.path.getsize(place) / 1e6
    best = {name: min(seconds for seconds, _ in values) for name, values in taken.items()}
    for name, values in taken.items():
        middle = sorted(seconds for seconds, _ in values)[len(values) // 2]
        memory = max(memory for _, memory in values)
        print(f"| {title} | {name} | {best[name]:.2f} | {middle:.2f} | {size / best[name]:,.0f} | "
              f"{memory:,.0f} | {best[name] / best['tongbao']:.1f}× |", flush=True)
    return best.get("tongbao")


def main(words):
    if words[0] == "read":
        _, name, place, threads, encoding = words
        print(*READERS[name](place, int(threads), encoding), sep=",")
        return
    threads = 2
    if "--threads" in words:
        place = words.index("--threads")
        threads = int(words[place + 1])
        del words[place:place + 2]
    tongbao, bench, folder = words[:3]
    rows = int(words[3]) if len(words) > 3 else 1_000_000
    rounds = int(words[4]) if len(words) > 4 else 5
    plain, chinese, book = files(bench, folder, rows)
    print(f"{rows:,} rows, {threads} threads, {rounds} runs each, in turn; all come to the same "
          "totals\n")
    print("| file | reader | least s | median s | MB/s | peak MiB | ÷ ours |")
    print("|---|---|---:|---:|---:|---:|---:|")
    first = measure("CSV, UTF-8", ["tongbao", "DuckDB", "Polars"], tongbao, plain, threads,
                    "utf-8", rounds)
    second = measure("CSV, GB18030", ["tongbao", "DuckDB", "Polars"], tongbao, chinese, threads,
                     "gb18030", rounds)
    measure(f"XLSX, {SHEET_ROWS:,} × 10", ["tongbao", "openpyxl"], tongbao, book, threads, "utf-8",
            rounds)
    print(f"\nGB18030 is read at {first / second:.2f}× the rows a second of UTF-8.")


if __name__ == "__main__":
    main(sys.argv[1:])
