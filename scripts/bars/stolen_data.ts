import { Buffer } from "node:buffer";
import { openStore } from "../../server/store/mod.ts";
import { chatCommand } from "../chat_task.ts";
import { ChatProcess } from "../load/chat_process.ts";
import { type Life, liveOn, talkRoom } from "./busy_life.ts";
import { type Canaries, canariesIn, canariesInBytes, filesBelow, type Find } from "./canaries.ts";
import { countEntries } from "./dumped_hashes.ts";
import { countUnseenMoves } from "./moved_rows.ts";
import type { Bar } from "./verdict.ts";

type Say = (line: string) => void;

export const stolenData: Bar = {
  says:
    "whoever takes database, backup, logs and temporary files reads nothing, gets in nowhere, and moves no row unseen",
  run: async (say) => {
    const place = Deno.makeTempDirSync({ prefix: "chat-bar-" });
    Deno.mkdirSync(`${place}/tmp`);
    Deno.env.set("TMPDIR", `${place}/tmp`);
    try {
      const { life, log } = await live(place, say);
      const secrets = withHashes(`${place}/data`, life.secrets);
      const finds = [...canariesIn(place, secrets), ...canariesInBytes("the log", log, secrets)];
      for (const { what, where } of finds) say(`FOUND ${what} in ${where}`);
      const blind = blindness(place, secrets);
      for (const what of blind) say(`NOT SEEN where it was put on purpose: ${what}`);
      const moved = await countUnseenMoves(`${place}/data`, life.token, say);
      const entries = await countEntries(`${place}/data`, life.token, say);
      return {
        passed: finds.length + blind.length + entries + moved === 0,
        figure: `${finds.length} secrets found (target: 0) of ${secrets.size} looked for in ${
          filesBelow(place).length
        } files; ${entries} logins by dumped hashes (target: 0); ${moved} moved rows opened (target: 0)`,
      };
    } finally {
      Deno.env.delete("TMPDIR");
      Deno.removeSync(place, { recursive: true });
    }
  },
};

/** Files are kept as they are while the server runs, after a SIGKILL and after an orderly end: each is looked at. */
async function live(place: string, say: Say): Promise<{ life: Life; log: Uint8Array }> {
  const data = `${place}/data`;
  const first = await ChatProcess.start({ data });
  const life = await liveOn(first.address);
  copyFiles(`${data}/server`, `${place}/while_running`);
  await backUp(data, `${place}/monday.backup`);
  await first.stop("SIGKILL");
  copyFiles(`${data}/server`, `${place}/after_a_kill`);
  const second = await ChatProcess.start({ data });
  await second.stop();
  const log = Buffer.from([...first.log, ...second.log].join("\n"));
  say(`looked at: ${filesBelow(place).map((path) => path.slice(place.length + 1)).join(", ")}`);
  return { life, log };
}

async function backUp(data: string, file: string): Promise<void> {
  const [command = "", ...args] = chatCommand(new URL("../../", import.meta.url).pathname);
  const { success, stderr } = await new Deno.Command(command, {
    args: [...args, "backup", file, "--data", data],
  }).output();
  if (!success) throw new Error(new TextDecoder().decode(stderr));
}

/** What a thief with a disk takes: the files of the server, but not those of its keys. */
function copyFiles(from: string, to: string): void {
  Deno.mkdirSync(to);
  for (const { name, isFile } of Deno.readDirSync(from)) {
    if (isFile) Deno.copyFileSync(`${from}/${name}`, `${to}/${name}`);
  }
}

/** The hashes of passwords are secrets too: by them passwords are guessed offline. */
function withHashes(data: string, secrets: Canaries): Canaries {
  const store = openStore(`${data}/server/chat.db`);
  const hashes = store.people.accounts().map(({ id, name }): [string, string] => [
    `the hash of ${name}'s password`,
    store.people.passwordOf(id) ?? "",
  ]);
  store.close();
  return new Map([...secrets, ...hashes, ["any password's hash", "$argon2id$"]]);
}

/** Secrets that would not be seen if they were there, in any of the forms looked for; and whether files were read at all. */
function blindness(place: string, secrets: Canaries): readonly string[] {
  const around = (text: string | Uint8Array) =>
    Buffer.concat([Buffer.from("<<"), Buffer.from(text), Buffer.from(">")]);
  const forms: ((secret: string | Uint8Array) => Uint8Array)[] = [
    around,
    (secret) => Buffer.from(around(secret).toString("base64")),
    (secret) => Buffer.from(around(secret).toString("base64url")),
    (secret) => Buffer.from(around(secret).toString("hex").toUpperCase()),
  ];
  const unseen = [...secrets].filter(([what, secret]) =>
    forms.some((form) => canariesInBytes("", form(secret), new Map([[what, secret]])).length === 0)
  ).map(([what]) => what);
  const inClear = canariesIn(place, new Map([["the room's name, which is in clear", talkRoom]]));
  const isSeen = (name: string) => inClear.some(({ where }: Find) => where.endsWith(name));
  return [...unseen, ...["/while_running/chat.db-wal", "/monday.backup"].filter((name) => !isSeen(name))];
}
