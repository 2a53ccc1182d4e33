/** Programs without a person beside people, each a process of its own. */
import assert from "node:assert/strict";
import { ConnectProcess } from "../kit/connect_process.ts";
import { withDirectory } from "../kit/directory.ts";
import { testPassword } from "../kit/line_client.ts";
import { type Outcome, type Program, runProgram, ServeProcess, spawn, testProgram } from "../kit/program.ts";

testProgram(
  "what a script says is stored when it ends, and its exit code says what came of it",
  (program) =>
    withOffice(program, async ({ run, server, data }) => {
      assert.deepEqual(await run("send", "general", "backup", "done"), done(""));
      assert.deepEqual(await run("send", "#general", { input: "one message\nof two lines\n" }), done(""));
      assert.deepEqual(
        await run("send", "general", "--lines", { input: "first\r\n\nsecond\nthird" }),
        done(""),
      );
      for (let time = 0; time < 2; time++) await run("send", "general", "--once", "night 7", "report");
      assert.deepEqual(await saidIn(server, data), [
        "backup done",
        "one message\nof two lines",
        "first",
        "second",
        "third",
        "report",
      ]);
      const ends: readonly (readonly [readonly string[], number, RegExp, string?])[] = [
        [["send", "nowhere", "x"], 1, /not in a room named "nowhere"/],
        [["send", "general"], 1, /nothing to send/, "\n"],
        [["send", "general"], 1, /longer than 8000 characters.*--lines/, "x".repeat(8_001)],
        [["send", "general"], 1, /at most 8000 characters/, "x".repeat(40_000)],
        [["send", "general", "--lines"], 1, /Line 2 holds control characters/, "fine\nno\x1b[2J\n"],
        [["send"], 2, /missing required argument/],
        [["send", "general", "--reply", "x", "hm"], 2, /whole number/],
        [["send", "general", "x", "--server", "127.0.0.1:1"], 69, /Nobody answers|not known here/],
        [["send", "general", "x", "--user", "nobody"], 77, /No login of "nobody" is saved here/],
        [["tail", "nowhere"], 1, /not in the room "nowhere"/],
      ];
      for (const [args, code, says, input] of ends) {
        const outcome = await run(...args, { input });
        assert.equal(outcome.output, "");
        assert.match(outcome.errors, says);
        assert.ok(outcome.code === code || (code === 69 && outcome.code === 77), `${args}: ${outcome.code}`);
      }
      await server.stop();
      assert.equal((await run("unread", "--count")).code, 69);
    }),
);

testProgram(
  "what is unread is told in a line, and stays unread",
  (program) =>
    withOffice(program, async ({ run, server, data }) => {
      using ben = await server.connect(data);
      await ben.register("ben");
      for (const text of ["hello", "@ana, are you there?"]) await ben.send("general", text);
      for (let time = 0; time < 2; time++) assert.deepEqual(await run("unread", "--count"), done("2\n"));
      assert.deepEqual(await run("unread"), done("general\t2\t1\n"));
      const told = { unread: 2, mentions: 1, rooms: [{ room: "general", unread: 2, mentions: 1 }] };
      assert.deepEqual(JSON.parse((await run("unread", "--json")).output), told);
      assert.equal((await run("unread", "ops")).code, 1);
      await server.stop();
    }),
);

testProgram(
  "programs that use one login at once, beside somebody who talks, keep each other in",
  (program) =>
    withOffice(program, async ({ run, server, data, port }) => {
      const talking = new ConnectProcess(program, { port, data, user: "ana" });
      await talking.enter("I am here");
      const texts = Array.from({ length: 8 }, (_, at) => `program ${at}`);
      const outcomes = await Promise.all([
        ...texts.map((text) => run("send", "general", text)),
        ...texts.slice(0, 2).map(() => run("unread", "--count")),
        ...texts.slice(0, 3).map((_, at) => killed(program, data, 250 + 60 * at)),
      ]);
      for (const { code, errors } of outcomes) assert.equal(code, 0, errors);
      // Whoever talks has to come in again by the token that the last of them has saved.
      assert.equal(await server.stop(), 0);
      const again = await ServeProcess.start(program, data, "--port", String(port));
      assert.equal((await run("send", "general", "after the restart")).code, 0);
      await talking.enter("I am still here", "/history");
      const { code, output, errors } = await talking.finish();
      assert.equal(code, 0, errors);
      assert.doesNotMatch(output + errors, /token|log in again/i);
      const said = (await saidIn(again, data)).filter((text) => text !== "may be killed");
      assert.deepEqual(said.sort(), ["I am here", "I am still here", "after the restart", ...texts].sort());
      await again.stop();
    }),
);

testProgram(
  "what happens in a room is followed without a gap, also while the server was away",
  (program) =>
    withOffice(program, async ({ run, server, data, port }) => {
      await run("send", "general", "--lines", { input: "one\ntwo\n" });
      const args = ["tail", "general", "--json", "--since", "1", "--data", data];
      const child = spawn(program, args, {}, "piped");
      const lines = linesOf(child.stdout);
      assert.deepEqual([await lines(), await lines()].map(({ seq, text }) => [seq, text]), [[2, "one"], [
        3,
        "two",
      ]]);
      await run("send", "general", "three");
      assert.equal((await lines()).text, "three");
      await server.stop();
      const again = await ServeProcess.start(program, data, "--port", String(port));
      await run("send", "general", "--lines", { input: "four\nfive\n" });
      const { seq, room, from, type, text } = await lines();
      assert.deepEqual({ seq, room, from, type, text }, {
        seq: 5,
        room: "general",
        from: "ana",
        type: "message",
        text: "four",
      });
      assert.equal((await lines()).text, "five");
      child.kill("SIGTERM");
      assert.equal((await child.status).code, 0);
      await child.stdin.close();
      assert.equal(await new Response(child.stderr).text(), "");
      await again.stop();
    }),
);

