/** Whom a text means. */
import { limits } from "../../shared/protocol/mod.ts";
import type { Call } from "../store/mod.ts";
import type { Account } from "./account.ts";
import type { Accounts } from "./accounts.ts";
import { withoutCode } from "./code_spans.ts";
import type { Hub } from "./hub.ts";
import type { Membership } from "./membership.ts";
import type { Room } from "./room.ts";
import { mayModerate } from "./room_rights.ts";
import type { Meant } from "./unread.ts";

/** Whom a message means, but for whoever says it. */
export interface Mentions {
  /** All of them, by their ids in order. */
  readonly accountIds: readonly number[];
  /** Those of them whom it names. */
  readonly namedIds: readonly number[];
  /** Whom it means beside: everybody in the room, or everybody who is here. */
  readonly calls: Call | undefined;
}

const none: Mentions = { accountIds: [], namedIds: [], calls: undefined };

/** Whom a message meant that is edited. */
export type Earlier = Pick<Mentions, "accountIds" | "calls">;

/**
 * Whom a text means that this account says there: members by `@name`, everybody by `@room`, and those who are here by
 * `@here`, outside of code. In a room of more than `limits.callMembers` only its moderators mean all, and not often. A
 * call that the message had before means those whom it meant then.
 */
export function mentionsIn(
  { accounts, world: { clock } }: Hub,
  account: Account,
  membership: Membership,
  text: string,
  earlier?: Earlier,
): Mentions {
  if (!text.includes("@")) return none;
  const words = wordsIn(text);
  if (words.length === 0) return none;
  const { room } = membership;
  const namedIds = new Set<number>();
  for (const word of words) {
    if (namedIds.size < limits.namesPerMessage) addNamed(accounts, room, word, namedIds);
  }
  const call = callIn(words), isKept = call !== undefined && call === earlier?.calls;
  const calls = isKept || mayCall(account, membership, clock.monotonic()) ? call : undefined;
  const called = isKept ? earlier.accountIds : calledIds(accounts, room, calls);
  if (calls !== undefined && !isKept) room.calledAt = clock.monotonic();
  const means = (id: number) => id !== account.id && !accounts.withId(id).deactivated;
  return {
    accountIds: [...new Set([...namedIds, ...called])].filter(means).sort(byAge),
    namedIds: [...namedIds].filter(means).sort(byAge),
    calls,
  };
}

/** Whom a message means, as it is told; undefined if nobody. */
export function toldMentions(
  accounts: Accounts,
  namedIds: readonly number[],
  calls: Call | undefined,
): string[] | undefined {
  const told = namedIds.map((id) => accounts.withId(id).name);
  if (calls !== undefined) told.push(`@${calls}`);
  return told.length === 0 ? undefined : told;
}

/** What is counted of them. */
export function meantBy({ accountIds, calls }: Mentions): Meant {
  return { accountIds, here: calls === "here" };
}

/**
 * What stands behind each `@` that begins a word, folded to lower case. One behind a letter, a digit, `@`, `/` or a
 * backslash belongs to an address or a link, or is meant as it stands.
 */
function wordsIn(text: string): string[] {
  const found = withoutCode(text).matchAll(
    /(?<![\p{L}\p{N}@/\\])@([a-zA-Z0-9][a-zA-Z0-9._-]*)(?![\p{L}\p{N}@._-])/gu,
  );
  return [...new Set(Array.from(found, ([, word = ""]) => word.toLowerCase()))];
}

/** The longest name that fits: a name may end with a dot, and so may a sentence. */
function addNamed(accounts: Accounts, room: Room, word: string, ids: Set<number>): void {
  const shortest = word.replace(/[._-]+$/, "").length;
  for (let length = Math.min(word.length, shortest + endingMax); length >= shortest; length--) {
    const account = accounts.named(word.slice(0, length));
    if (account === undefined || !room.members.has(account.id)) continue;
    ids.add(account.id);
    return;
  }
}

/** How many dots and the like at the end of a word may belong to a name: no name is longer. */
const endingMax = 31;

function callIn(words: readonly string[]): Call | undefined {
  const plain = words.map((word) => word.replace(/[._-]+$/, ""));
  if (plain.includes("room")) return "room";
  return plain.includes("here") ? "here" : undefined;
}

function mayCall(account: Account, membership: Membership, now: number): boolean {
  const { members, calledAt } = membership.room;
  return members.size <= limits.callMembers ||
    (mayModerate(account, membership) && now - calledAt >= limits.callEveryMs);
}

function calledIds(accounts: Accounts, room: Room, calls: Call | undefined): number[] {
  if (calls === undefined) return [];
  const ids = [...room.members];
  return calls === "room" ? ids : ids.filter((id) => accounts.withId(id).online);
}

function byAge(one: number, other: number): number {
  return one - other;
}
