// LoopbackCluster.swift: a cluster of servers on this machine, in a folder of its own, for as long
// as it is held.

import Glibc

/// Servers that `scripts/start-clickhouse-cluster.sh` starts and stops.
package final class LoopbackCluster {
  private let folder = TemporaryFolder()
  private let basePort: Int
  /// `http://127.0.0.1:PORT`, one a node.
  package let addresses: [String]
  private let settings: [String: String]

  /// Debian's package, whose service need not run.
  package static var isInstalled: Bool {
    runShell("command -v clickhouse-server >/dev/null").status == 0
  }

  /// nil where they do not come up; what they said is on standard error.
  package init?(nodeCount: Int) {
    // Two runs on one machine do not meet, and the ports that connections come from are higher.
    basePort = 20_000 + Int(getpid()) % 190 * 64
    let command = Self.command(folder.path, basePort, "start \(nodeCount)")
    guard runShell(command + " >&2").status == 0, let text = folder.text(of: "env") else {
      return nil
    }
    var settings: [String: String] = [:]
    for line in text.split(separator: "\n") {
      let parts = line.split(separator: "=", maxSplits: 1).map(String.init)
      if parts.count == 2 { settings[parts[0]] = parts[1] }
    }
    self.settings = settings
    addresses = (settings["TONGBAO_CH_URLS"] ?? "").split { $0 == " " || $0 == "\"" }
      .map(String.init)
  }

  deinit { _ = run("stop") }

  private static func command(_ folder: String, _ port: Int, _ words: String) -> String {
    "TONGBAO_CLUSTER_DIR='\(folder)' TONGBAO_CLUSTER_PORT=\(port) "
      + "'\(projectFolder)/scripts/start-clickhouse-cluster.sh' \(words)"
  }

  /// The password of `admin`, `loader` or `console`.
  package func key(of user: String) -> String {
    settings["TONGBAO_CH_\(user.uppercased())"] ?? ""
  }

  /// `kill 2`, `freeze 2`, `thaw 2`, `restart 2`.
  ///
  /// - Returns: whether it was done.
  package func run(_ words: String) -> Bool {
    runShell(Self.command(folder.path, basePort, words) + " >&2").status == 0
  }

  /// What a node says to a statement, as tab-separated text.
  package func text(_ sql: String, as user: String = "admin", node: Int = 0) -> String {
    folder.write(sql, to: "statement.sql")
    return runShell(
      "curl -s '\(addresses[node])/?database=hotline' -H 'X-ClickHouse-User: \(user)' "
        + "-H 'X-ClickHouse-Key: \(key(of: user))' --data-binary @'\(folder.file("statement.sql"))'"
    ).output
  }
}
