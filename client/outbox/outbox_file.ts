import { dirname } from "node:path";
import {
  ensurePrivateDirectory,
  type FileLock,
  FileTrouble,
  readFileIfThere,
  tryLockFile,
  writePrivateFile,
} from "../../shared/files/mod.ts";
import type { Said } from "../connection/mod.ts";
import { answeredLine, type Owner, readOutboxLines, saidLine } from "./outbox_lines.ts";

/** A file with more lines is written anew, without what was answered. */
const linesMax = 4_000;

const nameTaken = "another client uses it. Start this one again";

/**
 * The file of one running client, to which lines are only ever added until nothing in it is unanswered. A lock keeps
 * others away from it while its client lives. It is made when the first message comes.
 */
export class OutboxFile {
  readonly #path: string;
  readonly #owner: Owner;
  readonly #unanswered: Map<string, Said>;
  #lock: FileLock | undefined;
  #file: Deno.FsFile | undefined;
  #linesInFile = 0;
  #unwritten: string[] = [];
  /** Whether a message is among the unwritten. That one was answered may get lost. */
  #mustReachDisk = false;
  #isWhole = true;
  #written: Promise<void> = Promise.resolve();
  #nextWrite: Promise<void> | undefined;
  #closed: Promise<void> | undefined;

  /** A file that is not there yet, under a name that nobody else uses; unless it was found. */
  constructor(path: string, owner: Owner, { lock, unanswered }: Partial<Found> = {}) {
    this.#path = path;
    this.#owner = owner;
    this.#lock = lock;
    this.#unanswered = unanswered ?? new Map();
  }

  /**
   * Takes over a file whose client has ended. Undefined if that one lives, if it was another person or server, or if
   * somebody else has taken it over. Throws `FileTrouble`.
   */
  static adopt(path: string, owner: Owner): OutboxFile | undefined {
    // Whoever looks before taking the lock does not keep it, for a moment, from the one whom the file concerns.
    if (read(path, owner) === undefined) return undefined;
    const lock = tryLockFile(lockOf(path));
    if (lock === undefined) return undefined;
    const unanswered = read(path, owner);
    if (unanswered !== undefined) return new OutboxFile(path, owner, { lock, unanswered });
    lock.release();
    return undefined;
  }

  get unanswered(): readonly Said[] {
    return [...this.#unanswered.values()];
  }

  /** Whether all that is unanswered is on disk, as far as it was tried. */
  get isWhole(): boolean {
    return this.#isWhole;
  }

  /** Resolves when it is on disk. What comes while the disk is busy is written together. Rejects with `FileTrouble`. */
  keep(said: Said): Promise<void> {
    this.#unanswered.set(said.nonce, said);
    this.#mustReachDisk = true;
    return this.#add(saidLine(this.#owner, said));
  }

  /** Forgets a message, if it is here. Should a crash undo that, it is sent again, which does no harm. */
  drop(nonce: string): void {
    const said = this.#unanswered.get(nonce);
    if (!this.#unanswered.delete(nonce)) return;
    // What is not to be kept for long is in no line of the file any more, either.
    if (said?.lifeMs !== undefined) this.#linesInFile = linesMax;
    this.#add(answeredLine(nonce)).catch(expectTrouble);
  }

  /** Leaves what is unanswered to the next start. */
  close(): Promise<void> {
    this.#closed ??= this.#written.then(() => this.#leave());
    return this.#closed;
  }

  #add(line: string): Promise<void> {
    this.#unwritten.push(line);
    if (this.#nextWrite !== undefined) return this.#nextWrite;
    const write = this.#written.then(() => this.#write());
    this.#nextWrite = write;
    this.#written = write.catch(expectTrouble);
    return write;
  }

  async #write(): Promise<void> {
    this.#nextWrite = undefined;
    try {
      await this.#writeLines(this.#unwritten.splice(0));
      this.#isWhole = true;
    } catch (cause) {
      // What has become of the last line is not known: the file is written anew the next time.
      this.#closeFile();
      this.#isWhole = this.#unanswered.size === 0;
      throw cause instanceof FileTrouble ? cause : new FileTrouble(`write "${this.#path}"`, cause);
    }
  }

  async #writeLines(lines: readonly string[]): Promise<void> {
    this.#linesInFile += lines.length;
    if (this.#unanswered.size === 0) return this.#empty();
    if (this.#file === undefined || this.#linesInFile > linesMax) return this.#writeAnew();
    const mustReachDisk = this.#mustReachDisk;
    this.#mustReachDisk = false;
    await append(this.#file, lines.join(""));
    if (mustReachDisk) await this.#file.syncData();
  }

  #empty(): void {
    if (this.#file === undefined) removeIfPossible(this.#path);
    else this.#file.truncateSync(0);
    this.#linesInFile = 0;
  }

  #writeAnew(): void {
    this.#closeFile();
    if (this.#lock === undefined) {
      ensurePrivateDirectory(dirname(this.#path));
      this.#lock = tryLockFile(lockOf(this.#path));
      if (this.#lock === undefined) throw new FileTrouble(`use "${this.#path}"`, undefined, nameTaken);
    }
    writePrivateFile(this.#path, this.unanswered.map((said) => saidLine(this.#owner, said)).join(""));
    this.#file = Deno.openSync(this.#path, { append: true });
    this.#linesInFile = this.#unanswered.size;
    this.#mustReachDisk = false;
  }

  #closeFile(): void {
    this.#file?.close();
    this.#file = undefined;
  }

  /** The file goes before its lock, so that whoever comes by the lock then finds nothing to take over. */
  #leave(): void {
    this.#closeFile();
    if (this.#lock === undefined) return;
    const isEmpty = this.#unanswered.size === 0;
    if (isEmpty) removeIfPossible(this.#path);
    this.#lock.release();
    if (isEmpty) removeIfPossible(lockOf(this.#path));
  }
}

interface Found {
  readonly lock: FileLock;
  readonly unanswered: Map<string, Said>;
}

function lockOf(path: string): string {
  return `${path}.lock`;
}

function read(path: string, owner: Owner): Map<string, Said> | undefined {
  const text = readFileIfThere(path);
  return text === undefined ? undefined : readOutboxLines(text, owner);
}

async function append(file: Deno.FsFile, text: string): Promise<void> {
  const bytes = new TextEncoder().encode(text);
  for (let written = 0; written < bytes.length;) written += await file.write(bytes.subarray(written));
}

function removeIfPossible(path: string): void {
  try {
    Deno.removeSync(path);
  } catch {
    // It was never there; or it stays, and is looked at again at the next start.
  }
}

/** Whoever kept a message has been told. */
function expectTrouble(cause: unknown): void {
  if (!(cause instanceof FileTrouble)) throw cause;
}
