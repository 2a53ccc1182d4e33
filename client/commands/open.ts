import { type Message, messageAt } from "../model/mod.ts";
import { type Command, type Desk, misused, type Outcome } from "./command.ts";
import { isNamed, messageNamed, type Named } from "./message_words.ts";

export const open: Command = {
  name: "open",
  otherNames: ["download"],
  group: "find",
  needs: "get",
  takes: "[N] [K]",
  firstWord: "anything",
  says: "Save the newest file, or file K of message N",
  async run(desk, _words, rest) {
    const named = messageNamed(desk, open, rest, hasFiles);
    if (!isNamed(named)) return named;
    const message = await find(desk, named);
    if (message === undefined) return noMessage(named);
    const { files = [] } = message;
    const number = named.rest === "" ? 1 : Number(named.rest);
    const file = files[number - 1];
    if (files.length === 0) return { kind: "mistake", text: `Message ${named.seq} has no file` };
    if (file !== undefined) return { kind: "download", file };
    const which = files.length === 1
      ? "has one file, so K is 1"
      : `has ${files.length} files, so K is from 1 to ${files.length}`;
    return misused(open, `Message ${named.seq} ${which}`);
  },
};

function noMessage({ seq }: Named): Outcome {
  return { kind: "mistake", text: `There is no message ${seq} here, or it was deleted` };
}

export function hasFiles({ files = [] }: Message): boolean {
  return files.length > 0;
}

async function find({ connection }: Desk, { room, seq }: Named): Promise<Message | undefined> {
  const held = messageAt(connection.model().rooms.get(room), seq);
  if (held !== undefined) return held;
  const { messages } = await connection.request({ type: "history", room, before: seq + 1, limit: 1 });
  const [event] = messages;
  return event?.type === "message" && event.seq === seq ? event : undefined;
}
