// OwnNotice.swift: a notice in the shape of a published one, in our own words, from the example's
// tables.
//
// Figures, rows and printed slips are those of examples/2024Q4; every sentence is written anew.

import Columns

@testable import Loading

let exampleFolder = repositoryFolder + "/examples/2024Q4"

/// The rows of an example's table as cells.
func exampleRows(_ name: String) -> [[String]] {
  let text = bytes(ofFile: exampleFolder + "/" + name)
  guard let grid = try? grid(ofDelimited: text, delimiter: 0x2C) else { return [] }
  return grid.rows.map { row in
    grid.cells[row.cells].map { String(decoding: grid.bytes[$0], as: UTF8.self) }
  }
}

/// A table as copied from a page: tabs between cells, an empty line before headings that stand
/// again.
func tabbed(_ name: String) -> [String] {
  var lines: [String] = []
  for row in exampleRows(name) {
    let isRepeatedHeading = row.first == "序号" && !lines.isEmpty
    if isRepeatedHeading { lines.append("") }
    lines.append(row.joined(separator: "\t"))
  }
  return lines
}

/// Page layout breaks names and remarks: three of them are broken again here.
private let brokenCells = [
  ("国网扶风供电公司\t20", "国网扶风供 电公司\t20"),
  ("市生态环境局扶风分局", "市生态环境局 扶风分局"),
  ("10月逾期2件,11月逾期1件\n", "10月逾期2 件, 11月逾期 1件\n"),
]

func ownNotice() -> String {
  var lines = [
    "", "扶风县人民政府办公室", "",
    "扶风县人民政府办公室 关于2024年四季度12345热线、民生热线、县长信箱与政务新媒体 办理情况的通报", "",
    "各有关单位：", "",
    "现将2024年四季度各渠道办理情况公布如下，请对照整改。", "",
    "一、12345市民热线", "",
    "本季度全县受理12345转办工单2278件，实办2278件，办结率100%。办结量较多的单位有：城关街道办、绛帐镇、法门镇，县住建局、"
      + "县人社局、县市场监管局、县城管执法局、县教体局等。按期且成效较好的单位有：城关街道办、绛帐镇、法门镇，县人社局、"
      + "县市场监管局、县交管大队、县交通运输局、县卫健局等。截至12月31日，尚有逾期办结工单63件（含合办工单，见附件1、2）。", "",
    "二、西部网民生热线", "",
    "本季度受理调查函 7 件，实办 7 件，办结率为 100%。涉及城关街道办，县教体局、县公安局、县自然资源局、县住建局。", "",
    "三、县长信箱", "",
    "本季度受理信件 104 件，实办 104 件，办结率为 100%。办理较好的单位有：绛帐镇、城关街道办，县发改局、县人社局、"
      + "县交通运输局、县城管执法局、县交管大队（见附件 3）。", "",
    "四、政务新媒体检查情况", "",
    "本季度抽查中，信息保障好的单位：段家镇、天度镇，扶风工业园区管委会。其余账号有未转载国家、省市重要信息，部分栏目长期未更新，"
      + "部分栏目链接异常，无法访问等情形（见附件 4）。", "",
    "五、政府网站保障情况", "",
    "少数公示信息仍有错敏词。今后公示一律由部门初审、县政府办复核、县数字化信息服务中心发布。报送任务如下：县财政局、"
      + "县农业农村局每月报送涉农资金；县教体局每月报送", "",
    "招生、助学贷款相关信息；县人社局每月报送劳动就业、惠民政策；县司法局每月报送依法行政、规范性文件；"
      + "县市场监管局每月报送食品药品抽查检查；县应急管理局每月报送安全生产、应急管理。", "",
    "- 附件：1. 四季度热线镇街评分表", "2. 四季度热线部门评分表", "3. 四季度县长信箱办理表", "4. 四季度政务新媒体检查表", "",
    "扶风县人民政府办公室", "", "2025年公座14日", "", "四季度热线镇街评分表", "",
  ]
  lines += tabbed("annex1-towns.csv")
  lines += ["", "附件 2", "", "四季度热线部门评分表", ""]
  lines += tabbed("annex2-departments.csv")
  lines += ["", "备注：评分依据扶办函〔2023〕25号。", "", "附件 3", "", "四季度县长信箱办理表", ""]
  lines += tabbed("annex3-mailbox.csv")
  lines += [
    "", "附件 4", "", "四季度政务新媒体检查表", "",
    "(监测时间: 微信公众号、服务号每 7 天一次, 微博、抖音每 10 天一次, 微信视频号每 12 天一次)", "",
  ]
  lines += tabbed("annex4-media.csv")
  lines += [
    "", "抄送: 县委各部门, 县人大常委会办公室, 县政协办公室,",
    "县纪委监委, 县人武部, 县法院, 县检察院, 各人民团体。", "",
    "扶风县人民政府办公室", "", "2025 年 1 月 14 日印发",
  ]
  var text = lines.joined(separator: "\n")
  for (whole, broken) in brokenCells {
    text = replacingFirst(whole, by: broken, in: text)
  }
  return text
}

func replacingFirst(_ old: String, by new: String, in text: String) -> String {
  let bytes = Array(text.utf8)
  let needle = Array(old.utf8)
  guard let at = position(of: needle, in: 0..<bytes.count, of: bytes) else { return text }
  return String(
    decoding: bytes[..<at] + Array(new.utf8) + bytes[(at + needle.count)...], as: UTF8.self)
}

/// Reads a notice from a text.
func loadNotice(_ text: String) throws -> Loaded {
  var loaded = Loaded()
  let bytes = Array(text.utf8)
  let source = SourceFile(path: "notice.txt", encoding: "UTF-8", hash: contentHash(bytes))
  do {
    try readNotice(
      bytes, source: source, catalog: testCatalog,
      words: NoticeVocabulary(testCatalog.phrases), into: &loaded)
  } catch {
    throw LoadFailure(faults: error.faults, loaded: loaded)
  }
  return loaded
}
