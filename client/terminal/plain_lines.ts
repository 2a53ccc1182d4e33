import type { Message, ShownEvent } from "../model/mod.ts";
import { hourText } from "./date_text.ts";
import { deedText, excerpt } from "./deed_text.ts";
import { actionOf, foundMark, statesOf } from "./event_lines.ts";
import type { EventView } from "./event_view.ts";
import { expiryTexts, fileTexts } from "./file_lines.ts";
import { safeLines, safeText } from "./safe_text.ts";
import { type Line, span } from "./styled_line.ts";

/**
 * An event as whole lines for pipes, logs and screen readers: `[general] 14:03 <ben> hi`. Numbers stand only where the
 * person has asked to see it: `[general] 14:03 17 <ben> hi`.
 */
export function plainEventLines(event: ShownEvent, view: EventView): readonly Line[] {
  const mark = view.isFound ? `${foundMark} ` : "";
  const place = `${mark}[${safeText(view.label.replace(/^#/, ""))}] ${hourText(event.time)}`;
  if (event.type === "message") return messageLines(event, view, place);
  const text = deedText(event, view);
  return text === undefined ? [] : indented(`${place} * `, text);
}

function messageLines(message: Message, view: EventView, place: string): readonly Line[] {
  const { isAsked, find } = view;
  const act = actionOf(message.text);
  const number = isAsked ? `${message.seq} ` : "";
  const from = act === undefined ? `<${safeText(message.from)}>` : `* ${safeText(message.from)}`;
  const thread = message.thread === undefined
    ? ""
    : `(reply to ${message.thread}${rootText(message, view)}) `;
  const quote = message.quote === undefined
    ? ""
    : `(about ${message.quote}${excerpt(find?.(message.quote))}) `;
  const states = isAsked ? statesOf(message) : expiryTexts(message);
  const below = [...fileTexts(message, view), ...states.map((state) => `(${state})`)];
  const text = act ?? message.text ?? "(deleted)";
  return [
    ...indented(`${place} ${number}${from} ${thread}${quote}`, text),
    ...below.map((line): Line => [span(`    ${line}`)]),
  ];
}

/** Whose words they were, where that was not read out right before. */
function rootText({ thread }: Message, { find, above }: EventView): string {
  const root = thread === undefined || thread === above ? undefined : find?.(thread);
  return root === undefined ? "" : `, ${safeText(root.from)}${excerpt(root)}`;
}

function indented(head: string, text: string): readonly Line[] {
  return safeLines(text).map((line, index) => [span(index === 0 ? `${head}${line}` : `    ${line}`)]);
}
