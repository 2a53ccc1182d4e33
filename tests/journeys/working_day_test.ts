/**
 * A working day of five people and their devices against the real server: they talk, change what they said, come and go,
 * lose their connections, one leaves for good, and the server is stopped once and killed once. In the evening every model
 * is what the server tells somebody who comes in anew, and nothing that was acknowledged is lost or there twice.
 */
import assert from "node:assert/strict";
import { ConnectionLost } from "../../client/connection/mod.ts";
import { type Answer, Refusal } from "../../shared/protocol/mod.ts";
import { crash } from "../kit/crash.ts";
import { doSomething, newWords, searchWords } from "../kit/day_deeds.ts";
import { Device } from "../kit/device.ts";
import { Dice } from "../kit/dice.ts";
import { assertHeld } from "../kit/history_check.ts";
import type { Frame } from "../kit/line_client.ts";
import { assertSameModel } from "../kit/model_comparison.ts";
import { Records } from "../kit/records.ts";
import { withDirectory } from "../kit/directory.ts";
import { TestServer } from "../kit/server.ts";
import { Questioner, type ServerAnswers } from "../kit/server_answers.ts";
import { Team, type Username } from "../kit/team.ts";
import { testWorld } from "../kit/world.ts";

/** The same days in every run, so that a fault is one of the change that is tested; `SEED` and `DAYS` play others. */
const firstSeed = Number(Deno.env.get("SEED") ?? 1);
const days = Number(Deno.env.get("DAYS") ?? 20);
const deeds = 120;
/** A model that is not right after this long never will be. */
const settleMsMax = 10_000;

Deno.test("a working day of five people ends with all models equal to the server's", (context) =>
  withDirectory(async (directory) => {
    const team = await Team.make(directory);
    for (let day = firstSeed; day < firstSeed + days; day++) {
      await context.step(
        `seed ${day}`,
        () => team.withData((data) => new WorkingDay(team, data, day).pass()),
      );
    }
  }));

type Staff = Readonly<Record<Username, Device>>;

class WorkingDay {
  readonly #team: Team;
  #server: TestServer;
  readonly #dice: Dice;
  readonly #records = new Records();
  readonly #devices: Device[] = [];
  readonly #underWay = new Set<Promise<void>>();
  readonly #faults: unknown[] = [];
  #number = 0;
  #leaver: Device | undefined;

  constructor(team: Team, data: string, seed: number) {
    this.#team = team;
    this.#server = new TestServer(data, testWorld(), {});
    this.#dice = new Dice(seed);
  }

