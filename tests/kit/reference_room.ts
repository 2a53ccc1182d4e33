/** What a room must be after what people did in it, computed as plainly as can be: for tests to compare the hub with. */

export interface Said {
  readonly seq: number;
  readonly from: string;
  readonly time: number;
  readonly thread: number | undefined;
  quote: number | undefined;
  /** Oldest first; none when it was deleted. */
  texts: { readonly text: string; readonly time: number; readonly mentions: readonly string[] }[];
  pinned: boolean;
  /** Oldest first. */
  reactions: { readonly seq: number; readonly from: string; readonly emoji: string }[];
}

interface Deed {
  readonly type: "edited" | "deleted" | "reacted" | "unreacted" | "pinned" | "unpinned";
  readonly seq: number;
  readonly from: string;
  readonly time: number;
  readonly target: number;
  readonly reaction?: number;
}

export interface Mark {
  following: boolean | undefined;
  read: number;
}

/** How somebody asks for something, and what comes of it. */
export type Wish =
  & { readonly from: string; readonly time: number; readonly seq: number }
  & (
    | { readonly type: "send"; readonly text: string; readonly thread?: number; readonly quote?: number }
    | { readonly type: "edit"; readonly text: string }
    | { readonly type: "delete" | "pin" | "unpin" }
    | { readonly type: "react" | "unreact"; readonly emoji: string }
    | { readonly type: "follow"; readonly following: boolean }
    | { readonly type: "read_thread"; readonly read: number }
  );

export type Outcome =
  | "happened"
  | "unchanged"
  | "noted"
  | "no_such_message"
  | "forbidden"
  | "muted"
  | "archived";

/** Names that a text means, by the words that stand in it. */
export type Meaning = (text: string, from: string) => readonly string[];

export class ReferenceRoom {
  /** The `seq` of the newest event. */
  seq: number;
  /** What may be told: what is newer is on its way to the disk. */
  settledSeq: number;
  archived = false;
  readonly messages: Map<number, Said> = new Map();
  readonly deeds: Deed[] = [];
  /** By name and first message. */
  readonly marks: Map<string, Mark> = new Map();
  readonly #meaning: Meaning;
  readonly #moderators: ReadonlySet<string>;
  readonly #muted: ReadonlySet<string>;

  constructor(
    seq: number,
    meaning: Meaning,
    moderators: ReadonlySet<string>,
    muted: ReadonlySet<string>,
  ) {
    this.seq = seq;
    this.settledSeq = seq;
    this.#meaning = meaning;
    this.#moderators = moderators;
    this.#muted = muted;
  }

  clone(): ReferenceRoom {
    const copy = new ReferenceRoom(this.seq, this.#meaning, this.#moderators, this.#muted);
    copy.settledSeq = this.settledSeq;
    copy.archived = this.archived;
    for (const [seq, said] of this.messages) copy.messages.set(seq, structuredClone(said));
    for (const [key, mark] of this.marks) copy.marks.set(key, { ...mark });
    copy.deeds.push(...this.deeds);
    return copy;
  }

  do(wish: Wish): Outcome {
    switch (wish.type) {
      case "send":
        return this.#send(wish);
      case "follow":
      case "read_thread":
        return this.#mark(wish);
      default:
        return this.#change(wish);
    }
  }

  /** The message as it is to be told. */
  // deno-lint-ignore no-explicit-any -- frames of any shape are compared with it
  shown(said: Said): any {
    const now = said.texts.at(-1);
    const replies = this.repliesTo(said.seq);
    const people = [...new Set(replies.toReversed().map(({ from }) => from))];
    const emoji = [...new Set(said.reactions.map((each) => each.emoji))];
    return {
      type: "message",
      seq: said.seq,
      from: said.from,
      time: said.time,
      ...(said.thread === undefined ? {} : { thread: said.thread }),
      ...(said.quote === undefined ? {} : { quote: said.quote }),
      ...(now === undefined ? { deleted: true } : { text: now.text }),
      ...(said.texts.length > 1 ? { edited: now?.time } : {}),
      ...(said.pinned ? { pinned: true } : {}),
      ...(emoji.length === 0 ? {} : {
        reactions: emoji.map((each) => ({
          emoji: each,
          from: said.reactions.filter((one) => one.emoji === each).map(({ from }) => from),
        })),
      }),
      ...(replies.length === 0
        ? {}
        : { replies: { count: replies.length, seq: replies.at(-1)?.seq, from: people.slice(0, 3) } }),
      ...(now === undefined || now.mentions.length === 0 ? {} : { mentions: now.mentions }),
    };
  }

  /** What was done to messages, as it is to be told. */
  // deno-lint-ignore no-explicit-any -- frames of any shape are compared with it
  shownDeeds(): any[] {
    return this.deeds.map((deed) => {
      const said = this.messages.get(deed.target);
      const now = said?.texts.at(-1);
      if (deed.type === "edited" && now !== undefined) {
        return { ...deed, text: now.text, ...(now.mentions.length === 0 ? {} : { mentions: now.mentions }) };
      }
      const put = said?.reactions.find(({ seq }) => seq === deed.seq);
      return put === undefined ? deed : { ...deed, emoji: put.emoji };
    });
  }

  /** Replies that were not deleted, oldest first. */
  repliesTo(seq: number): Said[] {
    return [...this.messages.values()].filter(({ thread, texts }) => thread === seq && texts.length > 0);
  }

  /** How somebody stands to a thread. */
  standing(name: string, root: Said): { following: boolean; read: number; unread: number } {
    const { following, read } = this.#markOf(name, root.seq);
    const unread = this.repliesTo(root.seq).filter(({ seq, from }) => seq > read && from !== name).length;
    return { following: following ?? root.from === name, read, unread };
  }

  #send(wish: Wish & { type: "send" }): Outcome {
    const { from, time, text } = wish;
    if (this.archived) return "archived";
    if (this.#muted.has(from)) return "muted";
    const root = wish.thread === undefined ? undefined : this.#rootOf(wish.thread);
    if (wish.thread !== undefined && root === undefined) return "no_such_message";
    if (wish.quote !== undefined && this.#told(wish.quote) === undefined) return "no_such_message";
    const mentions = this.#meaning(text, from);
    const seq = ++this.seq;
    const { quote } = wish;
    const texts = [{ text, time, mentions }];
    this.messages.set(seq, {
      seq,
      from,
      time,
      thread: root?.seq,
      quote,
      texts,
      pinned: false,
      reactions: [],
    });
    if (root === undefined) return "happened";
    this.#followedBy(root, seq, mentions, from);
    const own = this.#markOf(from, root.seq);
    this.marks.set(`${from} ${root.seq}`, {
      following: own.following ?? true,
      read: Math.max(own.read, seq),
    });
    return "happened";
  }

  /** The first message of the thread that a reply to this one belongs to; it may have been deleted since the thread began. */
  #rootOf(seq: number): Said | undefined {
    const said = this.messages.get(seq);
    if (said?.thread !== undefined) return this.#told(seq) && this.messages.get(said.thread);
    const isThread = [...this.messages.values()].some((each) =>
      each.thread === seq && each.seq <= this.settledSeq
    );
    return isThread ? said : this.#told(seq);
  }

  #followedBy(root: Said, seq: number, mentions: readonly string[], replier?: string): void {
    for (const name of new Set([root.from, ...mentions.filter((each) => !each.startsWith("@"))])) {
      const mark = this.#markOf(name, root.seq);
      if (name === replier || mark.following !== undefined) continue;
      const read = name === root.from ? mark.read : Math.max(mark.read, seq - 1);
      this.marks.set(`${name} ${root.seq}`, { following: true, read });
    }
  }

