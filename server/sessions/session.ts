import {
  type Answer,
  decodeRequest,
  encode,
  type ErrorCode,
  errorFrame,
  limits,
  Refusal,
  type Request,
  type Signal,
  toBytes,
} from "../../shared/protocol/mod.ts";
import type { World } from "../../shared/world/mod.ts";
import {
  depart,
  type Guest,
  handle,
  type Hub,
  type HubRequestType,
  isProven,
  Outbox,
  refusalFor,
  type Sink,
} from "../hub/mod.ts";
import { authenticate, type AuthenticationRequest, isAuthentication } from "./authentication.ts";
import { type AccountPaces, isTransfer } from "./account_pace.ts";
import type { Caller, Desk } from "./desk.ts";
import { type Asker, passGate } from "./gate.ts";
import { Pace } from "./pace.ts";
import { isProving, prove, type ProvingRequest } from "./proving.ts";
import type { Stranger, Strangers } from "./strangers.ts";
import { TimeLimits } from "./time_limits.ts";

/** What all sessions of a server share. */
export interface Surroundings extends Desk {
  readonly world: World;
  readonly authorityPem: string;
  /** Whether sessions are held to a pace; benchmarks lift it. */
  readonly paced: boolean;
  /** Connections that the machine has room for. */
  readonly connectionsMax: number;
  /** The first line of every connection. */
  greeting(): Signal<"auth_required">;
}

/** Where a connection comes from. */
export interface Whence {
  readonly address: string;
  /** Whether it comes through a browser, which keeps its login in a cookie. */
  readonly byCookie: boolean;
}

/** What a session is held to beside the others. */
export interface Neighbours {
  readonly strangers: Strangers;
  readonly accountPaces: AccountPaces;
}

/** What refuses a stranger before any password or secret is looked at: whoever is told so has no more time for it. */
const unheard: ReadonlySet<ErrorCode> = new Set(["rate_limited", "busy"]);

/** One connection, from its first line to its last: a stranger who may become a guest. */
export class Session implements Stranger {
  readonly #shared: Surroundings;
  readonly #strangers: Strangers;
  readonly #accountPaces: AccountPaces;
  readonly #from: Whence;
  readonly #outbox: Outbox;
  readonly #pace: Pace | undefined;
  readonly #time: TimeLimits;
  #guest: Guest | undefined;
  #open = true;
  #retriesLeft: number = limits.authenticationRetries;
  #authenticating = false;
  /** How often a stranger who asks for nothing was swept past, since the greeting or the last refusal. */
  #idleSweeps = 0;

  constructor(shared: Surroundings, { strangers, accountPaces }: Neighbours, sink: Sink, from: Whence) {
    this.#shared = shared;
    this.#strangers = strangers;
    this.#accountPaces = accountPaces;
    this.#from = from;
    this.#outbox = new Outbox(sink, shared.world.clock);
    this.#pace = shared.paced ? new Pace() : undefined;
    this.#time = new TimeLimits(this.#now(), strangers.patienceMs(from.address));
    this.#say(shared.greeting());
    strangers.add(this, from.address);
  }

  /** The longest line that may come next, in bytes. */
  get lineBytesMax(): number {
    return this.#guest === undefined ? limits.strangerLineBytes : limits.memberLineBytes;
  }

