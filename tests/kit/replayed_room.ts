/** A room as a client can know it that has heard everything since it came in, and has asked for nothing. */

// deno-lint-ignore no-explicit-any -- frames of any shape
type Frame = any;

interface Known {
  readonly seq: number;
  readonly from: string;
  readonly thread: number | undefined;
  shown: Frame;
  reactions: { readonly seq: number; readonly from: string; readonly emoji: string }[];
}

export interface KnownThread {
  following: boolean;
  read: number;
  unread: number;
}

export class ReplayedRoom {
  readonly messages: Map<number, Known> = new Map();
  readonly threads: Map<number, KnownThread> = new Map();
  readonly #name: string;
  #seq = 0;

  /** `name` is whose client it is. */
  constructor(name: string) {
    this.#name = name;
  }

  /** Takes what was heard; `asked` are its own requests by id. */
  hear(heard: readonly Frame[], asked: ReadonlyMap<string, Frame>): void {
    for (const frame of heard) {
      if (frame.type === "thread" && frame.re === undefined) this.#takeSignal(frame);
      const event = frame.type === "ok" ? ownEvent(frame, asked.get(frame.re), this.#name) : frame;
      if (event?.seq === undefined || event.time === undefined || event.room === undefined) continue;
      if (event.seq <= this.#seq) throw new Error(`Heard ${event.seq} after ${this.#seq}`);
      this.#seq = event.seq;
      this.#take(event);
    }
  }

  shown(known: Known): Frame {
    const { deleted } = known.shown;
    const replies = [...this.messages.values()].filter(({ thread, shown }) =>
      thread === known.seq && shown.deleted === undefined
    );
    const people = [...new Set(replies.toReversed().map(({ from }) => from))];
    const emoji = deleted ? [] : [...new Set(known.reactions.map((each) => each.emoji))];
    return {
      ...known.shown,
      ...(emoji.length === 0 ? {} : {
        reactions: emoji.map((each) => ({
          emoji: each,
          from: known.reactions.filter((one) => one.emoji === each).map(({ from }) => from),
        })),
      }),
      ...(replies.length === 0
        ? {}
        : { replies: { count: replies.length, seq: replies.at(-1)?.seq, from: people.slice(0, 3) } }),
    };
  }

  #takeSignal({ seq, following, read, unread }: Frame): void {
    this.threads.set(seq, { following, read, unread });
  }

  #take(event: Frame): void {
    const { room: _room, ...told } = event;
    if (event.type === "message") return this.#takeMessage(told);
    const target = this.messages.get(event.target);
    if (target === undefined) return;
    const { shown } = target;
    switch (event.type) {
      case "edited":
        delete shown.mentions;
        Object.assign(shown, { text: event.text, edited: event.time });
        if (event.mentions !== undefined) shown.mentions = event.mentions;
        break;
      case "deleted":
        for (const field of ["text", "edited", "pinned", "quote", "mentions"]) delete shown[field];
        shown.deleted = true;
        break;
      case "reacted":
        target.reactions.push(event);
        break;
      case "unreacted":
        target.reactions = target.reactions.filter(({ seq, from, emoji }) =>
          event.reaction === undefined ? from !== event.from || emoji !== event.emoji : seq !== event.reaction
        );
        break;
      case "pinned":
        shown.pinned = true;
        break;
      case "unpinned":
        delete shown.pinned;
    }
  }

  #takeMessage(told: Frame): void {
    const { seq, from, thread } = told;
    this.messages.set(seq, { seq, from, thread, shown: told, reactions: [] });
    const known = this.threads.get(thread);
    if (known === undefined) return;
    if (from === this.#name) Object.assign(known, { read: seq, unread: 0 });
    else if (known.following) known.unread++;
  }
}

const deeds: Readonly<Record<string, string>> = {
  send: "message",
  edit: "edited",
  delete: "deleted",
  react: "reacted",
  unreact: "unreacted",
  pin: "pinned",
  unpin: "unpinned",
};

/** What the session itself has done, of which it hears only that it is done. */
function ownEvent({ type: _, re: __, ...ok }: Frame, asked: Frame, from: string): Frame {
  const type = deeds[asked?.type];
  if (type === undefined) return undefined;
  const { text, emoji, quote, reaction } = asked;
  const event: Frame = { type, from, ...ok };
  for (const [name, value] of Object.entries({ text, emoji, quote, reaction })) {
    if (value !== undefined) event[name] = value;
  }
  return type === "message" ? event : { ...event, target: asked.seq };
}
