import assert from "node:assert/strict";
import { Buffer } from "node:buffer";
import { join } from "node:path";
import {
  downloadFile,
  isStopped,
  type OfferedFile,
  stop,
  type Transfer,
  uploadFile,
} from "../../../client/files/mod.ts";
import { Refusal } from "../../../shared/protocol/mod.ts";
import { doorToScript } from "../../kit/client.ts";
import { withDirectory } from "../../kit/directory.ts";
import { FilePeer } from "../../kit/file_peer.ts";
import { jumpingClock } from "../../kit/jumping_clock.ts";
import { testPassword } from "../../kit/line_client.ts";
import { scriptedServer } from "../../kit/scripted_server.ts";
import { seededChance, testWorld } from "../../kit/world.ts";

const chunk = 64 * 1024;

Deno.test("A file is uploaded over a line that is cut again and again, each byte once", () =>
  withPeer(async ({ peer, transfer, directory }) => {
    const path = join(directory, "my photo.jpg");
    const content = seededChance(1).bytes(20 * chunk + 17);
    Deno.writeFileSync(path, content);
    cutEvery(peer, "put", 5);
    const uploaded = await uploadFile(transfer, "general", path);
    assert.deepEqual([uploaded.name, uploaded.size], ["my photo.jpg", content.length]);
    assert.deepEqual(new Uint8Array(peer.contents.get(uploaded.file) ?? []), content);
    assert.ok(count(peer, "resume") >= 3, "it was cut");
  }));

Deno.test("What the server has already is not sent", () =>
  withPeer(async ({ peer, transfer, directory }) => {
    const path = join(directory, "a");
    Deno.writeFileSync(path, seededChance(2).bytes(3 * chunk));
    await uploadFile(transfer, "general", path);
    const puts = count(peer, "put");
    await uploadFile(transfer, "general", path);
    assert.deepEqual([count(peer, "put"), puts], [3, 3]);
  }));

Deno.test("An upload that was stopped goes on in the next run where it was", () =>
  withPeer(async ({ peer, transfer, directory }) => {
    const path = join(directory, "a");
    Deno.writeFileSync(path, seededChance(3).bytes(10 * chunk));
    const stopping = new AbortController();
    peer.before = () => {
      if (count(peer, "put") === 5) stop(stopping);
      return undefined;
    };
    await assert.rejects(uploadFile({ ...transfer, signal: stopping.signal }, "general", path), isStopped);
    const before = count(peer, "put");
    assert.ok(before < 10);
    peer.before = () => undefined;
    await uploadFile(transfer, "general", path);
    assert.ok(count(peer, "put") <= 10, "nothing was sent twice");
  }));

Deno.test("A server that wants it slower gets it slower, and one that gave the upload up gets it anew", () =>
  withPeer(async ({ peer, transfer, directory }) => {
    const path = join(directory, "a");
    Deno.writeFileSync(path, seededChance(4).bytes(6 * chunk));
    peer.before = ({ type }) => {
      if (type !== "put") return undefined;
      if (count(peer, "put") === 2) return { code: "rate_limited", retryAfterMs: 10 };
      if (count(peer, "put") !== 5) return undefined;
      peer.begun.clear();
      return { code: "no_such_file" };
    };
    const { file } = await uploadFile(transfer, "general", path);
    assert.equal(peer.contents.get(file)?.length, 6 * chunk);
  }));

Deno.test("What cannot be uploaded is said in words", () =>
  withPeer(async ({ peer, transfer, directory }) => {
    const path = join(directory, "a");
    await assert.rejects(uploadFile(transfer, "general", path), /There is no file/);
    await assert.rejects(uploadFile(transfer, "general", directory), /is a folder/);
    Deno.writeTextFileSync(path, "");
    await assert.rejects(uploadFile(transfer, "general", path), /is empty/);
    Deno.writeTextFileSync(path, "hello");
    peer.before = ({ type }) => type === "upload" ? { code: "too_large" } : undefined;
    await assert.rejects(uploadFile(transfer, "general", path), Refusal);
    peer.before = ({ type }) => type === "put" ? { code: "content_mismatch" } : undefined;
    await assert.rejects(uploadFile(transfer, "general", path), /was changed while it was being sent/);
  }));

Deno.test("A file is downloaded over a line that is cut again and again, and stands there only when it is whole", () =>
  withPeer(async ({ peer, transfer, directory }) => {
    const content = seededChance(5).bytes(20 * chunk + 5);
    const file = peer.add(content);
    const folder = join(directory, "down");
    cutEvery(peer, "get", 5);
    const { path, size } = await downloadFile(
      { ...transfer, tell: () => assert.deepEqual(whole(folder), []) },
      offered(peer, file, "../../my photo.jpg"),
      folder,
    );
    assert.deepEqual([path, size], [join(folder, "my photo.jpg"), content.length]);
    assert.deepEqual(Deno.readFileSync(path), content);
    assert.deepEqual([...Deno.readDirSync(folder)].length, 1);
  }));

