import type { Command } from "./command.ts";
import { isNamed, messageNamed } from "./message_words.ts";

export const thread: Command = {
  name: "thread",
  group: "find",
  needs: "thread",
  takes: "N",
  firstWord: "anything",
  says: "Show the thread of message N, and mark it as read",
  async run(desk, _words, rest) {
    const named = messageNamed(desk, thread, rest);
    if (!isNamed(named)) return named;
    const { connection } = desk;
    const answer = await connection.request({ type: "thread", room: named.room, seq: named.seq });
    const { room, root: { seq }, messages, unread } = answer;
    const read = messages.at(-1)?.seq;
    if (unread > 0 && read !== undefined) await connection.request({ type: "read_thread", room, seq, read });
    return { kind: "thread", thread: answer };
  },
};
