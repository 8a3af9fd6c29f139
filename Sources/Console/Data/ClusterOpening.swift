// ClusterOpening.swift: addresses, the environment and the options arrive; a cluster that can be
// asked leaves, or a fault before anything was sent.

import Catalog
import ClickHouse
import Rendering
import Syntax

struct ClusterOpening {
  let options: ConsoleOptions
  let environment: ConsoleEnvironment
  let language: Language

  /// - Parameter addresses: a list with commas.
  /// - Throws: `.usage` where an address, the user or the key is not as it must be.
  func cluster(_ addresses: String) throws(ClusterFault) -> Cluster {
    let list = try ServerAddress.list(addresses, allowsPlainText: options.allowsPlainText)
    guard let user = environment.clusterUser else { throw .needsUser }
    var settings = ClusterSettings(addresses: list, user: user, key: try key())
    // They stand in lines of a header.
    guard isHeaderValue(settings.user), isHeaderValue(settings.key) else { throw .badLogin }
    settings.timeoutMilliseconds = Int64(options.clusterTimeoutSeconds) * 1000
    settings.allowsPartial = options.allowsPartial
    let line = ProgressLine(language: language, isWanted: !options.isQuiet)
    let surroundings = ClusterSurroundings(
      milliseconds: { SystemCalls.wallMilliseconds },
      isStopped: { SystemCalls.isInterrupted },
      hold: SystemCalls.holdInterruption,
      tellProgress: { progress in
        if let progress { line.show(progress) } else { line.erase() }
      })
    return Cluster(
      settings, by: CurlTransport(authorityFile: options.authorityFile), surroundings)
  }

  /// Never from the command line, where others could read it.
  private func key() throws(ClusterFault) -> String {
    if let key = environment.clusterKey { return key }
    guard let path = environment.clusterKeyFile else { return "" }
    let bytes: [UInt8]
    let mode: UInt32
    do throws(SystemError) {
      let file = try Descriptor(reading: path)
      mode = try SystemCalls.status(of: path).mode
      bytes = try file.read()
    } catch {
      throw .unreadableKeyFile(path, error)
    }
    guard mode & 0o077 == 0 else { throw .openKeyFile(path) }
    var text = String(decoding: bytes, as: UTF8.self)
    while text.last?.isNewline == true { text.removeLast() }
    return text
  }

  private func isHeaderValue(_ text: String) -> Bool {
    text.unicodeScalars.allSatisfy { $0.value >= 0x20 && $0.value != 0x7F }
  }
}

extension CheckedWriter {
  func tell(_ fault: ClusterFault, in language: Language) {
    let text = fault.message[language]
    let code = fault.refusal.code
    report(
      errorForm == .json
        ? refusalJSON(
          code: code, text: fault.detail.map { "\(text)\n\($0)" } ?? text, place: .prompt)
        : terminalSafe("\(code): \(text)") + "\n")
  }
}

extension ClusterFault {
  fileprivate static let needsUser = ClusterFault(
    "set TONGBAO_CLICKHOUSE_USER, and TONGBAO_CLICKHOUSE_KEY or TONGBAO_CLICKHOUSE_KEY_FILE",
    "请设环境变量 TONGBAO_CLICKHOUSE_USER，以及 TONGBAO_CLICKHOUSE_KEY 或 TONGBAO_CLICKHOUSE_KEY_FILE")

  fileprivate static let badLogin = ClusterFault(
    "the user and the key hold no control characters", "用户和口令中不能有控制字符")

  fileprivate static func openKeyFile(_ path: String) -> ClusterFault {
    ClusterFault(
      "\(path): others may read the key; make it yours alone (chmod 600)",
      "\(path)：他人可以读到口令，请改为仅本人可读（chmod 600）")
  }

  fileprivate static func unreadableKeyFile(_ path: String, _ error: SystemError) -> ClusterFault {
    ClusterFault("\(path): \(error.text.english)", "\(path)：\(error.text.chinese)")
  }
}
