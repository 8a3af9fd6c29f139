// SentenceGenerator.swift: the grammar and a seed arrive; random sentences of the language leave.

@testable import Syntax

/// A small generator of random numbers; the same seed gives the same run everywhere.
struct SeededNumbers: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}

struct SentenceGenerator {
  let grammar: Grammar
  var numbers: SeededNumbers
  /// Mixes Chinese keywords in, full-width marks too.
  var usesChinese = true
  private var words: [String] = []
  private var rules: [String] = []
  private let leastDepth: [String: Int]

  init(_ grammar: Grammar, seed: UInt64) {
    self.grammar = grammar
    numbers = SeededNumbers(seed: seed)
    leastDepth = Self.leastDepths(grammar)
  }

  /// A random sentence of a rule.
  mutating func sentence(of rule: String) -> String {
    words.removeAll()
    rules.removeAll()
    write(.rule(rule), budget: Int.random(in: 6...16, using: &numbers))
    return words.joined(separator: " ")
  }

  private mutating func write(_ expression: Grammar.Expression, budget: Int) {
    switch expression {
    case .keyword(let word): words.append(spelling(of: word))
    case .mark(let mark): words.append(typed(mark))
    case .token(let token): words.append(self.token(token))
    case .rule(let name):
      guard let rule = grammar.rules[name] else { return }
      rules.append(name)
      write(rule, budget: budget - 1)
      rules.removeLast()
    case .sequence(let parts): for part in parts { write(part, budget: budget) }
    case .choice(let parts):
      let cheap = parts.filter { depth(of: $0) <= budget }
      let least = parts.map(depth).min() ?? 0
      let possible = cheap.isEmpty ? parts.filter { depth(of: $0) == least } : cheap
      if let part = possible.randomElement(using: &numbers) { write(part, budget: budget) }
    case .optional(let inner):
      if depth(of: inner) <= budget, Bool.random(using: &numbers) { write(inner, budget: budget) }
    case .repeated(let inner):
      var left = 3
      while left > 0, depth(of: inner) <= budget, Int.random(in: 0..<3, using: &numbers) == 0 {
        write(inner, budget: budget)
        left -= 1
      }
    }
  }

  // MARK: - Tokens

  private mutating func spelling(of word: String) -> String {
    guard usesChinese, let keyword = Keywords.keyword(english: word) else { return word }
    let chinese = Keywords.table[Int(keyword.rawValue)].chinese
    let spellings = [word, word, word.uppercased()] + chinese
    return spellings.randomElement(using: &numbers) ?? word
  }

  private mutating func typed(_ mark: String) -> String {
    let forms = [
      ",": ["，", "、"], "(": ["（"], ")": ["）"], "{": ["｛"], "}": ["｝"], "=": ["＝"],
      "!=": ["≠", "！="], "<=": ["≤", "《=", "＜＝"], ">=": ["≥"], "<": ["《", "＜"], ">": ["》"],
      "*": ["×"], "/": ["÷", "／"], "-": ["−", "－"], "..": ["～", "…", "……", "~"], "@": ["＠"],
    ]
    guard usesChinese, let others = forms[mark] else { return mark }
    return ([mark, mark] + others).randomElement(using: &numbers) ?? mark
  }

  static let names = [
    "orders", "overdue", "score.ontime", "unit", "kind", "Channel", "a_1", "逾期", "县住建局", "单位",
    "按期办结率", "公布.得分", "项目A", "open_", "value", "open", "Item", "ｕｎｉｔ", "第三方", "naïve",
  ]

  private mutating func token(_ token: String) -> String {
    let choices: [String]
    switch token {
    case "NAME": choices = Self.names
    case "QNAME" where words.count == 2:
      // Perhaps the name that a definition gives, which no bracket excuses (N07).
      choices = ["[two words]", "【第 1 名】"]
    case "QNAME": choices = ["[by]", "[two words]", "[a]]b]", "【第 1 名】", "[2024]", "[月]"]
    case "STRING": choices = ["'it''s'", "\"x\"", "“局”", "‘办’", "「甲」", "『乙』", "''"]
    case "INT" where rules.contains("period") || rules.contains("periodSpan"):
      choices = ["2024", "1990", "2099"]
    case "INT": choices = ["0", "5", "12", "9223372036854775807"]
    case "DECIMAL": choices = ["3.5", "0.050", "12。25"]
    case "PERCENT": choices = ["98%", "0.5％", "96.27%"]
    case "PARAM": choices = ["$u", "￥单位", "$a.b"]
    case "PERIOD":
      choices = [
        "2024Q4", "2024-11", "2024年四季度", "H2", "十一月", "2024年11月", "q1", "下半年", "第3季度",
      ]
    case "PATH": choices = ["q4.csv", "/tmp/逾期.csv", "./a-b_c.tsv", "１.md"]
    case "NL": choices = ["\n"]
    default: choices = [token]
    }
    return choices.randomElement(using: &numbers) ?? token
  }

  // MARK: - How deep a rule must go

  private func depth(of expression: Grammar.Expression) -> Int {
    Self.depth(of: expression, leastDepth)
  }

  private static func depth(of expression: Grammar.Expression, _ known: [String: Int]) -> Int {
    switch expression {
    case .keyword, .mark, .token, .optional, .repeated: 0
    case .rule(let name): (known[name] ?? 1000) + 1
    case .sequence(let parts): parts.map { depth(of: $0, known) }.max() ?? 0
    case .choice(let parts): parts.map { depth(of: $0, known) }.min() ?? 0
    }
  }

  private static func leastDepths(_ grammar: Grammar) -> [String: Int] {
    var known: [String: Int] = [:]
    var hasChanged = true
    while hasChanged {
      hasChanged = false
      for (name, rule) in grammar.rules {
        let depth = depth(of: rule, known)
        if depth < known[name] ?? 1000 {
          known[name] = depth
          hasChanged = true
        }
      }
    }
    return known
  }
}
