import { type Command, misused, type Outcome } from "./command.ts";
import type { Connection } from "../connection/mod.ts";

export const status: Command = {
  name: "status",
  group: "account",
  needs: "status",
  takes: "TEXT|none|away|busy|online",
  firstWord: ["away", "busy", "none", "online"],
  says: "Tell how you are; busy rings no bell",
  async run({ connection }, _words, rest) {
    if (rest === "") return misused(status, "A text, or one of its words, is missing");
    const set = Object.hasOwn(words, rest.toLowerCase()) ? words[rest.toLowerCase()] : undefined;
    if (set !== undefined) return await set(connection);
    const statusText = rest.toLowerCase() === "none" ? "" : rest;
    return { kind: "profile", profile: await connection.request({ type: "set_profile", statusText }) };
  },
};

const words: Readonly<Record<string, (connection: Connection) => Promise<Outcome>>> = {
  async away(connection) {
    await connection.request({ type: "status", status: "away" });
    return {
      kind: "told",
      text: "You are away, unless another device of yours is in use. /status online ends it.",
    };
  },
  async busy(connection) {
    await connection.request({ type: "status", busy: true });
    return { kind: "told", text: "You are shown as busy, and no bell rings. /status online ends it." };
  },
  async online(connection) {
    await connection.request({ type: "status", status: "online", busy: false });
    return { kind: "told", text: "You are shown as online." };
  },
};