Deno.test("A download that was stopped goes on in the next run where it was", () =>
  withPeer(async ({ peer, transfer, directory }) => {
    const file = peer.add(seededChance(6).bytes(10 * chunk));
    const folder = join(directory, "down");
    const stopping = new AbortController();
    const tell = ({ done }: { readonly done: number }) => {
      if (done >= 5 * chunk) stop(stopping);
    };
    const offer = offered(peer, file);
    await assert.rejects(
      downloadFile({ ...transfer, tell, signal: stopping.signal }, offer, folder),
      isStopped,
    );
    const before = count(peer, "get");
    assert.ok(before < 10);
    await downloadFile(transfer, offer, folder);
    // The first chunk of each run tells what the file is.
    assert.ok(count(peer, "get") - before <= 6);
    assert.deepEqual(Deno.readFileSync(join(folder, "a")), new Uint8Array(peer.contents.get(file) ?? []));
  }));

Deno.test("What an earlier run left behind broken is fetched anew", () =>
  withPeer(async ({ peer, transfer, directory }) => {
    const content = seededChance(7).bytes(3 * chunk);
    const file = peer.add(content);
    for (const left of [seededChance(8).bytes(2 * chunk), seededChance(9).bytes(4 * chunk)]) {
      const folder = Deno.makeTempDirSync({ dir: directory });
      Deno.writeFileSync(join(folder, `a.${file.slice(0, 8)}.part`), left);
      const { path } = await downloadFile(transfer, offered(peer, file), folder);
      assert.deepEqual(Deno.readFileSync(path), content);
    }
  }));

Deno.test("A file that is there is not written over, and the same one not fetched again", () =>
  withPeer(async ({ peer, transfer, directory }) => {
    const [one, other] = [peer.add(seededChance(1).bytes(5)), peer.add(seededChance(2).bytes(5))];
    const names = [];
    for (const file of [one, other, one, other]) {
      const { path, wasThere } = await downloadFile(transfer, offered(peer, file, "a.txt"), directory);
      names.push([path.slice(directory.length + 1), wasThere]);
    }
    assert.deepEqual(names, [["a.txt", false], ["a (2).txt", false], ["a.txt", true], ["a (2).txt", true]]);
  }));

Deno.test("What the server sends in place of the file is never there under its name", () =>
  withPeer(async ({ peer, transfer, directory }) => {
    const file = peer.add(seededChance(1).bytes(chunk));
    // The digest that it tells stays, and the content is another one.
    peer.contents.get(file)?.reverse();
    const folder = join(directory, "down");
    await assert.rejects(downloadFile(transfer, offered(peer, file), folder), /its SHA-256 is another one/);
    assert.deepEqual([...Deno.readDirSync(folder)], []);
    await assert.rejects(downloadFile(transfer, offered(peer, "unknown"), folder), Refusal);
  }));

Deno.test("A digest that is a path leads nowhere", () =>
  withPeer(async ({ peer, transfer, directory }) => {
    const folder = join(directory, "down"), file = "/../../x";
    peer.contents.set(file, Buffer.from("evil"));
    await assert.rejects(downloadFile(transfer, offered(peer, file), folder), /something else/);
    assert.throws(() => Deno.statSync(folder), Deno.errors.NotFound);
  }));

Deno.test("A link that lies where the part of a file would is not followed", () =>
  withPeer(async ({ peer, transfer, directory }) => {
    const file = peer.add(seededChance(1).bytes(9));
    Deno.writeTextFileSync(join(directory, "precious"), "precious");
    Deno.symlinkSync(join(directory, "precious"), join(directory, `a.${file.slice(0, 8)}.part`));
    await assert.rejects(downloadFile(transfer, offered(peer, file), directory), /is a link/);
    assert.equal(Deno.readTextFileSync(join(directory, "precious")), "precious");
  }));

function whole(folder: string): readonly string[] {
  return [...Deno.readDirSync(folder)].map(({ name }) => name).filter((name) => !name.endsWith(".part"));
}

function cutEvery(peer: FilePeer, type: string, requests: number): void {
  peer.before = (heard) => heard.type === type && count(peer, type) % requests === 0 ? "cut" : undefined;
}

function count(peer: FilePeer, type: string): number {
  return peer.asked.filter((each) => each === type).length;
}

interface PeerScene {
  readonly peer: FilePeer;
  readonly transfer: Transfer;
  readonly directory: string;
}

/** A connection of ana to a server that keeps files, with a clock by which nobody waits. */
async function withPeer(use: (scene: PeerScene) => Promise<void>): Promise<void> {
  await withDirectory(async (directory) => {
    using clock = jumpingClock();
    const world = testWorld({ clock });
    const peer = new FilePeer();
    await using server = await scriptedServer({ directory, talk: peer.talk });
    const connection = await (await doorToScript(server, directory, world)).login("ana", testPassword);
    // Nobody waits here until the next try is due.
    connection.listen((happening) => {
      if (happening.kind === "lost") setImmediate(() => clock.advance(happening.retryInMs));
    });
    try {
      await use({ peer, transfer: { connection, clock }, directory });
    } finally {
      await connection.close();
    }
  });
}

Deno.test("A file that is larger than its message says is not fetched", () =>
  withPeer(async ({ peer, transfer, directory }) => {
    const folder = join(directory, "down"), file = peer.add(new Uint8Array(3 * chunk));
    const less = { ...offered(peer, file), size: 100 };
    await assert.rejects(downloadFile(transfer, less, folder), /something else/);
    assert.equal(count(peer, "get"), 1);
    assert.throws(() => Deno.statSync(folder), Deno.errors.NotFound);
  }));

/** A file as its message names it. */
function offered(peer: FilePeer, file: string, name: string = "a"): OfferedFile {
  return { file, name, size: peer.contents.get(file)?.length ?? 0 };
}
