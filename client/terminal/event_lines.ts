import type { ShownEvent } from "../model/mod.ts";
import type { RoomEvent } from "../../shared/protocol/mod.ts";
import { columnsOf } from "./columns.ts";
import { dayText, hourText } from "./date_text.ts";
import { nameStyle } from "./name_style.ts";
import { safeLines, safeText } from "./safe_text.ts";
import { type Line, type Span, span } from "./styled_line.ts";

/** From where an event is looked at. */
export interface EventView {
  /** One's own name. */
  readonly me: string;
  /** The room that the event is of. */
  readonly room: string;
  /** Whether the person talks in this room: then it need not be said. */
  readonly here: boolean;
}

/** Makes the lines of one event; each face has its own way. */
export type EventLines = (event: ShownEvent, view: EventView) => readonly Line[];

/** An event of a room as it stands in the conversation of the live face. */
export function eventLines(event: ShownEvent, view: EventView): readonly Line[] {
  if (event.type === "message") return messageLines(event, view);
  const coming = event.type === "joined" ? "→" : "←";
  return [[
    ...placeSpans(event.time, view),
    span(`${coming} ${safeText(event.username)} ${event.type}`, "dim"),
  ]];
}

type Message = Pick<RoomEvent<"message">, "time" | "from" | "text">;

/** Further lines of a message stand under its first one. */
export function messageLines(message: Message, view: EventView): readonly Line[] {
  const head = [
    ...placeSpans(message.time, view),
    nameSpan(message.from, view.me),
    span("  ", "plain", "head"),
  ];
  const indent = " ".repeat(head.reduce((width, { text }) => width + columnsOf(text), 0));
  return safeLines(message.text).map((text, index) =>
    index === 0 ? [...head, span(text)] : [span(indent, "plain", "head"), span(text)]
  );
}

function placeSpans(time: number, { room, here }: EventView): readonly Span[] {
  const hour = span(`${hourText(time)} `, "dim");
  return here ? [hour] : [hour, span(`#${safeText(room)} `, "accent")];
}

export function nameSpan(name: string, me: string): Span {
  return span(safeText(name), nameStyle(name, me));
}

export function dayLine(time: number): Line {
  return [span(`──── ${dayText(time)} ────`, "dim")];
}

/** Stands above the first message that was not read. */
export function unreadLine(unread: string): Line {
  return [span(`──── ${unread} unread ────`, "accent")];
}
