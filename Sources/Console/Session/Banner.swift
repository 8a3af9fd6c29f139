// Banner.swift: a session arrives; the one line that greets a person at the prompt leaves
// (console.md 3.10).

import Catalog
import Rendering
import Syntax

/// `通报 0.1  2024Q4  应办 2,575 件  48 个单位  内置样例   .帮助  Ctrl-D 退出`
///
/// The first metric of the catalogue and the members of the first dimension that has a parent: what
/// the data is about, whatever the rulebook. A narrow screen gets less: first the keys go, then the
/// figures; what is loaded, and how it was read, stays.
func banner(
  of session: Session, _ periods: String, workspace: String? = nil, width: Int
) -> String {
  let language = session.language
  var parts: [(text: String, rank: Int)] = [
    (Bilingual("tongbao 0.1", "通报 0.1")[language], 0), (periods, 0),
    (figure(of: session, language), 1), (memberCount(of: session, language), 2),
    (workspace ?? source(of: session)[language], 0), (tolerated(by: session, language), 0),
    (Bilingual(" .help", " .帮助")[language], 3),
    (Bilingual("Ctrl-D leaves", "Ctrl-D 退出")[language], 4),
  ]
  for rank in (0...4).reversed() {
    let line = terminalSafe(parts.map(\.text).filter { !$0.isEmpty }.joined(separator: "  "))
    if rank == 0 || displayWidth(line) <= width { return line }
    parts.removeAll { $0.rank == rank }
  }
  return ""
}

/// `应办 2,575 件`; empty where the data has no such figure.
private func figure(of session: Session, _ language: Language) -> String {
  guard let metric = session.ground.vocabulary.catalog.metrics.first,
    let answer = try? session.pipeline.answer(
      QuestionSyntax(metric: metric.name, by: nil, where: nil), in: language),
    case .whole(let count)? = answer.rows.first?.cells.first?.raw
  else { return "" }
  let unit = language == .chinese ? metric.quantity?.unit.map { " " + $0 } ?? "" : ""
  let name = language == .chinese ? metric.label.chinese : metric.name
  // Of several quarters a question without a period asks the newest.
  let quarters = session.ground.holdings.quarters
  let period = quarters.count > 1 ? quarters.last.map { $0.text + " " } ?? "" : ""
  return period + name + " " + groupedDigits(count) + unit
}

/// `48 个单位`: those that the figure is counted for.
private func memberCount(of session: Session, _ language: Language) -> String {
  let catalog = session.ground.vocabulary.catalog
  guard let metric = catalog.metrics.first,
    let dimension = catalog.dimensions.first(where: { $0.parent != nil }),
    let answer = try? session.pipeline.answer(
      QuestionSyntax(metric: metric.name, by: dimension.name, where: nil), in: language)
  else { return "" }
  let count = answer.rows.count
  return language == .chinese
    ? "\(count) 个\(dimension.label.chinese)" : counted(count, dimension.name)
}

/// `orders.csv: 2 rows left out, 1 under unknown names`: figures lack the first only.
private func tolerated(by session: Session, _ language: Language) -> String {
  session.ground.loaded.tolerated.map { rows in
    var english: [String] = []
    var chinese: [String] = []
    if rows.leftOut > 0 {
      english.append(counted(rows.leftOut, "row") + " left out")
      chinese.append("略去错误的 \(rows.leftOut) 行")
    }
    if rows.unknown > 0 {
      english.append(counted(rows.unknown, "under an unknown name", "under unknown names"))
      chinese.append("\(rows.unknown) 行名称不在目录中")
    }
    return Bilingual(
      "\(rows.file): " + english.joined(separator: ", "),
      "\(rows.file) " + chinese.joined(separator: "、"))[language]
  }.joined(separator: "  ")
}

private func source(of session: Session) -> Bilingual {
  let loaded = session.ground.loaded
  guard !loaded.isSample else { return Bilingual("sample", "内置样例") }
  if let cluster = session.ground.cluster, loaded.files.isEmpty {
    let host = cluster.cluster.addresses[0].host
    return Bilingual("cluster \(host)", "集群 \(host)")
  }
  // What was converted is named: a wrong guess shows here first.
  var encodings: [String] = []
  for file in loaded.files where !file.encoding.uppercased().hasPrefix("UTF-8") {
    if !encodings.contains(file.encoding) { encodings.append(file.encoding) }
  }
  let count = loaded.files.count
  let tail = encodings.isEmpty ? "" : " " + encodings.joined(separator: ", ")
  return Bilingual(
    counted(count, "file") + tail, "\(count) 个文件" + tail)
}
