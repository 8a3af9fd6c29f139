// ContractExamples.swift: the sentences of the language contract, as the tests read them.

package enum ContractExamples {
  /// Section 10: number, English, Chinese; `⏎` is a line end.
  package static let sentences = """
    1|overdue|逾期
    2|overdue by unit where month=11|逾期 按 单位 其中 月＝11
    3|orders, closed, ontime_rate by unit during 2024Q4|应办、办结、按期办结率 按 单位 期间 2024年四季度
    4|overdue / orders named overdue_share by unit|逾期／应办 记作 逾期占应办 按 单位
    5|(orders - closed) / orders named backlog by kind|（应办－办结）／应办 记作 积压率 按 类别
    6|100 * returned / closed named returned_per_100|
    7|orders{channel='mailbox'} / orders named mailbox_share where channel in (hotline, mailbox)|\
    应办｛渠道=‘信箱’｝÷应办 记作 信箱占比 其中 渠道 属于（热线、信箱）
    8|overdue{unit=县住建局} / overdue named its_share|
    9|overdue by unit, month during 2024Q4|逾期 按 单位、月 期间 2024Q4
    10|overdue by unit across month during 2024Q4|逾期 按 单位 横列 月 期间 2024Q4
    11|orders, overdue by kind across quarter with totals|应办，逾期 按 类别 横列 季度 附 合计
    12|overdue by unit where kind = town and month = 11|逾期 按 单位 其中 类别＝“镇街” 且 月＝11
    13|overdue by unit where month in 10..12 and not (channel = mailbox or channel = letters)|
    14|overdue by month where unit in (县住建局, 城关街道办)|逾期 按 月 其中 单位 属于（县住建局、城关街道办）
    15|redo by unit where month between 10 and 12|退回重办 按 单位 其中 月 介于 10 与 12
    16|orders by unit where unit contains '局' or unit ends '办'|应办 按 单位 其中 单位 含 “局” 或 单位 结尾是 “办”
    17|orders by unit where unit like '县%局'|
    18|orders by unit where unit != 县住建局|应办 按 单位 其中 单位≠县住建局
    19|orders by unit where category is blank|应办 按 单位 其中 问题分类 为空白
    20|overdue by unit having score is not null|逾期 按 单位 满足 得分 非空
    21|overdue by unit where @big_towns and month = 12|逾期 按 单位 其中 @大镇 且 月=12
    22|overdue by unit during 2024-11|逾期 按 单位 期间 2024年11月
    23|overdue by month during 2024-10..2024-12|逾期 按 月 期间 2024年10月～2024年12月
    24|ontime_rate by unit during last quarter|按期办结率 按 单位 期间 上季度
    25|closed by unit during year to date|办结 按 单位 期间 本年累计
    26|overdue by month during last 6 month|逾期 按 月 期间 近 6 月
    27|overdue by unit top 5|逾期 按 单位 前 5
    28|ontime_rate by unit where kind=department bottom 3|按期办结率 按 单位 其中 类别=部门 末 3
    29|orders, overdue by unit top 10 on overdue / orders|应办，逾期 按 单位 前 10 依 逾期/应办
    30|overdue by month, unit top 3 per month|逾期 按 月，单位 前 3 每 月
    31|overdue by unit top 5 exactly|逾期 按 单位 前 5 恰好
    32|orders by unit top 8 with others, share|应办 按 单位 前 8 附 其余、占比
    33|overdue, orders by unit order overdue desc, unit|逾期，应办 按 单位 排序 逾期 降，单位
    34|overdue by unit having overdue > 10|逾期 按 单位 满足 逾期＞10
    35|orders, ontime_rate by unit having ontime_rate < 98% and orders >= 20|应办，按期办结率 按 单位 满足 按期办\
    结率＜98％ 且 应办≥20
    36|orders by channel with share|应办 按 渠道 附 占比
    37|orders by kind, unit with share of unit|应办 按 类别，单位 附 占比 占 单位
    38|score by unit with rank|得分 按 单位 附 排名
    39|ontime_rate by kind, unit with rank per kind|按期办结率 按 类别，单位 附 排名 每 类别
    40|overdue by month during 2024 with running|逾期 按 月 期间 2024年 附 累计
    41|running(redo along month) / running(overdue along month) named r by month during 2024|
    42|overdue by unit during 2024-11 vs previous|逾期 按 单位 期间 2024-11 环比
    43|ontime_rate by unit during 2024Q4 vs year ago (delta)|按期办结率 按 单位 期间 2024Q4 同比（增减）
    44|orders by unit during 2024Q4 vs 2023Q2 (value, growth)|应办 按 单位 期间 2024Q4 对比 2023Q2（本值、增幅）
    45|ontime_rate by unit vs all (delta)|按期办结率 按 单位 对比 全体（增减）
    46|growth(overdue) named g by unit during 2024-12 having growth(overdue) > 20% order growth(o\
    verdue) desc|
    47|avg(redo_rate per quarter) named mean by unit during 2024|平均（重办率 每 季度） 记作 均率 按 单位 期间 2024年
    48|avg(score per unit weighted orders)|平均（得分 每 单位 加权 应办）
    49|orders, overdue, overdue_rate by kind, unit with subtotals, totals|应办、逾期、逾期率 按 类别、单位 附 小计、合计
    50|orders by unit where channel = mailbox with empty|应办 按 单位 其中 渠道=信箱 附 空组
    51|problems by platform, unit during 2024Q4 order problems desc|问题数 按 平台、单位 期间 2024Q4 排序 问题数 降
    52|score.ontime, lost.ontime, score by unit bottom 5 on score|按期得分，按期失分，得分 按 单位 末 5 依 得分
    53|score by item where unit = 县住建局|得分 按 得分项 其中 单位=县住建局
    54|score where unit=县住建局 assume overdue{month=11} = 0|得分 其中 单位=县住建局 假设 逾期｛月=11｝=0
    55|let $u = 县住建局; overdue by month where unit = $u|令 $u = “县住建局”；逾期 按 月 其中 单位 = ￥u
    56|param $u unit = 县住建局; orders, overdue where unit = $u|参数 $u 单位 = 县住建局；应办，逾期 其中 单位 = $u
    57|define metric late_share = overdue / orders format '0.00%' better low|定义 指标 逾期占应办 = 逾期/应办 \
    格式 “0.00%” 向好 低
    58|define filter big_towns = kind = town and unit in (城关街道办, 绛帐镇)|定义 筛选 大镇 = 类别 = 镇街 且 单位 属于（\
    城关街道办，绛帐镇）
    59|define query monthly($u) = overdue by month where unit = $u; run @monthly($u = 县公安局)|定义 查询\
     月报（$u）= 逾期 按 月 其中 单位 = $u；执行 @月报（$u = 县公安局）
    60|explain score.ontime where unit = 县住建局|解释 按期得分 其中 单位 = 县住建局
    61|explain sqlite overdue by unit, month with totals|解释 sqlite 逾期 按 单位，月 附 合计
    62|drill 3 by month; rows 2|下钻 3 按 月；明细 2
    63|assert overdue where unit=县住建局 and month=11 = 45 'remarks, no. 16'|断言 逾期 其中 单位=县住建局 且 月=11\
     = 45 ‘备注，第16行’
    64|assert every closed by unit <= orders|断言 每行 办结 按 单位 <= 应办
    65|assert ontime_rate during 2024Q4 shows '97.51%'|断言 按期办结率 期间 2024Q4 显示为 “97.51%”
    66|assert every ontime_rate by unit where channel = mailbox = stated.ontime_rate within 0.5%|
    67|then where month=12 without top|再 其中 月=12 去掉 前
    68|check; check overdue during 2024Q4|核对；核对 逾期 期间 2024Q4
    69|use 2024Q4; show members of unit; show rulebook|限定 2024Q4；列出 成员 属 单位；列出 规则书
    70|overdue by unit top 10 as bar into q4-overdue.csv replace|逾期 按 单位 前 10 输出 柱图 存为 逾期.csv 覆盖
    71|orders, overdue,   # head ⏎  ontime_rate ⏎ by unit    # a clause word continues ⏎ during 2\
    024Q4|
    72||按期办结率按单位其中类别=部门末3
    """

  /// Section 11.2: code and column, sentence, carets, help; `␠` is a blank at the end of a line.
  package static let errors = """
    error N01 at column 1: unknown metric `overdeu`
      overdeu by unit
      ^^^^^^^
      = did you mean `overdue` (逾期)? metrics whose names start alike: overdue, overdue_rate, over\
    due_days
    error N02 at column 12: unknown dimension `untis`
      overdue by untis where month=11
                 ^^^^^
      = did you mean `unit` (单位)? dimensions of overdue: unit, kind, channel, annex, row, month, \
    quarter, year
    error N03 at column 30: no unit is called 县住健局
      overdue by unit where unit = 县住健局
                                   ^^^^^^^^
      = did you mean 县住建局 or 县卫健局? `show members of unit` lists all 51
    error N04 at column 21: 交通 may be 县交通运输局 or 县交管大队
      orders where unit = 交通
                          ^^^^
      = write one of them
    error P01 at column 17: unexpected word `were`
      overdue by unit were month=11
                      ^^^^
      = did you mean `where`? // after `by unit` a clause may follow: across, where, during, havi\
    ng, order, top, bottom, with, vs, assume, as, into
    error P02 at column 9: two names with nothing between them
      overdue unit
              ^^^^
      = `unit` is a dimension: write `overdue by unit` // if a second metric is wanted put a comm\
    a: `overdue, orders`
    error P03 at column 1: a query starts with what is measured
      by unit overdue
      ^^
      = write `overdue by unit` // (console: a line that starts with `by` refines the last query,\
     and there is none yet)
    error P04 at column 24: `where` is written twice (first at column 9)
      overdue where month=11 where kind=town
                             ^^^^^
      = join the conditions: `where month=11 and kind=town`
    error P05 at column 29: `=>` is not a comparison
      overdue by unit where month => 11
                                  ^^
      = did you mean `>=`? comparisons: = != < <= > >=
    error P06 at column 31: the query stops after `=`
      overdue by unit where month =␠
                                    ^
      = expected a value: a number, a month such as 2024-11, a name, a list after `in`, or a $par\
    ameter
    error P07 at column 45: `(` at column 23 is never closed
      overdue by unit where (kind=town or month=11
                                                  ^
      = expected `and`, `or` or `)`
    error P08 at column 21: `top` needs a whole number
      overdue by unit top five
                          ^^^^
      = write `top 5`
    error P09 at column 23: `by` is written twice (first at column 9)
      overdue by unit top 5 by overdue
                            ^^
      = the ranking of a top list is written with `on`: `top 5 on overdue`
    error P10 at column 20: `as` chooses the output form, and `rate` is not one
      overdue by unit as rate
                         ^^^^
      = to name a column write `overdue named rate` // forms: box, table, plain, tsv, csv, json, \
    jsonl, md, html, latex, xlsx, vertical, list, chart, bar, line, spark
    error P11 at column 4: 不认识的词“案”
      逾期 案 单位
           ^^
      = 是否要写“按”（by）？ // 指标之后可接：按、横列、其中、期间、满足、排序、前、末、附、对比、假设、输出
    error P12 at column 1: `top 5` comes after the grouping
      top 5 overdue by unit
      ^^^^^
      = write `overdue by unit top 5`
    error P13 at column 1: this looks like SQL
      select overdue from q4 where month=11
      ^^^^^^
      = a query starts with the metric and needs no table: `overdue where month=11` // `explain s\
    qlite overdue where month=11` shows the SQL that it becomes
    error P15 at column 17: there are no pipes
      overdue by unit | top 5
                      ^
      = clauses simply follow each other: `overdue by unit top 5`
    error L01 at column 30: this quote is never closed
      overdue by unit where unit = '县住建局
                                   ^^^^^^^^^
      = add ' at the end; “ ” ‘ ’ 「 」 also work, in matching pairs
    error T01 at column 23: `overdue` is a metric; `where` filters rows before they are added up
      overdue by unit where overdue > 10
                            ^^^^^^^
      = to filter results write `having overdue > 10`
    error T02 at column 24: `month` is a dimension; `having` filters results
      overdue by unit having month = 11
                             ^^^^^
      = write `where month = 11`
    error T03 at column 1: adding a ratio and a count has no meaning
      ontime_rate + overdue by unit
      ^^^^^^^^^^^^^^^^^^^^^
      = `ontime_rate` is a ratio (ontime / orders), `overdue` is a count of orders // put them si\
    de by side: `ontime_rate, overdue by unit`
    error T04 at column 16: `avg` of a ratio needs to know over what
      avg(ontime_rate) by unit
                     ^
      = for the true rate drop the function: `ontime_rate by unit` (sum of ontime / sum of orders\
    ) // for a mean over units write `avg(ontime_rate per unit)`
    error T05 at column 13: `problems` has no `channel`
      problems by channel
                  ^^^^^^^
      = it can be split by: platform, account, unit, kind, problem, quarter, year
    error T06 at column 28: only some of these metrics have `channel`
      overdue, problems by unit, channel
                                 ^^^^^^^
      = `overdue` has it, `problems` does not: the same problems would be counted once for every \
    channel // drop `channel`, or ask in two queries
    error T07 at column 1: `score` cannot be added across unit
      score by kind
      ^^^^^
      = say how to combine: `avg(score per unit) by kind`, or `avg(score per unit weighted orders\
    ) by kind` // or split further: `score by kind, unit`
    error T11 at column 30: `ontime` is computed, so it cannot be assumed
      score where unit=县住建局 assume ontime = 578
                                       ^^^^^^
      = `ontime` is orders - overdue - coalesce(open, 0) // assume one of its counts: `assume ove\
    rdue = 0`
    error V01 at column 14: 没有十三月这个月
      逾期 按 单位 其中 月＝十三月
                            ^^^^^^
      = 月应在 1 到 12 之间 // 是否要写 12月？
    error A02 at column 45: assertion failed: overdue is 45, expected 44 (difference +1)
      assert overdue where unit=县住建局 and month=11 = 44
                                                      ^^^^
      = rows behind the 45: annex 2, no. 16, remarks
    error O01 at column 22: q4.csv already exists; nothing was written
      overdue by unit into q4.csv
                           ^^^^^^
      = add `replace` or `append`: `into q4.csv replace`
    """

  /// Section 5.7: a foreign data set.
  package static let foreignDataset = """
    define dataset boston  source file '*311*.csv'  grain case_id  column case_id text  column op\
    en_dt time  column target_dt time optional  column closed_dt time optional  column ontime text
      column department text  column source text  column reason text  time month = open_dt  dimen\
    sion unit = department  dimension channel = source  dimension category = reason
    define dimension unit  members open
    define dimension channel  members open
    define dimension category  members open
    define metric orders  from boston rows
    define metric closed  from boston rows where closed_dt is not null
    define metric overdue  from boston rows where ontime = 'OVERDUE'
    define metric overdue_days  quantity day  from boston sum(greatest(0, days(closed_dt, target_\
    dt))) where closed_dt > target_dt
    define metric overdue_rate = overdue / orders  format '0.00%'  better low
    define scheme demo  valid 2024Q1 ..  per unit  gives points_total, points_lost  rounding 1
      item prompt 'Prompt' weight 60 = least(60, greatest(0, 60 - 200 * overdue_rate))
      item done 'Done' weight 40 = 40 * closed / orders
    """

  /// Section 9.4: the canonical sentences of the worked questions.
  package static let canonicalSentences = """
    orders where channel = hotline during Q4
    orders where kind = department
    orders, ontime, overdue, ontime_rate by kind with totals
    orders where unit = 县住建局
    orders, overdue where unit = 国网扶风供电公司
    orders where unit = 县民政局
    orders by unit top 1
    orders by unit where kind = town order orders desc
    orders by unit where kind = department having overdue = 0 top 5
    orders{unit = 城关街道办} / orders named portion where kind = town
    overdue by unit having overdue > 0 order overdue desc
    overdue by unit where month = 11 having overdue > 0 order overdue desc
    overdue by month where unit = 县住建局
    overdue by unit having min(overdue per month) > 0 order overdue desc
    overdue{unit = 县住建局} / overdue named portion where month = 11
    overdue by unit where kind = town having overdue > 0 order overdue desc
    overdue during 2024-11 vs 2024-10
    ontime_rate
    ontime_rate, orders by unit bottom 5
    close_rate, orders by unit having close_rate < 100% order close_rate desc
    score by unit bottom 5
    count(unit having score = 100)
    avg(score per row)
    explain score where unit = 县电信公司
    score where unit = 县住建局 assume overdue{month = 11} = 0
    redo by unit having redo > 0 order redo desc with totals
    score.satisfaction by unit bottom 1
    orders where channel = mailbox
    orders by unit where channel in (hotline, mailbox) top 5
    accounts by platform with totals
    duties by unit, topic where unit = 县教体局
    check
    orders where month = 10
    lost.ontime by unit where kind = department having lost.ontime > 0.5 order lost.ontime desc
    orders, rank(orders of unit) named place where unit = 绛帐镇
    orders by unit where channel = mailbox and unit != 其他 bottom 3
    overdue by unit where unit in (县公安局, 县教体局) vs year ago
    count(unit having overdue_rate > 1%)
    orders by channel with share
    orders by unit where kind = town having rank(orders) = 3
    """
}
