// SQLTable.swift: the definition of a data set arrives; the table that holds its rows leaves.
//
// A table is named as the data set, and its columns as the definition's. Beside them stand the
// row's year, quarter and month and its issuer, and on a server the load that brought it. Texts are
// never NULL (a blank is ''); everything else is a whole number: flags 0 and 1, days since 1970,
// minutes since 1970, and decimals in ten-thousandths, so that no engine ever adds a fraction.

import Catalog
import Syntax

/// How the rows of a data set lie in a database.
package struct SQLTable: Sendable {
  /// Decimal columns hold the value × 10^4, percentages the printed number × 10^4.
  package static let decimalPlaces = 4
  /// The numbers of a server's columns are below 2^these, the sign apart, so that it is known how
  /// many rows can be added.
  package static let wholeBits = 31
  package static let decimalBits = 40

  /// A column of every table that no definition states.
  package enum Added: String, Sendable, CaseIterable {
    case year, quarter, month, issuer, load

    /// What every engine has; the load only a server.
    static let everywhere: [Added] = [.year, .quarter, .month, .issuer]
  }

  package let dataset: Dataset
  let dialect: SQLDialect

  package init(_ dataset: Dataset, _ dialect: SQLDialect) {
    self.dataset = dataset
    self.dialect = dialect
  }

  package var name: String { dialect.name(dataset.name) }

  /// A column of the definition.
  package func column(_ id: String) -> String { dialect.name(id) }

  /// `_year` where the definition has a column `year` of its own.
  package func column(_ added: Added) -> String {
    dataset.column(named: added.rawValue) == nil ? added.rawValue : "_" + added.rawValue
  }

  package var stored: [DatasetColumn] { dataset.columns.filter { !$0.isDropped } }

  /// `CREATE TABLE` for SQLite.
  package var creation: String {
    let own = stored.map { "\(column($0.name)) \($0.type == .text ? "TEXT NOT NULL" : "INTEGER")" }
    let added = Added.everywhere.map {
      "\(column($0)) \($0 == .issuer ? "TEXT" : "INTEGER") NOT NULL"
    }
    return "CREATE TABLE \(name) (\((own + added).joined(separator: ", ")))"
  }
}
