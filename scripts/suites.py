"""Times questions over generated orders, tongbao beside its peers, in turn, in one run.

    suites.py run BENCH FOLDER ROWS [RUNS] [--threads N] [--only A1,B2] [--peers duckdb,polars,chdb]
    suites.py scaling BENCH ROWS,ROWS,… [RUNS]

Every engine holds the same rows in the same order, all in memory, in the narrowest types it has.
One peer after the other stands beside ours. First all answers are compared; an engine that says
another thing ends the run. Then each question is timed A B A B …; the table that is printed is the
one of the README.
"""

import math
import os
import subprocess
import sys
import time

# name, suite, what it asks, tongbao, SQL ({countif} and {median} differ), columns read.
A = "A"
B = "B"
ONTIME = "count(*) - {countif}(overdue) - {countif}(closed is null and not overdue)"
SCORE = (
    "(floor(({full} * 200 * ({part}) + count(*)) / (2 * count(*))) / 100)"
)  # half up, exact: an integer division of whole numbers
QUESTIONS = [
    ("A1", A, "orders by unit", "select unit, count(*) from orders group by unit", None),
    ("A2", A, "overdue by unit during 2024-11",
     "select unit, {countif}(overdue) from orders where month = 202411 group by unit", None),
    ("A3", A, "overdue by unit, month",
     "select unit, month, {countif}(overdue) from orders group by unit, month", ["overdue"]),
    ("A4", A, "ontime_rate by unit during 2024",
     "select unit, (" + ONTIME + ") / count(*) from orders"
     " where month between 202401 and 202412 group by unit", None),
    ("A5", A, "score.closed, score.ontime, score.redo by unit during 2024Q4",
     "select unit, " + SCORE.replace("{full}", "25").replace("{part}", "count(closed)") + ", "
     + SCORE.replace("{full}", "35").replace("{part}", ONTIME) + ", "
     + SCORE.replace("{full}", "10").replace("{part}", "count(*) - {countif}(redo > 0)")
     + " from orders where month between 202410 and 202412 group by unit", None),
    ("A6", A, "overdue_rate by unit having orders >= 100 top 10",
     "select unit, rate from (select unit, {countif}(overdue) / count(*) as rate,"
     " rank() over (order by {countif}(overdue) / count(*) desc) as place from orders"
     " group by unit having count(*) >= 100) where place <= 10", ["overdue"]),
    ("A7", A, "overdue by month where unit = '001县01局'",
     "select month, {countif}(overdue) from orders where unit = '001县01局' group by month", None),
    ("A8", A, "overdue{unit = '001县01局'} / overdue",
     "select {countif}(overdue and unit = '001县01局') / {countif}(overdue) from orders",
     ["overdue"]),
    ("A9", A, "overdue by unit during 2024Q4 vs previous (value)",
     "select unit, {countif}(overdue and month >= 202410), {countif}(overdue and month < 202410)"
     " from orders where month between 202407 and 202412 group by unit", None),
    ("B1", B, "orders by category", "select category, count(*) from orders group by category",
     ["category"]),
    ("B2", B, "ontime_rate by unit, category where intake = '微信'",
     "select unit, category, (" + ONTIME + ") / count(*) from orders where intake = '微信'"
     " group by unit, category", ["intake", "category", "overdue"]),
    ("B3", B, "median_days by unit",
     "select unit, {median}(closed - accepted) from orders where closed is not null group by unit",
     ["closed_at", "accepted_at"]),
    ("B4", B, "avg_days by category where request_type = complaint",
     "select category, avg(closed - accepted) from orders where request_type = 'complaint'"
     " and closed is not null group by category",
     ["category", "request_type", "closed_at", "accepted_at"]),
    ("B5", B, "orders.distinct by region",
     "select region, count(distinct order_no) from orders group by region",
     ["region", "order_no"]),
    ("B6", B, "orders by region, request_type across month",
     "select region, request_type, month, count(*) from orders"
     " group by region, request_type, month", ["region", "request_type"]),
    ("B7", B, "satisfaction_rate by unit where category = '类别003'",
     "select unit, {countif}(satisfaction in ('非常满意', '满意', '基本满意')) / count(satisfaction)"
     " from orders where category = '类别003' group by unit having count(satisfaction) > 0",
     ["category", "satisfaction"]),
    ("B8", B, "orders by category, unit top 3 per category",
     "select category, unit, n from (select category, unit, count(*) as n,"
     " rank() over (partition by category order by count(*) desc) as place from orders"
     " group by category, unit) where place <= 3", ["category"]),
    ("B9", B, "orders where category in ('类别001', '类别010', '类别100')"
     " and region in ('001县1镇', '050县3镇', '107县8镇')",
     "select count(*) from orders where category in ('类别001', '类别010', '类别100')"
     " and region in ('001县1镇', '050县3镇', '107县8镇')", ["category", "region"]),
]
PIVOTS = {"B6": 2}
WORDS = ["unit", "intake", "request_type", "category", "region", "satisfaction"]
NUMBERS = {
    "order_no": "u8", "unit": "u2", "region": "u2", "accepted": "i4", "due": "i4", "closed": "i4",
    "intake": "u1", "request_type": "u1", "category": "u1", "overdue": "u1", "overdue_days": "u1",
    "returns": "u1", "return_late": "u1", "redo": "u1", "satisfaction": "u1",
}


