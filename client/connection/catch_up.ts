import { type Answer, limits, Refusal } from "../../shared/protocol/mod.ts";
import type { Cancel, Clock } from "../../shared/world/mod.ts";
import { newRoom, type PlacedEvent, type RoomModel, skipTo } from "../model/mod.ts";
import { takeInOrder, type Taken, takeNewest, takePage } from "../model/mod.ts";
import type { Ask } from "./ask.ts";
import { ConnectionLost } from "./connection_lost.ts";
import { Expiries } from "./expiries.ts";
import { HeldBack } from "./held_back.ts";
import { patienceMs } from "./patience.ts";
import { Pause } from "./pause.ts";
import type { View } from "./view.ts";

/** Events of a room that are shown when it is opened. */
const openWith = 50;
/** Missing events that are fetched one and all; of more, only the newest page. */
const missingMax = 1_000;
/** Time for what is missing to come by itself, since a session's own `ok` may overtake another's message. */
const overtakingMs = 100;
/** Between fetches, so that a person's own requests find room beside them. */
const fetchEveryMs = 100;
/** Fetches in one go before that pace is kept. */
const fetchBurst = 20;
/** What is unclear is asked again after this. */
const troubleMs = 5_000;

/** What is asked of the server. */
export interface CatchUpPorts {
  history(ask: Ask<"history">): Promise<Answer<"history">>;
  /** Asks what the room is about. What is told is taken into the model by whoever asks. */
  list(room: string): Promise<unknown>;
}

/**
 * Brings each room up to date and keeps it so: fetches what is missing, holds back what comes meanwhile, and shows
 * every event once, in order.
 */
export class CatchUp {
  readonly #view: View;
  readonly #clock: Clock;
  readonly #ports: CatchUpPorts;
  readonly #held = new HeldBack();
  readonly #pause: Pause;
  readonly #expiries: Expiries;
  /** The newest `seq` of each room that the server has told of. */
  readonly #newest = new Map<string, number>();
  /** Rooms to be fetched, in their order. Their events are held back meanwhile. */
  readonly #wanted = new Set<string>();
  /** Rooms of which nobody has said yet what they are about: an open session hears only that one is in them. */
  readonly #unfamiliar = new Set<string>();
  /** The newest `seq` of each room that this session is not told of, since it has asked for it. */
  readonly #happened = new Map<string, number>();
  readonly #overtaken = new Map<string, Cancel>();
  /** Whoever has left a room and is back in it needs other pages than those that are under way. */
  #leaves = 0;
  #fetching = false;
  #stopped = false;

  constructor(view: View, clock: Clock, ports: CatchUpPorts) {
    this.#view = view;
    this.#clock = clock;
    this.#ports = ports;
    this.#pause = new Pause(clock);
    this.#expiries = new Expiries(view, clock);
  }

  /** A session is open: what was missed is fetched, and nothing before that is shown. */
  welcome({ rooms }: Answer<"auth_success">): void {
    this.#held.clear();
    this.#newest.clear();
    this.#happened.clear();
    this.#unfamiliar.clear();
    for (const { room, seq } of rooms) {
      this.#newest.set(room, seq);
      const cursor = this.#view.room(room)?.cursor;
      if (cursor === undefined || cursor < seq) this.#wanted.add(room);
    }
    this.#fetchAll();
  }

