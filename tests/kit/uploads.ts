/** A hub with a disk for files, and somebody who uploads. */
import { FileKeeping } from "../../server/hub/mod.ts";
import { Contents, type Space } from "../../server/files/mod.ts";
import { type AilingStore, ailingStore } from "./ailing_store.ts";
import { withDirectory } from "./directory.ts";
import { TestHub, type Visitor } from "./hub.ts";
import { digestOf, randomBytes } from "./transfer.ts";

export interface UploadScene {
  readonly store: AilingStore;
  readonly bench: TestHub;
  readonly ana: Visitor;
  readonly keeping: FileKeeping;
  readonly directory: string;
}

/** Runs `use` with somebody who uploads; `spaceLeft` stands for a disk with that much room. */
export function withUploads(
  use: (scene: UploadScene) => Promise<void>,
  spaceLeft?: () => Promise<Space>,
): Promise<void> {
  return withDirectory(async (data) => {
    const directory = `${data}/files`;
    const store = ailingStore();
    const bench = new TestHub({}, store, new Contents(directory, spaceLeft));
    const ana = await bench.newcomer("ana");
    await use({ store, bench, ana, keeping: new FileKeeping(bench.hub), directory });
  });
}

/** Asks for something that waits for the disk. */
export function asks(scene: UploadScene, frame: Record<string, unknown>): Promise<Record<string, unknown>> {
  return heard(scene, scene.ana.say(frame));
}

/** The answer to a request. */
export async function heard({ bench, ana }: UploadScene, id: string): Promise<Record<string, unknown>> {
  for (;;) {
    await bench.settle();
    const answer = ana.sink.frames.findLast(({ re }) => re === id);
    if (answer !== undefined) return answer;
  }
}

/** Settles until `work` is done. */
export async function settled(bench: TestHub, work: Promise<void>): Promise<void> {
  let isDone = false;
  void work.finally(() => isDone = true);
  while (!isDone) {
    await bench.settle();
  }
  await work;
}

/** Uploads something of its own to each name. Returns the file. */
export async function uploads(scene: UploadScene, name: string, isFinished: boolean): Promise<string> {
  const bytes = randomBytes(100, name.length);
  const digest = digestOf(bytes);
  const { file } = await asks(scene, { type: "upload", room: "general", name, size: bytes.length, digest });
  if (isFinished) await asks(scene, { type: "put", file, at: 0, data: bytes.toBase64() });
  return String(file);
}

/** Of the files in a directory. */
export function namesIn(directory: string): string[] {
  return [...Deno.readDirSync(directory)].filter(({ isFile }) => isFile).map(({ name }) => name);
}
