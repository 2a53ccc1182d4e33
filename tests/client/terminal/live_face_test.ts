import assert from "node:assert/strict";
import { join } from "node:path";
import { withDirectory } from "../../kit/directory.ts";
import { testPassword } from "../../kit/line_client.ts";
import { general } from "../../kit/script.ts";
import { hello, type Peer, scriptedServer } from "../../kit/scripted_server.ts";
import { type TestServer, withServer } from "../../kit/server.ts";
import { type TestTerminal, withTerminals } from "../../kit/terminal.ts";

type Open = Parameters<Parameters<typeof withTerminals>[0]>[0];

Deno.test("a person makes an account, is corrected where need be, talks, and leaves a sound terminal", () =>
  withServer((server) =>
    withTerminals(async (open) => {
      using ben = await server.register("ben");
      const ana = await connect(open, server, { USER: "ben" });
      await ana.waitFor("made on this machine ✓");
      await ana.waitFor("New here?");
      await ana.press("Enter");
      await ana.waitFor("Your name [ben]:");
      await ana.press("Enter");
      await ana.waitFor(/A password has 15 characters or more\..*\n {2}Password:$/);
      await ana.enter("short");
      await ana.waitFor("That has 5 characters: it takes 15 or more.");
      await ana.enter(testPassword);
      await ana.waitFor(`The name "ben" is taken. Please choose another one.`);
      await ana.enter("ana");
      await ana.waitFor("Joined #general with 1 person. 0 unread.");
      assert.ok(!(await ana.painted()).includes(testPassword));

      await ana.type("half a sen");
      await ben.send("general", "good morning");
      await ana.waitFor(/\d\d:\d\d ben {2}good morning\n#general> half a sen$/);
      await ana.enter("tence");
      await ana.waitFor(/\d\d:\d\d ana {2}half a sentence\n#general>$/);
      assert.equal((await ben.hearWhere((frame) => frame.type === "message")).text, "half a sentence");

      await ana.paste("first\n\tsecond\nthird\n");
      await ana.waitFor("#general> first↵⇥second↵third");
      await ana.press("Enter");
      assert.equal((await ben.hearWhere((frame) => frame.type === "message")).text, "first\n\tsecond\nthird");

      await ana.enter("/jion ops");
      await ana.waitFor("There is no such command. Did you mean /join?");
      await ana.type("/hi");
      await ana.press("Tab");
      await ana.waitFor(/#general> \/history$/);
      await ana.press("C-c");
      await ana.waitFor(/#general>$/);
      await ana.press("C-c");
      await assertSound(ana, 0);
    })
  ));

Deno.test("a person who is known is asked nothing, and finds the unread line where they left", () =>
  withServer((server) =>
    withTerminals(async (open) => {
      using ben = await server.register("ben");
      await signUp(open, server, "ana", async (ana) => {
        await ben.send("general", "read at once");
        await ana.waitFor("read at once");
      });
      await ben.send("general", "said while away");
      const ana = await connect(open, server);
      await ana.waitFor("Joined #general with 1 person. 1 unread.");
      await ana.waitFor(
        /read at once\n──── 1 unread ────\n +\d+ \d\d:\d\d ben {2}said while away\n#general>$/,
      );
    })
  ));

Deno.test("what is typed without a connection waits in sight, and is sent once when the connection is back", () =>
  withServer((server) =>
    withTerminals(async (open) => {
      const ana = await signUp(open, server, "ana", async (ana) => {
        await server.stop();
        await ana.waitFor("The connection is gone");
        await ana.enter("are you there?");
        await ana.waitFor(
          /ana {2}are you there\? … waiting for the connection\n +no connection · next try: /,
        );
        await server.start();
        await ana.waitFor("Connected again.");
        await ana.waitFor(/ana {2}are you there\?\n#general>$/);
      });
      using ben = await server.register("ben");
      const { messages } = await ben.ask({ type: "history", room: "general" });
      assert.deepEqual(
        messages.filter((event: { text?: string }) => event.text === "are you there?").length,
        1,
      );
      await assertSound(ana, 0);
    })
  ));

Deno.test("a colleague comes in by an invite link, and by the same link again without a question", () =>
  withServer((server) =>
    withTerminals(async (open) => {
      using owner = await server.register("owner");
      const { link } = await owner.ask({ type: "invite" });
      const [, secretAndPin] = link.split("#");
      const target = `chat://127.0.0.1:${server.port}/#${secretAndPin}`;
      const ben = await run(open, [target, "--data", `${server.data}/ben`], { USER: "ben" });
      await ben.waitFor("Identity    matches the invite ✓, saved; you will be warned if it changes");
      await ben.waitFor("Your name [ben]:");
      await ben.press("Enter");
      await ben.waitFor(/Password:$/);
      await ben.enter(testPassword);
      await ben.waitFor("Joined #general with 1 person. 0 unread.");
      await ben.press("C-d");
      await assertSound(ben, 0);
      const again = await run(open, [target, "--data", `${server.data}/ben`]);
      await again.waitFor("Joined #general");
      await again.enter("/quit");
      await again.waitFor("[exit 0]");
    })
  ));

Deno.test("a stranger among servers shows its words, and is told nothing before somebody says yes", () =>
  withServer((server) =>
    withTerminals(async (open) => {
      const flags = [`127.0.0.1:${server.port}`, "--data", `${server.data}/ben`];
      const doubtful = await run(open, flags);
      await doubtful.waitFor("You meet the server at 127.0.0.1 for the first time.");
      await doubtful.waitFor("Is this the right server? [yes/no]:");
      await doubtful.enter("no");
      await doubtful.waitFor(/was not accepted\. Nothing was sent to\s+it: no name/);
      await assertSound(doubtful, 1);
      const ben = await run(open, flags);
      await ben.waitFor("Is this the right server?");
      await ben.enter("yes");
      await ben.waitFor("taken on your word ✓, saved; you will be warned if it changes");
      await ben.waitFor("New here?");
      await ben.press("C-c");
      await ben.waitFor(/\[Y\/n\]:\n\[exit 130\]/);
      await assertSound(ben, 130);
    })
  ));

Deno.test("a terminal that changes its size shows the line that is being typed once, and whole", () =>
  withServer((server) =>
    withTerminals(async (open) => {
      using ben = await server.register("ben");
      await signUp(open, server, "ana", async (ana) => {
        await ana.type(longLine);
        await ana.waitFor(/and goes on$/);
        await ana.resize(40, 20);
        await ana.waitFor(/^#general> this is a line that is longer\s*\nthan a row/m);
        await ben.send("general", "after the resize");
        await ana.waitFor("after the resize");
        const screen = await ana.waitFor(/and goes on$/);
        assert.equal(screen.split("this is a line").length - 1, 1, screen);
        await ana.press("C-c");
        await ben.send("general", "broken between words and never within one");
        await ana.waitFor(/\d\d:\d\d ben {2}broken between words and\n {16}never within one\n#general>$/);
      });
    })
  ));

const longLine =
  "this is a line that is longer than a row of forty columns and than one of eighty as well and goes on";

for (const [signal, code] of [["SIGTERM", 143], ["SIGHUP", 129]] as const) {
  Deno.test(`the terminal is given back as it was after ${signal}`, () =>
    withServer((server) =>
      withTerminals(async (open) => {
        await signUp(open, server, "ana", async () => {});
        const ana = await connect(open, server);
        await ana.waitFor(/#general>$/);
        await ana.type("half a word");
        Deno.kill(await ana.programPid(), signal);
        await assertSound(ana, code);
      })
    ));
}

Deno.test("plain lines in a terminal are only ever added to", () =>
  withServer((server) =>
    withTerminals(async (open) => {
      using ben = await server.register("ben");
      await signUp(open, server, "ana", async () => {});
      const ana = await connect(open, server, {}, "--plain");
      await ana.waitFor("Joined #general with 1 person.");
      await ben.send("general", "good morning");
      await ana.waitFor(/\[general\] \d\d:\d\d <ben> good morning/);
      await ana.enter("hello");
      await ana.waitFor(/\[general\] \d\d:\d\d <ana> hello/);
      await ben.send(
        "general",
        "no single word is broken in its midst although the terminal has eighty columns",
      );
      await ana.waitFor(/ although the\nterminal has eighty columns$/);
      await ana.press("C-d");
      await assertSound(ana, 0);
    })
  ));

for (
  const [way, environment, flags] of [["--plain", {}, ["--plain"]], [
    "TERM=dumb",
    { TERM: "dumb" },
    [],
  ]] as const
) {
  Deno.test(`with ${way} nothing but whole lines is ever written, questions and passwords included`, () =>
    withServer((server) =>
      withTerminals(async (open) => {
        const ana = await connect(open, server, { USER: "ana", ...environment }, ...flags);
        await ana.waitFor("New here?");
        await ana.enter("yes");
        await ana.waitFor("Your name [ana]:");
        await ana.press("Enter");
        await ana.waitFor(/Password:$/);
        await ana.type(`${testPassword}x`);
        await ana.press("BSpace", "Enter");
        await ana.waitFor("Joined #general");
        await ana.enter("/help");
        await ana.waitFor("A text that begins with / is written with //.");
        await ana.enter("/quit");
        await assertSound(ana, 0);
        const bytes = await ana.bytes();
        const written = bytes.slice(0, bytes.indexOf("[exit 0]"));
        // deno-lint-ignore no-control-regex -- it is control characters that must not be there
        assert.doesNotMatch(written.replaceAll("\r\n", ""), /[\x00-\x09\x0b-\x1f]/);
        assert.doesNotMatch(written, /tests like|Tab|↑/);
        using again = await server.connect();
        await again.login("ana");
      })
    ));

  Deno.test(`with ${way} Ctrl-C at a hidden question gives the terminal back as it was`, () =>
    withServer((server) =>
      withTerminals(async (open) => {
        const ana = await connect(open, server, { USER: "ana", ...environment }, "--user", "ana", ...flags);
        await ana.waitFor("New here?");
        await ana.enter("no");
        await ana.waitFor(/Password for ana:$/);
        await ana.type("half a pass");
        await ana.press("C-c");
        await ana.waitFor(/Password for ana:\n\[exit 130\]/);
        await assertSound(ana, 130);
      })
    ));
}

Deno.test("a command that asks waits in sight behind one without an answer, and Ctrl-C takes it back", () =>
  withDirectory(async (data) => {
    await using server = await scriptedServer({ directory: join(data, "server"), talk: neverTellWho });
    await withTerminals(async (open) => {
      const { port } = server.address;
      const ana = await run(open, [`chat://127.0.0.1:${port}`, "--data", data, "--user", "ana"]);
      await ana.waitFor(/Password for ana:$/);
      await ana.enter(testPassword);
      await ana.waitFor(/#general>$/);
      await ana.enter("/who");
      await ana.enter("/password");
      await ana.waitFor(/\n {2}\/password waits for the command before it · Ctrl-C takes it back$/);
      await ana.enter("typed too early");
      await ana.press("C-c");
      await ana.waitFor(/\/password is taken back: nothing was changed\.\n#general>$/);
      assert.ok(!(await ana.painted()).includes("typed too early"));
      await ana.enter("/password");
      await ana.waitFor(/Ctrl-C takes it back$/);
      await ana.press("C-c");
      await ana.type("still here");
      await ana.waitFor(/#general> still here$/);
      await ana.press("C-c", "C-c", "C-c");
      await ana.waitFor(/\[exit \d+\]/);
      assert.ok(!server.heard.some(({ type }) => type === "send" || type === "change_password"));
    });
  }));

/** Lets ana into `general`, and answers all but the question who is in it. */
async function neverTellWho(peer: Peer): Promise<void> {
  await peer.say({ ...hello, registration: "closed" });
  const user = { username: "ana", role: "member" } as const;
  for (let heard = await peer.hear(); heard !== undefined; heard = await peer.hear()) {
    if (heard.type === "history") {
      await peer.say({ type: "history", re: heard.id, room: "general", messages: [], more: false });
    }
    if (heard.type === "rooms") await peer.say({ type: "rooms", re: heard.id, rooms: [], more: false });
    if (heard.type === "login") {
      await peer.say({ type: "auth_success", re: heard.id, user, token: "t", rooms: [general(0)] });
    }
    if (heard.type === "quit") await peer.say({ type: "ok", re: heard.id });
  }
}

Deno.test("a terminal that tells no size is taken for a usual one, at hidden questions too", () =>
  withServer((server) =>
    withTerminals(async (open) => {
      const main = new URL("../../../main.ts", import.meta.url).pathname;
      const words = [`chat://127.0.0.1:${server.port}`, "--data", server.data, "--user", "ana"];
      const program = [Deno.execPath(), "run", "--quiet", "--no-check", "-P=chat", main, "connect", ...words];
      const sizeless = `stty columns 0 rows 0; exec ${program.join(" ")}`;
      const ana = await open(["sh", "-c", sizeless], {});
      await ana.waitFor("New here?");
      await ana.enter("yes");
      await ana.waitFor(/Password for ana:$/);
      await ana.type(testPassword);
      await ana.waitFor(`Password for ana: ${"*".repeat(testPassword.length)}`);
      await ana.press("Enter");
      await ana.waitFor(/#general>$/);
      await ana.press("C-c");
      await assertSound(ana, 0);
    })
  ));

function connect(
  open: Open,
  server: TestServer,
  environment: Readonly<Record<string, string>> = {},
  ...flags: readonly string[]
): Promise<TestTerminal> {
  return run(open, [`chat://127.0.0.1:${server.port}`, "--data", server.data, ...flags], environment);
}

function run(
  open: Open,
  words: readonly string[],
  environment: Readonly<Record<string, string>> = {},
): Promise<TestTerminal> {
  const main = new URL("../../../main.ts", import.meta.url).pathname;
  return open(
    [Deno.execPath(), "run", "--quiet", "--no-check", "-P=chat", main, "connect", ...words],
    environment,
  );
}

/** Makes an account in a terminal, does something there, and quits. */
async function signUp(
  open: Open,
  server: TestServer,
  name: string,
  then: (terminal: TestTerminal) => Promise<void>,
): Promise<TestTerminal> {
  const terminal = await connect(open, server, { USER: name });
  await terminal.waitFor("New here?");
  await terminal.enter("yes");
  await terminal.waitFor("Your name");
  await terminal.press("Enter");
  await terminal.waitFor(/Password:$/);
  await terminal.enter(testPassword);
  await terminal.waitFor(/#general>$/);
  await then(terminal);
  await terminal.enter("/quit");
  await terminal.waitFor("[exit 0]");
  return terminal;
}

/** The program has ended with `code`, and the shell behind it finds echo, line editing and plain pastes as before. */
async function assertSound(terminal: TestTerminal, code: number): Promise<void> {
  await terminal.waitFor(`[exit ${code}]`);
  await terminal.enter(
    "stty -a | tr ' ' '\\n' | grep -x -e echo -e icanon -e isig -e opost -e icrnl | xargs echo sound:",
  );
  await terminal.waitFor(/^sound: (?=.*echo)(?=.*icanon)(?=.*isig)(?=.*opost)(?=.*icrnl)/m);
}
