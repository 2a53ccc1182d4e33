import assert from "node:assert/strict";
import { DatabaseSync } from "node:sqlite";
import { KeyTrouble, rootKeyFile, type RootKeys } from "../../../server/keyring/mod.ts";
import { openAsItIs } from "../../../server/store/database.ts";
import {
  type Change,
  openRotation,
  openStore,
  retiredKeysPath,
  rootKeyPathBeside,
  type Store,
} from "../../../server/store/mod.ts";
import { rotationOn } from "../../../server/store/rotation.ts";
import { withDirectory } from "../../kit/directory.ts";

/** Enough for several steps. */
const rooms = 450;

class Scene {
  readonly path: string;
  readonly rootKeyPath: string;
  readonly #said: Map<number, string[]> = new Map();

  constructor(directory: string) {
    this.path = `${directory}/chat.db`;
    this.rootKeyPath = rootKeyPathBeside(this.path);
    const store = openStore(this.path);
    store.commit([
      { kind: "account", account: { id: 1, name: "ana", role: "owner" }, password: "$hash", time: 1 },
      { kind: "second_factor", factor: { accountId: 1, secret: "SECRET", confirmed: true, lastStep: 1 } },
    ]);
    store.commit(Array.from({ length: rooms }, (_, at) => this.#found(at + 1)).flat());
    store.close();
  }

  /** Says something in a room. */
  say(store: Store, room: number): void {
    store.commit([this.#next(room)]);
  }

  /** Everything is as it was said. */
  check(store: Store): void {
    for (const { id, topic } of store.rooms.rooms()) {
      assert.equal(topic, `topic of ${id}`);
      assert.deepEqual([...store.events.after(id, 0, 99)].map(({ text }) => text), this.#said.get(id));
    }
    assert.equal(store.people.passwordOf(1), "$hash");
    assert.equal(store.people.secondFactorOf(1)?.secret, "SECRET");
  }

  /** The same, by whoever opens the database anew. */
  checkAnew(): void {
    const store = openStore(this.path);
    this.check(store);
    store.close();
  }

  /** The ids of the root keys: in the file, in the database, and retired. */
  roots(): { file: string[]; database: unknown[]; retired: string[] } {
    const database = new DatabaseSync(this.path);
    const rows = database.prepare("SELECT DISTINCT root FROM key").all().map(({ root }) => root);
    database.close();
    const ids = (path: string) => rootKeyFile(path).read().map(({ id }) => id);
    return { file: ids(this.rootKeyPath), database: rows, retired: ids(retiredKeysPath(this.rootKeyPath)) };
  }

  rotate(): { resumed: boolean; rewrapped: number } {
    const rotation = openRotation(this.path, this.rootKeyPath);
    const resumed = rotation.start() === "resumed";
    let rewrapped = 0;
    for (let step = rotation.step(); !step.done; step = rotation.step()) rewrapped += step.rewrapped;
    rotation.close();
    return { resumed, rewrapped };
  }

  #found(id: number): Change[] {
    const topic = `topic of ${id}`;
    const room = {
      id,
      name: `r${id}`,
      kind: "standard",
      access: "public",
      topic,
      description: undefined,
      archived: false,
      retentionMs: undefined,
      held: false,
      creatorId: undefined,
    } as const;
    return [{ kind: "room", room, time: 1 }, this.#next(id)];
  }

  #next(room: number): Change {
    const texts = this.#said.get(room) ?? [];
    const text = `text ${texts.length + 1} of ${room}`;
    this.#said.set(room, [...texts, text]);
    return eventOf(room, texts.length + 1, text);
  }
}

function eventOf(roomId: number, seq: number, text: string): Change {
  return {
    kind: "event",
    roomId,
    event: { seq, type: "message", accountId: 1, time: 1, text },
    nonce: undefined,
  };
}

Deno.test("a rotation leaves everything readable, to the new root key alone, and to a server that ran meanwhile", () =>
  withDirectory((directory) => {
    const scene = new Scene(directory);
    const before = scene.roots();
    const running = openStore(scene.path);
    scene.say(running, 1);
    const secret = running.derive("names");
    assert.deepEqual(scene.rotate(), { resumed: false, rewrapped: rooms + 2 });
    scene.check(running);
    scene.say(running, 1);
    scene.say(running, 1);
    scene.checkAnew();
    assert.deepEqual(running.derive("names"), secret);
    running.close();
    const after = scene.roots();
    assert.deepEqual(after.retired, before.file);
    assert.equal(after.file.length, 1);
    assert.notDeepEqual(after.file, before.file);
    assert.deepEqual(after.database, after.file);
    assert.throws(() => openStore(scene.path, retiredKeysPath(scene.rootKeyPath)), KeyTrouble);
    assert.deepEqual(keysOf(scene.path, 1), [1, 2], "what is said after the rotation has a new key, once");
    assert.deepEqual(keysOf(scene.path, 2), [1]);
  }));

function keysOf(path: string, scope: number): unknown[] {
  const database = new DatabaseSync(path);
  const rows = database.prepare("SELECT version FROM key WHERE scope = ? ORDER BY version").all(scope);
  database.close();
  return rows.map(({ version }) => version);
}

Deno.test("a rotation that dies after any of its steps leaves everything readable, and the next one finishes it", () =>
  withDirectory((directory) => {
    const scene = new Scene(directory);
    const running = openStore(scene.path);
    for (let steps = 0; steps <= 4; steps++) {
      const dying = openRotation(scene.path, scene.rootKeyPath);
      dying.start();
      for (let step = 0; step < steps; step++) dying.step();
      dying.close();
      scene.check(running);
      scene.checkAnew();
      scene.say(running, steps + 1);
      scene.say(running, rooms - steps);
      const { resumed } = scene.rotate();
      assert.equal(resumed, steps < 4);
      scene.check(running);
      scene.checkAnew();
      const { file, database } = scene.roots();
      assert.deepEqual(database, file);
    }
    running.close();
  }));

Deno.test("a rotation whose file can be written at no moment, or not at the last one, loses nothing", () =>
  withDirectory((directory) => {
    const scene = new Scene(directory);
    const before = scene.roots();
    const file = rootKeyFile(scene.rootKeyPath);
    const retired = rootKeyFile(retiredKeysPath(scene.rootKeyPath));
    for (const writes of [0, 1]) {
      let left = writes;
      const failing: RootKeys = {
        ...file,
        write(keys) {
          if (left-- === 0) throw new Error("read-only");
          file.write(keys);
        },
      };
      const rotation = rotationOn(openAsItIs(scene.path, failing), failing, retired);
      assert.throws(() => {
        rotation.start();
        while (!rotation.step().done);
      }, /read-only/);
      rotation.close();
      scene.checkAnew();
      if (writes === 0) assert.deepEqual(scene.roots(), before);
    }
    assert.deepEqual(scene.rotate(), { resumed: true, rewrapped: 0 });
    scene.checkAnew();
    const { file: now, database, retired: old } = scene.roots();
    assert.deepEqual([database, old], [now, before.file]);
  }));

Deno.test("two rotations at once become one", () =>
  withDirectory((directory) => {
    const scene = new Scene(directory);
    const before = scene.roots();
    const [first, second] = [0, 1].map(() => openRotation(scene.path, scene.rootKeyPath));
    assert.deepEqual([first?.start(), second?.start()], ["begun", "resumed"]);
    let done = 0;
    while (done < 2) {
      done = 0;
      for (const rotation of [first, second]) if (rotation?.step().done) done++;
    }
    first?.close();
    second?.close();
    scene.checkAnew();
    const { file, database, retired } = scene.roots();
    assert.deepEqual([file.length, database, retired], [1, file, before.file]);
  }));

Deno.test("a rotation with another root key is refused before anything is changed", () =>
  withDirectory((directory) => {
    const scene = new Scene(directory);
    const before = scene.roots();
    const right = Deno.readTextFileSync(scene.rootKeyPath);
    Deno.writeTextFileSync(scene.rootKeyPath, `${"A".repeat(43)}\n`);
    assert.throws(() => scene.rotate(), KeyTrouble);
    assert.equal(Deno.readTextFileSync(scene.rootKeyPath), `${"A".repeat(43)}\n`);
    Deno.removeSync(scene.rootKeyPath);
    assert.throws(() => scene.rotate(), KeyTrouble);
    Deno.writeTextFileSync(scene.rootKeyPath, right);
    assert.deepEqual(scene.roots(), before);
  }));
