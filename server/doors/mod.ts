/** Bytes in, bytes out: knows sockets, knows no chat. Imports shared/ and server/sessions. */
export { answerHook, hookPath, isForHook } from "./hooks.ts";
export { connectionsMax, type Identity, LineDoor } from "./line_door.ts";
export { sessionLines } from "./session_line.ts";
export { openSocketControl, type SocketControl } from "./socket_control.ts";
export { type Answerer, WebDoor } from "./web_door.ts";
