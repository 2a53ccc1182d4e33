import { Refusal, roomName, userName } from "../../shared/protocol/mod.ts";
import type { Ask } from "../connection/mod.ts";

export type SearchAsk = Omit<Ask<"search">, "type">;

/** What a search needs that it does not have, or has and cannot be: a sentence for the person. */
export class Unsearchable extends Error {
  override readonly name = "Unsearchable";
}

/**
 * Takes filters out of what is searched for: `from:ben in:ops before:2026-07-24 after:2026-07-01 has:link`. `in:here` is
 * the room that the person talks in. Days are those of this machine's clock; `before` and `after` leave them out.
 */
export function searchAsk(text: string, here: string | undefined): SearchAsk {
  let ask: SearchAsk = {};
  const words = text.replace(
    /"[^"]*"|\b(from|in|before|after|has):(\S*)/gi,
    (all, key?: string, value = "") => {
      if (key === undefined) return all;
      ask = { ...ask, ...filters[key.toLowerCase()]?.(value.toLowerCase(), here) };
      return "";
    },
  ).replace(/\s+/g, " ").trim();
  if (words !== "") return { ...ask, text: words };
  if (ask.from !== undefined || ask.room !== undefined || ask.has !== undefined) return ask;
  throw new Unsearchable("What to search for is missing: a word, from:, in: or has:");
}

const filters: Readonly<Record<string, (value: string, here: string | undefined) => SearchAsk>> = {
  from: (value) => ({
    from: named(() => userName.read(value.replace(/^@/, ""), "from"), "from: needs a name"),
  }),
  in: (value, here) => ({
    room: named(
      () => roomName.read(value === "here" ? here : value.replace(/^#/, ""), "in"),
      "in: needs a room",
    ),
  }),
  before: (value) => ({ until: dayStart(value, 0) - 1 }),
  after: (value) => ({ after: dayStart(value, 1) - 1 }),
  has: (value) => {
    const has = (["link", "code", "mention"] as const).find((each) => each === value);
    if (has === undefined) throw new Unsearchable("has: is followed by link, code or mention");
    return { has };
  },
};

function named(read: () => string, otherwise: string): string {
  try {
    return read();
  } catch (cause) {
    if (cause instanceof Refusal) throw new Unsearchable(otherwise);
    throw cause;
  }
}

/** The first moment of the day that comes so many days after the one written. */
function dayStart(text: string, later: number): number {
  const [, year, month, day] = /^(\d{4})-(\d{1,2})-(\d{1,2})$/.exec(text) ?? [];
  const start = new Date(Number(year), Number(month) - 1, Number(day) + later).getTime();
  if (Number.isNaN(start)) throw new Unsearchable("A day is written as in before:2026-07-24");
  return start;
}
