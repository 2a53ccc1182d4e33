import type { Command } from "./command.ts";
import { personWord } from "./person_word.ts";

export const profile: Command = {
  name: "profile",
  group: "people",
  needs: "profile",
  takes: "[NAME]",
  firstWord: "person",
  says: "Show what somebody, or you, tell of themselves",
  async run({ connection }, [word]) {
    const username = word === undefined ? connection.model().me.username : personWord(word);
    return { kind: "profile", profile: await connection.request({ type: "profile", username }) };
  },
};