  /** Takes one line. Where it returns a promise, the next line must wait for it. Never throws. */
  receive(line: Uint8Array): void | Promise<void> {
    // Whoever has been told goodbye, or has said it, is heard no more, even if the connection takes a while to end.
    if (this.#outbox.ending) return;
    return this.#take(line) ?? this.#outbox.relief();
  }

  #take(line: Uint8Array): void | Promise<void> {
    const now = this.#now();
    this.#time.heard(now);
    let request: Request;
    try {
      request = decodeRequest(line);
    } catch (error) {
      return this.#answerBadLine(error, now);
    }
    try {
      this.#takePace(request, now);
      passGate(request.type, this.#guest && askerOf(this.#shared.hub, this.#guest));
      return this.#dispatch(request);
    } catch (error) {
      this.#fail(error, request.id);
      return this.#hold(error);
    }
  }

  /** Answers input that is no line of the protocol, and ends the connection where it cannot go on. */
  refuse(error: unknown): void {
    this.#fail(error, undefined);
  }

  /** To be called when the connection has ended, whoever ended it. */
  ended(): void {
    if (!this.#open) return;
    this.#open = false;
    this.#strangers.ended(this);
    if (this.#guest !== undefined) depart(this.#shared.hub, this.#guest);
  }

  /** To be called about once a second: time limits. `now` is monotonic. */
  sweep(now: number): void {
    this.#idleSweeps++;
    this.#outbox.sweep(now);
    if (this.#pace?.isFlood(now)) return this.#endFlood();
    if (this.#authenticating) return;
    const due = this.#guest === undefined ? this.#time.dueFromStranger(now) : this.#time.dueFromGuest(now);
    if (due === "ping") this.#say({ type: "ping" });
    if (due === "idle") this.end("idle", "Nothing was heard from you. Connect again");
    if (due === "auth_timeout") this.refuse(tooLate());
  }

  isSpare(): boolean {
    // Time alone would not do: what was sent long ago waits for a server that has much to do, and is read between two sweeps.
    return !this.#authenticating && this.#idleSweeps >= 2;
  }

  isAsking(): boolean {
    return this.#authenticating;
  }

  displace(): void {
    this.refuse(tooLate());
  }

  turnAway(): void {
    this.refuse(tooMany());
  }

  /** Says goodbye, where there is somebody to say it to, and ends the connection. */
  end(code: ErrorCode, message: string, retryAfterMs?: number): void {
    const bye = encode({ type: "bye", code, message, retryAfterMs });
    this.#outbox.end(this.#guest === undefined ? undefined : toBytes(bye));
  }

  /** Ends the connection at once. */
  abort(): void {
    this.#outbox.abort();
  }

  #dispatch(request: Request): void | Promise<void> {
    if (isAuthentication(request)) return this.#authenticate(request);
    if (isProving(request)) return this.#prove(request);
    switch (request.type) {
      case "authority":
        return this.#say({ type: "authority", re: request.id, pem: this.#shared.authorityPem });
      case "ping":
        return this.#say({ type: "pong", re: request.id });
      case "pong":
        return;
      case "quit":
        // What the guest has just said is answered before the farewell.
        this.#shared.hub.journal.commit();
        return this.#outbox.end(toBytes(encode({ type: "ok", re: request.id })));
      default:
        // The gate has let nobody but a guest through to here.
        if (this.#guest !== undefined) return this.#handle(this.#guest, request);
    }
  }

  #handle(guest: Guest, request: Request<HubRequestType>): void | Promise<void> {
    if (isTransfer(request.type)) return this.#transfer(guest, request);
    const waiting = handle<HubRequestType>(this.#shared.hub, guest, request);
    return waiting?.catch((error) => this.#fail(error, request.id));
  }

  /** Whoever sends or gets a file too fast is not refused: they are heard, and answered, no faster than may be. */
  async #transfer(guest: Guest, request: Request<HubRequestType>): Promise<void> {
    const { clock } = this.#shared.world;
    const pace = this.#shared.paced ? this.#accountPaces.of(guest.account) : undefined;
    for (let waitMs = 1; waitMs > 0;) {
      waitMs = pace?.takeChunk(this.#now()) ?? 0;
      if (waitMs > 0) await clock.sleep(Math.ceil(waitMs));
    }
    try {
      await handle<HubRequestType>(this.#shared.hub, guest, request);
    } catch (error) {
      this.#fail(error, request.id);
    }
    // What was got is read before more is: an outbox has bounds.
    await this.#outbox.relief();
  }

  /** Resolves when the answer is known: what else the stranger has sent is meant for the session that this opens. */
  async #authenticate(request: AuthenticationRequest): Promise<void> {
    this.#authenticating = true;
    try {
      const { promise, resolve, reject } = Promise.withResolvers<void>();
      await authenticate(this.#shared, request, this.#caller(request, resolve, reject));
      await promise;
    } catch (error) {
      this.#authenticationFailed(error, request.id);
    }
    this.#authenticating = false;
  }

  /** Resolves when it is decided: what else the guest has sent comes after it. */
  async #prove(request: ProvingRequest): Promise<void> {
    // The gate has let nobody but a guest through to here.
    if (this.#guest === undefined) return;
    try {
      await prove<ProvingRequest["type"]>(this.#shared, this.#guest, request, this.#from.address);
    } catch (error) {
      this.#fail(error, request.id);
    }
  }

  #caller(
    request: AuthenticationRequest,
    settled: () => void,
    refuse: (refusal: Refusal) => void,
  ): Caller {
    return {
      outbox: this.#outbox,
      re: request.id,
      address: this.#from.address,
      byCookie: this.#from.byCookie,
      deviceName: "deviceName" in request ? request.deviceName : undefined,
      present: () => this.#open,
      welcome: (guest) => {
        this.#guest = guest;
        this.#strangers.welcomed(this);
        settled();
      },
      refuse,
    };
  }

  #authenticationFailed(error: unknown, re: string): void {
    if (!(error instanceof Refusal) || !unheard.has(error.code)) {
      this.#idleSweeps = 0;
      this.#time.refused(this.#now());
    }
    this.#fail(error, re);
    if (this.#retriesLeft-- === 0) this.#outbox.end();
  }

  #endFlood(): void {
    const message = "You kept sending faster than this server allows. Connect again and go slower";
    this.end("flood", message, 10_000);
  }

  /** Throws `rate_limited`. A line that is no request counts as one. */
  #takePace(request: Request | undefined, now: number): void {
    if (this.#pace === undefined) return;
    this.#pace.take(request?.type, now);
    if (this.#guest !== undefined) this.#accountPaces.of(this.#guest.account).take(request, now);
  }

  #answerBadLine(error: unknown, now: number): void | Promise<void> {
    try {
      this.#takePace(undefined, now);
      this.#fail(error, undefined);
    } catch (refusal) {
      this.#fail(refusal, error instanceof Refusal ? error.re : undefined);
      return this.#hold(refusal);
    }
  }

  /** Whoever is too fast is not only told so, but heard no sooner than their next request can be granted. */
  #hold(error: unknown): Promise<void> | undefined {
    if (!(error instanceof Refusal) || error.code !== "rate_limited") return undefined;
    return this.#shared.world.clock.sleep(error.retryAfterMs ?? 0);
  }

  /** The one place where what went wrong becomes what the other side is told. */
  #fail(error: unknown, re: string | undefined): void {
    const refusal = refusalFor(error, this.#shared.world.log);
    const frame = errorFrame(refusal.re === undefined && re !== undefined ? refusal.about(re) : refusal);
    if (refusal.closes) this.#outbox.end(toBytes(encode(frame)));
    else this.#say(frame);
  }

  #say(frame: Answer | Signal): void {
    this.#outbox.push(toBytes(encode(frame)));
  }

  #now(): number {
    return this.#shared.world.clock.monotonic();
  }
}

function askerOf(hub: Hub, guest: Guest): Asker {
  const { account: { role, scopes }, confined } = guest;
  return { role, scopes, confined, proven: isProven(hub, guest) };
}

function tooMany(): Refusal {
  return new Refusal("busy", "Too many connections wait here to log in. Try again in a moment", {
    closes: true,
    retryAfterMs: 1_000,
  });
}

function tooLate(): Refusal {
  return new Refusal("auth_timeout", "Nobody logged in on this connection in time. Connect again", {
    closes: true,
  });
}
