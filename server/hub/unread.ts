/** How much each person has not read. */
import { encode, limits, toBytes } from "../../shared/protocol/mod.ts";
import type { Cancel, Clock } from "../../shared/world/mod.ts";
import type { Store } from "../store/mod.ts";
import type { Account } from "./account.ts";
import type { Accounts } from "./accounts.ts";
import { allRead, counted, type Counts, told, type UnreadCounts, withMore } from "./counts.ts";
import type { FanOut } from "./fan_out.ts";
import type { Membership } from "./membership.ts";
import type { Room } from "./room.ts";

/** Whom a message means: nobody who said it themselves. */
export interface Meant {
  readonly accountIds: readonly number[];
  /** Whether it means all who are here. */
  readonly here: boolean;
}

/** A message that is no more. */
export interface Gone {
  readonly seq: number;
  readonly accountId: number;
  /** Whom it meant. */
  readonly meantIds: readonly number[];
}

/**
 * The store counts for so many at once, and then for as many every `recountMs`: for thousands, whose counts one deletion
 * changes, everybody else would wait a second.
 */
const recountsAtOnce = 20, recountMs = 50;

/**
 * Counts what people have not read. A membership's counts are asked of the store when they are first needed, and are
 * from then on what its sessions have been told of. Whoever hears a new message counts it; whatever else changes counts
 * is told, after everything that the same commit has told the room.
 */
export class Unread {
  readonly #store: Store;
  readonly #accounts: Accounts;
  readonly #fanOut: FanOut;
  /** Those whose sessions believe something else by now. */
  readonly #changed: Map<Membership, Account> = new Map();
  /** Those of them who must be counted by the store, and are in no hurry: nothing that they did themselves. */
  readonly #uncounted: Map<Membership, Account> = new Map();
  readonly #clock: Clock;
  #timer: Cancel | undefined;

  constructor(store: Store, accounts: Accounts, fanOut: FanOut, clock: Clock) {
    this.#clock = clock;
    this.#store = store;
    this.#accounts = accounts;
    this.#fanOut = fanOut;
  }

  /** The counts as they are with everything that the room was told so far. */
  of(account: Account, membership: Membership): UnreadCounts {
    const counts = membership.counts ??= this.#count(account, membership);
    return told(membership.room, counts);
  }

  /** Counts all rooms of an account at once that were not counted yet: many by one question cost less than one by one. */
  prepare(account: Account): void {
    const uncounted = [...account.memberships.values()].filter(mayBeCountedWhole);
    if (uncounted.length < 2) return;
    const byRoom = new Map(uncounted.map((membership) => [membership.room.row.id, membership]));
    for (const row of this.#store.personal.unread(account.id, limits.unreadMax)) {
      const membership = byRoom.get(row.roomId);
      if (membership !== undefined) membership.counts = counted(membership.room, row);
    }
  }

  /** To be called when a message of `author` that is no reply is on disk, before the room is told of it. */
  said(room: Room, seq: number, author: Account, meant: Meant): void {
    room.said++;
    for (const id of meant.accountIds) {
      const membership = this.#accounts.withId(id).memberships.get(room.name);
      if (membership?.counts !== undefined) membership.counts = withMore(membership.counts, 0, 1);
    }
    if (meant.here) this.#tellNewcomers(room, author, meant);
    const own = author.memberships.get(room.name);
    if (own?.counts !== undefined && own.read >= seq) own.counts = allRead(room);
  }

  /** To be called when messages that are no replies are gone. */
  gone(room: Room, messages: readonly Gone[]): void {
    const newest = Math.max(...messages.map(({ seq }) => seq));
    for (const id of room.members) {
      const read = this.#accounts.withId(id).memberships.get(room.name)?.read ?? newest;
      if (read >= newest) continue;
      const unread = messages.filter(({ seq, accountId }) => seq > read && accountId !== id);
      const mentions = unread.filter(({ meantIds }) => meantIds.includes(id));
      if (unread.length > 0) this.#add(id, room, newest, -unread.length, -mentions.length);
    }
  }

  /** To be called when a message that is no reply means others than before. */
  edited(room: Room, seq: number, meantBefore: readonly number[], meantNow: readonly number[]): void {
    const before = new Set(meantBefore), now = new Set(meantNow);
    for (const id of before.difference(now)) this.#add(id, room, seq, 0, -1);
    for (const id of now.difference(before)) this.#add(id, room, seq, 0, 1);
  }

  /** To be called when anything else but a new message has changed what is unread, and that is on disk. */
  changed(account: Account, membership: Membership): void {
    membership.counts = undefined;
    this.#tellLater(account, membership);
  }

  stop(): void {
    this.#timer?.();
  }

  #count(account: Account, { room, read }: Membership): Counts {
    const upTo = room.committedSeq;
    if (read >= upTo) return allRead(room);
    return counted(room, this.#store.personal.unreadIn(room.row.id, account.id, upTo, limits.unreadMax));
  }

  /** More or fewer of what is unread, if the message `seq` is among it. */
  #add(accountId: number, room: Room, seq: number, unread: number, mentions: number): void {
    const account = this.#accounts.withId(accountId);
    const membership = account.memberships.get(room.name);
    if (membership === undefined || membership.read >= seq) return;
    if (!membership.counts?.exact) return this.#recount(account, membership);
    membership.counts = withMore(membership.counts, unread, mentions);
    this.#tellLater(account, membership);
  }

  /** Who has come here since it was decided whom `@here` means is told so: their sessions will take it for them too. */
  #tellNewcomers(room: Room, author: Account, { accountIds }: Meant): void {
    const meant = new Set(accountIds);
    for (const id of room.members) {
      const account = this.#accounts.withId(id);
      const membership = account.memberships.get(room.name);
      if (membership === undefined || meant.has(id) || account === author) continue;
      this.#tellLater(account, membership);
    }
  }

  #tellLater(account: Account, membership: Membership): void {
    if (!account.online) return;
    if (this.#changed.size === 0) this.#fanOut.afterwards(() => this.#tell());
    this.#changed.set(membership, account);
  }

  #recount(account: Account, membership: Membership): void {
    membership.counts = undefined;
    if (!account.online) return;
    if (this.#uncounted.size === 0) this.#fanOut.afterwards(() => this.#tellSome());
    this.#uncounted.set(membership, account);
  }

  #tellSome(): void {
    this.#timer = undefined;
    for (const [membership, account] of this.#uncounted.entries().take(recountsAtOnce)) {
      this.#uncounted.delete(membership);
      this.#tellOne(account, membership);
    }
    if (this.#uncounted.size > 0) this.#timer = this.#clock.after(recountMs, () => this.#tellSome());
  }

  #tell(): void {
    for (const [membership, account] of this.#changed) this.#tellOne(account, membership);
    this.#changed.clear();
  }

  #tellOne(account: Account, membership: Membership): void {
    const { room, read } = membership;
    if (account.memberships.get(room.name) !== membership) return;
    const counts = this.of(account, membership);
    const line = toBytes(encode({ type: "unread", room: room.name, read, ...counts }));
    for (const outbox of account.sessions.keys()) outbox.push(line);
  }
}

/** Where something is on disk and still to be told, it would be counted now, and once more when it is told. */
function mayBeCountedWhole({ counts, room, read }: Membership): boolean {
  return counts === undefined && read < room.committedSeq && room.seq === room.committedSeq;
}
