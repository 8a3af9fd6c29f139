// Arguments.swift: the command line as ArgumentParser reads it, and the options it comes to.

import ArgumentParser
import Console
import Synchronization

/// One `-c` or `-f` with its place: two array options lose the order they were typed in.
struct OrderedWork {
  var work: ConsoleOptions.Work
  var place: Int

  private static let places = Atomic(0)

  init(_ work: ConsoleOptions.Work) {
    self.work = work
    place = Self.places.add(1, ordering: .relaxed).newValue
  }
}

struct Arguments: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "tongbao",
    abstract: says(
      "Questions to the quarterly notice of a 12345 hotline, in English or Chinese.",
      "用中文或英文查询 12345 热线季度通报。"),
    version: "tongbao \(versionText)")

  @Option(
    name: .customShort("c"), parsing: .unconditionalSingleValue,
    help: says("Run these statements; repeatable.", "运行这些语句；可重复。", "Q"),
    transform: { OrderedWork(.statements($0)) })
  var statements: [OrderedWork] = []

  @Option(
    name: .customShort("f"),
    help: says(
      "Run a script file; repeatable; - is standard input.", "运行脚本文件；可重复；- 是标准输入。",
      "FILE.tb"),
    transform: { OrderedWork($0 == "-" ? .standardInput : .file($0)) })
  var files: [OrderedWork] = []

  @Flag(
    name: .customShort("i"),
    help: says("After -c and -f, go on at the prompt.", "-c、-f 之后继续交互。"))
  var goesOn = false

  @Option(
    name: .customShort("m"), help: says("Output mode: \(modeNames).", "输出格式：\(modeNames)。", "MODE"))
  var mode: String?

  @Option(
    name: .customShort("o"),
    help: says("All results into FILE, whole or not at all.", "全部结果写入文件。", "FILE"))
  var output: String?

  @Flag(help: says("Replace the file of -o, or a kept period.", "替换 -o 的文件，或已存的时期。"))
  var replace = false

  @Flag(help: says("Append to the file of -o.", "追加到 -o 的文件。"))
  var append = false

  @Flag(name: .customShort("q"), help: says("Nothing on stderr but errors.", "标准错误上只报错误。"))
  var quiet = false

  @Option(
    help: says(
      "First line of tsv and csv: label, name or none.", "tsv、csv 首行：label、name 或 none。", "WHEN"))
  var header: String?

  @Flag(name: .customLong("no-header"), help: says("Same as --header none.", "即 --header none。"))
  var noHeader = false

  @Option(
    name: .customLong("null"), parsing: .unconditional,
    help: says("How an undefined cell is shown.", "没有值的格子怎么显示。", "TEXT"))
  var undefinedText: String?

  @Flag(
    help: says(
      "Printed figures instead of raw numbers in csv, tsv, jsonl.", "csv、tsv、jsonl 用显示的数字。"))
  var printed = false

  @Flag(help: says("No formula protection in csv and tsv.", "csv、tsv 不做公式防护。"))
  var rawCells = false

  @Flag(help: says("csv with a byte order mark.", "csv 带 BOM。"))
  var bom = false

  @Flag(name: .customLong("gb18030"), help: says("csv in GB18030.", "csv 用 GB18030 编码。"))
  var gb18030 = false

  @Option(help: says("Colours: auto, always, never.", "颜色：auto、always、never。", "WHEN"))
  var color: String?

  @Option(help: says("Cells per row of people's modes.", "每行的格数。", "N"))
  var width: String?

  @Option(help: says("Width of ambiguous characters: 1 or 2.", "歧义宽度字符的宽度：1 或 2。", "N"))
  var ambiguous: String?

  @Option(
    help: says(
      "Long answers in a pager: auto, always, never.", "长结果分页看：auto、always、never。", "WHEN"))
  var pager: String?

  @Flag(help: says("No headline.", "不显示提要。"))
  var noHeadline = false

  @Flag(help: says("No notes.", "不显示注。"))
  var noNotes = false

  @Flag(help: says("The time of each statement on stderr.", "在标准错误上显示每条语句用时。"))
  var timing = false

  @Option(
    name: .customLong("lang"),
    help: says("Language of messages and labels: zh or en.", "提示和标签的语言：zh 或 en。", "LANGUAGE"))
  var language: String?

  @Option(help: says("Value of a parameter; repeatable.", "给参数赋值；可重复。", "NAME=VALUE"))
  var set: [String] = []

  @Option(help: says("Replace the built-in rulebook.", "替换内置规则。", "DIR"))
  var rules: String?

  @Option(
    help: says(
      "Encoding of data: auto, utf-8, gb18030, utf-16.", "数据编码：auto、utf-8、gb18030、utf-16。",
      "NAME"))
  var encoding: String?

  @Option(help: says("Most rows drawn on a terminal.", "终端上最多显示的行数。", "N"))
  var limitRows: String?

  @Flag(help: says("Do not stop at the first error.", "出错后继续。"))
  var keepGoing = false

  @Flag(help: says("Read, parse and plan; run nothing.", "只检查，不运行。"))
  var check = false

  @Option(help: says("Form of errors: text or json.", "错误的形式：text 或 json。", "FORM"))
  var errors: String?

  @Flag(help: says("Print each statement before its result.", "先显示语句，再显示结果。"))
  var echo = false

  @Option(
    help: says(
      "A Markdown document whose questions are answered; -o OUT.md, .html or .txt.",
      "文中带有语句的 Markdown 文档，填好答案后输出；-o OUT.md、.html 或 .txt。", "FILE.md"))
  var report: String?

  @Flag(help: says("Warnings of check count as errors.", "核对的警告也算错误。"))
  var strict = false

  @Option(help: says("Repeat the -c and -f work.", "每隔几秒重复 -c、-f 的工作。", "SECONDS"))
  var watch: String?

  @Option(
    name: .customLong("init"),
    help: says("Read this file first, in batch too.", "先读此文件，批处理也读。", "FILE"))
  var initFile: String?

  @Flag(help: says("Read no init file.", "不读初始文件。"))
  var noInit = false

  @Option(help: says("Where the history is kept; none: nowhere.", "历史文件；none 为不保存。", "FILE"))
  var history: String?

  @Flag(help: says("Start no programs, write only below this folder.", "不启动程序，只写当前文件夹以下。"))
  var safe = false

  @Option(help: says("The workspace to open.", "要打开的工作区。", "FILE"))
  var workspace: String?

  @Flag(help: says("Store DATA into the workspace.", "把数据存入工作区。"))
  var keep = false

  @Flag(help: says("Load members that the catalogue lacks.", "载入目录中没有的名称。"))
  var keepUnknown = false

  @Flag(help: says("Leave out bad rows of an export.", "跳过有错的行。"))
  var skipBadRows = false

  @Flag(help: says("Load nothing, print what would be read.", "不载入，只显示会读到什么。"))
  var inspect = false

  @Option(
    help: says(
      "Ask a cluster for the periods that DATA lacks.", "DATA 没有的时期由集群回答。", "URL[,URL…]"))
  var clickhouse: String?

  @Option(help: says("Send DATA to a cluster.", "把数据推送到集群。", "URL[,URL…]"))
  var push: String?

  @Option(help: says("With --push: take a period away.", "与 --push 同用：移除一个时期。", "PERIOD"))
  var remove: String?

  @Flag(help: says("Answer without shards that are down.", "缺分片时也回答，并注明。"))
  var partial = false

  @Option(help: says("Longest wait for a cluster, 60.", "等候集群的最长秒数，默认 60。", "SECONDS"))
  var timeout: String?

  @Option(help: says("Certificates to trust.", "另外信任的证书文件。", "FILE"))
  var ca: String?

  @Flag(help: says("http:// to other machines too.", "允许用 http:// 连接其他机器。"))
  var insecure = false

  @Argument(help: says("Folders and files to load.", "要载入的文件夹和文件。", "DATA"))
  var data: [String] = []
}

