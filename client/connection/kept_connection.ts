import { type Answer, Refusal } from "../../shared/protocol/mod.ts";
import { Trouble } from "../../shared/trouble/mod.ts";
import type { ServerAddress } from "../../shared/identity/mod.ts";
import type { Cancel, World } from "../../shared/world/mod.ts";
import type { Message, Model } from "../model/mod.ts";
import type { KeptMessages, Said, SaidPlace } from "./kept_messages.ts";
import type { AnswerTo, Ask, AskType } from "./ask.ts";
import { backOffMs } from "./back_off.ts";
import { CatchUp } from "./catch_up.ts";
import type { Connection } from "./connection.ts";
import { ConnectionLost } from "./connection_lost.ts";
import type { Happening } from "./happening.ts";
import { type AnyAsk, learn } from "./learn.ts";
import { listedRoom } from "./listed_room.ts";
import type { Leftover, Leftovers } from "./leftovers.ts";
import { Outbox, type Sent } from "./outbox.ts";
import { patienceMs } from "./patience.ts";
import { placeOf } from "./placed.ts";
import { ReadMarks } from "./read_marks.ts";
import type { Session, SessionEnd, Unasked } from "./session.ts";
import { isSignal, takeSignal } from "./take_signal.ts";
import { View } from "./view.ts";

/** A session that lasted so long was a success, after which waiting starts anew. */
const successMs = 30_000;

/** Time for a server to take its leave. */
const closeMsMax = 2_000;

/** A session that is open, and what the server said to open it. */
export interface Opened {
  readonly session: Session;
  readonly welcome: Answer<"auth_success">;
}

/** Opens the next session with the saved token. */
export type Reopen = (username: string) => Promise<Opened>;

export interface KeptConnectionOptions {
  readonly world: World;
  readonly address: ServerAddress;
  readonly opened: Opened;
  readonly reopen: Reopen;
  /** The server gave another proof that this device was let in before. May reject with a `Trouble`. */
  readonly keepProof: (deviceProof: string) => Promise<void>;
  /** The login was ended, and this token of it is of no use any more. May reject with a `Trouble`. */
  readonly forget: (token: string) => Promise<void>;
  /** Whether no further try can help after `reopen` was rejected with this. */
  readonly isHopeless: (cause: unknown) => boolean;
  /** Is closed with the connection. */
  readonly messages: KeptMessages;
}

/** Keeps a connection over one session after another. */
export class KeptConnection implements Connection {
  readonly address: ServerAddress;
  readonly #world: World;
  readonly #reopen: Reopen;
  readonly #keepProof: KeptConnectionOptions["keepProof"];
  readonly #forget: KeptConnectionOptions["forget"];
  readonly #isHopeless: KeptConnectionOptions["isHopeless"];
  readonly #messages: KeptMessages;
  readonly #view: View;
  readonly #catchUp: CatchUp;
  readonly #outbox: Outbox;
  readonly #leftovers: readonly Leftover[];
  readonly #readMarks: ReadMarks;
  #session: Session | undefined;
  #token: string;
  #forgetting: Promise<void> | undefined;
  #cancelRetry: Cancel = () => {};
  #failures = 0;
  #openedAt = 0;
  #ended = false;
  #isUnkeptTold = false;
  #isRenewing = false;
  #opening = openingLater();

