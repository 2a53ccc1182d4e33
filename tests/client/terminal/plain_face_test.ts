import assert from "node:assert/strict";
import { testPassword } from "../../kit/line_client.ts";
import { type TestServer, withServer } from "../../kit/server.ts";

Deno.test("each line of a pipe becomes a message, and the end comes when all are acknowledged", () =>
  withServer(async (server) => {
    using ben = await server.register("ben");
    await server.register("ana");
    const run = await pipe(server, "one\n\n//two\nlast without newline", ["--user", "ana"]);
    assert.deepEqual([run.code, run.errors], [0, ""]);
    assert.match(
      run.output,
      /^\[general\] \d\d:\d\d <ana> one\n\[general\] \d\d:\d\d <ana> \/two\n.* <ana> last without newline\n$/,
    );
    const { messages } = await ben.ask({ type: "history", room: "general", limit: 3 });
    assert.deepEqual(messages.map((event: { text: string }) => event.text), [
      "one",
      "/two",
      "last without newline",
    ]);
  }));

Deno.test("a saved login needs no password, and another room can be talked in", () =>
  withServer(async (server) => {
    using ben = await server.register("ben");
    await ben.ask({ type: "create", room: "ops" });
    await server.register("ana");
    await pipe(server, "", ["--user", "ana"]);
    const run = await pipe(server, "hi\n", ["--room", "ops"], {});
    assert.equal(run.code, 0);
    assert.match(run.output, /\[ops\] \d\d:\d\d <ana> hi\n/);
    assert.equal((await ben.hearWhere((frame) => frame.type === "message")).room, "ops");
  }));

Deno.test("without an address it is this machine's server, on whatever port", () =>
  withServer(async (server) => {
    await server.register("ana");
    const run = await pipe(server, "found\n", ["--user", "ana"], { CHAT_PASSWORD: testPassword }, []);
    assert.deepEqual([run.code, run.errors], [0, ""]);
    assert.match(run.output, /<ana> found\n$/);
  }));

Deno.test("commands work in a pipe, and see what was said before them", () =>
  withServer(async (server) => {
    await server.register("ana");
    const run = await pipe(server, "one\n/history 1\n/who\n", ["--user", "ana"]);
    assert.equal(run.code, 0);
    assert.match(
      run.output,
      /<ana> one\n\[general\] \d\d:\d\d 2 <ana> one\n {2}1 member in #general\n {2}Here {2}ana \(owner\)\n$/,
    );
  }));

Deno.test("what is refused is told on standard error, and the exit code says that not all was done", () =>
  withServer(async (server) => {
    await server.register("ana");
    const run = await pipe(server, `/frobnicate\n${"x".repeat(8001)}\nfine\n`, ["--user", "ana"]);
    assert.equal(run.code, 1);
    assert.equal(
      run.errors,
      "  ✗ There is no such command. /help lists all; // begins a text with /\n" +
        "  ✗ Not sent: The message is longer than 8000 characters.\n",
    );
    assert.match(run.output, /<ana> fine\n$/);
  }));

Deno.test("a line that is not UTF-8 is refused, of which nothing is sent, and the others are", () =>
  withServer(async (server) => {
    using ben = await server.register("ben");
    await server.register("ana");
    const line = new Uint8Array([0x63, 0x61, 0x66, 0xe9, 0x0a]);
    const input = [new TextEncoder().encode("café\n"), line, new TextEncoder().encode("fine\n")];
    const run = await pipe(server, await new Blob(input).bytes(), ["--user", "ana"]);
    assert.deepEqual([run.code, run.errors], [1, "  ✗ That line is not UTF-8, so nothing of it was sent\n"]);
    const { messages } = await ben.ask({ type: "history", room: "general", limit: 2 });
    assert.deepEqual(messages.map((event: { text: string }) => event.text), ["café", "fine"]);
  }));

Deno.test("a pipe is told of no keys", () =>
  withServer(async (server) => {
    await server.register("ana");
    const run = await pipe(server, "/help\n", ["--user", "ana"]);
    assert.match(run.output, /\/who /);
    assert.doesNotMatch(run.output, /Tab|↑|Alt-Enter/);
  }));

Deno.test("without a terminal, a name or a password, one sentence says what is missing", () =>
  withServer(async (server) => {
    const run = await pipe(server, "hi\n", [], {});
    assert.deepEqual([run.code, run.output], [1, ""]);
    assert.match(
      run.errors,
      /^chat: There is no terminal to ask you at: say --user NAME and set CHAT_PASSWORD.*\.\n$/,
    );
  }));

Deno.test("a wrong password is one sentence", () =>
  withServer(async (server) => {
    await server.register("ana");
    const run = await pipe(server, "", ["--user", "ana"], { CHAT_PASSWORD: "not the right one at all" });
    assert.equal(run.code, 1);
    assert.equal(run.errors, "chat: The name or the password is wrong.\n");
  }));

Deno.test("a reader that goes away ends it quietly", () =>
  withServer(async (server) => {
    using ben = await server.register("ben");
    await server.register("ana");
    const child = start(server, ["--user", "ana"]);
    const reader = child.stdout.getReader();
    const writer = child.stdin.getWriter();
    await writer.write(new TextEncoder().encode("I am here\n"));
    await reader.read();
    await reader.cancel();
    const errors = new Response(child.stderr).text();
    while (await isRunning(child)) await ben.send("general", "nobody reads this");
    assert.deepEqual([(await child.status).code, await errors], [0, ""]);
    await writer.close().catch(() => {});
  }));

interface Run {
  readonly code: number;
  readonly output: string;
  readonly errors: string;
}

type Environment = Readonly<Record<string, string>>;

async function pipe(
  server: TestServer,
  input: string | Uint8Array<ArrayBuffer>,
  flags: readonly string[],
  environment: Environment = { CHAT_PASSWORD: testPassword },
  address: readonly string[] = [`chat://127.0.0.1:${server.port}`],
): Promise<Run> {
  const child = start(server, flags, environment, address);
  const writer = child.stdin.getWriter();
  // Where it ends before it has read anything, that is for its exit code to tell.
  const bytes = typeof input === "string" ? new TextEncoder().encode(input) : input;
  await writer.write(bytes).catch(() => {});
  await writer.close().catch(() => {});
  const { code, stdout, stderr } = await child.output();
  return { code, output: new TextDecoder().decode(stdout), errors: new TextDecoder().decode(stderr) };
}

function start(
  server: TestServer,
  flags: readonly string[],
  environment: Environment = { CHAT_PASSWORD: testPassword },
  address: readonly string[] = [`chat://127.0.0.1:${server.port}`],
): Deno.ChildProcess {
  const main = new URL("../../../main.ts", import.meta.url).pathname;
  return new Deno.Command(Deno.execPath(), {
    args: [
      "run",
      "--quiet",
      "--no-check",
      "-P=chat",
      main,
      "connect",
      ...address,
      "--data",
      server.data,
      ...flags,
    ],
    env: { ...environment },
    stdin: "piped",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
}

async function isRunning(child: Deno.ChildProcess): Promise<boolean> {
  const soon = new Promise<boolean>((resolve) => setTimeout(() => resolve(true), 50));
  return await Promise.race([child.status.then(() => false), soon]);
}
