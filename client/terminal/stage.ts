import type { Asker } from "../commands/mod.ts";
import type { PictureSize } from "./code_picture.ts";
import type { EventLines } from "./event_view.ts";
import type { Line } from "./styled_line.ts";

/** Where a conversation is shown. */
export interface Stage {
  readonly eventLines: EventLines;
  /** How many lines of a room's past are shown when the person turns to it. */
  readonly pastLinesMax: number;
  /** Whether Tab, ↑ and Alt-Enter do something. */
  readonly hasKeys: boolean;
  /** Whether a person looks at it, who wants to hear who came and went and how the connection is. */
  readonly hasAudience: boolean;
  /** Whoever can be asked while a command is done. */
  readonly asker?: Asker | undefined;
  /** How large a picture may be, in columns and rows; undefined where only words are of use. */
  readonly pictureSize?: PictureSize | undefined;
  /** What is typed is for questions until the returned function is called. */
  holdKeys(): () => void;
  /**
   * Shows that what was entered waits for its turn, until the returned function is called. Where the person has keys,
   * Ctrl-C calls `takeBack`, and what was typed meanwhile is forgotten.
   */
  wait(name: string, takeBack: () => void): () => void;
  /** What was said, and what was asked for. */
  show(lines: readonly Line[]): void;
  /** What went wrong, and other remarks on the side. */
  remark(lines: readonly Line[]): void;
  /** Something was said that the person wants to hear of at once. */
  ring(): void;
  /** The room, the unsent messages or the state of the connection is another one than before. */
  refresh(): void;
  /** Gives the words of a message that was refused back to the person. Whether they are in their line now. */
  giveBack(text: string): boolean;
}