  async pass(): Promise<void> {
    await this.#server.start();
    try {
      const staff = await this.#morning();
      await this.#hours(staff);
      await this.#evening(staff);
    } finally {
      await Promise.all(this.#devices.map((device) => device.close()));
      for (const { wire } of this.#devices) wire.close();
      await this.#server.stop();
    }
  }

  /** Everybody comes in, on all their devices, and rooms are made. */
  async #morning(): Promise<Staff> {
    const staff = {
      ana: this.#device("ana", "desk"),
      ben: this.#device("ben", "desk"),
      eve: this.#device("eve", "desk"),
      dan: this.#device("dan", "desk"),
      gus: this.#device("gus", "desk"),
    };
    const { ana, ben, eve, dan, gus } = staff;
    this.#device("ana", "phone");
    this.#device("ben", "phone");
    // Two terminals on one machine share its files.
    this.#device("ben", "desk");
    for (const device of this.#devices) await device.resume();
    await ana.type("/create ops What runs, and what does not");
    await ana.type("/access private", "ops");
    await ben.type("/create tea");
    await eve.type("/create plans");
    await Promise.all(["ben", "eve"].map((name) => ana.type(`/add ${name}`, "ops")));
    await Promise.all(["dan", "gus"].map((name) => ben.type(`/add ${name}`, "tea")));
    await ana.type("/mod ben", "ops");
    await Promise.all([ana, dan].map((device) => device.type("/join plans")));
    await ben.type(`/dm eve,dan ${newWords(this.#dice, ++this.#number)}`);
    await gus.type(`/dm ben ${newWords(this.#dice, ++this.#number)}`);
    return staff;
  }

  /** Things are done, some of them at once, while connections break and the server goes away twice. */
  async #hours({ ana, dan }: Staff): Promise<void> {
    const trouble = this.#dice.pick([0, 2, 5]);
    const [stop, kill, leaving] = [this.#someTime(), this.#someTime(), this.#someTime()];
    for (let at = 0; at < deeds; at++) {
      this.#number++;
      const running = this.#devices.filter(({ isRunning, shown }) => isRunning && shown.ended === undefined);
      const doing = this.#track(doSomething(this.#dice.pick(running), this.#dice, this.#number));
      if (this.#dice.percent(40)) await doing;
      if (this.#dice.percent(trouble)) this.#dice.pick(running).wire.cut();
      if (this.#dice.percent(trouble)) this.#dice.pick(running).wire.cutBeforeAnswer();
      if (this.#dice.percent(trouble)) {
        await this.#closeOrStart(this.#dice.pick(this.#devices.filter((device) => device !== this.#leaver)));
      }
      if (at === stop) await this.#replaceServer(() => this.#server.stop());
      if (at === kill) await this.#replaceServer(() => this.#kill());
      if (at === leaving) await this.#leave(ana, dan);
    }
  }

  async #leave(ana: Device, dan: Device): Promise<void> {
    this.#leaver = dan;
    await this.#untilDone(ana, "/deactivate dan");
  }

  #someTime(): number {
    return this.#dice.pick(Array.from({ length: deeds }, (_, at) => at));
  }

  async #evening({ dan }: Staff): Promise<void> {
    if (dan.isRunning) await this.#until(dan, () => dan.shown.ended !== undefined);
    else await assert.rejects(dan.resume(), Refusal);
    const devices = this.#devices.filter((device) => device !== dan);
    for (const { wire } of devices) wire.mend();
    await Promise.all(devices.filter(({ isRunning }) => !isRunning).map((device) => device.resume()));
    await Promise.all(this.#underWay);
    assert.deepEqual(this.#faults, []);
    // All are connected, and have heard what the server said before it answered.
    for (const device of devices) await this.#untilDone(device, "/drafts");
    const histories = new Map<string, readonly Frame[]>();
    for (const [username, own] of Map.groupBy(devices, ({ username }) => username)) {
      const answers = await this.#settled(new Questioner(this.#server, this.#team.token(username)), own);
      for (const [room, { history }] of answers.rooms) histories.set(room, history);
      this.#assertSettings(username, answers);
      for (const device of own) this.#assertShown(device);
      await this.#assertFound(own[0], answers);
    }
    assertHeld(this.#records, histories);
  }

  #device(username: string, machine: string): Device {
    const device = new Device({ server: this.#server, username, machine, records: this.#records });
    this.#devices.push(device);
    return device;
  }

  #track(doing: Promise<void>): Promise<void> {
    const tracked = doing.catch((cause) => void this.#faults.push(cause))
      .finally(() => this.#underWay.delete(tracked));
    this.#underWay.add(tracked);
    return tracked;
  }

  async #closeOrStart(device: Device): Promise<void> {
    if (device.isRunning) {
      if (device.shown.ended === undefined) await device.close();
    } else await device.resume();
  }

  /** The next server listens elsewhere: the port that was its own may be anybody's by now. */
  async #replaceServer(end: () => Promise<void>): Promise<void> {
    for (const { wire } of this.#devices) wire.serverPort = undefined;
    await end();
    this.#server = new TestServer(this.#server.data, testWorld(), {});
    await this.#server.start();
    for (const { wire } of this.#devices) wire.serverPort = this.#server.port;
  }

  #kill(): Promise<void> {
    for (const { wire } of this.#devices) wire.cut();
    return crash(this.#server);
  }

  /** Types it until there is a connection over which it can be done. */
  async #untilDone(device: Device, line: string): Promise<void> {
    if (!device.isRunning) await device.resume();
    for (;;) {
      try {
        return void await device.type(line);
      } catch (cause) {
        if (!(cause instanceof ConnectionLost)) throw cause;
        await device.shown.next(AbortSignal.timeout(settleMsMax));
      }
    }
  }

  async #until(device: Device, isSo: () => boolean): Promise<void> {
    const deadline = AbortSignal.timeout(settleMsMax);
    while (!isSo() && !deadline.aborted) await device.shown.next(deadline);
    assert.ok(isSo());
  }

  /** What the server tells the person, when all their devices show it. */
  async #settled(questioner: Questioner, devices: readonly Device[]): Promise<ServerAnswers> {
    const deadline = AbortSignal.timeout(settleMsMax);
    for (;;) {
      const answers = await questioner.askAll();
      try {
        for (const device of devices) assertSameModel(device.model(), answers);
        return answers;
      } catch (difference) {
        if (deadline.aborted) throw difference;
        await Promise.race(devices.map(({ shown }) => shown.next(deadline)));
      }
    }
  }

  #assertSettings(username: string, { drafts, rooms, profiles }: ServerAnswers): void {
    const profile = profiles.get(username);
    for (const name of ["displayName", "statusText", "timeZone"]) {
      assert.ok(this.#records.mayBe(`${username} ${name}`, profile?.[name] ?? ""), `${username}'s ${name}`);
    }
    for (const room of rooms.keys()) {
      const draft = drafts.find((each) => each.room === room && each.thread === undefined)?.text ?? "";
      assert.ok(
        this.#records.mayBe(`${username} draft ${room} 0`, draft),
        `${username}'s draft ${draft} in ${room}`,
      );
    }
  }

  /** Every event that a client holds was shown by it, once and in its order. */
  #assertShown(device: Device): void {
    for (const { name, events } of device.model().rooms.values()) {
      assert.deepEqual(device.shown.rooms.get(name) ?? [], events.map(({ seq }) => seq), `#${name}`);
    }
  }

  /** A search finds what was said and may be read, and nothing else. */
  async #assertFound(device: Device | undefined, { rooms }: ServerAnswers): Promise<void> {
    assert.ok(device);
    const word = this.#dice.pick(searchWords);
    // Whoever was removed everywhere may read nothing.
    if (rooms.size === 0) return await assertFinds(device, word, []);
    const room = this.#dice.pick([...rooms.keys()]);
    const from = this.#dice.pick(rooms.get(room)?.users ?? []).username;
    const said = [...rooms].flatMap(([name, { history }]) =>
      history.filter(({ type, text }) => type === "message" && new RegExp(`\\b${word}\\b`).test(text ?? ""))
        .map((message) => ({ room: name, message }))
    );
    const there = said.filter((each) => each.room === room && each.message.from === from);
    await assertFinds(device, `${word} from:${from} in:${room}`, there);
    await assertFinds(device, word, said);
  }
}

/** The command shows the newest of what there is; a face that goes on finds the rest. */
async function assertFinds(device: Device, words: string, said: readonly Frame[]): Promise<void> {
  const outcome = await untilIndexed(device, words);
  const [text, from, room] = words.split(/ \w+:/);
  const found = [];
  for (let before: number | undefined, more = true; more;) {
    const page = await device.connection.request({ type: "search", text, from, room, before, limit: 50 });
    found.push(...page.results);
    before = page.next;
    more = before !== undefined;
  }
  assert.deepEqual(places(found).sort(), places(said).sort());
  // Where looking on would take too long, there are fewer than could be shown.
  assert.deepEqual(places(outcome.results), places(found.slice(0, outcome.results.length)));
  assert.ok(outcome.next !== undefined || outcome.results.length === found.length);
}

/** What was said just now is taken into the search in steps. */
async function untilIndexed(device: Device, words: string): Promise<Answer<"search">> {
  for (;;) {
    const outcome = await device.type(`/search ${words}`);
    assert.ok(outcome.kind === "found");
    if (outcome.found.indexed) return outcome.found;
  }
}

function places(said: readonly Frame[]): string[] {
  return said.map(({ room, message }) => `${room} ${message.seq}`);
}
