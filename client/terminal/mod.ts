/**
 * The faces of the client in a terminal: one that is alive, and one of plain lines for pipes and screen readers. They
 * ask, print what happens, and hand what is entered to the commands. Imports `shared/`, `client/commands`,
 * `client/connection`, `client/files`, `client/markdown` and `client/model`.
 */
export { talkLive } from "./live_face.ts";
export { talkPlain } from "./plain_face.ts";
export { PlainStreams } from "./plain_streams.ts";
export { PlainTerminal } from "./plain_terminal.ts";
export { waitText } from "./date_text.ts";
export { safeLines, safeText } from "./safe_text.ts";
export { sizeText } from "./size_text.ts";
export { type Line, span } from "./styled_line.ts";
export { type Sink, TextOutput } from "./text_output.ts";
export type { Folders } from "./transfers.ts";
export { Terminal } from "./terminal.ts";
