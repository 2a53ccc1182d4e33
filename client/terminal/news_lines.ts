/** What happens to the connection and to oneself, in the words of a person. */
import { keepingText } from "../commands/mod.ts";
import type { RoomModel } from "../model/mod.ts";
import type { Role } from "../../shared/protocol/mod.ts";
import { waitText } from "./date_text.ts";
import { countText } from "./count_text.ts";
import { roleNames } from "./role_names.ts";
import { safeLines, safeText } from "./safe_text.ts";
import { type Line, span } from "./styled_line.ts";
import { unreadText } from "./transcript.ts";

/** Told when the person begins to talk in a room. `others` is how many there are besides them, where it is known. */
export function roomLines(
  room: RoomModel,
  label: string,
  verb: "Joined" | "In",
  others: number | undefined,
): readonly Line[] {
  const isDirect = room.access === "direct";
  const company = isDirect || others === undefined || others === 0
    ? ""
    : ` with ${countText(others, "person", "people")}`;
  const alone = others === 0 ? " Nobody else is in it yet." : "";
  const head: Line = [
    span(`  ${isDirect ? "Talking with" : verb} `),
    span(safeText(label), "accent"),
    span(
      `${company}.${alone} ${unreadText(room)}.${room.archived ? " It is archived: you can only read." : ""}`,
    ),
  ];
  return [
    head,
    ...verb === "Joined" ? aboutLine("About", room.description) : [],
    ...aboutLine("Topic", room.topic),
    ...isKeptAsUsual(room) ? [] : [[span(`  ${keepingText(room)}.`, "dim")]],
  ];
}

function aboutLine(title: string, text: string | undefined): readonly Line[] {
  return text === undefined ? [] : [[span(`  ${title}: ${safeText(text)}`, "dim")]];
}

function isKeptAsUsual({ retentionMs, held }: RoomModel): boolean {
  return retentionMs === undefined && !held;
}

export function hintLine(hasKeys: boolean): Line {
  const keys = hasKeys ? "/help · Tab completes · Ctrl-C quit" : "/help lists the commands, /quit ends it.";
  return [span(`  Type a message and press Enter. ${keys}`, "dim")];
}

export function lostLines(reason: string): readonly Line[] {
  return [
    [span(`  The connection is gone: ${safeText(reason)}`, "dim")],
    [span("  What you type now is sent when it is back.", "dim")],
  ];
}

export function backLine(): Line {
  return [span("  Connected again.", "dim")];
}

/** Stands above the prompt while others are writing. */
export function typingText(names: readonly string[]): string {
  const [first = "", second, ...more] = names.map(safeText);
  if (second === undefined) return `      ${first} is writing …`;
  return more.length === 0
    ? `      ${first} and ${second} are writing …`
    : `      ${names.length} people are writing …`;
}

/** Stands above the prompt while there is no connection. */
export function retryText(retryInMs: number): string {
  return `  no connection · next try: ${waitText(retryInMs)}`;
}

/** `reason` may have several lines. */
export function endedLines(reason: string): readonly Line[] {
  const [first = "", ...others] = safeLines(reason);
  return [
    [span("  It ends here: ", "bad"), span(first)],
    ...others.map((line): Line => [span(`  ${line}`)]),
  ];
}

export function skippedLine(label: string, missing: number): Line {
  const count = countText(missing, "older event");
  return [span(`  ${count} of ${safeText(label)} not shown: /history shows the past`, "dim")];
}

export function resetLine(label: string): Line {
  const name = safeText(label);
  return [
    span(`  The server knows less of ${name} than was shown here: it was set back. ${name} anew:`, "bad"),
  ];
}

export function presenceLine(username: string, status: "online" | "offline"): Line {
  return [span(`      · ${safeText(username)} ${status === "online" ? "is here" : "is gone"}`, "dim")];
}

/** What the person had begun to write is in their line again. */
export function draftLine(): Line {
  return [span("  What you did not send the last time is in your line again. Ctrl-C takes it away.", "dim")];
}

/** The person has marked the room that they look at. */
export function keptUnreadLine(): Line {
  return [
    span("  Marked. It stays unread until you turn to this room again, or say something in it.", "dim"),
  ];
}

export function goneLine(label: string): Line {
  return [span(`  You are no longer in ${safeText(label)}.`, "dim")];
}

export function roleLine(role: Role): Line {
  return [span(`  You are ${roleNames[role]} now. /help shows what you can do.`)];
}

/** The server demands two-factor of everybody, and this person has none yet. */
export function confinedLine(isLedIn: boolean): Line {
  const next = isLedIn ? "Setting it up takes a minute." : "Type /2fa on to set it up.";
  return [
    span("  This server demands two-factor of everybody, and you have none yet. "),
    span(next, "strong"),
  ];
}

/** The same, where nobody is there to set it up. */
export const confinedReason =
  "This server demands two-factor of everybody. Connect once from a terminal to set it up.";

/** Something that was asked for was not done. */
export function notDoneLine(text: string): Line {
  return [span("  ✗ ", "bad"), span(safeText(text))];
}

/** A message was refused. Its words are in the person's line again, among their earlier lines, or nowhere. */
export function notSentLine(why: string, wordsAre: "line" | "history" | undefined): Line {
  const back = {
    line: " Your words are in your line again; Ctrl-C takes them away.",
    history: " ↑ brings your words back.",
  };
  return [
    span("  ✗ Not sent: ", "bad"),
    span(`${safeText(why)}.${wordsAre === undefined ? "" : back[wordsAre]}`),
  ];
}

/** What is said cannot be written to the disk of this machine. It is sent all the same. */
export function unkeptLine(reason: string): Line {
  return [
    span(
      `  If this program crashes, messages that are not sent by then are lost. ${safeText(reason)}.`,
      "bad",
    ),
  ];
}
