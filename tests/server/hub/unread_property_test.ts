/** People who talk, edit, delete, read, mark, come and go at random: every device counts the same as the log. */
import assert from "node:assert/strict";
import fc from "fast-check";
import { limits } from "../../../shared/protocol/mod.ts";
import { type AilingStore, ailingStore } from "../../kit/ailing_store.ts";
import { CountingClient, type Standing } from "../../kit/counting_client.ts";
import { TestHub, type Visitor } from "../../kit/hub.ts";
import { fromSeed } from "../../kit/seed.ts";

const names = ["ana", "ben", "cleo"] as const;
const rooms = ["general", "ops"] as const;
const texts = ["tea?", "@ana", "@ben and @cleo", "@room look", "@here look", "`@ben`", "me: @ana @ben @cleo"];

interface Action {
  readonly kind: (typeof kinds)[number];
  readonly person: number;
  readonly device: number;
  readonly room: number;
  readonly text: number;
  /** How far back from the newest event it goes. */
  readonly back: number;
}

/** Those that stand here more often happen more often. */
const kinds = [
  ...["send", "send", "send", "send", "reply", "repeat", "edit", "edit", "delete", "delete"] as const,
  ...[
    "read",
    "read",
    "unread",
    "join",
    "leave",
    "come",
    "come",
    "go",
    "settle",
    "settle",
    "settle",
    "fail",
  ] as const,
];

const action: fc.Arbitrary<Action> = fc.record({
  kind: fc.constantFrom(...kinds),
  person: fc.nat(2),
  device: fc.nat(1),
  room: fc.nat(1),
  text: fc.nat(texts.length - 1),
  back: fc.nat(8),
});

Deno.test("whatever people do, each of their devices counts what is unread as the log has it", () =>
  fc.assert(
    fc.asyncProperty(fc.array(action, { maxLength: 80, size: "max" }), async (actions) => {
      const company = await Company.gather();
      for (const each of actions) await company.do(each);
      await company.settle();
      await company.restart();
    }),
    { ...fromSeed(), numRuns: 40 },
  ));

/** One device of a person: what it hears, and what it makes of it. */
class Device {
  readonly name: string;
  counts: CountingClient;
  visitor: Visitor | undefined;
  token = "";
  #heard = 0;

  constructor(name: string) {
    this.name = name;
    this.counts = new CountingClient(name);
  }

  get isIn(): boolean {
    return this.visitor !== undefined && this.visitor.welcome !== undefined;
  }

  connect(visitor: Visitor): void {
    this.visitor = visitor;
    this.counts = new CountingClient(this.name);
    this.#heard = 0;
  }

  say(frame: Record<string, unknown>): void {
    const id = this.visitor?.say(frame);
    if (id !== undefined) this.counts.asks(id, frame);
  }

  /** Takes in what was said to it since the last time. */
  listen(): void {
    const frames = this.visitor?.sink.frames ?? [];
    for (const frame of frames.slice(this.#heard)) this.counts.hear(frame);
    this.#heard = frames.length;
    if (this.isIn) this.token = this.visitor?.token ?? "";
    else this.visitor = undefined;
  }
}

class Company {
  readonly #store: AilingStore = ailingStore();
  readonly #bench: TestHub = new TestHub({}, this.#store);
  readonly #people: readonly (readonly [Device, Device])[] = names.map((name) =>
    [new Device(name), new Device(name)] as const
  );
  #lastNonce = 0;

  static async gather(): Promise<Company> {
    const company = new Company();
    for (const [first, second] of company.#people) {
      first.connect(await company.#bench.newcomer(first.name));
      if (first.visitor !== undefined) {
        second.connect(await company.#bench.logIn(first.visitor.guest.account));
      }
    }
    const [ana] = company.#people;
    ana?.[0].say({ type: "create", room: "ops" });
    await company.settle();
    return company;
  }

  async do(
    { kind, person, device: number, room: roomNumber, text: textNumber, back }: Action,
  ): Promise<void> {
    if (kind === "settle") return await this.settle();
    if (kind === "fail") return await this.#failToSettle();
    const device = this.#people[person]?.[number];
    assert.ok(device !== undefined);
    if (kind === "come") return this.#come(device);
    if (!device.isIn) return;
    if (kind === "go") return this.#go(device);
    const room = rooms[roomNumber] ?? "general", text = texts[textNumber];
    const seq = Math.max(1, (this.#bench.hub.rooms.named(room)?.committedSeq ?? 0) - back);
    switch (kind) {
      case "send":
        return device.say({ type: "send", room, text, nonce: String(++this.#lastNonce) });
      case "repeat":
        return device.say({ type: "send", room, text, nonce: String(this.#lastNonce) });
      case "reply":
        return device.say({ type: "send", room, text, thread: seq });
      case "edit":
        return device.say({ type: "edit", room, text, seq });
      default:
        return device.say({ type: kind, room, seq });
    }
  }

  async settle(): Promise<void> {
    await this.#bench.settle();
    for (const device of this.#people.flat()) device.listen();
    this.#compare((device) => device.isIn ? device.counts.rooms : undefined);
  }

  /** A server that starts anew tells the same of everybody. */
  async restart(): Promise<void> {
    const bench = new TestHub({}, this.#store);
    for (const device of this.#people.flat()) {
      if (device.isIn) device.visitor?.leave();
      device.connect(await bench.comeBack(device.token));
      device.listen();
    }
    this.#compare((device) => device.counts.rooms);
  }

  async #failToSettle(): Promise<void> {
    this.#store.fail();
    await this.#bench.settle();
    this.#store.recover();
    await this.settle();
  }

  /** Begins to come in; whether it succeeds shows when it is settled. */
  #come(device: Device): void {
    if (device.visitor !== undefined) return;
    device.connect(this.#bench.coming(device.token));
  }

  #go(device: Device): void {
    device.visitor?.leave();
    device.visitor = undefined;
  }

  #compare(countsOf: (device: Device) => ReadonlyMap<string, Standing> | undefined): void {
    for (const device of this.#people.flat()) {
      const counts = countsOf(device);
      if (counts !== undefined) {
        assert.deepEqual(sorted(counts), sorted(this.#trueStanding(device.name)), device.name);
      }
    }
  }

  /** What is unread for somebody, by the log and the marks on disk. */
  #trueStanding(name: string): Map<string, Standing> {
    const id = this.#bench.hub.accounts.named(name)?.id ?? 0;
    const standing = new Map<string, Standing>();
    for (const { roomId, accountId, read } of this.#store.rooms.memberships()) {
      if (accountId !== id) continue;
      const unread = [...this.#store.events.after(roomId, read, 10_000)].filter((event) =>
        event.type === "message" && event.text !== undefined && event.thread === undefined &&
        event.accountId !== id
      );
      const meaning = unread.filter(({ seq }) => this.#store.details.meant(roomId, seq).includes(id));
      standing.set(this.#bench.hub.rooms.withId(roomId)?.name ?? "", {
        read,
        unread: Math.min(unread.length, limits.unreadMax),
        mentions: Math.min(meaning.length, limits.unreadMax),
      });
    }
    return standing;
  }
}

function sorted(standing: ReadonlyMap<string, Standing>): [string, Standing][] {
  return [...standing].sort(([one], [other]) => one < other ? -1 : 1);
}
