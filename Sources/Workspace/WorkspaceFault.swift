// WorkspaceFault.swift: why a workspace did not do what it was asked; it leaves in words, with the
// file and the cure.

import Columns
import Syntax

package struct WorkspaceFault: Error, Sendable, Hashable {
  package enum Reason: Sendable, Hashable {
    /// Another program holds the file and has not let go in time.
    case busy
    case diskFull
    case readOnly
    /// Not a database, a catalogue that contradicts its checksum, or pages that do each other.
    case damaged
    /// A journal of an interrupted write lies beside a file that may only be read.
    case interruptedWrite
    /// The system would not read, write or flush.
    case inputOutput
    case missing
    case exists
    /// A name that leads elsewhere is not written to.
    case link
    case notWorkspace
    case newerSchema(Int)
    /// It is brought to today's schema by whoever may write to it.
    case olderSchema(Int)
    /// The rulebook lacks a data set that is kept.
    case otherRules(dataset: String)
    /// Another program has dropped or replaced what was to be read.
    case changed
    case other
  }
  package var reason: Reason
  /// The words of SQLite or of the system, or which part is damaged.
  package var text: String

  package init(_ reason: Reason, _ text: String = "") {
    self.reason = reason
    self.text = text
  }

  /// Without the file's name.
  package var message: Bilingual {
    switch reason {
    case .busy:
      Bilingual("another program is writing to it", "另一程序正在写入")
    case .diskFull:
      Bilingual("the disk is full; nothing was stored", "磁盘已满，未保存任何内容")
    case .readOnly:
      Bilingual("may not be written: \(text)", "不可写入：\(text)")
    case .damaged:
      Bilingual("is damaged: \(text)", "已损坏：\(text)")
    case .interruptedWrite:
      Bilingual("was interrupted while it was written", "写入时曾中断")
    case .inputOutput:
      Bilingual("cannot be read or written: \(text)", "无法读写：\(text)")
    case .missing:
      Bilingual("there is no such file", "没有这个文件")
    case .exists:
      Bilingual("there is such a file already", "已有这个文件")
    case .link:
      Bilingual("is a symbolic link, which is never written to", "是符号链接，不予写入")
    case .notWorkspace:
      Bilingual("is not a workspace", "不是工作区文件")
    case .newerSchema(let version):
      Bilingual(
        "was written by a newer version of tongbao (schema \(version))",
        "由更新版本的 tongbao 写成（结构版本 \(version)）")
    case .olderSchema(let version):
      Bilingual(
        "was written by an older version of tongbao (schema \(version))",
        "由较早版本的 tongbao 写成（结构版本 \(version)）")
    case .otherRules(let dataset):
      Bilingual("holds \(dataset), which these rules lack", "存有 \(dataset)，而此规则中没有")
    case .changed:
      Bilingual("was changed by another program meanwhile", "期间被另一程序修改")
    case .other: Bilingual(text, text)
    }
  }

  private var hint: Bilingual? {
    switch reason {
    case .busy: Bilingual("try again when it has finished", "请待其完成后重试")
    case .damaged:
      Bilingual(
        "nothing was changed; load the quarters into a new workspace, or take a copy of this one",
        "文件未作任何改动；请把各季度载入新的工作区，或取用备份")
    case .interruptedWrite:
      Bilingual(
        "open it once with --workspace, which takes the rest back", "用 --workspace 打开一次即可恢复")
    case .link: Bilingual("name the file that it leads to", "请写明它所指的文件")
    case .newerSchema: Bilingual("nothing was changed; use that version", "文件未作改动，请使用该版本")
    case .changed: Bilingual("open it again, or `.reload`", "请重新打开，或用 .重载")
    case .olderSchema:
      Bilingual(
        "open it once with --workspace, which takes a copy first", "用 --workspace 打开一次，会先留备份")
    case .otherRules:
      Bilingual("leave --rules out, or keep them apart", "请去掉 --rules，或分开存放")
    case .missing:
      Bilingual("`--keep`, `.keep` or `.load` makes one", "可由 --keep、.入库 或 .载入 建立")
    default: nil
    }
  }

  /// D10 where the file cannot be used as it is, D15 where it is damaged.
  package func fault(of path: String) -> FileFault {
    let isDamaged = reason == .damaged
    return FileFault(
      file: path, line: nil, column: nil, cell: nil,
      diagnostic: Diagnostic(
        isDamaged ? "D15" : "D10", at: nil, message, hints: hint.map { [$0] } ?? []))
  }
}
