import { means, type Message, type ShownEvent } from "../model/mod.ts";
import { columnsOf } from "./columns.ts";
import { dayText, hourText } from "./date_text.ts";
import { deedText, excerpt } from "./deed_text.ts";
import type { EventView } from "./event_view.ts";
import { expiryTexts, fileTexts } from "./file_lines.ts";
import { markdownLines } from "./markdown_lines.ts";
import { nameStyle } from "./name_style.ts";
import { safeLines, safeText } from "./safe_text.ts";
import { type Line, type Span, span, type Style } from "./styled_line.ts";

/** The numbers by which a person names a message stand at the left edge, as those of lines in an editor do. */
const numberColumns = 4;

/** Stands there for a message that was found, beside those around it. */
export const foundMark = "»";

/** An event of a room as it stands in the conversation of the live face. */
export function eventLines(event: ShownEvent, view: EventView): readonly Line[] {
  if (event.type === "message") return [...messageLines(event, view), ...stateLines(event)];
  const text = addedText(event, view) ?? deedText(event, view);
  if (text === undefined) return [];
  const head = [...placeSpans(event.time, view), span(marks[event.type] ?? "· ", "dim", "head")];
  return underHead(head, safeLines(text).map((line) => [span(line, "dim")]));
}

/** Whoever was added to a room that they do not look at wants to know how to get there. */
function addedText(event: ShownEvent, { me, label, here }: EventView): string | undefined {
  if (here || event.type !== "joined" || event.username !== me || event.by === undefined) return undefined;
  return event.people === undefined
    ? `${event.by} added you: /room ${label.slice(1)} turns to it`
    : undefined;
}

const marks: Readonly<Partial<Record<ShownEvent["type"], string>>> = { joined: "→ ", left: "← " };

/** What may be shown of a message before it has its place among the others. */
export type Shown = Pick<Message, "time" | "from" | "text"> & Partial<Message>;

/** Further lines of a message stand under its first one. */
export function messageLines(message: Shown, view: EventView): readonly Line[] {
  const place = placeSpans(message.time, view, message.seq);
  const act = actionOf(message.text);
  const name = nameSpan(message.from, view.me);
  const head = act === undefined
    ? [...place, name, span("  ", "plain", "head")]
    : [...place, span("* ", "dim"), name, span(" ", "plain", "head")];
  const files = fileTexts(message, view).map((text): Line => [span(text)]);
  const text = message.text === "" && files.length > 0
    ? []
    : textLines({ ...message, text: act ?? message.text }, view);
  const [first = [], ...others] = [...text, ...files];
  const about = [...threadLines(message, view), ...quoteLines(message, view)];
  return underHead(head, [...about, [...threadSpans(message, view), ...first], ...others]);
}

/** What somebody does, as they say by `/me waves` (XMPP's XEP-0245 has the same). */
export function actionOf(text: string | undefined): string | undefined {
  return text?.startsWith("/me ") ? text.slice(4) : undefined;
}

function underHead(head: Line, lines: readonly Line[]): readonly Line[] {
  const indent = " ".repeat(head.reduce((width, { text }) => width + columnsOf(text), 0));
  return lines.map((line, index) =>
    index === 0 ? [...head, ...line] : [span(indent, "plain", "head"), ...line]
  );
}

function placeSpans(
  time: number,
  { label, here, isAsked, isFound }: EventView,
  seq?: number,
): readonly Span[] {
  const number = seq === undefined ? "" : String(seq);
  const edge = here ? number : isFound ? foundMark : "";
  const place = span(`${edge.padStart(numberColumns)} ${hourText(time)} `, "dim");
  if (here) return [place];
  // Numbers are those of a room: what just comes from another one cannot be named by its own.
  const where = span(`${safeText(label)} `, "accent");
  return isAsked && number !== "" ? [place, where, span(`${number} `, "dim")] : [place, where];
}

/** What it replies to, where that cannot be seen right above it. */
function threadLines({ thread }: Shown, { find, above }: EventView): readonly Line[] {
  const root = thread === undefined || thread === above ? undefined : find?.(thread);
  return root === undefined ? [] : [[span(`↳${thread} ${safeText(root.from)}${excerpt(root)}`, "dim")]];
}

function threadSpans(message: Shown, view: EventView): readonly Span[] {
  const { thread } = message;
  return thread === undefined || threadLines(message, view).length > 0 ? [] : [span(`↳${thread} `, "dim")];
}

/** The thread that a message belongs to, by its first message: that is the message itself where nobody has replied yet. */
export function rootOf(event: ShownEvent): number | undefined {
  return event.type === "message" ? event.thread ?? event.seq : undefined;
}

function quoteLines({ quote }: Shown, { find }: EventView): readonly Line[] {
  if (quote === undefined) return [];
  const quoted = find?.(quote);
  return [[
    span(
      quoted === undefined ? `> ${quote}` : `> ${quote} ${safeText(quoted.from)}${excerpt(quoted)}`,
      "dim",
    ),
  ]];
}

function textLines(message: Shown, { me, markdown }: EventView): readonly Line[] {
  if (message.text === undefined) return [[span("(deleted)", "dim")]];
  const isMeant = means({ type: "message", seq: 0, ...message }, me);
  const spans = (words: string, style: Style) =>
    isMeant ? mentionSpans(words, style, me) : [span(words, style)];
  if (markdown === undefined) return safeLines(message.text).map((line) => spans(line, "plain"));
  return markdownLines(markdown(message.text), spans);
}

/** One's own name, and what means all, stands out where one is meant. */
function mentionSpans(line: string, style: Style, me: string): Line {
  return line.split(/(@[\w.-]+)/).filter((part) => part !== "").map((part) => {
    const name = part.slice(1).toLowerCase().replace(/[.-]+$/, "");
    const isMe = part.startsWith("@") && [me, "room", "here"].includes(name);
    return span(part, isMe ? "mention" : style);
  });
}

/** What was done to a message by now, under it. */
function stateLines(message: Message): readonly Line[] {
  const states = statesOf(message);
  return states.length === 0
    ? []
    : [[span(`${" ".repeat(numberColumns + 1)}      ${states.join(" · ")}`, "dim")]];
}

/** In words: reactions, replies, and whether it was edited or is pinned. */
export function statesOf(message: Message): readonly string[] {
  const { edited, pinned, reactions = [], replies, seq } = message;
  return [
    ...expiryTexts(message),
    ...reactions.map(({ emoji, from }) => `${safeText(emoji)} ${from.map(safeText).join(", ")}`),
    ...replies === undefined
      ? []
      : [`${replies.count === 1 ? "1 reply" : `${replies.count} replies`}: /thread ${seq}`],
    ...edited === undefined ? [] : ["edited"],
    ...pinned ? ["pinned"] : [],
  ];
}

export function nameSpan(name: string, me: string): Span {
  return span(safeText(name), nameStyle(name, me));
}

export function dayLine(time: number): Line {
  return [span(`──── ${dayText(time)} ────`, "dim")];
}

/** Stands above the first message that was not read. */
export function unreadLine(unread: string): Line {
  return [span(`──── ${unread} ────`, "accent")];
}
