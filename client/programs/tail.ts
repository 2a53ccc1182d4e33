import { type Answer, limits, Refusal } from "../../shared/protocol/mod.ts";
import { ConnectionLost, type Unasked } from "../connection/mod.ts";
import { type ProgramSession } from "../entrance/mod.ts";
import { type Sink, TextOutput } from "../terminal/mod.ts";
import { exitCodes } from "./exit_codes.ts";
import { refuseDeaf } from "./refuse_deaf.ts";
import { remark } from "./remark.ts";
import { roomNamed } from "./room_named.ts";
import { jsonLine, plainLines, type Told, toldIn } from "./told.ts";

export interface TailOptions {
  /** All of one's rooms, also those that one comes into later, if there are none here. */
  readonly rooms: readonly string[];
  /** As the server pushes it, in place of lines for people. */
  readonly json: boolean;
  /** How it begins: after this event, or with the last few. */
  readonly from: { readonly since: number } | { readonly last: number };
  /** Whether it goes on with what happens from now on. */
  readonly follows: boolean;
  /** Where it is written down. */
  readonly output: Sink;
  /** Resolves when it shall end. */
  readonly asked: Promise<void>;
}

/** What may wait for a reader that is slow, in characters. What comes beyond it is fetched when it has caught up. */
const unreadMax = 1024 * 1024;

/**
 * Writes down everything that happens in rooms, each event once and in its order, also what happens while the connection is
 * lost. Resolves with the exit code when it shall end, nobody reads any more, or there is no room left to follow.
 */
export async function tail(session: ProgramSession, options: TailOptions): Promise<number> {
  const output = new TextOutput(options.output);
  const following = new Following(session, options, output);
  const ended = Promise.race([options.asked, output.broken]).then(() => exitCodes.done);
  return await Promise.race([ended, following.run()]);
}

class Following {
  readonly #session: ProgramSession;
  readonly #options: TailOptions;
  readonly #output: TextOutput;
  /** Of each room that is followed, the newest event that was written down. */
  readonly #cursors = new Map<string, number>();
  /** Rooms of which something is missing. */
  readonly #wanted = new Set<string>();
  /** Those of them of which something was heard since their last page was asked for. */
  readonly #stirred = new Set<string>();
  readonly #outcome = Promise.withResolvers<number>();
  #fetching = false;
  #unread = 0;

  constructor(session: ProgramSession, options: TailOptions, output: TextOutput) {
    this.#session = session;
    this.#options = options;
    this.#output = output;
  }

