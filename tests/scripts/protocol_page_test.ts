import assert from "node:assert/strict";
import { currentPage, readTranscripts } from "../../scripts/protocol_page.ts";
import { protocolPage } from "../../scripts/protocol_page/page.ts";
import { pinOf } from "../../shared/pin/mod.ts";
import {
  answerFrames,
  errorCodes,
  requestFrames,
  roomEventFrames,
  signalFrames,
} from "../../shared/protocol/mod.ts";
import { withServer } from "../kit/server.ts";

const page = currentPage();

Deno.test("the page has a section for each frame of the tables, with an example", () => {
  for (const table of [requestFrames, answerFrames, roomEventFrames, signalFrames]) {
    for (const type of Object.keys(table)) {
      const sections = page.split(/^### /m).filter((section) => section.startsWith(`\`${type}\`\n`));
      assert.ok(sections.length > 0, `no section for ${type}`);
      for (const section of sections) assert.match(section, /```text\n[CS] \{/, `no example of ${type}`);
    }
  }
});

Deno.test("every link within the page leads to one of its headings", () => {
  const anchors = new Set<string>();
  for (const [, heading = ""] of page.matchAll(/^#+ (.*)$/gm)) anchors.add(anchorOf(heading, anchors));
  for (const [, target = ""] of page.matchAll(/\]\(#([^)]*)\)/g)) {
    assert.ok(anchors.has(target), `nothing is at #${target}`);
  }
});

/** As GitHub names headings: the second of the same name has `-1` at its end. */
function anchorOf(heading: string, taken: ReadonlySet<string>): string {
  const plain = heading.toLowerCase().replaceAll(/[^\w\- ]/g, "").replaceAll(" ", "-");
  let anchor = plain;
  for (let count = 1; taken.has(anchor); count++) anchor = `${plain}-${count}`;
  return anchor;
}

/** What takes overload, a broken disk or a later version to come about. */
const notInConversations: ReadonlySet<string> = new Set([
  "code_required",
  "rate_limited",
  "busy",
  "unavailable",
  "internal",
  "slow_consumer",
  "idle",
  "flood",
]);

Deno.test("every error code that a client alone can bring about occurs in a conversation", () => {
  const told = new Set(
    readTranscripts().flatMap(({ steps }) =>
      steps.flatMap(({ deed }) => deed.kind === "hears" ? [deed.frame.code] : [])
    ),
  );
  const missing = Object.keys(errorCodes).filter((code) => !told.has(code) && !notInConversations.has(code));
  assert.deepEqual(missing, []);
});

Deno.test("a part that is not there to fill in is told by its name", () => {
  const parts = { client: "", transcripts: [] };
  assert.equal(protocolPage({ ...parts, words: "{{limits.jsonDepth}} deep" }), "16 deep");
  assert.throws(() => protocolPage({ ...parts, words: "{{tides}}" }), /There is no part \{\{tides\}\}/);
});

Deno.test("the command on the page computes the pin of an authority", () =>
  withServer(async (server) => {
    const [, command = ""] = /```sh\n([^`]*)```/.exec(page) ?? [];
    const { stdout, success } = await new Deno.Command("sh", { args: ["-c", command], cwd: server.directory })
      .output();
    assert.ok(success);
    assert.equal(new TextDecoder().decode(stdout).trim(), pinOf(server.authorityPem));
  }));