  /** One has become a member of the room: it is opened. Whoever joins is taken to have read what was said before. */
  entered(name: string, newest: number): void {
    if (this.#view.room(name) !== undefined || this.#view.model.rooms.size >= limits.roomsPerAccount) return;
    this.#newest.set(name, newest);
    this.#unfamiliar.add(name);
    this.#view.enter(newRoom({ name, kind: "standard", stoodAt: newest, read: newest, counted: newest }));
    this.#want(name);
  }

  left(room: string): void {
    this.#leaves++;
    this.#wanted.delete(room);
    this.#unfamiliar.delete(room);
    this.#held.forget(room);
    this.#newest.delete(room);
    this.#happened.delete(room);
    this.#view.gone(room);
  }

  /** An event has just happened. */
  pushed(name: string, event: PlacedEvent): void {
    this.entered(name, this.#isOwnJoining(event) ? event.seq : event.seq - 1);
    const room = this.#view.room(name);
    if (room === undefined || (room.cursor !== undefined && event.seq <= room.cursor)) return;
    this.#newest.set(name, Math.max(event.seq, this.#newest.get(name) ?? 0));
    if (!this.#held.add(name, event)) return this.#want(name);
    if (!this.#wanted.has(name)) this.#showHeld(name);
  }

  /** Something happened that this session is not told of, since it has asked for it: it is fetched. */
  happened(name: string, seq: number): void {
    const room = this.#view.room(name);
    if (room === undefined || seq <= (room.cursor ?? 0)) return;
    this.#newest.set(name, Math.max(seq, this.#newest.get(name) ?? 0));
    this.#happened.set(name, Math.max(seq, this.#happened.get(name) ?? 0));
    this.#want(name);
  }

  /** The connection is gone: what is wanted is fetched over the next one. */
  lost(): void {
    for (const cancel of this.#overtaken.values()) cancel();
    this.#overtaken.clear();
    this.#pause.cutShort();
  }

  stop(): void {
    this.#stopped = true;
    this.#expiries.stop();
    this.lost();
  }

  #want(room: string): void {
    this.#wanted.add(room);
    this.#fetchAll();
  }

  async #fetchAll(): Promise<void> {
    if (this.#fetching) return;
    this.#fetching = true;
    try {
      await this.#fetchWanted();
    } catch (cause) {
      this.#fetching = false;
      if (!(cause instanceof ConnectionLost)) throw cause;
    }
  }

  async #fetchWanted(): Promise<void> {
    for (let fetches = 0;; fetches++) {
      const [room] = this.#wanted;
      // At once, so that what is wanted from now on begins anew and is not left for a loop that has ended.
      if (room === undefined || this.#stopped) return void (this.#fetching = false);
      await this.#fetch(room);
      if (fetches >= fetchBurst) await this.#pause.wait(fetchEveryMs);
    }
  }

  /** One page. A room stays wanted until there is nothing more to fetch. */
  async #fetch(name: string): Promise<void> {
    const room = this.#view.room(name);
    if (room === undefined) return void this.#wanted.delete(name);
    try {
      if (this.#unfamiliar.has(name)) await this.#getToKnow(name);
      if (await this.#fetchPage(room) && !this.#isBehind(name)) this.#caughtUp(name);
    } catch (cause) {
      if (!(cause instanceof Refusal)) throw cause;
      if (cause.code === "not_a_member") return this.left(name);
      // The others go first: this one may be refused for good.
      this.#wanted.delete(name);
      this.#wanted.add(name);
      await this.#pause.wait(patienceMs(cause) ?? troubleMs);
    }
  }

  async #getToKnow(name: string): Promise<void> {
    await this.#ports.list(name);
    this.#unfamiliar.delete(name);
  }

  /** True when nothing is missing any more. */
  async #fetchPage(room: RoomModel): Promise<boolean> {
    const newest = this.#newest.get(room.name) ?? 0;
    if (room.cursor === undefined || newest - room.cursor > missingMax) {
      return await this.#fetchNewest(room, newest);
    }
    const ask = {
      type: "history",
      room: room.name,
      after: room.cursor,
      limit: limits.historyEventsMax,
    } as const;
    const leaves = this.#leaves;
    const { messages, more } = await this.#ports.history(ask);
    if (leaves !== this.#leaves) return false;
    this.#took(room.name, (now) => takePage(now, messages, this.#me), false);
    return !more || messages.length === 0;
  }

  async #fetchNewest(room: RoomModel, newest: number): Promise<boolean> {
    const wished = room.cursor === undefined && newest - room.read <= openWith
      ? openWith
      : limits.historyEventsMax;
    const leaves = this.#leaves;
    const { messages } = await this.#ports.history({ type: "history", room: room.name, limit: wished });
    if (leaves !== this.#leaves) return false;
    const first = messages[0]?.seq ?? newest + 1;
    if (room.cursor !== undefined && first > room.cursor + 1) {
      this.#view.tell({ kind: "skipped", room: room.name, missing: first - 1 - room.cursor });
    }
    this.#took(room.name, (now) => takeNewest(now, messages, newest, this.#me), false);
    return true;
  }

  /** Whether something has happened since the page was asked for. The next one has it. */
  #isBehind(name: string): boolean {
    const seq = this.#happened.get(name) ?? 0;
    this.#happened.delete(name);
    return seq > (this.#view.room(name)?.cursor ?? 0);
  }

  #caughtUp(name: string): void {
    this.#wanted.delete(name);
    const room = this.#view.room(name);
    const first = this.#held.first(name);
    // The history holds all that was said before what was held back, so that whatever it left out is not there.
    if (room !== undefined && first !== undefined) this.#view.put(skipTo(room, first - 1));
    this.#view.tell({ kind: "caught_up", room: name });
    this.#showHeld(name);
  }

  #showHeld(name: string): void {
    const room = this.#view.room(name);
    if (room?.cursor === undefined) return;
    this.#took(name, (now) => takeInOrder(now, this.#held.of(name), this.#me), true);
    if (!this.#held.dropUpTo(name, this.#view.room(name)?.cursor ?? 0)) this.#awaitOvertaken(name);
  }

  #awaitOvertaken(name: string): void {
    if (this.#overtaken.has(name)) return;
    const cancel = this.#clock.after(overtakingMs, () => {
      this.#overtaken.delete(name);
      if (this.#held.first(name) !== undefined) this.#want(name);
    });
    this.#overtaken.set(name, cancel);
  }

  #took(name: string, take: (room: RoomModel) => Taken, live: boolean): void {
    const before = this.#view.room(name);
    if (before === undefined) return;
    const { room, shown } = take(before);
    if (room.cursor === before.cursor && shown.length === 0) return;
    this.#view.put(room);
    this.#view.show(name, shown, live);
    this.#expiries.look(name);
  }

  #isOwnJoining(event: PlacedEvent): boolean {
    return event.type === "joined" && event.username === this.#me;
  }

  get #me(): string {
    return this.#view.model.me.username;
  }
}
