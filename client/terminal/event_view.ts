import type { ReadMarkdown } from "../markdown/mod.ts";
import type { Message, ShownEvent } from "../model/mod.ts";
import type { Line } from "./styled_line.ts";

/** From where an event is looked at. */
export interface EventView {
  /** One's own name. */
  readonly me: string;
  /** What the room that the event is of is called: `#ops`, or `@ben`. */
  readonly label: string;
  /** Whether the person talks in this room: then it need not be said. */
  readonly here: boolean;
  /** Whether the person has asked to see it, so that they may want to say something of it by its number. */
  readonly isAsked?: boolean | undefined;
  /** Whether it was searched for, and stands among others that are around it. */
  readonly isFound?: boolean | undefined;
  /** The first message of the thread that the message above it belongs to, or that message itself. */
  readonly above?: number | undefined;
  /** What marks in a text mean; without it they stand as they were typed. */
  readonly markdown?: ReadMarkdown | undefined;
  /** The message of the room that has this number, if it is held. */
  find?(seq: number): Message | undefined;
}

/** Makes the lines of one event; each face has its own way. None where nothing is left to be seen of it. */
export type EventLines = (event: ShownEvent, view: EventView) => readonly Line[];
