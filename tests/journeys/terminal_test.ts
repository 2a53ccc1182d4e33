/** What people see who run `chat connect` in terminals of their own. */
import assert from "node:assert/strict";
import { join } from "node:path";
import { outboxHolds } from "../kit/connect_process.ts";
import { withDirectory } from "../kit/directory.ts";
import { testPassword } from "../kit/line_client.ts";
import { type Program, testProgram } from "../kit/program.ts";
import { general, tellHistory, welcome } from "../kit/script.ts";
import { type Heard, hello, type Peer, type ScriptedServer, scriptedServer } from "../kit/scripted_server.ts";
import { type TestServer, withServer } from "../kit/server.ts";
import { type TestTerminal, withTerminals } from "../kit/terminal.ts";

testProgram(
  "two people in two terminals see each other's words, each once and in the same order",
  (program) =>
    withServer((server) =>
      withTerminals(async (open) => {
        const ana = await signUp(open, program, server, "ana");
        const ben = await signUp(open, program, server, "ben");
        await ana.waitFor("→ ben joined");
        await ana.enter("hello ben");
        await ben.waitFor(/^ +\d+ \d\d:\d\d ana {2}hello ben\n#general>$/m);
        await ben.enter("hello ana");
        const said = /^ +\d+ \d\d:\d\d ana {2}hello ben\n +\d+ \d\d:\d\d ben {2}hello ana\n#general>$/m;
        for (const terminal of [ana, ben]) {
          const screen = await terminal.waitFor(said);
          assert.equal(screen.match(/hello ben|hello ana/g)?.length, 2, screen);
        }
        for (const terminal of [ana, ben]) await quit(terminal);
      })
    ),
);

testProgram(
  "NO_COLOR leaves all colours and other attributes away, which are there without it",
  (program) =>
    withServer((server) =>
      withTerminals(async (open) => {
        const plain = await signUp(open, program, server, "ana", { NO_COLOR: "1" });
        await plain.enter("hello");
        await plain.waitFor(/ana {2}hello\n#general>$/);
        await quit(plain);
        const colourful = await open([...program.command, "connect", ...whereto(server, "ana")]);
        await colourful.waitFor(/ana {2}hello\n#general>$/);
        // deno-lint-ignore no-control-regex -- the sequences that set colours and attributes
        const attributes = /\x1b\[[0-9;:]*m/;
        assert.doesNotMatch(await plain.bytes(), attributes);
        assert.match(await colourful.bytes(), attributes);
      })
    ),
);

testProgram(
  "help and trouble at a terminal ask for nothing, and break no word",
  (program) =>
    withDirectory((data) =>
      withTerminals(async (open) => {
        const help = await open([...program.command, "connect", "--help"]);
        assert.match(await help.waitFor("[exit 0]"), /Usage: chat connect/);
        const trouble = await open([...program.command, "invite", "--data", data]);
        const screen = await trouble.waitFor("[exit 1]");
        const sentence =
          `chat: No server has run on ${data}/server yet. Start one with chat serve, or say where its data is with --data.`;
        assert.equal(screen.split("\n[exit 1]")[0]?.replaceAll("\n", " "), sentence);
      })
    ),
);

testProgram(
  "after a wrong password the right one lets a person in",
  (program) =>
    withServer((server) =>
      withTerminals(async (open) => {
        using _ana = await server.register("ana");
        const ana = await open([...program.command, "connect", ...whereto(server, "ana"), "--user", "ana"]);
        await takeForRight(ana);
        await newHere(ana, "no");
        await ana.waitFor(/Password for ana:$/);
        await ana.enter("not the right one at all");
        await ana.waitFor(
          /Name and password do not fit together\. Please try again\.\n {2}Password for ana:$/,
        );
        await ana.enter(testPassword);
        await ana.waitFor("Joined #general.");
        await quit(ana);
      })
    ),
);

testProgram(
  "a server that restarts is found again by itself, and what was missed comes once",
  (program) =>
    withServer((server) =>
      withTerminals(async (open) => {
        const ana = await signUp(open, program, server, "ana");
        const before = await server.register("ben");
        await before.send("general", "one");
        await ana.waitFor(/ben {2}one\n#general>$/);
        await server.stop();
        await ana.waitFor(
          /The connection is gone: .*\n.*\n {2}no connection · next try: \S+ ?s?\n#general>$/,
        );
        await server.start();
        using after = await server.connect();
        await after.login("ben");
        await after.send("general", "two");
        await after.send("general", "three");
        await ana.waitFor("Connected again.");
        await after.send("general", "four");
        const screen = await ana.waitFor(/ben {2}four\n#general>$/);
        assert.deepEqual(screen.match(/(?<=ben {2}).*/g), ["one", "two", "three", "four"]);
        await quit(ana);
      })
    ),
);

testProgram(
  "a server that has become another one is left with a readable warning, and told nothing",
  (program) =>
    withServer((server) =>
      withTerminals(async (open) => {
        using owner = await server.register("owner");
        const { link } = await owner.ask({ type: "invite" });
        const target = `chat://127.0.0.1:${server.port}/#${link.split("#")[1]}`;
        const ana = await open([
          ...program.command,
          "connect",
          target,
          "--data",
          join(server.data, "people", "ana"),
        ], {
          USER: "ana",
        });
        await enterNameAndPassword(ana);
        await server.stop();
        await ana.waitFor("The connection is gone");
        await Deno.remove(server.directory, { recursive: true });
        const linesBefore = server.world.lines.length;
        await server.start();
        const screen = await ana.waitFor("[exit 1]");
        const flowing = screen.replace(/\n +/g, " ");
        assert.match(
          flowing,
          /It ends here: STOP\. The server at 127\.0\.0\.1:\d+ is not the one that was trusted/,
        );
        assert.match(flowing, /Nothing was sent to it: no name, password, token or invite\./);
        assert.match(flowing, /If the server was rebuilt, ask for a new invite link/);
        assert.doesNotMatch(screen, /␊|your invite/);
        const events = server.world.lines.slice(linesBefore).map((line) => JSON.parse(line).event);
        assert.deepEqual(events, ["authority_certified", "leaf_issued"]);
        using first = await server.connect();
        assert.equal((await first.register("ana")).user.role, "owner");
      })
    ),
);

testProgram(
  "words behind a command without an answer are on disk, and sent by the next start",
  (program) =>
    withDirectory((data) =>
      withTerminals(async (open) => {
        await using server = await scriptedServer({ directory: join(data, "server") });
        const command = [...program.command, "connect", `chat://127.0.0.1:${server.address.port}`];
        const flags = ["--data", data, "--user", "ana"];
        const killed = await open([...command, ...flags], { CHAT_PASSWORD: testPassword });
        const [peer] = await Promise.all([admit(server, "login"), newHere(killed, "no")]);
        await tellHistory(peer, 1, 1);
        await killed.waitFor("#general>");
        await killed.enter("/who");
        await hear(peer, "who");
        await killed.enter("these words stay");
        await hear(peer, "send");
        await killed.waitFor("these words stay …");
        await outboxHolds(data, 1);
        Deno.kill(await killed.programPid(), "SIGKILL");
        await killed.waitFor("[exit 137]");

        const next = await open([...command, ...flags]);
        const again = await admit(server, "resume");
        const sent = await hear(again, "send");
        assert.equal(sent.text, "these words stay");
        await again.say({ type: "ok", re: sent.id, room: "general", seq: 2, time: 2 });
        await next.waitFor("Sent what was left from last time.");
      })
    ),
);

type Open = Parameters<Parameters<typeof withTerminals>[0]>[0];

/** Everybody has a data directory of their own, as on a machine of their own. */
function whereto(server: TestServer, name: string): readonly string[] {
  return [`chat://127.0.0.1:${server.port}`, "--data", join(server.data, "people", name)];
}

/** Makes an account in a terminal of its own, and enters `general`. */
async function signUp(
  open: Open,
  program: Program,
  server: TestServer,
  name: string,
  environment: Readonly<Record<string, string>> = {},
): Promise<TestTerminal> {
  const terminal = await open([...program.command, "connect", ...whereto(server, name)], {
    USER: name,
    ...environment,
  });
  await takeForRight(terminal);
  await newHere(terminal, "yes");
  await enterNameAndPassword(terminal);
  return terminal;
}

async function newHere(terminal: TestTerminal, answer: "yes" | "no"): Promise<void> {
  await terminal.waitFor("New here?");
  await terminal.enter(answer);
}

async function takeForRight(terminal: TestTerminal): Promise<void> {
  await terminal.waitFor("Is this the right server?");
  await terminal.enter("yes");
}

async function enterNameAndPassword(terminal: TestTerminal): Promise<void> {
  await terminal.waitFor("Your name");
  await terminal.press("Enter");
  await terminal.waitFor(/Password:$/);
  await terminal.enter(testPassword);
  await terminal.waitFor(/#general>$/);
}

async function quit(terminal: TestTerminal): Promise<void> {
  await terminal.press("C-c");
  await terminal.waitFor("[exit 0]");
}

/** The client connects twice: to see whether it is the right server, and to stay. */
async function admit(server: ScriptedServer, type: "login" | "resume"): Promise<Peer> {
  await (await server.accept()).say(hello);
  const peer = await server.accept();
  await peer.say(hello);
  await welcome(peer, type, [general(1)]);
  return peer;
}

/** The next request of this type. Others get no answer. */
async function hear(peer: Peer, type: string): Promise<Heard> {
  for (;;) {
    const heard = await peer.hear();
    assert.ok(heard !== undefined, `the client ended before it said ${type}`);
    if (heard.type === type) return heard;
  }
}
