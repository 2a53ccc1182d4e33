import assert from "node:assert/strict";
import { testPassword } from "../../kit/line_client.ts";
import { type TestServer, withServer } from "../../kit/server.ts";

const program = new URL("../../../scripts/protocol_page/minimal_client.py", import.meta.url).pathname;

/** The client on the page, with what it prints a line at a time. */
class PythonClient {
  readonly #child: Deno.ChildProcess;
  readonly #stdin: WritableStreamDefaultWriter<Uint8Array>;
  readonly #lines: ReadableStreamDefaultReader<string>;
  #rest = "";

  constructor(how: "register" | "login", server: TestServer, name: string) {
    this.#child = new Deno.Command("python3", {
      args: [program, how, "127.0.0.1", String(server.port), `${server.directory}/authority.pem`, name],
      env: { CHAT_PASSWORD: testPassword },
      stdin: "piped",
      stdout: "piped",
    }).spawn();
    this.#stdin = this.#child.stdin.getWriter();
    this.#lines = this.#child.stdout.pipeThrough(new TextDecoderStream()).getReader();
  }

  type(line: string): Promise<void> {
    return this.#stdin.write(new TextEncoder().encode(`${line}\n`));
  }

  async printed(): Promise<string> {
    for (;;) {
      const [line, ...rest] = this.#rest.split("\n");
      if (rest.length > 0) {
        this.#rest = rest.join("\n");
        return line ?? "";
      }
      const { value, done } = await this.#lines.read();
      if (done) throw new Error(`The client has ended with ${JSON.stringify(await this.#child.status)}`);
      this.#rest += value;
    }
  }

  /** Ends its input; resolves with what else it prints, when it has ended well. */
  async end(): Promise<string> {
    await this.#stdin.close();
    for (;;) {
      const { value, done } = await this.#lines.read();
      if (done) break;
      this.#rest += value;
    }
    assert.ok((await this.#child.status).success);
    return this.#rest;
  }

  [Symbol.dispose](): void {
    try {
      this.#child.kill();
    } catch (error) {
      // It has ended by itself, as it should.
      if (!(error instanceof TypeError)) throw error;
    }
  }
}

Deno.test({
  name: "the Python client talks, survives a restart without a gap or a repetition, and quits",
  ignore: !hasPython(),
  fn: () =>
    withServer(async (server) => {
      using ben = await server.register("ben");
      const gone = await ben.send("general", "wrong room");
      await ben.ask({ type: "delete", room: "general", seq: gone.seq });
      using python = new PythonClient("register", server, "monty");
      assert.equal((await ben.hear()).type, "joined");
      const { seq } = await ben.send("general", "hello monty");
      assert.equal(await python.printed(), "ben: hello monty");
      await ben.ask({ type: "react", room: "general", seq, emoji: "+1" });
      await ben.ask({ type: "delete", room: "general", seq });
      await python.type("");
      assert.equal(await python.printed(), '* Field "text" is empty');
      await python.type("hello ben");
      assert.equal((await ben.hear()).text, "hello ben");
      assert.equal(await python.printed(), "monty: hello ben");

      await server.stop();
      assert.match(await python.printed(), /^\* The server is stopping/);
      await server.start();
      using again = await server.connect();
      await again.login("ben");
      await again.send("general", "missed me?");
      await python.type("I did");
      assert.deepEqual([await python.printed(), await python.printed()].sort(), [
        "ben: missed me?",
        "monty: I did",
      ]);
      assert.equal((await again.hear()).text, "I did");

      assert.equal(await python.end(), "");
    }),
});

function hasPython(): boolean {
  try {
    return new Deno.Command("python3", { args: ["--version"] }).outputSync().success;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return false;
    throw error;
  }
}