  async run(): Promise<number> {
    await this.#begin();
    if (!this.#options.follows) return await this.#tellWhatIsThere();
    this.#session.listen((frame) => this.#hear(frame));
    this.#wantAll();
    this.#keepUp().catch((cause) => this.#outcome.reject(cause));
    return await this.#outcome.promise;
  }

  async #begin(): Promise<void> {
    refuseDeaf(this.#session);
    const words = this.#options.rooms;
    const names = words.length === 0
      ? this.#session.welcome.rooms.map(({ room }) => room)
      : await Promise.all(words.map((word) => roomNamed(this.#session, word)));
    for (const name of names) this.#cursors.set(name, this.#cursorIn(name));
    if (this.#cursors.size === 0) {
      throw new Refusal("not_a_member", "You are in no room that could be followed");
    }
  }

  async #tellWhatIsThere(): Promise<number> {
    for (const name of this.#cursors.keys()) this.#wanted.add(name);
    await this.#fetchAll();
    await this.#output.drained();
    return exitCodes.done;
  }

  #cursorIn(name: string): number {
    const room = this.#welcomed(name);
    if (room === undefined) throw new Refusal("not_a_member", `You are not in the room "${name}"`);
    const { from } = this.#options;
    return "since" in from ? Math.min(from.since, room.seq) : Math.max(0, room.seq - from.last);
  }

  async #keepUp(): Promise<void> {
    await this.#seemAway();
    for (;;) {
      await this.#session.lost;
      await this.#session.reopen();
      await this.#seemAway();
      for (const [name, cursor] of this.#cursors) this.#compare(name, cursor);
      this.#wantAll();
    }
  }

  /** Nobody looks at what a program follows. */
  async #seemAway(): Promise<void> {
    if (this.#session.welcome.user.scopes !== undefined) return;
    try {
      await this.#session.request<"status">({ type: "status", status: "away" });
    } catch (cause) {
      if (!(cause instanceof ConnectionLost || cause instanceof Refusal)) throw cause;
    }
  }

  /** A server that was set back to an older backup goes on from where it is. */
  #compare(name: string, cursor: number): void {
    const room = this.#welcomed(name);
    if (room === undefined) this.#unfollow(name);
    else this.#cursors.set(name, Math.min(cursor, room.seq));
  }

  #hear(frame: Unasked): void {
    const told = toldIn(frame);
    if (told === undefined) return;
    if (this.#isNew(told)) this.#cursors.set(told.room, told.event.seq - 1);
    const cursor = this.#cursors.get(told.room);
    if (cursor === undefined || told.event.seq <= cursor) return;
    const isNext = told.event.seq === cursor + 1 && this.#unread < unreadMax;
    if (isNext && !this.#wanted.has(told.room)) this.#write([told]);
    else this.#want(told.room);
  }

  /** A room that one comes into, where all are followed. */
  #isNew({ room, event }: Told): boolean {
    return this.#options.rooms.length === 0 && !this.#cursors.has(room) && event.type === "joined" &&
      event.username === this.#session.welcome.user.username;
  }

  #wantAll(): void {
    for (const name of this.#cursors.keys()) this.#want(name);
  }

  #want(name: string): void {
    this.#wanted.add(name);
    this.#stirred.add(name);
    this.#fetchAll().catch((cause) => this.#outcome.reject(cause));
  }

  async #fetchAll(): Promise<void> {
    if (this.#fetching) return;
    this.#fetching = true;
    for (let [name] = this.#wanted; name !== undefined; [name] = this.#wanted) {
      await this.#output.drained();
      this.#stirred.delete(name);
      const isMore = await this.#fetchPage(name);
      if (!isMore && !this.#stirred.has(name)) this.#wanted.delete(name);
    }
    this.#fetching = false;
  }

  /** Whether there is more. */
  async #fetchPage(room: string): Promise<boolean> {
    const after = this.#cursors.get(room);
    if (after === undefined) return false;
    try {
      const limit = limits.historyEventsMax;
      const page = await this.#session.insist<"history">({ type: "history", room, after, limit });
      this.#write(page.messages.map((event) => ({ room, event })));
      return page.more && page.messages.length > 0;
    } catch (cause) {
      if (!(cause instanceof Refusal && cause.code === "not_a_member")) throw cause;
      this.#unfollow(room);
      return false;
    }
  }

  #write(news: readonly Told[]): void {
    const fresh = news.filter(({ room, event }) => event.seq > (this.#cursors.get(room) ?? Infinity));
    const text = fresh.map(this.#options.json ? jsonLine : plainLines).join("");
    this.#unread += text.length;
    this.#output.write(text);
    this.#output.drained().then(() => this.#unread = 0);
    for (const told of fresh) this.#wrote(told);
  }

  #wrote({ room, event }: Told): void {
    this.#cursors.set(room, event.seq);
    const { username } = this.#session.welcome.user;
    // Of long ago it means nothing: whoever has come back is in the room.
    if (event.type === "left" && event.username === username && !this.#wanted.has(room)) this.#unfollow(room);
  }

  #unfollow(name: string): void {
    if (!this.#cursors.delete(name)) return;
    remark(`You are not in the room "${name}" any more`);
    if (this.#cursors.size === 0) this.#outcome.resolve(exitCodes.refused);
  }

  #welcomed(name: string): Answer<"auth_success">["rooms"][number] | undefined {
    return this.#session.welcome.rooms.find(({ room }) => room === name);
  }
}