  #mark(wish: Wish & { type: "follow" | "read_thread" }): Outcome {
    const said = this.messages.get(wish.seq);
    if (said === undefined || said.seq > this.settledSeq) return "no_such_message";
    const seq = said.thread ?? said.seq;
    const mark = { ...this.#markOf(wish.from, seq) };
    if (wish.type === "follow") mark.following = wish.following;
    else mark.read = Math.max(mark.read, Math.min(wish.read, this.settledSeq));
    this.marks.set(`${wish.from} ${seq}`, mark);
    return "noted";
  }

  #change(wish: Exclude<Wish, { type: "send" | "follow" | "read_thread" }>): Outcome {
    const said = this.messages.get(wish.seq);
    const now = said?.texts.at(-1);
    if (said === undefined || now === undefined) return "no_such_message";
    if (this.archived) return "archived";
    const takesBack = wish.type === "delete" || wish.type === "unreact";
    if (this.#muted.has(wish.from) && !takesBack) return "muted";
    const own = said.from === wish.from;
    if (wish.type === "edit" && !own) return "forbidden";
    if (wish.type === "delete" && !own && !this.#moderators.has(wish.from)) return "forbidden";
    const { from, time } = wish;
    const deed = { seq: this.seq + 1, from, time, target: said.seq };
    switch (wish.type) {
      case "edit": {
        if (now.text === wish.text) return "unchanged";
        const mentions = this.#meaning(wish.text, from);
        said.texts.push({ text: wish.text, time, mentions });
        this.deeds.push({ type: "edited", ...deed });
        const root = said.thread === undefined ? undefined : this.messages.get(said.thread);
        if (root !== undefined) this.#followedBy(root, said.seq, mentions);
        break;
      }
      case "delete":
        Object.assign(said, { texts: [], reactions: [], pinned: false, quote: undefined });
        this.deeds.push({ type: "deleted", ...deed });
        break;
      case "react": {
        const { emoji } = wish;
        if (said.reactions.some((each) => each.from === from && each.emoji === emoji)) return "unchanged";
        said.reactions.push({ seq: deed.seq, from, emoji });
        this.deeds.push({ type: "reacted", ...deed });
        break;
      }
      case "unreact": {
        const put = said.reactions.find((each) => each.from === from && each.emoji === wish.emoji);
        if (put === undefined) return "unchanged";
        said.reactions = said.reactions.filter((each) => each !== put);
        this.deeds.push({ type: "unreacted", ...deed, reaction: put.seq });
        break;
      }
      case "pin":
      case "unpin": {
        const pinned = wish.type === "pin";
        if (said.pinned === pinned) return "unchanged";
        said.pinned = pinned;
        this.deeds.push({ type: pinned ? "pinned" : "unpinned", ...deed });
      }
    }
    this.seq++;
    return "happened";
  }

  /** A message that people know of and that is still there. */
  #told(seq: number): Said | undefined {
    const said = this.messages.get(seq);
    return said !== undefined && said.texts.length > 0 && seq <= this.settledSeq ? said : undefined;
  }

  #markOf(name: string, root: number): Mark {
    return this.marks.get(`${name} ${root}`) ?? { following: undefined, read: root };
  }
}
