/** What happened in a room, as lines of an export. What is undefined is left out of them. */
import type { EventRow, ReactionRow, RevisionRow } from "../store/mod.ts";

/** What accounts are called, by their ids. */
export type Names = ReadonlyMap<number, string>;

type Line = Readonly<Record<string, unknown>>;

/** What belongs to a message. */
export interface Details {
  readonly revisions: readonly RevisionRow[];
  readonly reactions: readonly ReactionRow[];
  readonly named: readonly { readonly accountId: number }[];
  /** The ids of its files. */
  readonly files: readonly string[];
}

/** A message as it is now. Without `details` it is over: only its place is left. */
export function messageLine(room: string, names: Names, event: EventRow, details: Details | undefined): Line {
  const { seq, time, accountId, thread, text, quote, edited, pinned, expires, calls } = event;
  const place = { room, seq, time, from: names.get(accountId), thread };
  if (text === undefined || details === undefined) return { ...place, deleted: true };
  const { revisions, reactions, named, files } = details;
  return {
    ...place,
    text,
    quote,
    edited,
    pinned: pinned || undefined,
    expires,
    calls,
    mentions: some(named.map((each) => names.get(each.accountId))),
    reactions: some(reactions.map((each) => ({ emoji: each.emoji, from: names.get(each.accountId) }))),
    earlier: some(revisions),
    files: some(files),
  };
}

/** Anything else that happened. What was said by it stands in the message that it is about, or is in no place any more. */
export function eventLine(room: string, names: Names, event: EventRow): Line {
  const { seq, time, type, accountId, target, targets, subjectId, text } = event;
  return {
    room,
    seq,
    time,
    type,
    from: names.get(accountId),
    target,
    targets,
    subject: subjectId === undefined ? undefined : names.get(subjectId),
    ...text !== undefined && type === "standing" ? { standing: text } : {},
    ...text !== undefined && type === "changed" ? { about: JSON.parse(text) } : {},
  };
}

function some<Each>(list: readonly Each[]): readonly Each[] | undefined {
  return list.length === 0 ? undefined : list;
}
