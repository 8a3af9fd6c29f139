// WordMeanings.swift: a keyword arrives; what it does leaves, in one line.

import Syntax

/// One line about a keyword that may begin something; nil for words that explain themselves where
/// they stand.
func wordMeaning(_ keyword: Keyword) -> Bilingual? {
  clauseMeaning(keyword) ?? statementMeaning(keyword) ?? extraMeaning(keyword)
    ?? functionMeaning(keyword) ?? testMeaning(keyword)
}

private func clauseMeaning(_ keyword: Keyword) -> Bilingual? {
  switch keyword {
  case .by: Bilingual("one row for each member", "每个成员一行")
  case .across: Bilingual("one column for each member", "每个成员一列")
  case .where: Bilingual("which rows count", "哪些行计入")
  case .during: Bilingual("the period, in place of the newest", "时期；不写就是最新一期")
  case .having: Bilingual("which results are shown", "哪些结果显示")
  case .order: Bilingual("sorts by a figure", "按数值排序")
  case .top: Bilingual("the first so many; ties stay", "前几名，并列保留")
  case .bottom: Bilingual("the last so many; ties stay", "末几名，并列保留")
  case .with: Bilingual("adds share, rank, running sums, totals", "附上占比、排名、累计、合计")
  case .vs: Bilingual("compares with another period or the whole", "与另一时期或全体比较")
  case .assume: Bilingual("what if: other figures", "假设别的数值")
  case .as: Bilingual("the form of the result, once", "这一次的输出格式")
  case .into: Bilingual("into a file instead", "写入文件")
  case .named: Bilingual("heads the column", "给这一列命名")
  default: nil
  }
}

private func statementMeaning(_ keyword: Keyword) -> Bilingual? {
  switch keyword {
  case .then: Bilingual("changes the last question", "在上一问的基础上修改")
  case .without: Bilingual("takes a clause off", "去掉一个子句")
  case .let: Bilingual("gives a value a name", "给一个值起名")
  case .param: Bilingual("declares a value given from outside", "声明由外部给出的值")
  case .define: Bilingual("a metric, filter or query of your own", "定义自己的指标、筛选或查询")
  case .use: Bilingual("fixes period or condition from now on", "今后限定时期或条件")
  case .assert: Bilingual("fails unless it holds", "不成立即报错")
  case .check: Bilingual("holds the published figures against each other", "核对公布的数字")
  case .explain: Bilingual("the numbers behind a figure", "解释数字从何而来")
  case .rows: Bilingual("the source rows of an answer", "上一答案的原始行")
  case .drill: Bilingual("splits a row further", "把一行再拆开")
  case .run: Bilingual("runs a saved query", "执行已存的查询")
  case .show: Bilingual("lists metrics, dimensions, members …", "列出指标、维度、成员等")
  case .plan: Bilingual("the steps of the answer", "计算步骤")
  case .sqlite: Bilingual("the sums as SQL for SQLite", "求和部分的 SQLite 语句")
  case .clickhouse: Bilingual("the sums as SQL for ClickHouse", "求和部分的 ClickHouse 语句")
  case .every: Bilingual("in every row", "每一行都成立")
  case .any: Bilingual("in some row", "至少一行成立")
  default: nil
  }
}

private func extraMeaning(_ keyword: Keyword) -> Bilingual? {
  switch keyword {
  case .totals: Bilingual("a last row for all", "末行为合计")
  case .subtotals: Bilingual("a row for each group", "每组一行小计")
  case .others: Bilingual("one row for those left out", "其余合为一行")
  case .empty: Bilingual("members without rows too", "无记录的成员也列出")
  case .asc: Bilingual("the least first", "由小到大")
  case .desc: Bilingual("the greatest first", "由大到小")
  case .exactly: Bilingual("no ties beyond the number", "不保留并列")
  case .on: Bilingual("ranks by another figure", "依另一数值排名")
  case .per: Bilingual("in each group by itself", "每组分别")
  case .along: Bilingual("in the order of a dimension", "沿一个维度")
  case .yearAgo: Bilingual("the same period a year before", "上年同一时期")
  case .all: Bilingual("the whole", "全体")
  case .value: Bilingual("the other figure itself", "对比的数值")
  case .append: Bilingual("adds to the file", "追加到文件")
  case .replace: Bilingual("takes the place of the file", "覆盖文件")
  case .bar: Bilingual("a bar for each row", "每行一条柱")
  case .line: Bilingual("a line over time", "随时间的折线")
  case .spark: Bilingual("a small line in each row", "每行一个小走势")
  case .chart: Bilingual("the chart that suits", "合适的图")
  case .vertical: Bilingual("one figure a line", "每个数值一行")
  case .none: Bilingual("lifts what was fixed", "取消限定")
  default: nil
  }
}

private func functionMeaning(_ keyword: Keyword) -> Bilingual? {
  switch keyword {
  case .share: Bilingual("the part of the whole", "占全体的比例")
  case .rank: Bilingual("the place in the order", "名次")
  case .running: Bilingual("the sum so far", "累计到此")
  case .previous: Bilingual("the period before", "上一时期")
  case .delta: Bilingual("the difference", "增减量")
  case .growth: Bilingual("the difference in per cent", "增减百分比")
  case .avg: Bilingual("the mean over members", "各成员的平均")
  case .max: Bilingual("the greatest over members", "各成员的最大值")
  case .min: Bilingual("the least over members", "各成员的最小值")
  case .median: Bilingual("the middle over members", "各成员的中位数")
  case .count: Bilingual("how many members", "成员个数")
  case .round: Bilingual("rounded to places", "四舍五入")
  case .abs: Bilingual("without its sign", "绝对值")
  case .coalesce: Bilingual("the first that is there", "取第一个有值的")
  case .floor: Bilingual("rounded down", "向下取整")
  case .least: Bilingual("the least of several", "几个数中最小的")
  case .greatest: Bilingual("the greatest of several", "几个数中最大的")
  case .days: Bilingual("days between two dates", "两个日期相差的天数")
  default: nil
  }
}

private func testMeaning(_ keyword: Keyword) -> Bilingual? {
  switch keyword {
  case .in: Bilingual("one of several, or a span", "几个之一，或一段")
  case .between: Bilingual("from one to another", "介于两者之间")
  case .contains: Bilingual("holds the text", "含有文字")
  case .starts: Bilingual("begins with the text", "以文字开头")
  case .ends: Bilingual("ends with the text", "以文字结尾")
  case .like: Bilingual("as a pattern: % and _", "通配：% 和 _")
  case .is: Bilingual("null or blank", "空或空白")
  case .not: Bilingual("turns the test round", "取反")
  case .and: Bilingual("both hold", "两者都成立")
  case .or: Bilingual("one of them holds", "其一成立")
  default: nil
  }
}
