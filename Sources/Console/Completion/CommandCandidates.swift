// CommandCandidates.swift: a line that begins with a dot arrives; the commands, or what may stand
// behind one, leave.

import Catalog
import Syntax

/// What is offered in a command line, as the commands themselves declare it.
struct CommandCandidates {
  enum Place {
    case candidates(CompletionRequest)
    /// The members of a dimension, to be counted.
    case members(Dimension, CompletionRequest)
    /// A sentence begins at this byte.
    case sentence(from: Int)
    case nothing
  }
  let place: Place

  /// nil for a line that is no command.
  init?(_ before: String, _ context: LineContext) {
    let blanks = before.prefix { $0.isWhitespace }
    let rest = before.dropFirst(blanks.count)
    guard let dot = rest.first, [".", "。", "．"].contains(dot) else { return nil }
    let line = Line(before, context)
    guard let call = CommandCall(before), line.wordStart > blanks.utf8.count else {
      place = line.names(from: blanks.utf8.count, dot: dot)
      return
    }
    guard case .command(let command) = DotCommand.named(call.name) else {
      place = .nothing
      return
    }
    // The word that the cursor touches is not complete.
    let complete = call.words.filter { $0.range.upper < before.utf8.count || line.endsInBlank }
    place = line.argument(of: command, behind: complete)
  }

  private struct Line {
    let before: String
    let context: LineContext
    /// Where the word of the cursor begins.
    let wordStart: Int
    let endsInBlank: Bool

    init(_ before: String, _ context: LineContext) {
      self.before = before
      self.context = context
      wordStart = FileCandidates.start(in: before)
      endsInBlank = wordStart == before.utf8.count
    }

    private var typed: String { before.slice(SourceRange(wordStart, before.utf8.count)) }

    private func request(_ list: [Candidate], in range: Range<Int>? = nil) -> CompletionRequest {
      let range = range ?? wordStart..<before.utf8.count
      let typed = before.slice(SourceRange(range.lowerBound, range.upperBound))
      return CompletionRequest(
        range: range, typed: typed, candidates: CandidateSet(list))
    }

    // MARK: Names

    func names(from start: Int, dot: Character) -> Place {
      let first = start + String(dot).utf8.count
      let typed = before.slice(SourceRange(first, before.utf8.count))
      let language = language(of: typed)
      let list = DotCommand.all.map { command in
        let name = command.name(in: language)
        let twin = command.name(in: language.other)
        return Candidate(
          name, twin: twin == name ? nil : twin, meaning: command.help[context.session.language],
          insertion: "." + name)
      }
      var request = request(list, in: start..<before.utf8.count)
      request.typed = typed
      request.choosesInitials = language == .chinese
      return .candidates(request)
    }

    /// English where it begins an English name, Chinese where it is hanzi or pinyin.
    private func language(of typed: String) -> Language {
      guard !typed.isEmpty else { return context.session.language }
      let folded = foldedName(typed)
      return DotCommand.all.contains { $0.english.hasPrefix(folded) } ? .english : .chinese
    }

    // MARK: Arguments

    func argument(of command: DotCommand, behind words: [CommandCall.Word]) -> Place {
      // A command that takes several files takes them in its last place.
      let isRepeated = command.arguments.last?.usage.english.hasSuffix("…") ?? false
      let place = isRepeated ? min(words.count, command.arguments.count - 1) : words.count
      if let statement = command.arguments.firstIndex(where: \.isStatement), statement < place {
        return .sentence(from: words[statement].range.lower)
      }
      guard command.arguments.indices.contains(place) else { return .nothing }
      switch command.arguments[place].kind {
      case .choice(let choices): return .candidates(request(choices.map(candidate)))
      case .file, .folder:
        let files = FileCandidates(in: before, from: wordStart)
        var request = request(files.list, in: files.range)
        request.typed = files.typed
        return .candidates(request)
      case .dimension: return .candidates(request(dimensions))
      case .member:
        let name = words.last?.text ?? ""
        guard let dimension = context.vocabulary.dimension(name) else { return .nothing }
        return .members(dimension, request([]))
      case .period:
        return .candidates(
          request(context.session.ground.holdings.quarters.reversed().map { Candidate($0.text) }))
      case .topic: return .candidates(request(topics))
      case .statement: return .sentence(from: wordStart)
      case .number, .entry, .text: return .nothing
      }
    }

    private func candidate(_ choice: CommandChoice) -> Candidate {
      guard let chinese = choice.chinese else { return Candidate(choice.word) }
      return context.session.language == .chinese
        ? Candidate(chinese, twin: choice.word) : Candidate(choice.word, twin: chinese)
    }

    private func named(_ name: String, _ label: Bilingual, _ aliases: [String]) -> Candidate {
      let shown = context.session.language == .chinese ? label.chinese : name
      let twin = context.session.language == .chinese ? name : label.chinese
      return Candidate(shown, twin: twin == shown ? nil : twin, aliases: aliases)
    }

    private var dimensions: [Candidate] {
      context.catalog.dimensions.filter { !$0.members.isEmpty }
        .map { named($0.name, $0.label, $0.aliases) }
    }

    /// What `.help` has a page for.
    private var topics: [Candidate] {
      let language = context.session.language
      let commands = DotCommand.all.map { command in
        let name = command.name(in: language)
        return Candidate(name, twin: command.name(in: language.other))
      }
      let words = Keywords.clauses.map { keyword in
        Candidate(
          Keywords.spelling(of: keyword, in: language),
          twin: Keywords.spelling(of: keyword, in: language.other))
      }
      let catalog = context.catalog
      return commands + words + catalog.metrics.map { named($0.name, $0.label, $0.aliases) }
        + catalog.dimensions.map { named($0.name, $0.label, $0.aliases) }
    }
  }
}

extension CommandArgument {
  fileprivate var isStatement: Bool {
    if case .statement = kind { true } else { false }
  }
}
