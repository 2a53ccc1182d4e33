import type { Dialect } from "./dialect.ts";

/** The line protocol of this project. Members come in by a token and are in their rooms already. */
export function lineDialect(tokenOf: (name: string) => string): Dialect {
  return {
    answers: true,
    async enter(connection, name) {
      connection.say(JSON.stringify({ type: "resume", id: "enter", token: tokenOf(name) }) + "\n");
      const heard = await connection.hear('"re":"enter"');
      if (!heard.includes('"auth_success"')) throw new Error(`${name} was not let in: ${heard}`);
    },
    message: (room, stamp, text) => `{"type":"send","id":"${stamp}","room":"${room}","text":"${text}"}\n`,
  };
}
