import { type Command, misused } from "./command.ts";
import { searchAsk, Unsearchable } from "./search_words.ts";

export const search: Command = {
  name: "search",
  group: "find",
  needs: "search",
  takes: "WORDS [from: in: before: after: has:]",
  firstWord: "anything",
  says: "Find messages with all these whole words",
  async run({ connection, room }, _words, rest) {
    try {
      const ask = searchAsk(rest, room);
      return { kind: "found", found: await connection.request({ type: "search", ...ask, limit: 10 }) };
    } catch (cause) {
      if (cause instanceof Unsearchable) return misused(search, cause.message);
      throw cause;
    }
  },
};
