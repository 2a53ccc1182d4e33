/**
 * The name that every server's own certificate bears and every client asks for, whatever the address. No public
 * authority may issue for `.internal` (ICANN, July 2024), so only the server's own authority can vouch for it.
 */
export const serverName = "chat.internal";