extension Arguments {
  /// The options, every value checked.
  func options() throws(UsageProblem) -> ConsoleOptions {
    var options = ConsoleOptions()
    options.work = (statements + files).sorted { $0.place < $1.place }.map(\.work)
    options.goesOnAtPrompt = goesOn
    if let mode { options.mode = try optionMode(mode) }
    if let output { options.output = OutputFile(path: output, existing: .refuse) }
    options.isQuiet = quiet
    if let header { options.header = try optionValue(header, of: "--header") }
    if noHeader { options.header = .none }
    options.undefinedText = undefinedText
    options.printsShownText = printed
    options.keepsRawCells = rawCells
    options.writesByteOrderMark = bom
    options.writesGB18030 = gb18030
    if let color { options.color = try optionValue(color, of: "--color") }
    if let width { options.widthCells = try optionNumber(width, of: "--width", to: 10_000) }
    if let ambiguous {
      options.ambiguousWidth = try optionNumber(ambiguous, of: "--ambiguous", to: 2)
    }
    options.showsHeadline = !noHeadline
    options.showsNotes = !noNotes
    if timing { options.showsTiming = true }
    if let language { options.language = try optionLanguage(language) }
    for text in set { options.parameters.append(try optionSetting(text)) }
    options.rulebookFolder = rules
    if let encoding { options.encoding = try optionValue(encoding, of: "--encoding") }
    if let limitRows {
      options.rowLimit = try optionNumber(limitRows, of: "--limit-rows", to: 1_000_000_000)
    }
    options.keepsGoing = keepGoing
    options.onlyChecks = check
    if let errors { options.errorForm = try optionValue(errors, of: "--errors") }
    if echo { options.echo = .canonical }
    if let pager { options.pager = try optionValue(pager, of: "--pager") }
    options.isSafe = safe
    options.isStrict = strict
    if let watch { options.watchSeconds = try optionNumber(watch, of: "--watch", to: 86_400) }
    options.initFile = initFile
    options.readsInitFile = !noInit
    if let history { options.history = history == "none" ? .none : .file(history) }
    options.keepsUnknownMembers = keepUnknown
    options.skipsBadRows = skipBadRows
    options.reportPath = report
    options.onlyInspects = inspect
    options.data = data
    options.workspacePath = workspace
    options.keepsData = keep
    options.clusterAddresses = clickhouse
    options.pushAddresses = push
    options.removedPeriod = remove
    options.allowsPartial = partial
    if let timeout {
      options.clusterTimeoutSeconds = try optionNumber(timeout, of: "--timeout", to: 86_400)
    }
    options.authorityFile = ca
    options.allowsPlainText = insecure
    try options.check(replaces: replace, appends: append)
    return options
  }
}

private let modeNames = ConsoleOptions.modes.map(\.rawValue).joined(separator: ", ")

/// Help in the language of the messages; it is fixed before the first option is declared.
private func says(_ english: String, _ chinese: String, _ value: String) -> ArgumentHelp {
  ArgumentHelp(says(english, chinese), valueName: value)
}
private func says(_ english: String, _ chinese: String) -> ArgumentHelp {
  ArgumentHelp(says(english, chinese))
}
private func says(_ english: String, _ chinese: String) -> String {
  messageLanguage == .chinese ? chinese : english
}
