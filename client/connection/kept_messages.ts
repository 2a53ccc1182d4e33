/** What is said with a text, and where in a room beside among all the other messages. */
export interface SaidPlace {
  /** The message that it replies to. */
  readonly thread?: number | undefined;
  /** The message that it takes up. */
  readonly quote?: number | undefined;
  /** Files that are whole on the server, as they are called in frames. */
  readonly files?: readonly string[] | undefined;
  /** How long it is kept from when the server has it, in milliseconds. */
  readonly lifeMs?: number | undefined;
}

/** Something that was said. */
export interface Said extends SaidPlace {
  readonly room: string;
  readonly text: string;
  /** By which the server knows a message that it has been sent twice. */
  readonly nonce: string;
  /** When it was said, in milliseconds since the Unix epoch, by the clock of this machine. */
  readonly time: number;
}

/** Messages that have no answer of the server yet, kept where they outlive the end of the program. */
export interface KeptMessages {
  /** What earlier runs left behind and may be sent again, in their order. */
  readonly earlier: readonly Said[];
  /** Whether all of them would be there at the next start. */
  readonly areKept: boolean;
  /** Resolves when the message is kept. Rejects with a `Trouble`; it is kept later if that gets possible. */
  keep(said: Said): Promise<void>;
  /** The message has its answer, or nobody waits for one. */
  drop(nonce: string): void;
  /** What is too old to be sent: its own time is over, or the server might store it a second time. Forgets it, so show it. */
  takeTooOld(): readonly Said[];
  /** Leaves what has no answer to the next start. */
  close(): Promise<void>;
}
