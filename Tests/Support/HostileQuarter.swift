// HostileQuarter.swift: the published quarter of the examples, with accounts and problems that
// would drive a terminal or a spreadsheet if they were let.

extension TemporaryFolder {
  /// Problems as they stand in the hostile quarter, each once.
  package static let hostileProblems = [
    "栏目长期未更新", "\u{1B}[31mRED", "部分“栏目”，链接异常", "\u{1B}]0", "x\u{7}", "前\u{202E}后",
    "空\u{0}字", "=1+1", "+1",
  ]

  private static let hostileAccounts = [
    ("微信公众号", "绛帐传薪", "绛帐镇", "栏目长期未更新;\u{1B}[31mRED"),
    ("微信公众号", "和美杏林（筹）", "杏林镇", "部分“栏目”，链接异常;\u{1B}]0;x\u{7}"),
    ("微信公众号", "“美丽”召公", "召公镇", "前\u{202E}后"),
    ("微信服务号", "法治扶风👍", "县司法局", "空\u{0}字"),
    ("微博", "扶风县电子商务服务", "县商信局", "=1+1"),
    ("微信视频号", "水韵\u{1B}]0;x\u{7}扶风", "县水利局", "+1"),
  ]

  /// Fills the folder with the files of the quarter.
  package func writeHostileQuarter() {
    writeQuarter()
    var table = "序号,新媒体类型,新媒体名称,开设主体,存在的问题\n"
    for (place, row) in Self.hostileAccounts.enumerated() {
      table += "\(place + 1),\(row.0),\(row.1),\(row.2),\"\(row.3)\"\n"
    }
    write(table, to: "annex4-media.csv")
  }

  /// Fills the folder with the published quarter, byte for byte unless they are to be others.
  package func writeQuarter(_ converted: (String) -> [UInt8] = { Array($0.utf8) }) {
    let folder = "examples/2024Q4/"
    for path in ProjectFiles.list(below: folder) where path.hasSuffix(".csv") {
      guard let text = ProjectFiles.text(path), let name = path.split(separator: "/").last else {
        continue
      }
      write(converted(text), to: String(name))
    }
  }
}
