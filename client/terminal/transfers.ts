import type { Outcome } from "../commands/mod.ts";
import { type Connection, ConnectionLost } from "../connection/mod.ts";
import {
  downloadFile,
  isStopped,
  type OfferedFile,
  pathIn,
  stop,
  type Transfer,
  type TransferProgress,
  uploadFile,
} from "../files/mod.ts";
import { Refusal } from "../../shared/protocol/mod.ts";
import { Trouble } from "../../shared/trouble/mod.ts";
import type { Clock } from "../../shared/world/mod.ts";
import type { Outgoing } from "./outgoing.ts";
import type { Stage } from "./stage.ts";
import { savedLine, stoppedLine } from "./transfer_lines.ts";
import type { UnderWay } from "./under_way.ts";

/** Where files of this machine are. */
export interface Folders {
  /** What `~` stands for. */
  readonly home: string | undefined;
  /** Where files are saved. */
  readonly downloads: string;
}

export interface TransfersOptions {
  readonly connection: Connection;
  readonly clock: Clock;
  readonly stage: Stage;
  readonly outgoing: Outgoing;
  readonly folders: Folders;
  /** Something was not done. */
  refuse(why: string): void;
}

interface Entry extends UnderWay {
  readonly stopping: AbortController;
  progress: TransferProgress | undefined;
}

type Upload = Extract<Outcome, { readonly kind: "upload" }>;

/** Files that go up and down while the person goes on talking. */
export class Transfers {
  readonly #options: TransfersOptions;
  readonly #entries = new Set<Entry>();
  readonly #moving = new Set<Promise<void>>();

  constructor(options: TransfersOptions) {
    this.#options = options;
  }

  /** The oldest first. */
  get underWay(): readonly UnderWay[] {
    return [...this.#entries];
  }

  /** Sends the file, and then a message with it. */
  upload({ room, words }: Upload): void {
    const { folders: { home }, outgoing, clock, refuse } = this.#options;
    const found = pathIn(words, { home, isWindows: Deno.build.os === "windows", exists });
    if (found === undefined) return refuse("No path can be read from that: is a quote not closed?");
    const { path, rest: text } = found;
    this.#begin("up", path, async (transfer) => {
      const { file } = await uploadFile(transfer, room, path);
      outgoing.say({ room, text, files: [file], time: clock.now() });
    });
  }

  /** Saves the file, once: whoever asks again while it comes has asked already. */
  download(file: OfferedFile): void {
    const { stage, folders } = this.#options;
    this.#begin("down", file.name, async (transfer) => {
      stage.show([savedLine(await downloadFile(transfer, file, folders.downloads))]);
    });
  }

  /** False if nothing is on its way. */
  stopNewest(): boolean {
    const newest = [...this.#entries].at(-1);
    if (newest === undefined) return false;
    stop(newest.stopping);
    return true;
  }

  /** Resolves when nothing is on its way any more. */
  async settled(): Promise<void> {
    while (this.#moving.size > 0) await Promise.all(this.#moving);
  }

  /** Stops all of them; what has come so far stays for the next time. */
  giveUp(): void {
    for (const { stopping } of this.#entries) stop(stopping);
  }

  #begin(direction: UnderWay["direction"], name: string, move: (transfer: Transfer) => Promise<void>): void {
    const { connection, clock, stage } = this.#options;
    const entry: Entry = { direction, name, stopping: new AbortController(), progress: undefined };
    this.#entries.add(entry);
    const tell = (progress: TransferProgress) => {
      const isNextStep = progress.step !== entry.progress?.step;
      entry.progress = progress;
      if (isNextStep) stage.refresh();
    };
    const moving = this.#move(entry, move({ connection, clock, signal: entry.stopping.signal, tell }))
      .finally(() => {
        this.#entries.delete(entry);
        this.#moving.delete(moving);
        stage.refresh();
      });
    this.#moving.add(moving);
    stage.refresh();
  }

  async #move(entry: Entry, moving: Promise<void>): Promise<void> {
    try {
      await moving;
    } catch (cause) {
      const { stage, refuse } = this.#options;
      if (isStopped(cause) || cause instanceof ConnectionLost) stage.remark([stoppedLine(entry)]);
      else if (cause instanceof Refusal || cause instanceof Trouble) refuse(cause.message);
      else throw cause;
    }
  }
}

function exists(path: string): boolean {
  try {
    return Deno.statSync(path).isFile;
  } catch {
    return false;
  }
}
