import { durationText } from "../commands/mod.ts";
import type { Message, ShownEvent } from "../model/mod.ts";
import { clip } from "./columns.ts";
import type { EventView } from "./event_view.ts";
import { safeText } from "./safe_text.ts";

const excerptColumns = 32;

type Deed = Exclude<ShownEvent, { readonly type: "message" }>;

/**
 * What somebody did, beside saying something, in words. They are as others gave them, and are made safe where they are
 * shown. Undefined where nothing is left of it.
 */
export function deedText(event: Deed, { find }: Pick<EventView, "find">): string | undefined {
  switch (event.type) {
    case "joined":
      // Who is in a direct conversation is its name.
      if (event.people !== undefined) return undefined;
      return `${event.username} joined${event.by === undefined ? "" : `, added by ${event.by}`}`;
    case "left":
      if (event.by === undefined) return `${event.username} left`;
      return `${event.username} was ${event.banned ? "banned" : "removed"} by ${event.by}`;
    case "edited":
      return event.text === undefined ? undefined : `${event.from} edited ${event.target}: ${event.text}`;
    case "deleted":
      return `${event.from} deleted ${event.target}`;
    case "reacted":
      return event.emoji === undefined
        ? undefined
        : `${event.from} reacted with ${event.emoji} to ${event.target}${excerpt(find?.(event.target))}`;
    case "unreacted":
      return `${event.from} took back a reaction to ${event.target}`;
    case "pinned":
      return `${event.from} pinned ${event.target}${excerpt(find?.(event.target))}`;
    case "unpinned":
      return `${event.from} unpinned ${event.target}`;
    case "expired":
      return undefined;
    case "changed":
      return changesText(event);
    case "standing":
      return standingText(event);
  }
}

/** The beginning of a message in quotes, behind a space; nothing where it is not held or was deleted. */
export function excerpt(message: Pick<Message, "text"> | undefined): string {
  const [first] = message?.text?.split("\n") ?? [];
  return first === undefined ? "" : ` “${clip(safeText(first), excerptColumns)}”`;
}

function changesText(event: Extract<Deed, { type: "changed" }>): string | undefined {
  const { from, topic, description, access, archived } = event;
  const changes = [
    ...fieldText("topic", topic),
    ...fieldText("description", description),
    ...access === undefined ? [] : [`made the room ${access}`],
    ...archived === undefined
      ? []
      : [archived ? "archived the room: it can only be read" : "opened the room again"],
    ...keepingTexts(event),
  ];
  return changes.length === 0 ? undefined : `${from} ${changes.join(", and ")}`;
}

function keepingTexts({ held, retentionMs }: Extract<Deed, { type: "changed" }>): readonly string[] {
  return [
    ...retentionMs === undefined ? [] : [
      retentionMs === 0
        ? "set no end to how long messages are kept here"
        : `set that messages are kept here for ${durationText(retentionMs)}`,
    ],
    ...held === undefined
      ? []
      : [held ? "put the room under legal hold: nothing in it goes" : "ended the legal hold"],
  ];
}

function fieldText(name: string, text: string | undefined): readonly string[] {
  if (text === undefined) return [];
  return [text === "" ? `took the ${name} away` : `set the ${name}: ${text}`];
}

function standingText({ username, by, standing }: Extract<Deed, { type: "standing" }>): string {
  if (standing === "muted") return `${username} was muted by ${by}: they can only read`;
  const what = standing === "moderator" ? "a moderator" : "a usual member";
  return `${username} is ${what} now${by === username ? "" : `, by ${by}`}`;
}
