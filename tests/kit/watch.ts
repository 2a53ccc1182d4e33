import type { Connection, Happening } from "../../client/connection/mod.ts";

type Kind = Happening["kind"];
type HappeningOf<K extends Kind> = Extract<Happening, { readonly kind: K }>;

/** All that happens on a connection, to be waited for. */
export class Watch {
  readonly happened: Happening[] = [];
  #wake: () => void = () => {};

  constructor(connection: Connection) {
    connection.listen((happening) => {
      this.happened.push(happening);
      this.#wake();
    });
  }

  /** The first happening of the kind that fits, past or to come. */
  async for<K extends Kind>(
    kind: K,
    fits: (happening: HappeningOf<K>) => boolean = () => true,
  ): Promise<HappeningOf<K>> {
    for (;;) {
      const found = this.of(kind).find(fits);
      if (found !== undefined) return found;
      await new Promise<void>((resolve) => this.#wake = resolve);
    }
  }

  of<K extends Kind>(kind: K): HappeningOf<K>[] {
    return this.happened.filter((happening): happening is HappeningOf<K> => happening.kind === kind);
  }

  /** Waits until this text was shown in the room. */
  async text(room: string, text: string): Promise<HappeningOf<"event">> {
    return await this.for(
      "event",
      (told) => told.room === room && told.event.type === "message" && told.event.text === text,
    );
  }

  /** The texts that were shown in the room, in order. */
  texts(room: string): string[] {
    return this.of("event").flatMap(({ room: where, event }) =>
      where === room && event.type === "message" && event.text !== undefined ? [event.text] : []
    );
  }
}
