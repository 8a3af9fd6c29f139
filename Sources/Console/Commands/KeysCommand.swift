// KeysCommand.swift: `.keys`: the keys of the line editor.

import Planning
import Rendering
import Syntax

extension DotCommand {
  static let keys = DotCommand(
    "keys", "按键", help: Bilingual("the keys of the line", "输入行的按键"), isForBatch: true,
    action: { call, batch in
      let table = batch.isPrompt && batch.drawsPlainly ? plainKeyTable : keyTable
      let rows = table.map { ($0.0[call.language], $0.1[call.language]) }
      batch.tell(alignedLines(rows, to: batch.pageWidth))
      return .done
    })

  // Keys that both readers have.
  private static let enter = (
    Bilingual("Enter", "回车"),
    Bilingual("run; a new line while the sentence is unfinished", "执行；句子未完则换行")
  )
  private static let interrupt = (
    Bilingual(same: "Ctrl-C"),
    Bilingual("drop the line; cancel a running question", "放弃本行；取消正在执行的查询")
  )
  private static let suspend = (Bilingual(same: "Ctrl-Z"), Bilingual("suspend", "挂起"))

  private static let keyTable: [(Bilingual, Bilingual)] = [
    (
      Bilingual(same: "Tab, Shift-Tab"),
      Bilingual("complete; walk the open menu", "补全；在菜单中移动")
    ),
    (
      Bilingual("Right, End, Ctrl-E", "右、End、Ctrl-E"),
      Bilingual(
        "at the end of the line: take the ghost hint; Alt-Right takes one word",
        "在行尾：采用灰色提示；Alt-右 采用一个词")
    ),
    (
      Bilingual("Up, Down", "上、下"),
      Bilingual("one row; at the edge the history", "移动一行；到边上则翻历史")
    ),
    (
      Bilingual(same: "Ctrl-R, Ctrl-S"),
      Bilingual("search the history, by text or pinyin", "搜索历史，可用文字或拼音")
    ),
    enter,
    (Bilingual("Alt-Enter", "Alt-回车"), Bilingual("a new line", "换行")),
    interrupt,
    (
      Bilingual(same: "Ctrl-D"),
      Bilingual("on an empty line leave, else delete right", "空行时退出，否则删右边一字")
    ),
    suspend,
    (Bilingual(same: "Ctrl-L"), Bilingual("clear the screen, keep the line", "清屏，保留本行")),
    (
      Bilingual("Ctrl-A, Ctrl-E, Alt-B, Alt-F", "Ctrl-A、Ctrl-E、Alt-B、Alt-F"),
      Bilingual("line start, line end, word left, word right", "行首、行尾、左一词、右一词")
    ),
    (
      Bilingual("Ctrl-W, Alt-D, Ctrl-K, Ctrl-U", "Ctrl-W、Alt-D、Ctrl-K、Ctrl-U"),
      Bilingual(
        "delete the word left, the word right, to the end, the whole line", "删左一词、右一词、到行尾、整行")
    ),
    (
      Bilingual("Ctrl-Y, Ctrl-T, Ctrl-_", "Ctrl-Y、Ctrl-T、Ctrl-_"),
      Bilingual("yank, swap two characters, undo", "粘回、交换两字、撤销")
    ),
    (
      Bilingual(same: "Alt-."), Bilingual("last word of the entry before", "上一条的最后一词")
    ),
    (
      Bilingual(same: "Alt-E"),
      Bilingual("edit in $VISUAL or $EDITOR; back on the line", "用 $VISUAL 或 $EDITOR 编辑，回到本行")
    ),
    (
      Bilingual("F1, or ? then Tab", "F1，或 ? 加 Tab"),
      Bilingual("what may come here", "此处可写什么")
    ),
    (Bilingual(same: "Esc"), Bilingual("close the menu", "关闭菜单")),
  ]

  /// Where the terminal edits the line itself: the others do nothing there.
  private static let plainKeyTable: [(Bilingual, Bilingual)] = [
    enter,
    (
      Bilingual("? then Enter", "? 加回车"),
      Bilingual("behind an unfinished sentence: what may come next", "写在未完的句子后面：接着可写什么")
    ),
    (
      Bilingual("Backspace, Ctrl-W, Ctrl-U", "退格、Ctrl-W、Ctrl-U"),
      Bilingual("delete a character, a word, the line", "删一字、一词、整行")
    ),
    interrupt,
    (Bilingual(same: "Ctrl-D"), Bilingual("on an empty line leave", "空行时退出")),
    suspend,
    (
      Bilingual(".history, .again", ".历史、.重做"),
      Bilingual(
        "this terminal has no line editor: earlier entries are listed and run again by command",
        "此终端没有行编辑器：以前的输入用命令列出、再执行")
    ),
  ]
}
