import type { Cancel } from "../../shared/world/mod.ts";
import { limits } from "../../shared/protocol/mod.ts";
import type { Change } from "../store/mod.ts";
import type { Hub } from "./hub.ts";

/** How often it is looked whether bytes on the disk belong to nothing any more, in milliseconds. */
const lookMs = 1_000;

/** How often uploads are looked for that were given up, in milliseconds. */
const givenUpMs = 60_000;

/** How many are looked at in one step. */
const stepMax = 32;

/** Takes from the disk what belongs to no message and no upload, and throws uploads away that were given up. */
export class FileKeeping {
  readonly #hub: Hub;
  #timers: readonly Cancel[] = [];
  #isWorking = false;

  constructor(hub: Hub) {
    this.#hub = hub;
  }

  start(): void {
    const { clock } = this.#hub.world;
    this.#timers = [
      clock.every(lookMs, () => this.#whenIdle(() => this.removeDiscarded())),
      clock.every(givenUpMs, () => this.throwAwayGivenUp()),
    ];
    this.throwAwayGivenUp();
    this.#whenIdle(() => this.compare());
  }

  stop(): void {
    for (const cancel of this.#timers) cancel();
  }

  /** Removes what was discarded. Resolves when nothing of it is left. */
  async removeDiscarded(): Promise<void> {
    const { store, contents, uploads, journal } = this.#hub;
    for (;;) {
      uploads.check();
      const places = store.files.discarded(stepMax);
      for (const place of places) await contents.remove(place);
      uploads.check();
      if (places.length === 0) return;
      await journal.stored(places.map((place): Change => ({ kind: "no_discarded", place })));
    }
  }

  /** Throws away what was begun long ago and is not finished, or not sent. */
  throwAwayGivenUp(): void {
    const { store: { files }, uploads, journal, world } = this.#hub;
    const time = world.clock.now() - limits.uploadLifeMs;
    // What is about to become a file is no upload any more.
    journal.commit();
    const unfinished = files.unfinishedBefore(time, stepMax);
    const unsent = files.unsentBefore(time, stepMax).filter((id) => !uploads.sending.has(id));
    const changes = [
      ...unfinished.map((id): Change => ({ kind: "no_upload", id, discarded: true })),
      ...unsent.map((id): Change => ({ kind: "no_file", id })),
    ];
    if (changes.length === 0) return;
    journal.add({
      changes,
      committed: () => unfinished.forEach((id) => uploads.forget(id)),
      failed: () => {}, // the next look finds them again
    });
  }

  /** Compares the disk with the rows, as after a crash: what belongs to nothing goes, and what is missing is logged. */
  async compare(): Promise<void> {
    const { store: { files }, contents, uploads, world } = this.#hub;
    const missing = new Set(files.places());
    for await (const { place, isWhole } of contents.places()) {
      uploads.check();
      if (isWhole) missing.delete(place);
      if (uploads.isWriting(place)) continue;
      if (!files.isPlace(place)) await contents.remove(place);
      // It was about to become a file.
      else if (isWhole && files.upload(place) !== undefined) await contents.takeBack(place);
    }
    const lost = [...missing].filter((place) => files.isPlace(place));
    if (lost.length > 0) {
      world.log.error("files_missing", {
        count: lost.length,
        hint: "their messages are there, and the files cannot be downloaded. A backup may have them",
      });
    }
  }

  #whenIdle(work: () => Promise<void>): void {
    if (this.#isWorking) return;
    this.#isWorking = true;
    this.#hub.uploads.track(work()).catch((error) => this.#failed(error)).finally(() =>
      this.#isWorking = false
    );
  }

  #failed(error: unknown): void {
    this.#hub.world.log.warn("file_keeping_failed", {
      reason: error instanceof Error ? error.message : String(error),
    });
  }
}
