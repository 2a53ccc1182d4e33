import assert from "node:assert/strict";
import { makeConfig, openSocketControl, type Person, serve, type Wishes } from "../../server/mod.ts";
import { parseInviteLink } from "../../shared/identity/mod.ts";
import { modeOf, withDirectory } from "../kit/directory.ts";
import { LineClient, testPassword } from "../kit/line_client.ts";
import { testWorld } from "../kit/world.ts";

/** A person who answers questions in this order, and what they were told. */
class TestPerson implements Person {
  readonly name = "ana";
  readonly told: string[] = [];
  readonly #answers: string[];
  onInterrupt = () => {};

  constructor(...answers: readonly string[]) {
    this.#answers = [...answers];
  }

  say = (line: string): void => void this.told.push(line);

  openQuestions(onInterrupt: () => void) {
    const answer = () => {
      const [next] = this.#answers.splice(0, 1);
      if (next === undefined) onInterrupt();
      return next === undefined ? new Promise<string>(() => {}) : Promise.resolve(next);
    };
    return { ask: answer, askHidden: answer, say: this.say, close: () => Promise.resolve() };
  }
}

/** Serves until `use` is done with it. */
async function whileServing(
  directory: string,
  wishes: Wishes,
  use: (port: number, log: readonly string[]) => Promise<void>,
  person?: Person,
): Promise<void> {
  const world = testWorld();
  const asked = Promise.withResolvers<void>();
  const config = makeConfig(directory, { "server.host": "127.0.0.1", "server.port": "0" }, wishes);
  const listening = Promise.withResolvers<number>();
  const log = {
    ...world.log,
    info: (event: string, fields = {}) => {
      world.log.info(event, fields);
      if ("port" in fields) listening.resolve(Number(fields.port));
    },
  };
  const served = serve({ config, control: openSocketControl(), person, asked: asked.promise }, {
    ...world,
    log,
  });
  try {
    const port = await Promise.race([listening.promise, served.then(() => 0)]);
    await use(port, world.lines);
  } finally {
    asked.resolve();
    await served;
  }
}

function connect(directory: string, port: number): Promise<LineClient> {
  return LineClient.open(port, Deno.readTextFileSync(`${directory}/authority.pem`));
}

Deno.test("at a terminal the owner is asked for until name and password will do", () =>
  withDirectory(async (directory) => {
    const person = new TestPerson("A!", "ana", "short", "ana", testPassword);
    await whileServing(directory, {}, async (port) => {
      using client = await connect(directory, port);
      assert.equal((await client.login("ana")).user.role, "owner");
    }, person);
    const said = person.told.join("\n");
    assert.match(said, /A name has 2 to 32 characters/);
    assert.match(said, /at least 15 characters/);
    const [link = ""] = /chat:\/\/\S+(?=')/.exec(said) ?? [];
    assert.ok(parseInviteLink(link).secret.length > 0);
    assert.ok(!said.includes(testPassword));
  }));

Deno.test("the invite that is shown at the first start lets one colleague in", () =>
  withDirectory(async (directory) => {
    const person = new TestPerson("ana", testPassword);
    await whileServing(directory, {}, async (port) => {
      const [link = ""] = /chat:\/\/\S+(?=')/.exec(person.told.join("\n")) ?? [];
      const { secret, port: linkPort } = parseInviteLink(link);
      assert.equal(linkPort, port);
      using ben = await connect(directory, port);
      assert.equal((await ben.register("ben", secret)).user.role, "member");
      using cleo = await connect(directory, port);
      const refused = await cleo.ask({
        type: "register",
        username: "cleo",
        password: testPassword,
        invite: secret,
      });
      assert.equal(refused.code, "invite_invalid");
    }, person);
  }));

Deno.test("whoever interrupts the questions stops the start, and the data can be used again", () =>
  withDirectory(async (directory) => {
    await assert.rejects(
      whileServing(directory, {}, () => Promise.resolve(), new TestPerson("ana")),
      /nobody owns this server yet/,
    );
    await whileServing(directory, {}, () => Promise.resolve(), new TestPerson("ana", testPassword));
  }));

Deno.test("without a terminal a link that only this user can read makes the owner, and a new one comes at each start", () =>
  withDirectory(async (directory) => {
    const path = `${directory}/owner-link`;
    let first = "";
    await whileServing(directory, {}, (_, log) => {
      first = Deno.readTextFileSync(path).trim();
      assert.equal(modeOf(path), 0o600);
      assert.ok(log.some((line) => line.includes(path)));
      assert.ok(!log.join("").includes(parseInviteLink(first).secret));
      return Promise.resolve();
    });
    await whileServing(directory, {}, async (port) => {
      const { secret } = parseInviteLink(Deno.readTextFileSync(path).trim());
      assert.notEqual(secret, parseInviteLink(first).secret);
      using ana = await connect(directory, port);
      const refused = await ana.ask({ type: "register", username: "ana", password: testPassword });
      assert.equal(refused.code, "invite_required");
      assert.equal((await ana.register("ana", secret)).user.role, "owner");
    });
    await whileServing(directory, {}, () => Promise.resolve());
    assert.throws(() => Deno.statSync(path), Deno.errors.NotFound);
  }));

Deno.test("on the loopback with open registration no link is needed or made", () =>
  withDirectory(async (directory) => {
    await whileServing(directory, { "server.registration": "open" }, async (port) => {
      using ana = await connect(directory, port);
      assert.equal((await ana.register("ana")).user.role, "owner");
    });
    assert.throws(() => Deno.statSync(`${directory}/owner-link`), Deno.errors.NotFound);
  }));
