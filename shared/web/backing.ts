/** Who hears what a line says. */
export interface Hearer {
  /** Takes one or more whole lines. Resolves when they have left; a line says no more until then. Rejects when nobody hears. */
  hear(lines: string): Promise<void>;
  /** The line has ended: nothing comes after. */
  ended(): void;
}

/** A line of the protocol to whoever keeps the conversation. */
export interface Line {
  /** Says one line, without its newline. Where it returns a promise, the next one must wait for it. Never throws. */
  say(line: string): void | Promise<void>;
  /** Ends the line from this side. Twice does nothing. */
  end(): void;
}

/** Where lines lead to. */
export interface Backing {
  /** Opens a line for somebody at `address`. Whatever is the matter with it is heard as its end. */
  open(hearer: Hearer, address: string): Line;
}
