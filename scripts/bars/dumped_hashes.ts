import { Buffer } from "node:buffer";
import { DatabaseSync } from "node:sqlite";
import { ChatProcess } from "../load/chat_process.ts";
import { Client, type Frame } from "./client.ts";

/**
 * Offers what the database knows of tokens and resets as if it were the secret, to the server in `data`, which does not
 * run. Returns how often that was taken, and counts it too if the true `token` is not.
 */
export async function countEntries(
  data: string,
  token: string,
  say: (line: string) => void,
): Promise<number> {
  const path = `${data}/server/chat.db`;
  const rounds = roundsOf(path);
  Deno.copyFileSync(path, `${data}/untouched`);
  let entries = 0;
  for (const round of rounds) {
    // A wrong token for a login ends it, so each is tried on the server as it was.
    Deno.copyFileSync(`${data}/untouched`, path);
    const chat = await ChatProcess.start({ data });
    if (!await isLetIn(chat, { type: "resume", token, cursors: {} })) entries++;
    for (const attempt of round) if (await isLetIn(chat, attempt)) entries++;
    await chat.stop();
  }
  say(`${rounds.flat().length} attempts by what the database has of tokens and resets: ${entries} let in`);
  return entries;
}

/** Each round tries each login and reset in one way. */
function roundsOf(path: string): readonly (readonly Frame[])[] {
  const database = new DatabaseSync(path);
  const logins = database.prepare("SELECT id, current, next FROM login").all();
  const resets = database.prepare("SELECT hash FROM reset").all();
  database.close();
  const forms = (["base64url", "base64", "hex"] as const).map((form) => (hash: unknown): string =>
    hash instanceof Uint8Array ? Buffer.from(hash).toString(form) : ""
  );
  return forms.flatMap((form) =>
    (["current", "next"] as const).map((column) => [
      ...logins.map((row) => ({ type: "resume", token: `${row.id}.${form(row[column])}`, cursors: {} })),
      ...resets.map(({ hash }) => ({
        type: "redeem_reset",
        secret: form(hash),
        password: "a thief's good password",
      })),
    ])
  );
}

async function isLetIn({ address }: ChatProcess, attempt: Frame): Promise<boolean> {
  const client = await Client.open(address);
  const answer = await client.ask(attempt);
  client.close();
  return answer?.type === "auth_success";
}
