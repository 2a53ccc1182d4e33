/** Members of rooms talking: says messages at full speed or at a pace, and counts what everybody hears. */
import type { Dialect } from "./dialect.ts";
import { Latencies } from "./latencies.ts";
import type { LoadConnection } from "./load_connection.ts";
import { makeStamp, StampReader } from "./stamp.ts";

/** What one speaker says in one room. */
export interface Stream {
  /** Its place among the connections. */
  readonly speaker: number;
  readonly room: string;
  /** How many others hear it. */
  readonly listeners: number;
}

export interface TalkPlan {
  readonly streams: readonly Stream[];
  /** How many messages in all. */
  readonly messages: number;
  /** Either how many messages of each speaker may be under way, or how many are said in a second in all. */
  readonly pace: { readonly window: number } | { readonly perSecond: number };
  readonly textCharacters: number;
}

export interface TalkOutcome {
  readonly seconds: number;
  readonly deliveries: number;
  /** Deliveries that never came. */
  readonly lost: number;
  /** Deliveries that came twice or after a later one. */
  readonly outOfTurn: number;
  /** From saying to hearing. */
  readonly latencies: Latencies;
}

/** The talk ends early when nothing has been heard for so long. */
const stallMs = 10_000;

/** Resolves when everything was heard by everybody, and every speaker has its answers. */
export function talk(
  connections: readonly LoadConnection[],
  dialect: Dialect,
  plan: TalkPlan,
): Promise<TalkOutcome> {
  return new Talk(connections, dialect, plan).run();
}

interface Speaker {
  readonly connection: LoadConnection;
  /** The streams that it says its messages in, by turns. */
  readonly streams: number[];
  turn: number;
  left: number;
  underWay: number;
}

class Talk {
  readonly #connections: readonly LoadConnection[];
  readonly #dialect: Dialect;
  readonly #plan: TalkPlan;
  readonly #speakers: Speaker[];
  readonly #speakerOf: Speaker[] = [];
  /** By stream and place: when it was said, and how many have yet to hear it. */
  readonly #saidAt: Float64Array[] = [];
  readonly #missing: Uint16Array[] = [];
  /** By stream: how many were said. */
  readonly #said: Uint32Array;
  /** By connection and stream: the place that should come next. */
  readonly #next: Uint32Array;
  readonly #latencies = new Latencies();
  readonly #padding: string;
  #heard = 0;
  #heardAt = 0;
  #now = 0;
  #outOfTurn = 0;
  #unfinished: number;
  #done: () => void = () => {};

  constructor(connections: readonly LoadConnection[], dialect: Dialect, plan: TalkPlan) {
    this.#connections = connections;
    this.#dialect = dialect;
    this.#plan = plan;
    this.#unfinished = plan.messages;
    this.#said = new Uint32Array(plan.streams.length);
    this.#next = new Uint32Array(connections.length * plan.streams.length);
    this.#padding = "the quick brown fox jumps over the lazy dog, ".repeat(200);
    this.#speakers = this.#makeSpeakers();
  }

  async run(): Promise<TalkOutcome> {
    for (const [at, connection] of this.#connections.entries()) {
      const reader = new StampReader((stream, place) => this.#hear(at, stream, place));
      connection.listen((bytes) => {
        this.#now = performance.now();
        reader.read(bytes);
      });
    }
    const began = performance.now();
    this.#heardAt = began;
    const finished = new Promise<void>((resolve) => this.#done = resolve);
    const watch = setInterval(() => this.#endStall(), 1_000);
    const { pace } = this.#plan;
    if ("window" in pace) { for (const speaker of this.#speakers) this.#fill(speaker, pace.window); }
    else await this.#saySteadily(pace.perSecond);
    await finished;
    clearInterval(watch);
    return this.#outcome((this.#heardAt - began) / 1000);
  }

  #makeSpeakers(): Speaker[] {
    const { streams, messages } = this.#plan;
    const speakers = new Map<number, Speaker>();
    for (const [stream, { speaker: at }] of streams.entries()) {
      const connection = this.#connections[at];
      if (connection === undefined) throw new Error(`There is no connection ${at} to speak`);
      const speaker = speakers.get(at) ?? { connection, streams: [], turn: 0, left: 0, underWay: 0 };
      speaker.streams.push(stream);
      speakers.set(at, speaker);
      this.#speakerOf.push(speaker);
    }
    const all = [...speakers.values()];
    for (let message = 0; message < messages; message++) ofTurn(all, message).left++;
    for (const { streams: own, left } of this.#speakerOf) {
      const most = Math.ceil(left / own.length);
      this.#saidAt.push(new Float64Array(most));
      this.#missing.push(new Uint16Array(most));
    }
    return all;
  }

  #fill(speaker: Speaker, window: number): void {
    while (speaker.left > 0 && speaker.underWay < window) this.#say(speaker);
  }

  async #saySteadily(perSecond: number): Promise<void> {
    const began = performance.now();
    for (let message = 0; message < this.#plan.messages; message++) {
      const waitMs = began + (message * 1000) / perSecond - performance.now();
      if (waitMs > 0) await new Promise((resolve) => setTimeout(resolve, waitMs));
      this.#say(ofTurn(this.#speakers, message));
    }
  }

  #say(speaker: Speaker): void {
    const stream = ofTurn(speaker.streams, speaker.turn++);
    const { room, listeners } = ofTurn(this.#plan.streams, stream);
    const place = this.#said[stream] ?? 0;
    this.#said[stream] = place + 1;
    speaker.left--;
    speaker.underWay++;
    ofTurn(this.#missing, stream)[place] = listeners + (this.#dialect.answers ? 1 : 0);
    ofTurn(this.#saidAt, stream)[place] = performance.now();
    const stamp = makeStamp(stream, place);
    const text = (stamp + this.#padding).slice(0, this.#plan.textCharacters);
    speaker.connection.say(this.#dialect.message(room, stamp, text));
  }

  #hear(at: number, stream: number, place: number): void {
    const speaker = this.#speakerOf[stream];
    if (speaker === undefined || place >= (this.#said[stream] ?? 0)) return;
    const slot = at * this.#said.length + stream;
    const due = this.#next[slot] ?? 0;
    if (place < due) {
      this.#outOfTurn++;
      return;
    }
    this.#next[slot] = place + 1;
    this.#heardAt = this.#now;
    if (speaker.connection !== this.#connections[at]) {
      this.#heard++;
      this.#latencies.add(this.#now - (this.#saidAt[stream]?.[place] ?? 0));
    }
    const missing = this.#missing[stream];
    if (missing !== undefined && --missing[place] === 0) this.#finish(speaker);
  }

  #finish(speaker: Speaker): void {
    speaker.underWay--;
    const { pace } = this.#plan;
    if ("window" in pace) this.#fill(speaker, pace.window);
    if (--this.#unfinished === 0) this.#done();
  }

  #endStall(): void {
    if (performance.now() - this.#heardAt > stallMs) this.#done();
  }

  #outcome(seconds: number): TalkOutcome {
    const expected = this.#plan.streams.reduce(
      (sum, { listeners }, stream) => sum + listeners * (this.#said[stream] ?? 0),
      0,
    );
    const deliveries = this.#heard;
    return {
      seconds,
      deliveries,
      lost: expected - deliveries,
      outOfTurn: this.#outOfTurn,
      latencies: this.#latencies,
    };
  }
}

function ofTurn<Item>(items: readonly Item[], turn: number): Item {
  const item = items[turn % items.length];
  if (item === undefined) throw new Error("Nobody is there to take a turn");
  return item;
}
