import assert from "node:assert/strict";
import { withDirectory } from "../kit/directory.ts";
import { runProgram, ServeProcess, testProgram } from "../kit/program.ts";

testProgram(
  "a server that is stopped and started again has the history, the accounts and the logins",
  (program) =>
    withDirectory(async (data) => {
      const before = await ServeProcess.start(program, data, "--registration", "open");
      const ana = await before.connect(data);
      await ana.register("ana");
      await ana.send("general", "still here tomorrow");
      assert.equal(await before.stop("SIGTERM"), 0);
      assert.equal((await ana.hear()).code, "shutting_down");
      await ana.ended();

      const after = await ServeProcess.start(program, data, "--registration", "open");
      using again = await after.connect(data);
      const welcome = await again.ask({ type: "resume", token: ana.token, cursors: { general: 1 } });
      assert.equal(welcome.type, "auth_success");
      assert.equal(welcome.rooms[0].state, "behind");
      const { messages } = await again.ask({ type: "history", room: "general", after: 1 });
      assert.deepEqual(messages.map((event: { text: string }) => event.text), ["still here tomorrow"]);
      assert.equal(await after.stop("SIGINT"), 0);
    }),
);

testProgram(
  "a server that is killed has every message that it acknowledged, once and without a gap",
  (program) =>
    withDirectory(async (data) => {
      const before = await ServeProcess.start(
        program,
        data,
        "--registration",
        "open",
        "--set",
        "limits.rates=off",
      );
      const ana = await before.connect(data);
      await ana.register("ana");
      const acknowledged: { seq: number; text: string }[] = [];
      const sending = Array.from(
        { length: 2_000 },
        (_, at) => ana.say({ type: "send", id: `m${at}`, room: "general", text: `m${at}` }).catch(() => {}),
      );
      while (acknowledged.length < 500) {
        const { re, seq } = await ana.hear();
        acknowledged.push({ seq, text: re });
      }
      await before.stop("SIGKILL");
      await ana.ended();
      await Promise.all(sending);
      for (const { type, re, seq } of ana.pending()) {
        if (type === "ok") acknowledged.push({ seq, text: re });
      }

      const after = await ServeProcess.start(program, data);
      using again = await after.connect(data);
      const { rooms } = await again.ask({ type: "resume", token: ana.token });
      const stored: { seq: number; text?: string }[] = [];
      while (stored.length < rooms[0].seq) {
        const cursor = stored.at(-1)?.seq ?? 0;
        stored.push(
          ...(await again.ask({ type: "history", room: "general", after: cursor, limit: 200 })).messages,
        );
      }
      assert.deepEqual(stored.map(({ seq }) => seq), stored.map((_, at) => at + 1));
      for (const { seq, text } of acknowledged) assert.equal(stored[seq - 1]?.text, text);
      await after.stop();
    }),
);

testProgram(
  "an invite made on the server's machine lets one colleague in, whose pipe then talks",
  (program) =>
    withDirectory(async (data) => {
      const early = await runProgram(program, ["invite", "--data", data]);
      assert.equal(early.code, 1);
      assert.match(early.errors, /No server has run/);

      const server = await ServeProcess.start(program, data);
      const link = Deno.readTextFileSync(`${data}/server/owner-link`).trim();
      const env = { CHAT_PASSWORD: "a clean desk policy" };
      const owner = await runProgram(program, ["connect", link, "--user", "ana", "--data", `${data}/ana`], {
        input: "welcome everybody\n",
        env,
      });
      assert.equal(owner.code, 0, owner.errors);

      const invite = await runProgram(program, ["invite", "--data", data]);
      assert.match(invite.output, /^chat:\/\/127\.0\.0\.1:\d+\/#[\w-]{22}\.[\w-]{43}\n$/);
      const guest = [invite.output.trim(), "--user", "ben", "--data", `${data}/ben`];
      const ben = await runProgram(program, ["connect", ...guest], { input: "hello ana\nand all\n", env });
      assert.equal(ben.code, 0, ben.errors);

      const second = [invite.output.trim(), "--user", "eve", "--data", `${data}/eve`];
      const eve = await runProgram(program, ["connect", ...second], { env });
      assert.equal(eve.code, 1);
      assert.match(eve.errors, /invite is unknown, used up or expired/);

      const back = await runProgram(program, ["connect", link, "--user", "ana", "--data", `${data}/ana`], {
        input: "/history\n",
      });
      assert.equal(back.code, 0, back.errors);
      assert.match(back.output, /<ana> welcome everybody\n.*\n.*<ben> hello ana\n.*<ben> and all/);
      await server.stop();
    }),
);
