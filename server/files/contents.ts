import { ensurePrivateDirectory } from "../../shared/files/mod.ts";
import { Part } from "./part.ts";
import { readBlock, readBlocks, SealedWriter } from "./sealed_file.ts";
import { blockBytes, Sealing } from "./sealing.ts";
import { reserveOf, type Space, spaceOf } from "./space.ts";

/** Where a content lies, and what opens it. */
export interface ContentPlace {
  /** The name of its file: letters, digits, `-` and `_`. */
  readonly place: string;
  /** In base64url. */
  readonly key: string;
  /** In bytes. */
  readonly size: number;
}

const previewEnding = ".preview";

/** What the file with the small picture of a content is called. */
export function previewOf(place: string): string {
  return place + previewEnding;
}

/**
 * The bytes of all files: what is whole in `directory`, what is still coming in the directory `uploads` below it. All
 * work with the disk is asynchronous.
 */
export class Contents {
  readonly #directory: string;
  readonly #spaceOf: (directory: string) => Promise<Space>;
  #isReady = false;

  /** Nothing is made there before something is uploaded. */
  constructor(directory: string, spaceLeft: (directory: string) => Promise<Space> = spaceOf) {
    this.#directory = directory;
    this.#spaceOf = spaceLeft;
  }

  /** The content that comes to this place. Throws FileTrouble where the directory cannot be used. */
  part(content: ContentPlace): Part {
    this.#prepare();
    return new Part(this.#coming(content.place), content);
  }

  /** Whether there is room for `bytes` more without taking the last of it, which is for messages. */
  async hasRoomFor(bytes: number): Promise<boolean> {
    this.#prepare();
    const space = await this.#spaceOf(this.#directory);
    return space.free - bytes >= reserveOf(space);
  }

  /** Makes what has come whole. It is on disk under its place when this resolves. */
  async keep(place: string): Promise<void> {
    using file = await Deno.open(this.#coming(place), { read: true, write: true });
    await file.sync();
    await Deno.rename(this.#coming(place), this.#whole(place));
    await syncDirectory(this.#directory);
  }

  /** As it was before `keep`. */
  async takeBack(place: string): Promise<void> {
    await Deno.rename(this.#whole(place), this.#coming(place));
    await removeIfThere(this.#whole(previewOf(place)));
  }

  /** Writes something new to `place`, as what is coming: `keep` makes it whole. To be disposed of. Throws DiskFull. */
  write(place: string, key: string): Promise<SealedWriter> {
    return SealedWriter.open(this.#coming(place), new Sealing(place, key));
  }

  /** Adds a small picture to a content that is still coming. */
  async addPreview({ place, key }: ContentPlace, picture: Uint8Array): Promise<void> {
    const name = previewOf(place);
    {
      using writer = await SealedWriter.open(this.#whole(name), new Sealing(name, key));
      await writer.write(picture);
      await writer.end();
    }
    await syncDirectory(this.#directory);
  }

  /** From `at` on to the end of the block that it is in. Throws if that was damaged. */
  async read({ place, key, size }: ContentPlace, at: number): Promise<Uint8Array> {
    const number = Math.floor(at / blockBytes);
    const block = await readBlock(this.#whole(place), new Sealing(place, key), size, number);
    return block.subarray(at - number * blockBytes);
  }

  /** As `read`, of the small picture, which has `size` bytes. */
  readPreview({ place, key, size }: ContentPlace, at: number): Promise<Uint8Array> {
    return this.read({ place: previewOf(place), key, size }, at);
  }

  /** The whole content, block by block. Throws if one was damaged. */
  blocks({ place, key, size }: ContentPlace): AsyncGenerator<Uint8Array, void> {
    return readBlocks(this.#whole(place), new Sealing(place, key), size);
  }

  /** Takes away whatever lies there. */
  async remove(place: string): Promise<void> {
    for (const path of [this.#coming(place), this.#whole(place), this.#whole(previewOf(place))]) {
      await removeIfThere(path);
    }
  }

  /** The places of everything that lies here, whole or coming. */
  async *places(): AsyncGenerator<{ readonly place: string; readonly isWhole: boolean }, void> {
    for await (const name of namesIn(this.#directory)) {
      const isWhole = !name.endsWith(previewEnding);
      yield { place: isWhole ? name : name.slice(0, -previewEnding.length), isWhole };
    }
    for await (const place of namesIn(`${this.#directory}/uploads`)) yield { place, isWhole: false };
  }

  #prepare(): void {
    if (this.#isReady) return;
    ensurePrivateDirectory(this.#directory);
    ensurePrivateDirectory(`${this.#directory}/uploads`);
    this.#isReady = true;
  }

  #coming(place: string): string {
    return `${this.#directory}/uploads/${place}`;
  }

  #whole(place: string): string {
    return `${this.#directory}/${place}`;
  }
}

/** The names of the files there; none where there is no such directory. */
async function* namesIn(directory: string): AsyncGenerator<string, void> {
  try {
    for await (const { name, isFile } of Deno.readDir(directory)) if (isFile) yield name;
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
}

async function removeIfThere(path: string): Promise<void> {
  try {
    await Deno.remove(path);
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
}

/** A rename is durable once its directory is on disk. Windows cannot open a directory, and needs no such help. */
async function syncDirectory(path: string): Promise<void> {
  if (Deno.build.os === "windows") return;
  using directory = await Deno.open(path, { read: true });
  await directory.sync();
}
