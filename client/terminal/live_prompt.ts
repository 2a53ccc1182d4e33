import { clip, columnsOf } from "./columns.ts";
import { messageLines } from "./event_lines.ts";
import { fileMark } from "./file_lines.ts";
import { retryText, typingText } from "./news_lines.ts";
import type { Unsent } from "./outgoing.ts";
import { safeLines, safeText } from "./safe_text.ts";
import { type Line, span } from "./styled_line.ts";
import { underWayText } from "./transfer_lines.ts";
import type { UnderWay } from "./under_way.ts";

/** What stands at the foot of the screen. */
export interface LivePromptView {
  readonly me: string;
  readonly room: string | undefined;
  /** What a room is called. */
  label(room: string): string;
  /** People who are writing in the room. */
  readonly typing?: readonly string[] | undefined;
  /** One's own messages without an answer yet: they stand where they will be, marked with `…`. */
  readonly unsent: readonly Unsent[];
  /** Words that wait for a command that may lead to another room. */
  readonly held: readonly { readonly text: string }[];
  /** Files on their way. */
  readonly underWay?: readonly UnderWay[] | undefined;
  /** Milliseconds until the next try to connect; undefined while there is a connection. */
  readonly retryInMs: number | undefined;
  readonly columns: number;
}

const unsentShownMax = 4;
const underWayShownMax = 3;

/** The lines of the prompt. The last one is what the person types behind. */
export function livePrompt(view: LivePromptView): readonly Line[] {
  const { typing = [] } = view;
  const shown = view.unsent.slice(0, unsentShownMax);
  const more = view.unsent.length - shown.length;
  return [
    ...shown.map((message) => unsentLine(message, view)),
    ...more > 0 ? [[span(`      … and ${more} more`, "dim")]] : [],
    ...heldLines(view),
    ...underWayLines(view),
    ...view.retryInMs === undefined ? [] : [[span(clip(retryText(view.retryInMs), view.columns - 1), "dim")]],
    ...typing.length === 0 ? [] : [[span(clip(typingText(typing), view.columns - 1), "dim")]],
    [span(view.room === undefined ? "> " : `${safeText(view.label(view.room))}> `, "accent")],
  ];
}

function underWayLines({ underWay = [], columns }: LivePromptView): readonly Line[] {
  const shown = underWay.slice(0, underWayShownMax);
  const more = underWay.length - shown.length;
  return [
    ...shown.map((each): Line => [span(clip(underWayText(each), columns - 1), "dim")]),
    ...more > 0 ? [[span(`  … and ${more} more files`, "dim")]] : [],
  ];
}

function heldLines({ held, columns }: LivePromptView): readonly Line[] {
  if (held.length === 0) return [];
  const [first = ""] = safeLines(held[0]?.text ?? "");
  const more = held.length === 1 ? "" : ` and ${held.length - 1} more`;
  const mark = ` … waits for the command before it${more}`;
  return [[
    span(`      ${clip(first, Math.max(1, columns - mark.length - 7))}`),
    span(clip(mark, columns - 8), "dim"),
  ]];
}

/** One row, however long the message is: the rows of a prompt must be known. */
function unsentLine(
  { files, ...message }: Unsent,
  { me, room, label, columns, retryInMs }: LivePromptView,
): Line {
  const mark = retryInMs === undefined ? " …" : " … waiting for the connection";
  const text = message.text === "" && files !== undefined ? fileMark : message.text;
  const [first = []] = messageLines({ ...message, text, from: me }, {
    me,
    label: label(message.room),
    here: message.room === room,
  });
  const head = first.slice(0, -1);
  const left = head.reduce((rest, { text }) => rest - columnsOf(text), columns - mark.length - 2);
  return [...head, span(clip(first.at(-1)?.text ?? "", Math.max(1, left))), span(mark, "dim")];
}
