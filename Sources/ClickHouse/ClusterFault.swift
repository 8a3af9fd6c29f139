// ClusterFault.swift: why a cluster gave no answer, in both languages.

import Syntax

package struct ClusterFault: Error, Sendable, Hashable {
  package enum Kind: Sendable, Hashable {
    /// An address or a setting is wrong: nothing was sent.
    case usage
    /// Login, connection, schema: whoever asks cannot help it by other words.
    case server
    /// More than the cluster may give to one question (U12).
    case budget
    /// The data changed while it was read (U13).
    case changing
    /// Ctrl-C
    case stopped
  }
  package var kind: Kind
  package var message: Bilingual
  /// Everything the server said.
  package var detail: String?
  /// Another node, or another try, may answer.
  var isWorthRetrying = false

  init(_ kind: Kind, _ english: String, _ chinese: String) {
    self.kind = kind
    message = Bilingual(english, chinese)
  }

  /// An address or a setting that is not as it must be.
  package init(_ english: String, _ chinese: String) { self.init(.usage, english, chinese) }

  /// As a question is refused: `D17` stands for a server, as `D15` for a damaged workspace.
  package var refusal: Refusal {
    switch kind {
    case .budget: Refusal("U12", message)
    case .changing: Refusal("U13", message)
    case .usage, .server, .stopped: Refusal("D17", message)
    }
  }

  static let stopped = ClusterFault(.stopped, "cancelled", "已取消")

  /// - Parameter need: what there was not enough of.
  static func budget(_ limit: Bilingual, _ need: Bilingual) -> ClusterFault {
    ClusterFault(
      .budget,
      "this needs more than \(limit.english) (\(need.english)); add a filter, or ask for fewer "
        + "groups or a shorter period",
      "此问超出上限\(limit.chinese)（\(need.chinese)）；请加条件，或减少分组、缩短时期")
  }

  static func unexpected(_ what: String, at address: ServerAddress) -> ClusterFault {
    ClusterFault(
      .server, "\(address.host) gave an answer that cannot be read: \(what)",
      "\(address.host) 的应答无法读取：\(what)")
  }
}

extension ClusterFault {
  init(_ fault: TransportFault, at address: ServerAddress) {
    let host = address.text
    switch fault {
    case .notInstalled(let why):
      self.init(
        .server, "libcurl is needed to ask a cluster (apt-get install libcurl4): \(why)",
        "查询集群需要 libcurl（apt-get install libcurl4）：\(why)")
    case .stopped: self = .stopped
    case .deadline: self.init(.server, "\(host) did not answer in time", "\(host) 没有按时应答")
    case .tooLarge:
      self = .budget(
        Bilingual("an answer of 1 GiB", "1 GiB 的应答"), Bilingual("groups", "分组"))
    case .unreachable(let why):
      self.init(.server, "\(host) cannot be reached: \(why)", "无法连接 \(host)：\(why)")
      isWorthRetrying = true
    case .broken(let why):
      self.init(
        .server, "the connection to \(host) broke off: \(why)", "与 \(host) 的连接中断：\(why)")
      isWorthRetrying = true
    case .untrusted(let why):
      self.init(
        .server, "the certificate of \(host) is not trusted (--ca FILE adds an authority): \(why)",
        "\(host) 的证书不受信任（可用 --ca 文件 增加机构）：\(why)")
    }
  }

  /// What a server says in place of rows: `Code: 60, e.displayText() = …` or, since version 20,
  /// `Code: 60. DB::Exception: …`.
  init(saying body: String, status: Int, at address: ServerAddress) {
    let code = ServerMessage.code(in: body)
    let said = ServerMessage.line(of: body)
    let host = address.text
    switch code {
    case 192, 193, 194, 516:
      self.init(.server, "login refused by \(host)", "\(host) 拒绝登录")
    case _ where status == 401:
      self.init(.server, "login refused by \(host)", "\(host) 拒绝登录")
    case 279, 209, 210, 202:
      self.init(
        .server, "\(host) does not reach all of its shards (code \(code ?? 0)): \(said)",
        "\(host) 连不上全部分片（代码 \(code ?? 0)）：\(said)")
      isWorthRetrying = true
    case 164, 497:
      self.init(
        .server, "\(host) does not let this user do that: \(said)", "\(host) 不允许该用户这样做：\(said)")
    case 62 where body.contains("Max query size"):
      self = .budget(
        Bilingual("the statement a server takes", "服务器接受的语句长度"),
        Bilingual("a condition of thousands of names", "条件涉及几千个名称"))
    case 159: self = .budget(Bilingual("the server's time", "服务器的时限"), Bilingual("time", "时间"))
    case 241:
      self = .budget(Bilingual("the server's memory", "服务器的内存"), Bilingual("memory", "内存"))
    case 396:
      self = .budget(Bilingual("1,000,000 groups", "1,000,000 组"), Bilingual("groups", "分组"))
    case 394: self = .stopped
    case 16, 47, 60, 81:
      self.init(
        .server,
        "\(host) lacks a table or column (code \(code ?? 0)): push the data first "
          + "(tongbao --push): \(said)",
        "\(host) 缺少表或列（代码 \(code ?? 0)）：请先推送数据（tongbao --push）：\(said)")
    default:
      let number = code.map(String.init) ?? "HTTP \(status)"
      self.init(
        .server, "\(host) failed (code \(number)): \(said)", "\(host) 出错（代码 \(number)）：\(said)")
    }
    detail = body
  }
}

/// The error texts of servers old and new.
enum ServerMessage {
  /// The number behind `Code: ` at the beginning of a line.
  static func code(in body: some StringProtocol) -> Int? {
    for line in body.split(separator: "\n") {
      guard let number = code(at: line) else { continue }
      return number
    }
    return nil
  }

  static func code(at line: some StringProtocol) -> Int? {
    guard line.hasPrefix("Code: ") else { return nil }
    return Int(String(line.dropFirst(6).prefix { $0.isNumber }))
  }

  /// One line without the code and without what follows the message.
  static func line(of body: String) -> String {
    var line = body.split(separator: "\n").first.map(String.init) ?? body
    for mark in ["DB::Exception: ", "e.displayText() = "] {
      guard let place = line.firstRange(of: mark) else { continue }
      line = String(line[place.upperBound...])
      break
    }
    if let end = line.firstRange(of: ", e.what()") { line = String(line[..<end.lowerBound]) }
    return String(line.prefix(300))
  }
}

extension String {
  fileprivate func firstRange(of part: String) -> Range<String.Index>? {
    var place = startIndex
    while place < endIndex {
      if self[place...].hasPrefix(part) { return place..<index(place, offsetBy: part.count) }
      place = index(after: place)
    }
    return nil
  }
}
