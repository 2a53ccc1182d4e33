/**
 * How a server is recognised: the pin of its authority, the same pin in words for people, and the links and addresses
 * that lead to it. Both sides need it, so it must start fast. Imports no other room.
 */
export { isPin } from "./pin.ts";
export { wordsOf } from "./words.ts";
export type { ServerAddress } from "./server_address.ts";
export { defaultPort, formatHostAndPort, LinkUnreadable, parseServerAddress } from "./server_address.ts";
export type { BotLink } from "./bot_link.ts";
export { formatBotLink, parseBotLink } from "./bot_link.ts";
export type { InviteLink } from "./invite_link.ts";
export { formatInviteLink, parseInviteLink } from "./invite_link.ts";
export type { ResetLink } from "./reset_link.ts";
export { formatResetLink, parseResetLink } from "./reset_link.ts";
export type { RoomLink } from "./room_link.ts";
export { formatRoomLink, parseRoomLink } from "./room_link.ts";
export { serverName } from "./server_name.ts";
