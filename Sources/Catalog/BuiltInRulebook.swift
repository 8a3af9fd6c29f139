// BuiltInRulebook.swift: the rulebook that stands in the program leaves, as the files it is written
// in.

/// The built-in rulebook and its member files, as text.
package func builtInRulebook() -> [RulebookFile] {
  [
    file("tongbao.tb", PackageResources.tongbao_tb),
    file("units.csv", PackageResources.units_csv),
    file("units.aliases.csv", PackageResources.units_aliases_csv),
    file("bulletin.csv", PackageResources.bulletin_csv),
    file("checks.csv", PackageResources.checks_csv),
  ]
}

private func file(_ name: String, _ bytes: [UInt8]) -> RulebookFile {
  RulebookFile(name: name, text: String(decoding: bytes, as: UTF8.self))
}

/// The grammar of the language in EBNF, as `grammar/tongbao.ebnf` has it.
package var grammarText: String { String(decoding: PackageResources.tongbao_ebnf, as: UTF8.self) }
