/**
 * The contents of files: sealed on the disk, outside the database, and what pictures lose and get before they are kept.
 * Knows neither who may have a file nor what it is called. Imports shared/ and server/keyring.
 */
export { blockBytes, newKey, sealedSizeOf } from "./sealing.ts";
export { type ContentPlace, Contents, previewOf } from "./contents.ts";
export { DiskFull } from "./disk_full.ts";
export type { Part } from "./part.ts";
export { type Picture, shownSize } from "./picture.ts";
export { Previews } from "./previews.ts";
export { type Space, spaceOf } from "./space.ts";
export type { Stripper } from "./stripper.ts";
export { strip, stripperFor } from "./stripping.ts";
