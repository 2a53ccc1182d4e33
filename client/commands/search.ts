import { type Command, misused } from "./command.ts";
import { searchInParts } from "./search_parts.ts";
import { searchAsk, Unsearchable } from "./search_words.ts";

/** As many as fit on a screen, each with what stands around it. */
const resultsMax = 10;

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
      const found = await searchInParts(
        (before, limit) => connection.request({ type: "search", ...ask, before, limit }),
        resultsMax,
      );
      return { kind: "found", found };
    } catch (cause) {
      if (cause instanceof Unsearchable) return misused(search, cause.message);
      throw cause;
    }
  },
};
