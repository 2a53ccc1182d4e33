/**
 * What somebody takes along when they move out: lines of JSON, the files, and a manifest by which all of it is verified.
 * docs/EXPORT.md has the format. Imports `shared/files` and `shared/trouble`.
 */
export { type Checked, checkExport } from "./check_export.ts";
export { ExportWriter } from "./export_writer.ts";
export { type Manifest, type Part, parts } from "./manifest.ts";
export { hexOf } from "./hex_of.ts";
