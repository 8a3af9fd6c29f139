// XMLReader.swift: the bytes of an XML part arrive; its elements and texts leave, in calls of a
// sink.
//
// The only file of this stage that calls libexpat. Nothing is expanded or fetched: a document type
// declaration, which is where entities come from, ends the reading (reliability.md, X4).

import CExpat

/// The local name of an element or attribute: what stands behind a prefix and colon.
///
/// Seven bytes and the length tell all names of a workbook apart, and compare as one number.
struct XMLName: Hashable {
  private let packed: UInt64

  init(_ name: StaticString) {
    var packed: UInt64 = 0
    name.withUTF8Buffer { bytes in
      for index in 0..<min(bytes.count, 7) {
        packed |= UInt64(unsafe bytes[index]) << UInt64(index * 8)
      }
      packed |= UInt64(min(bytes.count, 255)) << 56
    }
    self.packed = packed
  }

  /// Reads until the zero that ends the name.
  fileprivate init(_ name: UnsafePointer<CChar>) {
    var packed: UInt64 = 0
    var length = 0
    var index = 0
    while true {
      let byte = UInt8(bitPattern: unsafe name[index])
      if byte == 0 { break }
      index += 1
      if byte == 0x3A {
        packed = 0
        length = 0
        continue
      }
      if length < 7 { packed |= UInt64(byte) << UInt64(length * 8) }
      length += 1
    }
    self.packed = packed | UInt64(min(length, 255)) << 56
  }
}

/// The attributes of the element that is being opened; valid inside that call only.
@safe struct XMLAttributes {
  /// Names and values in turn, ended by nil.
  private let list: UnsafeMutablePointer<UnsafePointer<CChar>?>?

  fileprivate init(_ list: UnsafeMutablePointer<UnsafePointer<CChar>?>?) {
    unsafe self.list = list
  }

  /// Puts the value into `buffer`, in place of what was there; false if there is no such attribute.
  func read(_ name: XMLName, into buffer: inout [UInt8]) -> Bool {
    buffer.removeAll(keepingCapacity: true)
    guard let list = unsafe list else { return false }
    var index = 0
    while let own = unsafe list[index], let value = unsafe list[index + 1] {
      if unsafe XMLName(own) == name {
        var place = 0
        while unsafe value[place] != 0 {
          buffer.append(UInt8(bitPattern: unsafe value[place]))
          place += 1
        }
        return true
      }
      index += 2
    }
    return false
  }

  func text(_ name: XMLName) -> String? {
    var buffer: [UInt8] = []
    return read(name, into: &buffer) ? String(decoding: buffer, as: UTF8.self) : nil
  }
}

/// What takes the events of a part. Set `isDone` to end the reading early.
class XMLSink {
  final var isDone = false
  func open(_ name: XMLName, _ attributes: XMLAttributes) {}
  func close(_ name: XMLName) {}
  func text(_ bytes: Span<UInt8>) {}
}

/// The parser's state that the callbacks see.
@safe private final class XMLParsing {
  let sink: XMLSink
  var parser: XML_Parser?
  var depth = 0
  var why: String?

  init(_ sink: XMLSink) { self.sink = sink }

  func stop(_ why: String?) {
    if self.why == nil { self.why = why }
    _ = unsafe XML_StopParser(parser, 0)
  }
}

private func parsing(_ data: UnsafeMutableRawPointer?) -> XMLParsing? {
  guard let data = unsafe data else { return nil }
  return unsafe Unmanaged<XMLParsing>.fromOpaque(data).takeUnretainedValue()
}

extension ZipArchive {
  /// Reads one part as XML.
  ///
  /// - Throws: `damaged` where it is not well-formed, has a document type, or nests too deep.
  func parse(_ part: String, into sink: XMLSink) throws(ZipFault) {
    guard let parser = unsafe XML_ParserCreate(nil) else {
      throw .damaged(part: part, why: "no room for its parser")
    }
    defer { unsafe XML_ParserFree(parser) }
    let state = XMLParsing(sink)
    unsafe state.parser = parser
    // The state outlives the parser: it is held until this function returns.
    unsafe XML_SetUserData(parser, Unmanaged.passUnretained(state).toOpaque())
    unsafe setHandlers(of: parser)
    defer { withExtendedLifetime(state) {} }
    var handedOn = 0
    try read(part) { (block: Span<UInt8>) throws(ZipFault) -> Bool in
      let status = unsafe block.withUnsafeBytes { bytes in
        // A block has at most 64 KiB.
        unsafe XML_Parse(parser, bytes.baseAddress, Int32(clamping: bytes.count), 0)
      }
      if status != XML_STATUS_OK, !sink.isDone { throw unsafe fault(parser, state, part) }
      handedOn += block.count
      // What lies behind the last event the parser keeps until a tag ends.
      let place = Int(unsafe XML_GetCurrentByteIndex(parser))
      if place >= 0, handedOn - place > Budget.tagBytes {
        state.why = "a tag has no end"
        throw unsafe fault(parser, state, part)
      }
      return !sink.isDone
    }
    if sink.isDone { return }
    if unsafe XML_Parse(parser, "", 0, 1) != XML_STATUS_OK {
      throw unsafe fault(parser, state, part)
    }
  }

  private func fault(_ parser: XML_Parser, _ state: XMLParsing, _ part: String) -> ZipFault {
    let line = unsafe XML_GetCurrentLineNumber(parser)
    var why = state.why
    if why == nil, let text = unsafe XML_ErrorString(XML_GetErrorCode(parser)) {
      why = unsafe String(cString: text)
    }
    return .damaged(part: part, why: "line \(line): \(why ?? "not well-formed")")
  }
}

private func setHandlers(of parser: XML_Parser) {
  unsafe XML_SetElementHandler(
    parser,
    { data, name, attributes in
      guard let state = unsafe parsing(data), let name = unsafe name else { return }
      state.depth += 1
      if state.depth > Budget.elementDepth { return state.stop("elements nest too deep") }
      unsafe state.sink.open(XMLName(name), XMLAttributes(attributes))
      if state.sink.isDone { state.stop(nil) }
    },
    { data, name in
      guard let state = unsafe parsing(data), let name = unsafe name else { return }
      state.depth -= 1
      unsafe state.sink.close(XMLName(name))
      if state.sink.isDone { state.stop(nil) }
    })
  unsafe XML_SetCharacterDataHandler(parser) { data, text, count in
    guard let state = unsafe parsing(data), let text = unsafe text, count > 0 else { return }
    let raw = unsafe UnsafeRawBufferPointer(start: text, count: Int(count))
    state.sink.text(unsafe raw.bindMemory(to: UInt8.self).span)
  }
  unsafe XML_SetStartDoctypeDeclHandler(parser) { data, _, _, _, _ in
    unsafe parsing(data)?.stop("it has a document type declaration, which is not read")
  }
}