# MARK: the rows for the peers


def parquet(bench, folder, rows):
    """One file with a row group for each quarter, made once."""
    import numpy as np
    import pyarrow as pa
    import pyarrow.parquet as pq

    place = os.path.join(folder, f"orders-{rows}.parquet")
    if os.path.exists(place):
        return place
    raw = os.path.join(folder, "columns")
    os.makedirs(raw, exist_ok=True)
    subprocess.run([bench, "columns", str(rows), raw], check=True)
    words = {n: open(f"{raw}/{n}.txt", encoding="utf-8").read().split("\n")[:-1] for n in WORDS}
    writer = None
    for quarter in range(24):
        data = {}
        for name, kind in NUMBERS.items():
            path = f"{raw}/q{quarter}.{name}.{kind}"
            data[name] = np.fromfile(path, dtype="<" + kind)
            os.remove(path)
        due = data["due"].astype("datetime64[D]").astype("datetime64[M]").astype(np.int64)
        month = ((due // 12 + 1970) * 100 + due % 12 + 1).astype("uint32")
        arrays = {}
        for name, values in data.items():
            if name in WORDS:
                empty = values == 0 if name == "satisfaction" else None
                codes = values.astype("int32") - (1 if name == "satisfaction" else 0)
                codes = pa.array(np.maximum(codes, 0), mask=empty)
                arrays[name] = pa.DictionaryArray.from_arrays(codes, pa.array(words[name]))
            elif name in ("accepted", "due", "closed"):
                empty = values == -1 if name == "closed" else None
                arrays[name] = pa.array(np.maximum(values, 0), mask=empty).cast(pa.date32())
            elif name in ("overdue", "return_late"):
                arrays[name] = pa.array(values.astype(bool))
            else:
                arrays[name] = pa.array(values)
        arrays["month"] = pa.array(month)
        table = pa.table(arrays)
        if writer is None:
            writer = pq.ParquetWriter(place + ".part", table.schema, compression="lz4")
        writer.write_table(table, row_group_size=max(len(table), 1))
    writer.close()
    os.rename(place + ".part", place)
    return place


# MARK: peers, each a process that says what bench serve says


def plain(value):
    if value is None:
        return ""
    return str(value)


class DuckDB:
    words = {"countif": "count_if", "median": "median"}

    def __init__(self, place, folder, threads):
        import duckdb

        self.db = duckdb.connect(":memory:")
        self.db.execute(f"set threads = {threads}")
        columns = []
        for name in list(NUMBERS) + ["month"]:
            if name in WORDS:
                texts = open(f"{folder}/columns/{name}.txt", encoding="utf-8").read().split("\n")
                quoted = ", ".join(f"'{text}'" for text in texts[:-1])
                self.db.execute(f"create type {name}_words as enum ({quoted})")
                columns.append(f"{name}::{name}_words as {name}")
            else:
                columns.append(name)
        self.db.execute(
            f"create table orders as select {', '.join(columns)} from read_parquet('{place}')")

    def run(self, question):
        return self.db.sql(question[3].format(**self.words)).to_arrow_table()

    def rows(self, table):
        columns = [column.to_pylist() for column in table.columns]
        return [[plain(value) for value in row] for row in zip(*columns)]


class ChDB(DuckDB):
    words = {"countif": "countIf", "median": "quantileExactInclusive(0.5)"}
    engine = "Memory"

    def __init__(self, place, folder, threads):
        from chdb import session

        self.db = session.Session()
        self.threads = threads
        types = {
            "order_no": "UInt64", "accepted": "Date", "due": "Date",
            "closed": "Nullable(Date)", "unit": "LowCardinality(String)", "overdue": "Bool", "return_late": "Bool",
            "month": "UInt32", "satisfaction": "LowCardinality(Nullable(String))",
        }
        columns = ", ".join(
            f"{name} {types.get(name, 'LowCardinality(String)' if name in WORDS else 'UInt8')}"
            for name in list(NUMBERS) + ["month"])
        self.query(f"create database if not exists bench engine = Atomic")
        self.query(f"create table bench.orders ({columns}) engine = {self.engine}")
        names = ", ".join(list(NUMBERS) + ["month"])
        self.query(
            f"insert into bench.orders select {names} from file('{place}', Parquet)"
            " settings max_threads = 1, max_insert_threads = 1,"
            " input_format_parquet_preserve_order = 1")

    def query(self, text, form="CSV"):
        return self.db.query(text, form)

    def run(self, question):
        text = question[3].format(**self.words).replace("from orders", "from bench.orders")
        return self.query(f"{text} settings max_threads = {self.threads}", "ArrowStream")

    def rows(self, result):
        import pyarrow as pa

        table = pa.ipc.open_stream(result.bytes()).read_all()
        table = pa.table([c.cast(pa.string()) if pa.types.is_dictionary(c.type)
                          or pa.types.is_binary(c.type) else c for c in table.columns],
                         names=[str(i) for i in range(table.num_columns)])
        return DuckDB.rows(self, table)


class ChDBTree(ChDB):
    engine = "MergeTree order by (month, unit) settings allow_nullable_key = 1"


class Polars:
    def __init__(self, place, folder, threads):
        os.environ["POLARS_MAX_THREADS"] = str(threads)
        import polars as pl

        self.pl = pl
        casts = []
        for name in WORDS:
            texts = open(f"{folder}/columns/{name}.txt", encoding="utf-8").read().split("\n")[:-1]
            casts.append(pl.col(name).cast(pl.Enum(texts)))
        self.orders = pl.read_parquet(place).with_columns(casts).rechunk()
        self.questions = self.expressions()

    def expressions(self):
        pl = self.pl
        frame = self.orders.lazy()
        col, late, count = pl.col, pl.col("overdue").sum(), pl.len()
        ontime = count - late - (col("closed").is_null() & ~col("overdue")).sum()
        days = (col("closed") - col("accepted")).dt.total_days()

        def half_up(full, part):
            return ((full * 200 * part + count) // (2 * count)) / 100

        def months(first, last):
            return frame.filter(col("month").is_between(first, last))

        unit = "001县01局"
        top = (frame.group_by("unit").agg(rate=late / count, n=count).filter(col("n") >= 100)
               .with_columns(place=col("rate").rank("min", descending=True))
               .filter(col("place") <= 10).select("unit", "rate"))
        three = (frame.group_by("category", "unit").agg(n=count)
                 .with_columns(place=col("n").rank("min", descending=True).over("category"))
                 .filter(col("place") <= 3).select("category", "unit", "n"))
        good = col("satisfaction").is_in(["非常满意", "满意", "基本满意"]).sum()
        rated = col("satisfaction").count()
        return {
            "A1": frame.group_by("unit").agg(count),
            "A2": frame.filter(col("month") == 202411).group_by("unit").agg(late),
            "A3": frame.group_by("unit", "month").agg(late),
            "A4": months(202401, 202412).group_by("unit").agg(ontime / count),
            "A5": months(202410, 202412).group_by("unit").agg(
                half_up(25, col("closed").count()).alias("closing"),
                half_up(35, ontime).alias("ontime"),
                half_up(10, count - (col("redo") > 0).sum()).alias("redone")),
            "A6": top,
            "A7": frame.filter(col("unit") == unit).group_by("month").agg(late),
            "A8": frame.select((col("overdue") & (col("unit") == unit)).sum() / late),
            "A9": months(202407, 202412).group_by("unit").agg(
                (col("overdue") & (col("month") >= 202410)).sum().alias("now"),
                (col("overdue") & (col("month") < 202410)).sum().alias("before")),
            "B1": frame.group_by("category").agg(count),
            "B2": frame.filter(col("intake") == "微信").group_by("unit", "category").agg(
                ontime / count),
            "B3": frame.filter(col("closed").is_not_null()).group_by("unit").agg(days.median()),
            "B4": frame.filter(col("closed").is_not_null(), col("request_type") == "complaint")
            .group_by("category").agg(days.mean()),
            "B5": frame.group_by("region").agg(col("order_no").n_unique()),
            "B6": frame.group_by("region", "request_type", "month").agg(count),
            "B7": frame.filter(col("category") == "类别003").group_by("unit").agg(
                good=good, rated=rated).filter(col("rated") > 0).select(
                    "unit", col("good") / col("rated")),
            "B8": three,
            "B9": frame.filter(
                col("category").is_in(["类别001", "类别010", "类别100"]),
                col("region").is_in(["001县1镇", "050县3镇", "107县8镇"])).select(count),
        }

    def run(self, question):
        return self.questions[question[0]].collect()

    def rows(self, frame):
        return [[plain(value) for value in row] for row in frame.rows()]


PEERS = {"duckdb": DuckDB, "polars": Polars, "chdb": ChDB, "chdb-tree": ChDBTree}


def peer(name, place, folder, threads):
    if name == "polars":
        os.environ["POLARS_MAX_THREADS"] = threads
    start = time.monotonic_ns()
    engine = PEERS[name](place, folder, threads)
    print(f"ready\t0\t{time.monotonic_ns() - start}\t0", flush=True)
    questions = {question[0]: question for question in QUESTIONS}
    for line in sys.stdin:
        verb, name = line.split()
        start = time.monotonic_ns()
        result = engine.run(questions[name])
        end = time.monotonic_ns()
        if verb == "time":
            print(end - start, flush=True)
        else:
            for row in engine.rows(result):
                print("\t".join(row))
            print(".", flush=True)


# MARK: the run


class Engine:
    """A process that holds the rows and answers on its standard output."""

    def __init__(self, name, command, environment=None):
        self.name = name
        self.process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8",
            env={**os.environ, **(environment or {})})
        self.known = None

    @property
    def ready(self):
        """What an engine says when it holds the rows: asked for, it is waited for."""
        if self.known is None:
            self.known = self.line().split("\t")
        return self.known

    def line(self):
        line = self.process.stdout.readline()
        if not line:
            sys.exit(f"{self.name} ended")
        return line.rstrip("\n")

    def say(self, verb, question):
        assert self.ready
        word = question[2] if self.name == "tongbao" else question[0]
        self.process.stdin.write(f"{verb} {word}\n")
        self.process.stdin.flush()

    def time(self, question):
        self.say("time", question)
        return int(self.line())

    def answer(self, question):
        self.say("ask", question)
        rows = []
        heading = self.line().split("\t") if self.name == "tongbao" else None
        while (line := self.line()) != ".":
            rows.append(line.split("\t"))
        has_month = "month" in question[3].partition(" from ")[0].split("count")[0]
        return canonical(rows, heading, PIVOTS.get(question[0]), has_month)

    def memory(self):
        """Resident now, and at most, in MiB."""
        text = open(f"/proc/{self.process.pid}/status").read()
        figures = dict(line.split(":", 1) for line in text.splitlines())
        return [int(figures[name].split()[0]) / 1024 for name in ("VmRSS", "VmHWM")]

    def size(self, rows):
        """Name, bytes a row, resident MiB now and at most, seconds to load."""
        seconds = (int(self.ready[2]) + int(self.ready[3])) / 1e9
        return (self.name, int(self.ready[1]) / rows, *self.memory(), seconds)

    def end(self):
        self.process.stdin.close()
        self.process.wait()


def canonical(rows, heading, pivot, has_month):
    """Rows by their words, figures apart; rows that say 0 throughout are those of nothing.

    Peers say months as numbers of six digits; the first figure of a row is one where it has any.
    """
    answer = {}
    for row in rows:
        if heading and pivot:
            for name, cell in zip(heading[pivot:], row[pivot:]):
                if cell not in ("", "0"):
                    answer[tuple(row[:pivot] + [name.split()[-1]])] = [float(cell)]
            continue
        words, figures = [], []
        for cell in row:
            try:
                number = float(cell) if cell else None
            except ValueError:
                number = cell
            if isinstance(number, str):
                words.append(number)
            elif not heading and has_month and not any("-" in word for word in words):
                words.append(f"{cell[:4]}-{cell[4:]}")
            else:
                figures.append(number)
        if any(figures):
            answer[tuple(words)] = figures
    return answer


def difference(mine, other):
    if mine.keys() != other.keys():
        only = list(mine.keys() ^ other.keys())[:3]
        return f"{len(mine)} rows against {len(other)}, such as {only}"
    for key, figures in mine.items():
        theirs = other[key]
        if len(figures) != len(theirs) or any(
                (a or 0) != (b or 0) and not math.isclose(a or 0, b or 0, rel_tol=1e-9)
                for a, b in zip(figures, theirs)):
            return f"{key}: {figures} against {theirs}"
    return None


def median(values):
    return sorted(values)[len(values) // 2]


def mean(ratios):
    return math.exp(sum(map(math.log, ratios)) / len(ratios)) if ratios else float("nan")


def shown(nanoseconds):
    milliseconds = nanoseconds / 1e6
    return f"{milliseconds:.{0 if milliseconds >= 100 else 1 if milliseconds >= 10 else 2}f}"


def serve(bench, rows, threads):
    return Engine("tongbao", [bench, "serve", str(rows)], {"TONGBAO_THREADS": str(threads)})


def compare(own, peer, questions, answers):
    """Ends the run where the peer says another thing."""
    wrong = 0
    for question in questions:
        found = difference(answers[question[0]], peer.answer(question))
        if found:
            wrong += 1
            print(f"{question[0]} {peer.name}: {found}", file=sys.stderr)
    if wrong:
        sys.exit(f"{wrong} answers of {peer.name} differ")


def in_turn(own, peer, question, runs):
    """The times of both, A B A B …, after a round that is not counted."""
    taken = [[], []]
    rounds = runs
    round = -1
    while round < rounds:
        figures = [engine.time(question) for engine in (own, peer)]
        if round < 0 and sum(figures) > 1_000_000_000:
            # What takes seconds varies little: three rounds say as much.
            rounds = min(runs, 3)
        if round >= 0:
            for place, figure in enumerate(figures):
                taken[place].append(figure)
        round += 1
    return taken


def run(bench, folder, rows, runs, threads, only, names):
    questions = [q for q in QUESTIONS if not only or q[0] in only or q[1] in only]
    # The rows are made here while they are written for the peers.
    own = serve(bench, rows, threads)
    place = parquet(bench, folder, rows)
    answers = {question[0]: own.answer(question) for question in questions}
    mine = {question[0]: [] for question in questions}
    theirs = {}
    ratios = {}
    sizes = [own.size(rows)]
    for name in names:
        # One peer at a time beside ours: no more than two hold the rows in memory.
        peer = Engine(name, [
            sys.executable, __file__, "peer", name, place, folder, str(threads)])
        compare(own, peer, questions, answers)
        for question in questions:
            taken = in_turn(own, peer, question, runs)
            mine[question[0]] += taken[0]
            theirs[question[0], name] = median(taken[1])
            ratios[question[0], name] = median(taken[1]) / median(taken[0])
        sizes.append(peer.size(rows))
        peer.end()
        print(f"{name}: {len(questions)} answers agree, timed", file=sys.stderr, flush=True)
    print(f"{len(questions)} questions, {rows:,} rows, {threads} threads: all engines give the "
          f"same answers; {runs} runs each (3 of what takes a second), in turn, medians in ms\n")
    head = ["", "question", "tongbao"] + names + [f"÷ {name}" for name in names] + ["÷ best"]
    print("| " + " | ".join(head) + " |")
    print("|" + "---|" * 2 + "---:|" * (len(head) - 2))
    times = {name: median(values) for name, values in mine.items()}
    for question in questions:
        name = question[0]
        figures = [times[name]] + [theirs[name, peer] for peer in names]
        own_ratios = [ratios[name, peer] for peer in names]
        ratios[name, "best"] = min(own_ratios)
        cells = [name, "`" + question[2] + "`"] + [shown(figure) for figure in figures]
        cells += [f"{ratio:.1f}×" for ratio in own_ratios + [ratios[name, "best"]]]
        print("| " + " | ".join(cells) + " |")
    for suite in sorted({question[1] for question in questions}):
        cells = [suite, "geometric mean"] + [""] * (len(names) + 1)
        cells += [
            f"{mean([ratios[q[0], name] for q in questions if q[1] == suite]):.1f}×"
            for name in names + ["best"]]
        print("| " + " | ".join(cells) + " |")
    report(bench, own, sizes, rows, questions, times, threads)
    own.end()


def report(bench, own, engines, rows, questions, times, threads):
    print("\n| | bytes a row | resident MiB | at most MiB | s to load |")
    print("|---|---:|---:|---:|---:|")
    for name, size, resident, most, seconds in engines:
        size = f"{size:.1f}" if size else ""
        print(f"| {name} | {size} | {resident:,.0f} | {most:,.0f} | {seconds:.1f} |")
    lines = subprocess.run([bench, "bandwidth", "1024", "5"], check=True, capture_output=True,
                           text=True).stdout.splitlines()
    bandwidth = {int(line.split()[0]): int(line.split()[1]) for line in lines}
    sizes = dict(part.split("=") for part in own.ready[4].split(","))
    print(f"\nMemory is read at {bandwidth[1] / 1e9:.1f} GB/s by one thread, "
          f"{bandwidth[2] / 1e9:.1f} by two. Share of it in scans:")
    for question in questions:
        if question[1] == B and question[4] and question[0] in times:
            size = sum(int(sizes.get(name, 0)) for name in question[4])
            share = size / (times[question[0]] / 1e9) / bandwidth[min(threads, 2)]
            print(f"- {question[0]}: {size / rows:.2f} bytes a row, {share:.0%}")


def scaling(bench, sizes, runs):
    print("| | question | " + " | ".join(
        f"{rows:,} rows, {threads} thread{'s' if threads > 1 else ''}"
        for rows in sizes for threads in (1, 2)) + " |")
    print("|---|---|" + "---:|" * (len(sizes) * 2))
    figures = {question[0]: [] for question in QUESTIONS}
    for rows in sizes:
        engines = [serve(bench, rows, threads) for threads in (1, 2)]
        for question in QUESTIONS:
            taken = [[], []]
            for round in range(-1, runs):
                for place, engine in enumerate(engines):
                    nanoseconds = engine.time(question)
                    if round >= 0:
                        taken[place].append(nanoseconds)
            figures[question[0]] += [median(values) for values in taken]
        for engine in engines:
            engine.end()
    for question in QUESTIONS:
        cells = [question[0], "`" + question[2] + "`"] + list(map(shown, figures[question[0]]))
        print("| " + " | ".join(cells) + " |")
    for place, rows in enumerate(sizes):
        for suite in (A, B):
            own = [figures[q[0]][place * 2] / figures[q[0]][place * 2 + 1]
                   for q in QUESTIONS if q[1] == suite]
            print(f"\nSuite {suite}, {rows:,} rows: two threads {mean(own):.2f}× one", end="")
    print()


def main(words):
    options = {}
    while len(words) > 1 and words[-2].startswith("--"):
        options[words[-2][2:]] = words[-1]
        words = words[:-2]
    if words[0] == "peer":
        peer(*words[1:])
    elif words[0] == "scaling":
        scaling(words[1], [int(size) for size in words[2].split(",")],
                int(words[3]) if len(words) > 3 else 7)
    else:
        only = set(filter(None, options.get("only", "").split(",")))
        # A sorted table of 100 million rows takes chDB minutes to make.
        every = "duckdb,polars,chdb" + (",chdb-tree" if int(words[3]) < 50_000_000 else "")
        names = options.get("peers", every).split(",")
        run(words[1], words[2], int(words[3]), int(words[4]) if len(words) > 4 else 7,
            int(options.get("threads", "2")), only, names)


if __name__ == "__main__":
    main(sys.argv[1:])
