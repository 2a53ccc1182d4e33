/**
 * Files on their way: up from this machine to a room, and down from a room into a folder, with what a cut connection or
 * the end of the program leaves undone taken up where it stopped. Imports `shared/` and `client/connection`.
 */
export { type Downloaded, downloadFile, type OfferedFile } from "./download_file.ts";
export { isStopped, stop, type Transfer, type TransferProgress } from "./transfer.ts";
export { pathIn, type PathSurroundings, type PathWords } from "./path_words.ts";
export { transferOver } from "./transfer_over.ts";
export { type Uploaded, uploadFile } from "./upload_file.ts";
