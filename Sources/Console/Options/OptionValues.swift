// OptionValues.swift: the text after an option becomes a value, or a usage problem that names it.

import Rendering
import Syntax

/// One of a fixed set of words.
package func optionValue<Value>(_ text: String, of option: String) throws(UsageProblem) -> Value
where Value: RawRepresentable<String> & CaseIterable {
  if let value = Value(rawValue: text.lowercased()) { return value }
  throw .unknownValue(text, of: option, among: Value.allCases.map(\.rawValue))
}

package func optionMode(_ text: String) throws(UsageProblem) -> OutputForm {
  let name = text.lowercased()
  if let mode = ConsoleOptions.modes.first(where: { $0.rawValue == name }) { return mode }
  throw .unknownValue(text, of: "-m", among: ConsoleOptions.modes.map(\.rawValue))
}

package func optionLanguage(_ text: String) throws(UsageProblem) -> Language {
  switch text.lowercased() {
  case "zh": return .chinese
  case "en": return .english
  default: throw .unknownValue(text, of: "--lang", among: ["zh", "en"])
  }
}

package func optionNumber(
  _ text: String, of option: String, from least: Int = 1, to most: Int
) throws(UsageProblem) -> Int {
  guard let number = Int(text), number >= least, number <= most else {
    throw .needsWholeNumber(text, of: option, from: least, to: most)
  }
  return number
}

package func optionSetting(_ text: String) throws(UsageProblem) -> ParameterSetting {
  let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
  let name = parts.first.map { $0.hasPrefix("$") ? $0.dropFirst() : $0 } ?? ""
  guard parts.count == 2, !name.isEmpty else {
    throw UsageProblem(
      "--set takes NAME=VALUE, not \(visible(text))", "--set 需要写成 名称=取值，而不是 \(visible(text))")
  }
  return ParameterSetting(name: String(name), value: String(parts[1]))
}

extension ConsoleOptions {
  /// What no single option shows: options that need or exclude each other, and the output file.
  ///
  /// Looks at the disk only for `-o`: a file that must not be overwritten is refused before
  /// anything runs (console.md 2.2).
  package mutating func check(replaces: Bool, appends: Bool) throws(UsageProblem) {
    if replaces, appends {
      throw UsageProblem(
        "--replace and --append exclude each other", "--replace 和 --append 不能同时使用")
    }
    if initFile != nil, !readsInitFile {
      throw UsageProblem("--init and --no-init exclude each other", "--init 和 --no-init 不能同时使用")
    }
    if watchSeconds != nil, work.isEmpty || work.contains(.standardInput) {
      throw UsageProblem("--watch needs -c or -f FILE", "--watch 要和 -c 或 -f 文件 一起用")
    }
    let names = parameters.map(\.name)
    if let twice = names.first(where: { name in names.count { $0 == name } > 1 }) {
      throw UsageProblem(
        "--set \(visible(twice)) is given twice", "--set \(visible(twice)) 写了两次")
    }
    if writesByteOrderMark, writesGB18030 {
      throw UsageProblem(
        "--bom and --gb18030 exclude each other", "--bom 和 --gb18030 不能同时使用")
    }
    guard !keepsData || !data.isEmpty else {
      throw UsageProblem("--keep needs DATA to store", "--keep 要有数据可存")
    }
    replacesKept = keepsData && replaces
    try checkPush()
    if reportPath != nil { try checkReport(appends: appends) }
    guard var output else {
      if mode == .xlsx { throw UsageProblem("-m xlsx needs -o FILE", "-m xlsx 要和 -o 文件 一起用") }
      guard !replaces || keepsData, !appends else {
        let option = replaces ? "--replace" : "--append"
        throw UsageProblem("\(option) needs -o FILE", "\(option) 要和 -o 文件 一起用")
      }
      return
    }
    output.existing = replaces ? .replace : appends ? .append : .refuse
    try checkOutput(output)
  }

  private func checkPush() throws(UsageProblem) {
    guard pushAddresses != nil else {
      guard removedPeriod == nil else {
        throw UsageProblem("--remove needs --push URL", "--remove 要和 --push 地址 一起用")
      }
      return
    }
    if !work.isEmpty || goesOnAtPrompt || reportPath != nil || keepsData
      || clusterAddresses != nil
    {
      throw UsageProblem(
        "--push sends data and does nothing else: no -c, -f, -i, --report, --keep, --clickhouse",
        "--push 只推送数据，不能与 -c、-f、-i、--report、--keep、--clickhouse 同用")
    }
    if removedPeriod != nil, !data.isEmpty {
      throw UsageProblem(
        "--remove takes a period away: no DATA beside it", "--remove 只移除时期，不能同时给数据")
    }
  }

  private func checkReport(appends: Bool) throws(UsageProblem) {
    if !work.isEmpty || goesOnAtPrompt {
      throw UsageProblem(
        "--report runs the questions of its file, without -c, -f and -i",
        "--report 运行其文件中的语句，不能与 -c、-f、-i 同用")
    }
    if appends { throw UsageProblem("--report does not append", "--report 不能追加") }
    let form = mode?.rawValue ?? output.map { suffixName(of: $0.path) } ?? "md"
    guard ReportForm(rawValue: form) != nil else {
      throw UsageProblem(
        "a report is .md, .html or .txt, not \(visible(form))",
        "报告可为 .md、.html、.txt，不能是 \(visible(form))")
    }
  }

  private mutating func checkOutput(_ file: OutputFile) throws(UsageProblem) {
    var output = file
    if output.path == "-" {
      throw UsageProblem(
        "-o takes a file; without it results go to standard output", "-o 后面要写文件名；不写 -o 就输出到标准输出")
    }
    guard let form = mode.flatMap({ FileForm($0) }) ?? FileForm(suffix: suffixName(of: output.path))
    else {
      throw UsageProblem(
        "-o \(visible(output.path)): the suffix names no mode, choose one with -m",
        "-o \(visible(output.path))：看后缀不知道用什么格式，请用 -m 指定")
    }
    // A drawing is no mode of a question: the answer before it is drawn as a chart.
    mode = OutputForm(rawValue: form.name) ?? .chart
    output.formName = form.name
    self.output = output
    if output.existing == .append, !form.canBeAppended {
      throw UsageProblem(
        "--append works with tsv, csv, jsonl, json and md, not with \(form.name)",
        "--append 只能用于 tsv、csv、jsonl、json、md，不能用于 \(form.name)")
    }
    if isSafe, !liesBelowWorkingFolder(output.path) {
      throw UsageProblem(
        "-o \(visible(output.path)): with --safe files are written below the working folder only",
        "-o \(visible(output.path))：--safe 下只能写到当前文件夹以下")
    }
    // A path that cannot be looked at cannot be written either: that is found, with status 3,
    // later.
    let kind = (try? SystemCalls.status(of: output.path))?.kind
    let isThere = kind == .regular || kind == .folder
    if isThere, !output.path.hasPrefix("/dev/"), output.existing == .refuse {
      throw UsageProblem(
        "-o \(visible(output.path)) exists; add --replace or --append",
        "-o \(visible(output.path)) 已经存在，要加 --replace 或 --append")
    }
  }
}
