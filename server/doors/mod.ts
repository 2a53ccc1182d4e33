/** Bytes in, bytes out: knows sockets, knows no chat. Imports shared/ and server/sessions. */
export { connectionsMax, type Identity, LineDoor } from "./line_door.ts";
export { openSocketControl, type SocketControl } from "./socket_control.ts";
