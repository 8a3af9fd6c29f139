// EditorGrammarTests.swift: the diagrams and the editor grammar are made from the grammar, and the
// editor grammar colours what the lexer reads.

import Support
import Testing

@Suite struct EditorGrammarTests {
  @Test func whatIsMadeFromTheGrammarIsFresh() throws {
    let run = runShell("python3 '\(projectFolder)/grammar/render.py' --check")
    #expect(run.status == 0, "\(run.output)")
  }

  /// The first pattern that matches earliest wins, as in an editor.
  private static let painter = """
    import json, re, sys
    path, text = sys.argv[1:]
    grammar = json.load(open(path, encoding="utf-8"))
    rules = []
    for part in grammar["patterns"]:
        match = part.get("match") or f"(?:{part['begin']}).*?(?:{part['end']})"
        rules.append((re.compile(match), part["name"].removesuffix(".tongbao")))
    for line in text.splitlines():
        at, found = 0, []
        while at < len(line):
            hits = [(m.start(), i, m) for i, (rule, _) in enumerate(rules)
                    for m in [rule.search(line, at)] if m and m.end() > m.start()]
            if not hits:
                break
            _, index, match = min(hits, key=lambda hit: hit[:2])
            found.append(f"{match.group()}:{rules[index][1].split('.')[-1]}")
            at = match.end()
        print(" ".join(found))
    """

  @Test(arguments: [
    (
      "overdue by unit where month=11 # late",
      "by:clause where:clause month:other =:operator 11:numeric # late:number-sign"
    ),
    ("逾期 按 单位 其中 月＝１１", "按:clause 其中:clause 月:other ＝:operator １１:numeric"),
    ("按期办结率按单位环比", "环比:clause"),
    (
      "explain sqlite share(orders) top 3",
      "explain:statement sqlite:other share:function top:clause 3:numeric"
    ),
    (
      "let $u = ‘县住建局’; run @monthly",
      "let:statement $u:parameter =:operator ‘县住建局’:quoted ;:separator run:statement @monthly:saved"
    ),
    (
      "during 2024Q4, 2024年四季度, 2024-11",
      "during:clause 2024Q4:period ,:separator 2024年四季度:period ,:separator 2024-11:period"
    ),
    ("## help text", "## help text:documentation"),
  ])
  func theEditorGrammarColours(_ line: String, _ expected: String) throws {
    func quoted(_ text: String) -> String {
      "'" + text.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "'\\''")
        + "'"
    }
    let path = "\(projectFolder)/grammar/tongbao.tmLanguage.json"
    let run = runShell("python3 -c \(quoted(Self.painter)) \(quoted(path)) \(quoted(line))")
    #expect(run.status == 0)
    #expect(run.output == expected + "\n")
  }
}
