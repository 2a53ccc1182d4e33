/** Messages that commands have found: of threads, of many rooms, and as they were. */
import type { Outcome } from "../commands/mod.ts";
import { messageIn, type Model, type Presence, roomLabel, type ShownEvent } from "../model/mod.ts";
import { dayAndHourText, dayText } from "./date_text.ts";
import { dayLine, nameSpan, rootOf } from "./event_lines.ts";
import type { EventLines } from "./event_view.ts";
import { countText } from "./count_text.ts";
import { safeLines, safeText } from "./safe_text.ts";
import { type Line, span } from "./styled_line.ts";

type Of<Kind extends Outcome["kind"]> = Extract<Outcome, { readonly kind: Kind }>;

/** Who looks at them, and how events are shown to them. */
export interface ListReader {
  readonly model: Model;
  readonly eventLines: EventLines;
}

interface Listed {
  readonly room: string;
  readonly event: ShownEvent | { readonly type: "unknown" };
  readonly isFound?: boolean;
}

/** The newest comes last, where the eye is; with a line for each day. */
export function messagesLines({ messages, more, none }: Of<"messages">, reader: ListReader): readonly Line[] {
  if (messages.length === 0) return [note(none)];
  const listed = messages.map(({ room, message }) => ({ room, event: message })).toReversed();
  return [...more ? [note("There are older ones, too.")] : [], ...listLines(listed, reader)];
}

/** What was found, each with the messages around it. */
export function foundLines(
  { found: { results, next, indexed } }: Of<"found">,
  reader: ListReader,
): readonly Line[] {
  const late = indexed
    ? []
    : [note("Older messages are still being taken into the search: look again later.")];
  if (results.length === 0 && next !== undefined) {
    return [
      note("Nothing was found yet, and there is more to look through: narrow it by in:, from: or after:."),
    ];
  }
  if (results.length === 0) {
    return [note("Nothing was found. Only whole words are: “plan” does not find “plans”."), ...late];
  }
  const shown = results.toReversed().flatMap(({ room, message, before, after }): readonly Line[] => [
    ...listLines(
      [before, message, after].flatMap((event) =>
        event === undefined ? [] : [{ room, event, isFound: event === message }]
      ),
      reader,
    ),
    [],
  ]);
  const more = next === undefined
    ? []
    : [note("There may be older ones, too: narrow it by words, in:, from: or before:.")];
  return [...more, ...shown, note(`${countText(results.length, "message")} found.`), ...late];
}

export function threadLines({ thread }: Of<"thread">, reader: ListReader): readonly Line[] {
  const { room, root, messages, more, following } = thread;
  const state = following
    ? `you follow it: /unfollow ${root.seq} ends that`
    : `/follow ${root.seq} tells you of it`;
  const replies = messages.map((event) => ({ room, event }));
  const first = { room, event: root };
  const shown = more
    ? [
      ...linesOf([first], reader, room),
      note("… earlier replies are left out …"),
      ...linesOf(replies, reader, room),
    ]
    : linesOf([first, ...replies], reader, room);
  return [
    ...shown,
    note(`${countText(messages.length, "reply", "replies")} shown; ${state}.`),
  ];
}

export function threadsLines({ threads, more }: Of<"threads">, reader: ListReader): readonly Line[] {
  if (threads.length === 0) return [note("You follow no thread. /reply begins one, /follow follows one.")];
  const lines = threads.flatMap(({ room, root, time, unread }): readonly Line[] => [
    ...listLines([{ room, event: root }], reader),
    note(`  newest reply ${dayAndHourText(time)}${unread === 0 ? "" : ` · ${unread} unread`}`),
  ]);
  return more ? [...lines, note("There are older ones, too.")] : lines;
}

export function revisionsLines({ revisions: { seq, revisions } }: Of<"revisions">): readonly Line[] {
  return revisions.flatMap(({ text, time }, index): readonly Line[] => [
    note(
      `${index === revisions.length - 1 ? `${seq} now, since` : `${seq} was, from`} ${dayAndHourText(time)}:`,
    ),
    ...safeLines(text).map((line): Line => [span(`    ${line}`)]),
  ]);
}

export function draftsLines({ drafts }: Of<"drafts">, { model }: ListReader): readonly Line[] {
  if (drafts.length === 0) return [note("You have no unsent texts.")];
  return drafts.flatMap(({ room, thread, text, time }): readonly Line[] => [
    [
      span(`  ${safeText(roomLabel(model, room))}`, "accent"),
      span(`${thread === undefined ? "" : `, thread ${thread}`}, ${dayAndHourText(time)}`, "dim"),
    ],
    ...safeLines(text).map((line): Line => [span(`    ${line}`)]),
  ]);
}

export function unreadRoomsLines({ rooms }: Of<"unread">, { model }: ListReader): readonly Line[] {
  if (rooms.length === 0) return [note("You have read everything.")];
  return rooms.map(({ name, unread, mentions }): Line => [
    span(`  ${String(unread).padStart(4)} `),
    span(safeText(roomLabel(model, name)), "accent"),
    span(mentions === 0 ? "" : `  ${mentions} for you`, "strong"),
  ]);
}

export function profileLines({ profile }: Of<"profile">, { model }: ListReader): readonly Line[] {
  const { username, displayName, statusText, timeZone, role, deactivated, bot } = profile;
  const known = username === model.me.username ? ownPresence(model) : model.presence.get(username);
  const about = [
    bot ? "bot" : role,
    ...known === undefined ? [] : [known],
    ...deactivated ? ["deactivated"] : [],
  ].join(
    ", ",
  );
  const told = [["Name", displayName], ["Status", statusText], ["Time zone", timeZone]] as const;
  return [
    [span("  "), nameSpan(username, model.me.username), span(`  ${about}`, "dim")],
    ...told.flatMap(([title, text]): readonly Line[] =>
      text === undefined ? [] : [[span(`  ${title.padEnd(10)}`, "dim"), span(safeText(text))]]
    ),
  ];
}

/** Nobody is told of their own coming and going: whoever looks is there. */
function ownPresence({ me }: Model): Presence {
  return me.busy ? "busy" : "online";
}

function listLines(listed: readonly Listed[], reader: ListReader): readonly Line[] {
  return linesOf(listed, reader, undefined);
}

/** `here` is the room whose name need not be said. */
function linesOf(
  listed: readonly Listed[],
  { model, eventLines }: ListReader,
  here: string | undefined,
): readonly Line[] {
  let day = "";
  let above: { readonly room: string; readonly thread: number | undefined } | undefined;
  return listed.flatMap(({ room, event, isFound }): readonly Line[] => {
    if (event.type === "unknown") return [];
    const lines = eventLines(event, {
      me: model.me.username,
      label: roomLabel(model, room),
      here: room === here,
      isAsked: true,
      isFound,
      above: above?.room === room ? above.thread : undefined,
      find: (seq) => messageIn(model.rooms.get(room)?.events ?? [], seq),
    });
    above = { room, thread: rootOf(event) };
    if (day === dayText(event.time)) return lines;
    day = dayText(event.time);
    return [dayLine(event.time), ...lines];
  });
}

function note(text: string): Line {
  return [span(`  ${text}`, "dim")];
}
