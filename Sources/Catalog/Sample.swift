// Sample.swift: the files of the built-in quarter, as they stand under examples/2024Q4.

/// One file of the sample: its name, and its bytes.
package struct SampleFile: Sendable {
  package var name: String
  package var bytes: [UInt8]
}

/// The built-in quarter in the form of a folder: `notice.csv` and one table for each annex.
package func sampleFiles() -> [SampleFile] {
  [
    SampleFile(name: "annex1-towns.csv", bytes: PackageResources.annex1_towns_csv),
    SampleFile(name: "annex2-departments.csv", bytes: PackageResources.annex2_departments_csv),
    SampleFile(name: "annex3-mailbox.csv", bytes: PackageResources.annex3_mailbox_csv),
    SampleFile(name: "annex4-media.csv", bytes: PackageResources.annex4_media_csv),
    SampleFile(name: "notice.csv", bytes: PackageResources.notice_csv),
  ]
}
