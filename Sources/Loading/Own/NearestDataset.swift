// NearestDataset.swift: a table that fits no data set arrives; the one that it nearly is leaves,
// with the headings that it lacks.

import Catalog
import Syntax

/// The data set of the catalogue that a table would be, had it all the columns that this needs: the
/// one of which most columns are there; nil where those are few.
func nearestDataset(to head: Grid, in catalog: Catalog) -> ExportColumns? {
  var nearest: ExportColumns?
  for dataset in catalog.datasets where !dataset.isFromBulletin && !dataset.isOwnTable {
    guard let columns = exportColumns(dataset, in: head), !columns.missing.isEmpty,
      columns.sources.count >= 3, columns.missing.count * 2 <= columns.sources.count
    else { continue }
    if columns.sources.count > nearest?.sources.count ?? 0 { nearest = columns }
  }
  return nearest
}

extension ExportColumns {
  /// What the table lacks to be rows of the data set, and how the headings may be written.
  var lacking: Bilingual {
    let headings = Bilingual(
      listing: missing.map { column in
        let spellings = Bilingual(listing: column.spellings)
        return Bilingual(
          "\(column.name) (\(spellings.english))", "\(column.name)（\(spellings.chinese)）")
      })
    let wanted = dataset.spoken
    return Bilingual(
      "has \(counted(sources.count, "column")) of `\(wanted.english)` and is not read as its rows: "
        + "no heading for " + headings.english,
      "有“\(wanted.chinese)”的 \(sources.count) 列，但未按其行读取：缺少表头 " + headings.chinese)
  }
}
