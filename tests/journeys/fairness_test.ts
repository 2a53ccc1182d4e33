import assert from "node:assert/strict";
import { withDirectory } from "../kit/directory.ts";
import type { LineClient } from "../kit/line_client.ts";
import { fromSource, ServeProcess } from "../kit/program.ts";

/** Sends without a pause until told to stop, as fast as the server reads. */
async function flood(client: LineClient, bytes: Uint8Array, isOver: () => boolean): Promise<void> {
  try {
    while (!isOver()) await client.write(bytes);
  } catch (error) {
    // Being thrown out is one of the answers that a flood may get.
    if (!(error instanceof Error)) throw error;
  }
}

for (const [what, line] of [["pongs", '{"type":"pong"}\n'], ["empty lines", "\n"]] as const) {
  Deno.test(`a stranger who sends ${what} without a pause does not keep others from talking`, () =>
    withDirectory(async (data) => {
      // A process of its own: in one with its clients all would wait for each other.
      const server = await ServeProcess.start(fromSource, data, "--registration", "open");
      using ana = await server.connect(data);
      await ana.register("ana");
      using ben = await server.connect(data);
      await ben.register("ben");
      const strangers = [await server.connect(data), await server.connect(data)];
      let over = false;
      const bytes = new TextEncoder().encode(line.repeat(4_096));
      const floods = strangers.map((stranger) => flood(stranger, bytes, () => over));
      for (let count = 0; count < 10; count++) {
        const { seq } = await ana.send("general", `through the noise ${count}`);
        const heard = await ben.hearWhere((frame) => frame.type === "message");
        assert.equal(heard.seq, seq);
      }
      over = true;
      for (const stranger of strangers) stranger.close();
      await Promise.all(floods);
      await server.stop();
    }));
}
