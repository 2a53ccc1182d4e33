import type { Answer, Level } from "../../shared/protocol/mod.ts";
import type { Profile, ThreadModel } from "../model/mod.ts";
import type { AskType } from "./ask.ts";
import type { CatchUp } from "./catch_up.ts";
import type { View } from "./view.ts";

/** What of a request is of use when it is done. */
export interface AnyAsk {
  readonly type: AskType;
  readonly room?: string | undefined;
  readonly username?: string | undefined;
  readonly level?: Level | undefined;
  readonly busy?: boolean | undefined;
  readonly usernames?: readonly string[] | undefined;
}

/** After these one may be in another room. */
const entering: ReadonlySet<AskType> = new Set(["join", "create", "direct"]);

/** Takes what an answer says into the model, whoever asked for it. */
export function learn(ask: AnyAsk, answer: Answer, view: View, catchUp: CatchUp): void {
  switch (answer.type) {
    case "ok":
      return done(ask, answer, view, catchUp);
    case "rooms":
      return view.about(answer.rooms);
    case "profile":
      return view.profile(profileOf(answer));
    case "thread":
      return view.standsToThread(answer.room, answer.root.seq, threadOf(answer));
    case "threads":
      for (const each of answer.threads) {
        view.standsToThread(each.room, each.root.seq, threadOf({ following: true, ...each }));
      }
      return;
    case "who":
      return view.presences(answer.users.map(({ username, status }) => [username, status]));
    case "recovery_codes":
      if (ask.type === "two_factor_confirm") view.me({ twoFactor: true });
  }
}

function done(ask: AnyAsk, answer: Answer<"ok">, view: View, catchUp: CatchUp): void {
  const { room = ask.room?.toLowerCase(), seq = 0, time } = answer;
  if (ask.type === "two_factor_end") view.me({ twoFactor: false });
  if (ask.type === "status" && ask.busy !== undefined) view.me({ busy: ask.busy });
  if (room === undefined) return;
  if (ask.type === "leave") return catchUp.left(room);
  if (ask.type === "remove" && ask.username !== undefined) view.parted(ask.username.toLowerCase());
  if (ask.type === "level" && ask.level !== undefined) view.level(room, ask.level);
  if (entering.has(ask.type)) catchUp.entered(room, seq);
  if (ask.type === "create") view.moderates(room);
  if (ask.type === "direct") view.talksWith(room, ask.usernames ?? []);
  if (time !== undefined) catchUp.happened(room, seq);
}

/** Without what else an answer or a signal says. */
export function profileOf(
  { username, displayName, statusText, timeZone, role, deactivated, bot }: Profile,
): Profile {
  return { username, displayName, statusText, timeZone, role, deactivated, bot };
}

/** As `profileOf`. */
export function threadOf({ following, read, unread }: ThreadModel): ThreadModel {
  return { following, read, unread };
}
