import { join } from "node:path";
import { FileTrouble } from "../../shared/files/mod.ts";
import { limits } from "../../shared/protocol/mod.ts";
import type { World } from "../../shared/world/mod.ts";
import type { KeptMessages, Said } from "../connection/mod.ts";
import { OutboxFile } from "./outbox_file.ts";
import type { Owner } from "./outbox_lines.ts";

/** No more files of earlier clients are taken over when these hold so many messages. */
const adoptedMax = 1_000;

/** How long a message may be sent again: as long as the server knows its nonce, less a day, since clocks differ. */
const resendMsMax = limits.nonceLifeMs - 24 * 60 * 60 * 1000;

const nameBytes = 8;

/**
 * One person's messages to one server that have no answer yet: those that this client sends, and those that earlier
 * ones left behind when they crashed or were closed.
 */
export class MessageFiles implements KeptMessages {
  /** What earlier clients left behind and may be sent again, in their order. */
  readonly earlier: readonly Said[];
  readonly #own: OutboxFile;
  readonly #adopted: readonly OutboxFile[];
  #tooOld: readonly Said[];

  /**
   * Looks into `client/outbox` in the data directory, which need not be there yet. What cannot be read stays for the
   * next start.
   */
  constructor(data: string, owner: Owner, world: World) {
    const directory = join(data, "client", "outbox");
    const now = world.clock.now();
    this.#adopted = adoptFiles(directory, owner);
    this.#own = new OutboxFile(join(directory, newName(world)), owner);
    const found = this.#adopted.flatMap(({ unanswered }) => unanswered);
    this.earlier = found.filter((said) => !isTooOld(said, now));
    this.#tooOld = found.filter((said) => isTooOld(said, now));
  }

  /** Whether all of them would be there at the next start. */
  get areKept(): boolean {
    return this.#own.isWhole;
  }

  /** Resolves when the message is on disk. Rejects with `FileTrouble`; it is kept later if that gets possible. */
  keep(said: Said): Promise<void> {
    return this.#own.keep(said);
  }

  /** The message has its answer, or nobody waits for one. */
  drop(nonce: string): void {
    for (const file of [this.#own, ...this.#adopted]) file.drop(nonce);
  }

  /** What is too old to be sent: its own time is over, or the server might store it a second time. Forgets it, so show it. */
  takeTooOld(): readonly Said[] {
    const taken = this.#tooOld;
    this.#tooOld = [];
    for (const { nonce } of taken) this.drop(nonce);
    return taken;
  }

  /** Leaves what has no answer to the next start. */
  async close(): Promise<void> {
    await Promise.all([this.#own, ...this.#adopted].map((file) => file.close()));
  }
}

function adoptFiles(directory: string, owner: Owner): readonly OutboxFile[] {
  const adopted: OutboxFile[] = [];
  let messages = 0;
  for (const name of fileNames(directory)) {
    const file = adopt(join(directory, name), owner);
    if (file === undefined) continue;
    adopted.push(file);
    messages += file.unanswered.length;
    if (messages >= adoptedMax) break;
  }
  return adopted;
}

/** By age. Of a directory that cannot be used, `keep` tells. */
function fileNames(directory: string): readonly string[] {
  try {
    return [...Deno.readDirSync(directory)].map(({ name }) => name).filter(isFileName).sort();
  } catch {
    return [];
  }
}

function adopt(path: string, owner: Owner): OutboxFile | undefined {
  try {
    return OutboxFile.adopt(path, owner);
  } catch (cause) {
    if (!(cause instanceof FileTrouble)) throw cause;
    return undefined;
  }
}

/** What was not to be kept for longer than this is not said any more. */
function isTooOld({ time, lifeMs = Infinity }: Said, now: number): boolean {
  return now - time >= Math.min(resendMsMax, lifeMs);
}

/** Begins with the time, so that names are in order. */
function newName({ clock, chance }: World): string {
  const random = Array.from(chance.bytes(nameBytes), (byte) => byte.toString(16).padStart(2, "0")).join("");
  return `${String(clock.now()).padStart(15, "0")}-${random}.jsonl`;
}

function isFileName(name: string): boolean {
  return /^\d{15,}-[0-9a-f]{16}\.jsonl$/.test(name);
}
