import { clip } from "./columns.ts";
import { messageLines } from "./event_lines.ts";
import { retryText } from "./news_lines.ts";
import type { Unsent } from "./outgoing.ts";
import { safeText } from "./safe_text.ts";
import { type Line, span } from "./styled_line.ts";

/** What stands at the foot of the screen. */
export interface LivePromptView {
  readonly me: string;
  readonly room: string | undefined;
  /** One's own messages without an answer yet: they stand where they will be, marked with `…`. */
  readonly unsent: readonly Unsent[];
  /** Milliseconds until the next try to connect; undefined while there is a connection. */
  readonly retryInMs: number | undefined;
  readonly columns: number;
}

const unsentShownMax = 4;

/** The lines of the prompt. The last one is what the person types behind. */
export function livePrompt(view: LivePromptView): readonly Line[] {
  const shown = view.unsent.slice(0, unsentShownMax);
  const more = view.unsent.length - shown.length;
  return [
    ...shown.map((message) => unsentLine(message, view)),
    ...more > 0 ? [[span(`      … and ${more} more`, "dim")]] : [],
    ...view.retryInMs === undefined ? [] : [[span(clip(retryText(view.retryInMs), view.columns - 1), "dim")]],
    [span(view.room === undefined ? "> " : `#${safeText(view.room)}> `, "accent")],
  ];
}

/** One row, however long the message is: the rows of a prompt must be known. */
function unsentLine(message: Unsent, { me, room, columns, retryInMs }: LivePromptView): Line {
  const mark = retryInMs === undefined ? " …" : " … waiting for the connection";
  const [first = []] = messageLines({ ...message, from: me }, {
    me,
    room: message.room,
    here: message.room === room,
  });
  const head = first.slice(0, -1);
  const left = head.reduce((rest, { text }) => rest - text.length, columns - mark.length - 2);
  return [...head, span(clip(first.at(-1)?.text ?? "", Math.max(1, left))), span(mark, "dim")];
}
