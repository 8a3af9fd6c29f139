// Folders.swift: the path of a folder of the product arrives; the folder is there, for its owner
// alone.

/// The folder and what leads to it, each made only where it is missing.
func makeFolders(_ path: String) throws(SystemError) {
  var missing: [String] = []
  var folder = path
  while try SystemCalls.status(of: folder).kind == .missing, folder != "/", folder != "." {
    missing.append(folder)
    folder = folderName(of: folder)
  }
  for folder in missing.reversed() {
    do { try SystemCalls.makeFolder(folder, mode: 0o700) } catch {
      // Another session was faster.
      guard error == .exists else { throw error }
    }
  }
}
