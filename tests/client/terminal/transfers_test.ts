import assert from "node:assert/strict";
import { join } from "node:path";
import { Conversation } from "../../../client/terminal/conversation.ts";
import { eventLines } from "../../../client/terminal/event_lines.ts";
import type { Stage } from "../../../client/terminal/stage.ts";
import { type Line, paint } from "../../../client/terminal/styled_line.ts";
import { registered } from "../../kit/client.ts";
import { withDirectory } from "../../kit/directory.ts";
import { withServer } from "../../kit/server.ts";
import { seededChance } from "../../kit/world.ts";

Deno.test("a person sends a file and another one saves it, and is told where", () =>
  withTwo(async ({ ana, ben, directory }) => {
    const path = join(directory, "my notes.txt");
    Deno.writeTextFileSync(path, "hello");
    ana.conversation.enter(`/upload ${path} these are mine`);
    await ben.shows(/ana {2}these are mine/);
    await ben.shows(/📎 my notes.txt \(5 bytes\): \/open 3/);
    await ana.shows(/📎 my notes.txt/);
    ben.conversation.enter("/open 3");
    const saved = join(directory, "ben", "my notes.txt");
    await ben.shows(new RegExp(`Saved: ${saved} \\(5 bytes\\)`));
    assert.equal(Deno.readTextFileSync(saved), "hello");
    ben.conversation.enter("/open");
    await ben.shows(/It is here already: /);
    ben.conversation.enter("/files");
    await ben.shows(/📎 my notes.txt[^]*📎 my notes.txt/);
  }));

Deno.test("a person goes on talking while a file goes up, sees how far it is, and stops it", () =>
  withTwo(async ({ ana, ben, directory }) => {
    const path = join(directory, "large.bin");
    Deno.writeFileSync(path, seededChance(1).bytes(20 * 1024 * 1024));
    ana.conversation.enter(`/upload '${path}'`);
    await ana.until(() => ana.conversation.transfers.underWay[0]?.progress?.step === "moving");
    ana.conversation.enter("meanwhile");
    await ben.shows(/ana {2}meanwhile/);
    ana.conversation.enter("/cancel");
    await ana.shows(/↑ large.bin stopped at \d+ %\. \/upload again goes on there\./);
    assert.deepEqual(ana.conversation.transfers.underWay, []);
    ana.conversation.enter("/cancel");
    await ana.shows(/✗ No file is on its way/);
  }));

Deno.test("a file that cannot be sent is told of, and nothing is said in its place", () =>
  withTwo(async ({ ana, directory }) => {
    ana.conversation.enter(`/upload ${join(directory, "nothing")} hello`);
    await ana.shows(/✗ There is no file .*nothing/);
    ana.conversation.enter("/upload '/tmp/open quote");
    await ana.shows(/✗ No path can be read from that/);
    assert.equal(ana.conversation.outgoing.unsent.length, 0);
    ana.conversation.enter("the end");
    await ana.shows(/ana {2}the end/);
    assert.doesNotMatch(ana.screen(), /hello/);
  }));

interface Face {
  readonly conversation: Conversation;
  screen(): string;
  /** Resolves when the screen fits. */
  shows(pattern: RegExp): Promise<void>;
  /** Looks again whenever something is to be drawn. */
  until(isSo: () => boolean): Promise<void>;
}

interface Two {
  readonly ana: Face;
  readonly ben: Face;
  readonly directory: string;
}

function withTwo(use: (two: Two) => Promise<void>): Promise<void> {
  return withServer((server) =>
    withDirectory(async (directory) => {
      const connections = [await registered(server, "ana"), await registered(server, "ben")] as const;
      const [ana, ben] = connections.map((connection, at) => {
        const folders = { home: directory, downloads: join(directory, at === 0 ? "ana" : "ben") };
        return face((stage) => new Conversation({ world: server.world, connection, stage, folders }));
      });
      assert.ok(ana !== undefined && ben !== undefined);
      try {
        await Promise.all([
          ana.shows(/In #general|Joined #general/),
          ben.shows(/In #general|Joined #general/),
        ]);
        await use({ ana, ben, directory });
      } finally {
        await Promise.all([ana.conversation.quit(), ben.conversation.quit()]);
      }
    })
  );
}

function face(make: (stage: Stage) => Conversation): Face {
  const shown: string[] = [];
  let wake = () => {};
  const show = (lines: readonly Line[]) => {
    shown.push(...lines.map((line) => paint(line, false)));
    wake();
  };
  const stage: Stage = {
    eventLines,
    pastLinesMax: 10,
    hasAudience: true,
    hasKeys: true,
    show,
    remark: show,
    ring() {},
    refresh: () => wake(),
    giveBack: () => false,
    holdKeys: () => () => {},
    wait: () => () => {},
  };
  const conversation = make(stage);
  conversation.begin();
  const until = async (isSo: () => boolean) => {
    while (!isSo()) await new Promise<void>((resolve) => wake = resolve);
  };
  const screen = () => shown.join("\n");
  return { conversation, screen, until, shows: (pattern) => until(() => pattern.test(screen())) };
}