  constructor(options: KeptConnectionOptions) {
    const { world, address, opened, reopen, keepProof, forget, isHopeless, messages } = options;
    this.#world = world;
    this.address = address;
    this.#reopen = reopen;
    this.#keepProof = keepProof;
    this.#forget = forget;
    this.#isHopeless = isHopeless;
    this.#token = opened.welcome.token;
    this.#messages = messages;
    this.#view = new View(opened.welcome.user);
    this.#catchUp = new CatchUp(this.#view, world.clock, {
      history: (ask) => this.#current().request<"history">(ask),
      list: (room) => listedRoom(this, room),
    });
    this.#outbox = new Outbox(world, {
      keep: (said) => this.#keep(said),
      send: (ask, taken) => this.#unconfined().request<"send">(ask, taken),
      stored: (room, message) => this.#stored(room, message),
      answered: ({ nonce }) => messages.drop(nonce),
      waiting: (room, reason, retryInMs) => this.#view.tell({ kind: "waiting", room, reason, retryInMs }),
    });
    this.#leftovers = messages.earlier.map((said) => ({ ...said, answer: this.#outbox.resume(said) }));
    for (const { answer } of this.#leftovers) answer.catch(() => {});
    this.#readMarks = new ReadMarks(
      world.clock,
      (room, seq) => this.#current().request<"read">({ type: "read", room, seq }),
    );
    this.#adopt(opened, false);
  }

  model(): Model {
    return this.#view.model;
  }

  async request<T extends AskType>(ask: Ask<T>): Promise<AnswerTo<T>> {
    this.#forgetMark(ask);
    const answer = await this.#current().request<T>(
      ask,
      (answer) => learn(ask, answer, this.#view, this.#catchUp),
    );
    const proof = proofIn(answer);
    // What cannot be kept now makes the next login with a password one of an unknown device, and nothing worse.
    if (proof !== undefined) await this.#keepProof(proof).catch(expectTrouble);
    return answer;
  }

  opened(): Promise<void> {
    return this.#opening.promise;
  }

  say(room: string, text: string, place?: SaidPlace): Promise<Sent> {
    return this.#outbox.say(room, text, place);
  }

  isOutboxKept(): boolean {
    return this.#messages.areKept;
  }

  takeLeftovers(): Leftovers {
    return { sending: this.#leftovers, tooOld: this.#messages.takeTooOld() };
  }

  async renew(): Promise<void> {
    const session = this.#session;
    if (session === undefined) return;
    const cancel = this.#world.clock.after(closeMsMax, () => session.drop("closed"));
    this.#isRenewing = true;
    await session.quit();
    cancel();
    this.#isRenewing = false;
    if (!this.#ended) await this.#again();
  }

  markRead(room: string, seq: number): void {
    if (!this.#ended && this.#view.read(room, seq)) this.#readMarks.mark(room, seq);
  }

  listen(listener: (happening: Happening) => void): Cancel {
    return this.#view.happenings.listen(listener);
  }

  async close(): Promise<void> {
    if (this.#ended) return await this.#leave();
    const session = this.#session;
    const cancel = this.#world.clock.after(closeMsMax, () => session?.drop("closed"));
    await this.#readMarks.flush();
    this.#end();
    await session?.quit();
    cancel();
    await this.#leave();
  }

  async #leave(): Promise<void> {
    await this.#forgetting;
    await this.#messages.close();
  }

  async #keep(said: Said): Promise<void> {
    try {
      await this.#messages.keep(said);
    } catch (trouble) {
      if (!(trouble instanceof Trouble)) throw trouble;
      if (this.#isUnkeptTold) return;
      this.#isUnkeptTold = true;
      this.#view.tell({ kind: "unkept", reason: trouble.message });
    }
  }

  #current(): Session {
    if (this.#session !== undefined) return this.#session;
    throw new ConnectionLost(
      this.#ended ? "The connection has ended" : "Not connected just now: trying again",
    );
  }

  /** While it is confined, the server would refuse messages for good: they wait as without a connection. */
  #unconfined(): Session {
    if (!this.model().me.isConfined) return this.#current();
    throw new ConnectionLost("Nothing can be said until two-factor is set up");
  }

  #adopt({ session, welcome }: Opened, resumed: boolean): void {
    this.#session = session;
    this.#token = welcome.token;
    this.#openedAt = this.#world.clock.monotonic();
    this.#opening.resolve();
    this.#view.welcome(welcome, resumed);
    this.#catchUp.welcome(welcome);
    void this.#readMarks.flush();
    this.#outbox.wake();
    session.listen({
      hear: (frame) => this.#hear(frame),
      ended: (end) => this.#lost(end),
    });
  }

  #stored(room: string, message: Omit<Message, "type" | "from">): void {
    const event = { ...message, type: "message", from: this.#view.model.me.username } as const;
    this.#view.spoke(room, event);
    this.#catchUp.pushed(room, event);
  }

  #hear(frame: Unasked): void {
    if (isSignal(frame)) return takeSignal(this.#view, frame);
    const event = placeOf(frame);
    if (frame.room === undefined || event === undefined) return;
    this.#catchUp.pushed(frame.room, event);
    this.#view.heard(frame.room, event);
    if (event.type !== "left") return;
    if (event.username === this.#view.model.me.username) this.#catchUp.left(frame.room);
    else this.#view.parted(event.username);
  }

  #forgetMark({ type, room }: AnyAsk): void {
    if (type === "unread" && room !== undefined) this.#readMarks.forget(room.toLowerCase());
  }

  #lost({ reason, code, retryAfterMs }: SessionEnd): void {
    if (this.#ended) return;
    this.#session = undefined;
    this.#opening = openingLater();
    if (this.#isRenewing) return;
    if (code === "revoked") return this.#revoked(reason);
    if (this.#world.clock.monotonic() - this.#openedAt >= successMs) this.#failures = 0;
    this.#view.unlinked();
    this.#catchUp.lost();
    this.#retry(reason, retryAfterMs);
  }

  /** What cannot be forgotten now is forgotten at the next start, when the server refuses it. */
  #revoked(reason: string): void {
    this.#forgetting = this.#forget(this.#token).catch(expectTrouble);
    this.#end(reason, "revoked");
  }

  #retry(reason: string, retryAfterMs: number | undefined): void {
    const retryInMs = backOffMs(this.#world.chance, this.#failures++, retryAfterMs);
    this.#cancelRetry = this.#world.clock.after(retryInMs, () => this.#again());
    this.#view.tell({ kind: "lost", reason, retryInMs });
  }

  async #again(): Promise<void> {
    try {
      const opened = await this.#reopen(this.#view.model.me.username);
      if (this.#ended) await opened.session.quit();
      else this.#adopt(opened, true);
    } catch (cause) {
      if (!this.#ended) this.#failed(cause);
    }
  }

  /** Only a wrong server and a refusal that time does not heal are final: everything else is worth another try. */
  #failed(cause: unknown): void {
    const reason = cause instanceof Error ? cause.message : String(cause);
    if (this.#isHopeless(cause)) return this.#end(reason);
    const waitMs = patienceMs(cause);
    if (cause instanceof Refusal && waitMs === undefined) return this.#end(reason, cause.code);
    this.#retry(reason, waitMs);
  }

  /** Without a reason it is this side that closes. */
  #end(reason?: string, code?: Refusal["code"]): void {
    this.#ended = true;
    this.#session = undefined;
    const never = new ConnectionLost(`The connection has ended: ${reason ?? "closed"}`);
    this.#opening.reject(never);
    this.#opening = openingLater();
    this.#opening.reject(never);
    this.#cancelRetry();
    this.#catchUp.stop();
    this.#readMarks.stop();
    this.#outbox.end(reason ?? "closed");
    this.#view.unlinked();
    this.#view.tell({ kind: "ended", reason, code });
  }
}

function proofIn(answer: Answer): string | undefined {
  return answer.type === "ok" ? answer.deviceProof : undefined;
}

/** Nobody need wait for it. */
function openingLater(): PromiseWithResolvers<void> {
  const opening = Promise.withResolvers<void>();
  opening.promise.catch(() => {});
  return opening;
}

function expectTrouble(cause: unknown): void {
  if (!(cause instanceof Trouble)) throw cause;
}
