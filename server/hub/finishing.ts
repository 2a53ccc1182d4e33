/** What becomes of an upload of which everything is here. */
import { createHash } from "node:crypto";
import { Refusal } from "../../shared/protocol/mod.ts";
import {
  DiskFull,
  newKey,
  type Part,
  type Picture,
  shownSize,
  strip,
  type Stripper,
  stripperFor,
} from "../files/mod.ts";
import type { Change, ContentRow, FileRow, KeptFile, UploadRow } from "../store/mod.ts";
import { noRoom, refuseFullDisk, roomEveryBytes } from "./disk_room.ts";
import { noSuchFile } from "./file_rights.ts";
import type { Hub } from "./hub.ts";
import { newSecret } from "./secrets.ts";

/** Of what a content's file on the disk is called by. */
const placeBytes = 16;

/**
 * Checks it against what was promised, takes out of a picture what its camera noted, and keeps it. Throws
 * `content_mismatch`, and then it is thrown away; or `too_large` where the disk is full, and it can be tried again.
 */
export function finish(hub: Hub, row: UploadRow, part: Part): Promise<KeptFile> {
  // Whoever finishes many at once waits for themselves, and not the others for them.
  return hub.uploads.finishing(row.accountId).inTurn(() => finishNext(hub, row, part));
}

async function finishNext(hub: Hub, row: UploadRow, part: Part): Promise<KeptFile> {
  // Another asking may have finished it while this one waited.
  const kept = hub.store.files.file(row.id);
  if (kept !== undefined) return kept;
  refuseGone(hub, row);
  if (await digestOf(hub, row, part) !== row.digest) {
    await store(hub, [{ kind: "no_upload", id: row.id, discarded: true }]);
    hub.uploads.forget(row.id);
    throw new Refusal(
      "content_mismatch",
      "What was uploaded is not what was announced, and was thrown away. The file may have changed meanwhile: upload it anew",
    );
  }
  try {
    return await keepStripped(hub, row, part) ?? await keep(hub, row, contentOf(row));
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) throw noSuchFile();
    if (!(error instanceof DiskFull)) throw error;
    throw noRoom();
  }
}

/** Throws `no_such_file` if it was thrown away meanwhile. What was decided before is looked at as it is stored. */
function refuseGone({ journal, store }: Hub, { id }: UploadRow): void {
  journal.commit();
  if (store.files.upload(id) === undefined) throw noSuchFile();
}

async function digestOf(hub: Hub, row: UploadRow, part: Part): Promise<string> {
  hub.uploads.check();
  try {
    return await part.digest(() => hub.uploads.check());
  } catch (error) {
    if (!(error instanceof RangeError) && !(error instanceof DOMException)) throw error;
    // What was damaged on the disk is not what was promised.
    hub.world.log.error("upload_damaged", { file: row.id });
    return "";
  }
}

function contentOf({ id, roomId, size, digest, key }: UploadRow): ContentRow {
  return { place: id, roomId, size, digest, key };
}

/** Undefined if it is no picture, or one that is kept as it is. */
async function keepStripped(hub: Hub, row: UploadRow, part: Part): Promise<KeptFile | undefined> {
  const stripper = stripperFor(await part.lead());
  if (stripper === undefined) return undefined;
  const place = newSecret(hub.world.chance, placeBytes), key = newKey();
  return await hub.uploads.writing(place, async () => {
    try {
      const { picture, size, digest } = await writeStripped(hub, part, stripper, { place, key });
      if (picture !== undefined) {
        return await keepPicture(hub, row, { place, key, roomId: row.roomId, size, digest }, picture);
      }
    } catch (error) {
      await hub.contents.remove(place);
      throw error;
    }
    await hub.contents.remove(place);
    return undefined;
  });
}

interface Stripped {
  /** Undefined if it is none after all. */
  readonly picture: Picture | undefined;
  /** Of what was written. */
  readonly size: number;
  readonly digest: string;
}

/** What is kept is written beside what was uploaded: for a while they take twice as much of the disk. */
async function writeStripped(
  hub: Hub,
  part: Part,
  stripper: Stripper,
  { place, key }: Pick<ContentRow, "place" | "key">,
): Promise<Stripped> {
  const { contents, uploads, world } = hub;
  const hash = createHash("sha256");
  let size = 0, checked = 0;
  using writer = await contents.write(place, key);
  const kept = {
    async write(bytes: Uint8Array) {
      hash.update(bytes);
      size += bytes.length;
      if (size > checked) {
        await refuseFullDisk(hub, 0);
        checked += roomEveryBytes;
      }
      await writer.write(bytes);
    },
  };
  const rest = () => new Promise<void>((resolve) => world.clock.endOfTurn(resolve));
  const picture = await strip(stripper, part.blocks(() => uploads.check()), kept, rest);
  await writer.end();
  return { picture, size, digest: hash.digest("base64url") };
}

async function keepPicture(
  hub: Hub,
  row: UploadRow,
  content: ContentRow,
  picture: Picture,
): Promise<KeptFile> {
  const preview = await hub.previews.make(
    picture,
    content.size,
    () => hub.contents.part(content).whole(() => hub.uploads.check()),
  );
  const about = preview &&
    { size: preview.length, digest: createHash("sha256").update(preview).digest("base64url") };
  return await keep(hub, row, { ...content, ...shownSize(picture), preview: about }, preview);
}

/** The bytes are on the disk under their place before a row names them. */
function keep(hub: Hub, row: UploadRow, content: ContentRow, preview?: Uint8Array): Promise<KeptFile> {
  const { contents, uploads } = hub;
  return uploads.keeping.inTurn(() =>
    uploads.writing(content.place, async () => {
      uploads.check();
      refuseGone(hub, row);
      const known = hub.store.files.contentWith(content.roomId, content.digest);
      if (known !== undefined) {
        const kept = await storeFile(hub, row, known, [{ kind: "no_upload", id: row.id, discarded: true }]);
        if (content.place !== row.id) await contents.remove(content.place);
        return kept;
      }
      await contents.keep(content.place);
      if (preview !== undefined) await contents.addPreview(content, preview);
      return await storeContent(hub, row, content);
    })
  );
}

async function storeContent(hub: Hub, row: UploadRow, content: ContentRow): Promise<KeptFile> {
  const isOwn = content.place === row.id;
  try {
    // While it was brought to the disk it may have been thrown away: its bytes go soon, and nothing may name them.
    refuseGone(hub, row);
    return await storeFile(hub, row, content, [
      { kind: "no_upload", id: row.id, discarded: !isOwn },
      { kind: "content", content },
    ]);
  } catch (error) {
    const isThere = hub.store.files.upload(row.id) !== undefined;
    if (isOwn && isThere) await hub.contents.takeBack(content.place);
    else await hub.contents.remove(content.place);
    throw error;
  }
}

async function storeFile(
  hub: Hub,
  { id, roomId, accountId, name, mediaType, size, digest }: UploadRow,
  content: ContentRow,
  changes: readonly Change[],
): Promise<KeptFile> {
  const time = hub.world.clock.now(), { place } = content;
  const uploaded = { size, digest };
  const file: FileRow = { id, place, roomId, accountId, name, mediaType, time, uploaded };
  await store(hub, [...changes, { kind: "file", file }]);
  hub.uploads.forget(id);
  return { file, content };
}

/** Resolves when it is on disk. Throws `unavailable`. */
function store(hub: Hub, changes: readonly Change[]): Promise<void> {
  hub.uploads.check();
  return hub.journal.stored(changes);
}