testProgram(
  "a bot needs its token and nothing else, wherever it is",
  (program) =>
    withOffice(program, async ({ server, data }) => {
      using ana = await server.connect(data);
      await ana.login("ana");
      const { link, token } = await ana.ask({ type: "make_bot", username: "deploy", scopes: ["send"] });
      const elsewhere = `${data}/elsewhere`;
      const asBot = (env: Record<string, string>, ...args: readonly string[]) =>
        runProgram(program, [...args, "--data", elsewhere], { env });
      const early = await asBot({ CHAT_TOKEN: link }, "send", "general", "hello");
      assert.deepEqual([early.code, early.output], [1, ""]);
      await ana.ask({ type: "add", room: "general", username: "deploy" });
      assert.deepEqual(await asBot({ CHAT_TOKEN: link }, "send", "general", "version 12 is out"), done(""));
      Deno.writeTextFileSync(`${data}/token`, `${link}\n`);
      const file = ["--token-file", `${data}/token`];
      assert.deepEqual(await asBot({}, "send", "general", "by a file", ...file), done(""));
      const wrongPin = link.slice(0, -4) + "AAAA";
      const refused = await asBot({ CHAT_TOKEN: wrongPin }, "send", "general", "x");
      assert.ok([2, 77].includes(refused.code), refused.errors);
      assert.equal((await asBot({ CHAT_TOKEN: "what" }, "send", "general", "x")).code, 2);
      const made = await runProgram(program, [
        "bot",
        "add",
        "alarm",
        "--scopes",
        "read,send",
        "--data",
        data,
      ]);
      assert.equal(made.code, 0, made.errors);
      let added = await ana.ask({ type: "add", room: "general", username: "alarm" });
      // A running server looks about once a second for what was made beside it.
      while (added.type === "error") {
        added = await ana.ask({ type: "add", room: "general", username: "alarm" });
      }
      const tail = ["tail", "--json", "-n", "1", "--data", elsewhere];
      const following = spawn(program, tail, { CHAT_TOKEN: made.output.trim() }, "inherit");
      const lines = linesOf(following.stdout);
      assert.deepEqual([(await lines()).username], ["alarm"]);
      await ana.send("general", "is it safe?");
      assert.equal((await lines()).text, "is it safe?");
      following.kill("SIGINT");
      assert.equal((await following.status).code, 0);
      await following.stdin.close();
      await following.stdout.cancel().catch(() => {});
      await ana.ask({ type: "deactivate", username: "deploy", deactivated: true });
      const ended = await asBot({ CHAT_TOKEN: link }, "send", "general", "x");
      assert.deepEqual([ended.code, ended.output], [77, ""]);
      assert.match(ended.errors, /deactivated/);
      for (const { errors } of [early, refused, ended]) assert.ok(!errors.includes(token.slice(0, 22)));
      await server.stop();
    }),
);

interface Office {
  readonly server: ServeProcess;
  readonly port: number;
  readonly data: string;
  /** Runs the program for Ana, who owns the server and whose login is saved. */
  run(...words: readonly (string | { readonly input?: string | undefined })[]): Promise<Outcome>;
}

async function withOffice(program: Program, use: (office: Office) => Promise<void>): Promise<void> {
  await withDirectory(async (data) => {
    const server = await ServeProcess.start(program, data, "--registration", "open");
    using ana = await server.connect(data);
    await ana.register("ana");
    const first = await runProgram(program, ["connect", "--user", "ana", "--data", data], {
      env: { CHAT_PASSWORD: testPassword },
    });
    assert.equal(first.code, 0, first.errors);
    await use({
      server,
      port: server.port,
      data,
      run: (...words) => {
        const args = words.filter((word) => typeof word === "string");
        const { input } = Object.assign({}, ...words.filter((word) => typeof word !== "string"));
        return runProgram(program, [...args, "--data", data], { input });
      },
    });
  });
}

/** All that was said in the first room, in its order. */
async function saidIn(server: ServeProcess, data: string): Promise<string[]> {
  using ana = await server.connect(data);
  await ana.login("ana");
  const { messages } = await ana.ask({ type: "history", room: "general", limit: 200 });
  return messages.flatMap(({ text }: { text?: string }) => text === undefined ? [] : [text]);
}

function done(output: string): Outcome {
  return { code: 0, output, errors: "" };
}

/** Ends a program somewhere on its way: whatever it had done with the token, others go on with it. */
async function killed(program: Program, data: string, afterMs: number): Promise<Outcome> {
  const child = spawn(program, ["send", "general", "may be killed", "--data", data], {}, "piped");
  await new Promise((resolve) => setTimeout(resolve, afterMs));
  try {
    child.kill("SIGKILL");
  } catch (cause) {
    if (!(cause instanceof TypeError)) throw cause;
  }
  await child.stdin.close();
  await child.output();
  return done("");
}

// deno-lint-ignore no-explicit-any -- tests look into frames of any shape
function linesOf(output: ReadableStream<Uint8Array<ArrayBuffer>>): () => Promise<any> {
  const reader = output.pipeThrough(new TextDecoderStream()).getReader();
  let text = "";
  return async () => {
    for (;;) {
      const end = text.indexOf("\n");
      if (end >= 0) {
        const line = text.slice(0, end);
        text = text.slice(end + 1);
        return JSON.parse(line);
      }
      const { value, done: isOver } = await reader.read();
      if (isOver) throw new Error(`It ended after: ${text}`);
      text += value;
    }
  };
}
