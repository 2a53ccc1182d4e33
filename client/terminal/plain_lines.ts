import type { ShownEvent } from "../model/mod.ts";
import { hourText } from "./date_text.ts";
import type { EventView } from "./event_lines.ts";
import { safeLines, safeText } from "./safe_text.ts";
import { type Line, span } from "./styled_line.ts";

/** An event as whole lines for pipes, logs and screen readers: `[general] 14:03 <ben> hi`. */
export function plainEventLines(event: ShownEvent, { room }: EventView): readonly Line[] {
  const place = `[${safeText(room)}] ${hourText(event.time)}`;
  if (event.type !== "message") return [[span(`${place} * ${safeText(event.username)} ${event.type}`)]];
  return safeLines(event.text).map((text, index) => [
    span(index === 0 ? `${place} <${safeText(event.from)}> ${text}` : `    ${text}`),
  ]);
}
