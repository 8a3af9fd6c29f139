// DimensionBuilding.swift: the syntax of dimensions arrives; dimensions with their members leave.

import Syntax

extension CatalogBuilder {
  mutating func add(_ syntax: DimensionSyntax) {
    var dimension = Dimension(
      name: syntax.name.text, label: Bilingual(same: syntax.name.text), help: nil, aliases: [],
      memberSource: .closed, members: [], parent: nil, unranked: [], optionalPrefixes: [],
      defaultMember: nil, timeUnit: nil)
    var memberFileName: TextSyntax?
    for part in syntax.parts {
      switch part {
      case .label(let pair): dimension.label = pair.bilingual
      case .help(let pair): dimension.help = pair.bilingual
      case .alias(let names): dimension.aliases += names.map(\.text)
      case .parent(let name): dimension.parent = name.text
      case .unranked(let names): dimension.unranked += names.map(\.text)
      case .optional(let names): dimension.optionalPrefixes += names.map(\.text)
      case .defaultMember(let name): dimension.defaultMember = name.text
      case .members(.open): dimension.memberSource = .open
      case .members(.scheme): dimension.memberSource = .scheme
      case .members(.file(let name)): memberFileName = name
      case .member(let member):
        dimension.members.append(
          Member(
            name: member.name.text, english: member.english?.text, chinese: member.chinese?.text,
            aliases: member.aliases.map(\.text)))
      }
    }
    if let name = memberFileName { dimension.members += membersOf(name, dimension) }
    catalog.dimensions.append(dimension)
  }

  private mutating func membersOf(_ file: TextSyntax, _ dimension: Dimension) -> [Member] {
    guard let text = memberFile(file.text) else {
      report(.badMemberFile(file.text, nil, at: file.range))
      return []
    }
    // `units.csv` keeps its short names in `units.aliases.csv`.
    let stem = file.text.hasSuffix(".csv") ? String(file.text.dropLast(4)) : file.text
    do throws(MemberFileProblem) {
      return try members(
        from: text, aliases: memberFile(stem + ".aliases.csv"), parentColumn: dimension.parent)
    } catch {
      report(.badMemberFile(file.text, error, at: file.range))
      return []
    }
  }

  /// The items of all schemes, each name once, in the order of the schemes.
  func schemeItemMembers() -> [Member] {
    var members: [Member] = []
    for item in catalog.schemes.flatMap(\.items)
    where !members.contains(where: { $0.name == item.name }) {
      members.append(
        Member(name: item.name, english: item.label.english, chinese: item.label.chinese))
    }
    return members
  }
}

extension Dimension {
  static func builtIn(_ unit: TimeUnit) -> Dimension {
    let chinese = Keywords.keyword(english: unit.rawValue).map {
      Keywords.spelling(of: $0, in: .chinese)
    }
    let label = Bilingual(unit.rawValue.capitalizedFirst, chinese ?? unit.rawValue)
    return Dimension(
      name: unit.rawValue, label: label, help: nil, aliases: [],
      memberSource: .open, members: [], parent: nil, unranked: [], optionalPrefixes: [],
      defaultMember: nil, timeUnit: unit)
  }

  /// Who published a notice; its members are the issuers loaded (language.md 5.4).
  static let issuer = Dimension(
    name: "issuer", label: Bilingual("Issuer", "发文单位"), help: nil, aliases: [],
    memberSource: .open, members: [], parent: nil, unranked: [], optionalPrefixes: [],
    defaultMember: nil, timeUnit: nil)
}

extension String {
  /// `month` as `Month`; ASCII only.
  var capitalizedFirst: String { prefix(1).uppercased() + dropFirst() }
}
