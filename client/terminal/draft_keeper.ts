import { type Connection, ConnectionLost } from "../connection/mod.ts";
import { limits, Refusal, textFault } from "../../shared/protocol/mod.ts";

interface Draft {
  readonly room: string;
  readonly text: string;
}

/**
 * Keeps the line that a person has begun with the server, as soon as they pause: it is there again when they come back,
 * and on their other devices. Commands are nobody's draft.
 */
export class DraftKeeper {
  readonly #connection: Connection;
  /** What the server has of this line. */
  #kept: Draft | undefined;
  /** The line a moment ago. */
  #seen = "";
  #isBusy = false;

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  /** To be called about every second with the line as it is. */
  look(room: string | undefined, line: string): void {
    const isPause = line === this.#seen;
    this.#seen = line;
    if (!isPause || this.#isBusy) return;
    const text = isDraft(line) ? line : "";
    const kept = this.#kept;
    if (kept !== undefined && (kept.room !== room || (text === "" && kept.text !== ""))) {
      void this.#tell({ room: kept.room, text: "" });
    } else if (room !== undefined && text !== (kept?.text ?? "")) void this.#tell({ room, text });
  }

  /** The line was sent as a message: the server forgets its draft by that. */
  sent(): void {
    this.#kept = undefined;
    this.#seen = "";
  }

  /** The text that was begun in this room, here or elsewhere, and not sent. */
  async find(room: string): Promise<string | undefined> {
    try {
      const { drafts } = await this.#connection.request({ type: "drafts" });
      const text = drafts.find((draft) => draft.room === room && draft.thread === undefined)?.text;
      if (text !== undefined) this.#kept = { room, text };
      return text;
    } catch (cause) {
      return ignoreExpected(cause);
    }
  }

  /** What cannot be told now is told at the next look. */
  async #tell({ room, text }: Draft): Promise<void> {
    this.#isBusy = true;
    try {
      await this.#connection.request({ type: "draft", room, text });
      this.#kept = text === "" ? undefined : { room, text };
    } catch (cause) {
      ignoreExpected(cause);
    } finally {
      this.#isBusy = false;
    }
  }
}

function isDraft(line: string): boolean {
  return !line.startsWith("/") && textFault(line, limits.textCodePoints) === undefined;
}

function ignoreExpected(cause: unknown): undefined {
  if (!(cause instanceof Refusal || cause instanceof ConnectionLost)) throw cause;
}
