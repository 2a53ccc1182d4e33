import { DatabaseSync } from "node:sqlite";
import { ChatProcess } from "../load/chat_process.ts";
import { otherRoom, talkRoom } from "./busy_life.ts";
import { Client, type Frame } from "./client.ts";

const roomId = (name: string): string => `(SELECT id FROM room WHERE name = '${name}')`;

/** What somebody with a pen in the database may do to the room `talkRoom`. */
const moves: Readonly<Record<string, string>> = {
  "from another room": `UPDATE event SET text = (SELECT text FROM event AS other
    WHERE other.room_id = ${roomId(otherRoom)} AND other.seq = event.seq) WHERE room_id = ${
    roomId(talkRoom)
  }`,
  "from another seq": `UPDATE event SET text = (SELECT text FROM event AS other
    WHERE other.room_id = event.room_id AND other.seq = 150) WHERE room_id = ${
    roomId(talkRoom)
  } AND seq = 20`,
  "from another sender": `UPDATE event SET account_id = (SELECT id FROM account WHERE name = 'bo')
    WHERE room_id = ${roomId(talkRoom)} AND seq = 20`,
};

/**
 * Moves rows in the database of the server in `data`, which does not run, and asks for them with `token`. Returns how many
 * moves the server did not notice, or could not bear: another room has to be read as before.
 */
export async function countUnseenMoves(
  data: string,
  token: string,
  say: (line: string) => void,
): Promise<number> {
  const path = `${data}/server/chat.db`;
  Deno.copyFileSync(path, `${data}/untouched`);
  let unseen = 0;
  for (const [which, sql] of Object.entries(moves)) {
    Deno.copyFileSync(`${data}/untouched`, path);
    execute(path, sql);
    const [moved, other] = await readRooms(data, token);
    const isSeen = /damaged on the server's disk/.test(JSON.stringify(moved)) && other?.type === "history";
    say(`rows ${which}: ${isSeen ? "told as damaged" : "taken for good"}, the other room: ${other?.type}`);
    if (!isSeen) unseen++;
  }
  Deno.copyFileSync(`${data}/untouched`, path);
  return unseen;
}

function execute(path: string, sql: string): void {
  const database = new DatabaseSync(path);
  database.exec(sql);
  database.close();
}

async function readRooms(data: string, token: string): Promise<readonly Frame[]> {
  const chat = await ChatProcess.start({ data });
  const client = await Client.open(chat.address);
  await client.ask({ type: "resume", token, cursors: {} });
  const answers: Frame[] = [];
  for (const room of [talkRoom, otherRoom]) {
    answers.push(await client.ask({ type: "history", room, after: 0, limit: 200 }));
  }
  client.close();
  await chat.stop();
  return answers;
}
