// SystemError.swift: a failed call of the operating system becomes words in both languages.

import Syntax

/// A failed call, by the error number the operating system gave.
package struct SystemError: Error, Sendable, Hashable {
  package var number: Int32

  package init(_ number: Int32) { self.number = number }

  package static let missing = SystemError(2)
  package static let readWriteFailed = SystemError(5)
  package static let closedDescriptor = SystemError(9)
  package static let wouldBlock = SystemError(11)
  package static let exists = SystemError(17)
  package static let isFolder = SystemError(21)
  package static let nameTooLong = SystemError(36)
  package static let readerGone = SystemError(32)
  package static let symbolicLink = SystemError(40)

  /// What went wrong, to stand after a colon. The numbers are those of Linux on every processor.
  package var text: Bilingual {
    switch number {
    case 1, 13: Bilingual("permission denied", "没有权限")
    case 2: Bilingual("no such file or folder", "文件或文件夹不存在")
    case 5: Bilingual("input/output error", "读写出错")
    case 9: Bilingual("it is closed", "已被关闭")
    case 17: Bilingual("it exists already", "已经存在")
    case 20: Bilingual("a part of the path is not a folder", "路径中有一段不是文件夹")
    case 21: Bilingual("it is a folder", "是一个文件夹")
    case 24: Bilingual("too many open files", "打开的文件过多")
    case 27: Bilingual("the file would be too large", "文件超过大小限制")
    case 28: Bilingual("no space left on the device", "磁盘已满")
    case 30: Bilingual("the file system is read-only", "文件系统只读")
    case 32: Bilingual("the reader has gone away", "读取一方已关闭")
    case 36: Bilingual("the name is too long", "文件名过长")
    case 40: Bilingual("it is a symbolic link", "是一个符号链接")
    case 122: Bilingual("the disk quota is used up", "磁盘配额已用完")
    default: Bilingual(same: SystemCalls.errorText(number))
    }
  }
}
