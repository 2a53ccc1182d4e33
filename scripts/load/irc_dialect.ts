import type { Dialect } from "./dialect.ts";

/** IRC (RFC 2812): without registration, ping and the end of `NAMES` all there is to come in. */
export const ircDialect: Dialect = {
  answers: false,
  async enter(connection, name, rooms) {
    connection.say(`NICK ${name}\r\nUSER ${name} 0 * :load\r\n`);
    const heard = await connection.hear(" 376 ", " 422 ", "ERROR", "PING :");
    const ping = /^PING (.*)\r$/m.exec(heard)?.[1];
    if (ping !== undefined) {
      connection.say(`PONG ${ping}\r\n`);
      await connection.hear(" 376 ", " 422 ");
    }
    for (const room of rooms) {
      connection.say(`JOIN #${room}\r\n`);
      await connection.hear(` 366 ${name} #${room} `);
    }
  },
  message: (room, _stamp, text) => `PRIVMSG #${room} :${text}\r\n`,
};
