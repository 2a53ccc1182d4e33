/** What two people see of each other's replies, edits, reactions, mentions and unsent lines, in terminals of their own. */
import assert from "node:assert/strict";
import { join } from "node:path";
import { testPassword } from "../kit/line_client.ts";
import { type Program, testProgram } from "../kit/program.ts";
import { type TestServer, withServer } from "../kit/server.ts";
import { type TestTerminal, withTerminals } from "../kit/terminal.ts";

type Open = Parameters<Parameters<typeof withTerminals>[0]>[0];

testProgram(
  "two people reply, edit, react and delete by the numbers that stand before what was said",
  (program) =>
    withServer((server) =>
      withTerminals(async (open) => {
        using owner = await server.register("owner");
        const ana = await signUp(open, program, server, "ana");
        const ben = await signUp(open, program, server, "ben");
        await ana.enter("shall we **eat** at `noon`?");
        const screen = await ben.waitFor(/^ +\d+ \d\d:\d\d ana {2}shall we eat at noon\?$/m);
        const number = /(\d+) \d\d:\d\d ana {2}shall/.exec(screen)?.[1] ?? "";
        await ben.enter(`/reply ${number} yes, please`);
        await ana.waitFor(new RegExp(`\\d+ \\d\\d:\\d\\d ben {2}↳${number} yes, please`));
        await ben.enter(`/react ${number} +1`);
        await ana.waitFor(new RegExp(`· ben reacted with 👍 ?to ${number} “shall we`));
        await ana.enter("/edit shall we eat at one?");
        await ben.waitFor(`· ana edited ${number}: shall we eat at one?`);
        await ben.enter(`/show ${number}`);
        await ben.waitFor(new RegExp(`👍 ?ben · 1 reply: /thread ${number} · edited`));
        await ben.enter("@ana look");
        await ana.waitFor(/ben {2}@ana look/);
        assert.ok((await ana.bytes()).includes("\x07"));
        await ana.enter("/topic lunch");
        await ana.waitFor("✗");
        const { text } = await owner.hearWhere((frame) =>
          frame.type === "message" && frame.thread !== undefined
        );
        assert.equal(text, "yes, please");
        await ana.enter(`/delete ${number}`);
        await ana.waitFor(/Delete \d+ .*\[y\/N\]:/);
        await ana.enter("y");
        await ben.waitFor(`· ana deleted ${number}`);
      })
    ),
);

testProgram(
  "help is seen at once, and a direct conversation goes by its people",
  (program) =>
    withServer((server) =>
      withTerminals(async (open) => {
        using _owner = await server.register("owner");
        const ana = await signUp(open, program, server, "ana");
        const ben = await signUp(open, program, server, "ben");
        await ana.enter("/help");
        const help = await ana.waitFor("A text that begins with / is written with //.");
        assert.match(help, /Talking/);
        await ana.enter("/dm ben between us");
        await ana.waitFor(/ana {2}between us\n@ben>$/);
        await ben.waitFor(/@ana ana {2}between us/);
        assert.ok((await ben.bytes()).includes("\x07"));
        await ben.enter("/unread");
        await ben.waitFor(/^ +1 @ana$/m);
      })
    ),
);

testProgram(
  "a line that was not sent is there again, and a link opens at its message",
  (program) =>
    withServer((server) =>
      withTerminals(async (open) => {
        using owner = await server.register("owner");
        const ana = await signUp(open, program, server, "ana");
        const { seq } = await owner.send("general", "the place to be");
        await ana.waitFor("the place to be");
        using other = await server.connect();
        await other.login("ana");
        await ana.type("not quite do");
        await other.hearWhere((frame) => frame.type === "draft" && frame.text === "not quite do");
        Deno.kill(await ana.programPid(), "SIGKILL");
        await ana.waitFor("[exit 137]");
        const link = `chat://127.0.0.1:${server.port}/general/${seq}`;
        const next = await open([
          ...program.command,
          "connect",
          link,
          "--data",
          join(server.data, "people", "ana"),
        ]);
        await next.waitFor(/#general> not quite do$/);
        await next.waitFor(new RegExp(`${seq} \\d\\d:\\d\\d owner {2}the place to be`));
      })
    ),
);

async function signUp(open: Open, program: Program, server: TestServer, name: string): Promise<TestTerminal> {
  const where = [`chat://127.0.0.1:${server.port}`, "--data", join(server.data, "people", name)];
  const terminal = await open([...program.command, "connect", ...where], { USER: name });
  await terminal.waitFor("Is this the right server?");
  await terminal.enter("yes");
  await terminal.waitFor("New here?");
  await terminal.enter("yes");
  await terminal.waitFor("Your name");
  await terminal.press("Enter");
  await terminal.waitFor(/Password:$/);
  await terminal.enter(testPassword);
  await terminal.waitFor(/#general>$/);
  return terminal;
}
