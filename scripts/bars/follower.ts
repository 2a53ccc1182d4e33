import type { Client, Frame } from "./client.ts";
import type { Visitor } from "./kept_session.ts";

/** Somebody who shows what a room says, over any number of connections: resumes by cursor and pages what was missed. */
export class Follower implements Visitor {
  readonly name: string;
  readonly #room: string;
  /** The texts as they were shown; the first has the `seq` 1. */
  readonly shown: string[] = [];
  /** Events that came twice, or before an earlier one. */
  faults = 0;
  #client: Client | undefined;
  #held: Frame[] | undefined;

  constructor(name: string, room: string) {
    this.name = name;
    this.#room = room;
  }

  cursors(): Record<string, number> {
    return { [this.#room]: this.shown.length };
  }

  entered(client: Client, welcome: Frame): void {
    this.#client = client;
    this.#held = [];
    const room = welcome.rooms.find(({ room }: Frame) => room === this.#room);
    void this.#catchUp(client, room.seq);
  }

  hear(event: Frame): void {
    if (event.room !== this.#room) return;
    if (this.#held !== undefined) this.#held.push(event);
    else this.#show(event);
  }

  async #catchUp(client: Client, seq: number): Promise<void> {
    while (this.shown.length < seq) {
      const after = this.shown.length;
      const page = await client.ask({ type: "history", room: this.#room, after, limit: 200 });
      if (page === undefined || this.#client !== client) return;
      for (const event of page.messages) if (event.seq <= seq) this.#show(event);
    }
    const held = this.#held ?? [];
    this.#held = undefined;
    for (const event of held) this.#show(event);
  }

  #show({ seq, text }: Frame): void {
    if (seq !== this.shown.length + 1) this.faults++;
    else this.shown.push(text);
  }
}
