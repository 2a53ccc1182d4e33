import type { Message } from "../model/mod.ts";
import { dayText, hourText } from "./date_text.ts";
import type { EventView } from "./event_view.ts";
import { safeText } from "./safe_text.ts";
import { sizeText } from "./size_text.ts";

export const fileMark = "📎";

/** A line for each file of a message: `📎 photo.jpg (2.4 MB): /open 17`. The command stands only where the number is one of this room. */
export function fileTexts(
  { files = [], seq }: Partial<Message>,
  { here, isAsked }: Pick<EventView, "here" | "isAsked">,
): readonly string[] {
  return files.map(({ name, size }, index) => {
    const number = index === 0 ? "" : ` ${index + 1}`;
    const open = seq === undefined || !(here || isAsked) ? "" : `: /open ${seq}${number}`;
    return `${fileMark} ${safeText(name)} (${sizeText(size)})${open}`;
  });
}

/** When a message is to be gone: `gone at 15:03`, with the day if that is another one. Nothing where it stays. */
export function expiryTexts(
  { expires, deleted, time }: Pick<Message, "time"> & Partial<Message>,
): readonly string[] {
  if (expires === undefined || deleted) return [];
  const day = dayText(expires) === dayText(time) ? "" : `on ${dayText(expires)} `;
  return [`⏳ gone ${day}at ${hourText(expires)}`];
}
