// LexicalDiagnostics.swift: codes L01–L04 and V01: characters and words that mean nothing.

extension Diagnostic {
  static func unclosedQuote(
    closing: String, at range: SourceRange, hasHints: Bool
  ) -> Diagnostic {
    let message = Bilingual("this quote is never closed", "引号没有结束")
    guard hasHints else { return Diagnostic("L01", at: range, message) }
    return Diagnostic(
      "L01", at: range, message,
      hints: [
        Bilingual(
          "add \(closing) at the end; “ ” ‘ ’ 「 」 also work, in matching pairs",
          "请在末尾加上 \(closing)；也可用“ ”‘ ’「 」，须成对")
      ])
  }

  static func notANumber(
    _ word: String, at range: SourceRange, hasHints: Bool
  ) -> Diagnostic {
    let word = shortened(word)
    let message = Bilingual(
      "`\(word)` is not a number, a period or a known name", "“\(word)”不是数字、时期或已知名称")
    guard hasHints else { return Diagnostic("L02", at: range, message) }
    return Diagnostic(
      "L02", at: range, message,
      hints: [
        Bilingual(
          "periods look like 2024, 2024Q4, 2024-11; as a name it is written `[\(word)]`",
          "时期写作 2024、2024Q4、2024-11；作名称时写作 [\(word)]")
      ])
  }

  static func strayMark(
    _ mark: String, at range: SourceRange, hasHints: Bool
  ) -> Diagnostic {
    let shown = visible(mark)
    return Diagnostic(
      "L03", at: range, Bilingual("`\(shown)` is not used", "不能使用“\(shown)”"),
      hints: hasHints ? strayMarkHint(mark).map { [$0] } ?? [] : [])
  }

  /// What a mark without use was probably meant for.
  private static func strayMarkHint(_ mark: String) -> Bilingual? {
    switch mark {
    case "—", "——", "–", "―":
      Bilingual(
        "a range is written `..`, a subtraction `-`", "范围写作 ..，减号写作 -")
    case "·", "··", "•", "・", "‧":
      Bilingual("the parts of a name are joined by `.`", "名称的各部分用 . 连接")
    case ".", "。", "...":
      Bilingual(
        "a dot joins the parts of a name or number, `..` makes a range; a sentence needs no stop",
        "点用于连接名称或数字，范围写作 ..；句末不用标点")
    case "&", "&&": Bilingual("conditions are joined by `and`", "条件用“且”连接")
    case "!": Bilingual("write `not`, or `!=` for unequal", "请写“不”，不等于写作 !=")
    case ":", "：": Bilingual("a name is given by `named`", "命名用“记作”")
    case "]", "】", "〕", "［", "］":
      Bilingual("names are bracketed on both sides: `[ ]`", "名称两侧都要有括号：[ ]")
    case "”", "’", "」", "』", "`":
      Bilingual("quotes come in pairs: ' ', “ ”, 「 」", "引号须成对：' '、“ ”、「 」")
    case "$": Bilingual("a parameter is `$` and a name", "参数写作 $ 加名称")
    case "?", "？":
      Bilingual(
        "`?` alone is help; a question is a sentence that begins with a metric",
        "单写 ? 看帮助；提问请写成以指标开头的语句")
    case "%": Bilingual("`%` stands directly behind a number", "% 须紧跟在数字之后")
    default: nil
    }
  }

  /// A part of a source that may be so long and no longer.
  enum LimitedPart {
    case line, statement, script

    var name: Bilingual {
      switch self {
      case .line: Bilingual("line", "一行")
      case .statement: Bilingual("statement", "一条语句")
      case .script: Bilingual("script", "脚本")
      }
    }
  }

  static func overLimit(
    _ part: LimitedPart, limitBytes: Int, count: Int, at range: SourceRange
  ) -> Diagnostic {
    let limit = "\(grouped(limitBytes / 1024)) KiB"
    let present = "\(grouped((count + 1023) / 1024)) KiB"
    return Diagnostic(
      "L04", at: range,
      Bilingual(
        "a \(part.name.english) may have \(limit), this one has \(present)",
        "\(part.name.chinese)最长\(limit)，此处为\(present)"))
  }

  /// `number` is what was written for `unit`; `text` the whole word.
  static func noSuchPeriod(
    _ text: String, unit: PeriodSpelling.Unit, number: Int64, at range: SourceRange
  ) -> Diagnostic {
    let name: Bilingual
    let last: Int64
    switch unit {
    case .year: (name, last) = (Bilingual("year", "年份"), 2099)
    case .half: (name, last) = (Bilingual("half year", "半年"), 2)
    case .quarter: (name, last) = (Bilingual("quarter", "季度"), 4)
    case .month: (name, last) = (Bilingual("month", "月"), 12)
    }
    let first: Int64 = unit == .year ? 1990 : 1
    var hints = [
      Bilingual(
        "\(name.english)s run from \(first) to \(last)", "\(name.chinese)应在 \(first) 到 \(last) 之间")
    ]
    if unit == .month {
      let nearest = number < 1 ? 1 : 12
      hints.append(Bilingual("did you mean month \(nearest)?", "是否要写 \(nearest)月？"))
    }
    return Diagnostic(
      "V01", at: range,
      Bilingual(
        "there is no \(name.english) \(shortened(text))", "没有\(shortened(text))这个\(name.chinese)"),
      hints: hints)
  }

  // MARK: - Words inside messages

  /// A word as a message shows it: a very long one is cut.
  static func shortened(_ word: String) -> String {
    let shown = visible(word)
    return shown.count <= 40 ? shown : shown.prefix(39) + "…"
  }

  /// A piece of the source as a message quotes it: on one line, cut where it is long.
  static func excerpt(_ text: String) -> String {
    let line = visible(text).split(separator: " ", omittingEmptySubsequences: true)
      .joined(separator: " ")
    return line.count <= 120 ? line : line.prefix(119) + "…"
  }

  /// Characters that show nothing are written as their number.
  private static func visible(_ text: String) -> String {
    if text.unicodeScalars.allSatisfy({
      (0x20...0x7E).contains($0.value) || (0x4E00...0x9FFF).contains($0.value)
    }) {
      return text
    }
    var result = ""
    for scalar in text.unicodeScalars {
      switch scalar.properties.generalCategory {
      case .control where scalar == "\n" || scalar == "\t" || scalar == "\r": result += " "
      case .control, .format, .unassigned, .privateUse, .surrogate, .lineSeparator,
        .paragraphSeparator:
        let digits = String(scalar.value, radix: 16, uppercase: true)
        result += "<U+" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits + ">"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }

  private static func grouped(_ number: Int) -> String {
    var digits = Array(String(number))
    var place = digits.count - 3
    while place > 0 {
      digits.insert(",", at: place)
      place -= 3
    }
    return String(digits)
  }
}
