import type { Connection, Happening } from "../connection/mod.ts";
import { roomLabel } from "../model/mod.ts";
import type { Clock } from "../../shared/world/mod.ts";
import { alertLines } from "./alert_lines.ts";
import {
  backLine,
  goneLine,
  lostLines,
  presenceLine,
  roleLine,
  skippedLine,
  unkeptLine,
} from "./news_lines.ts";
import type { RoomView } from "./room_view.ts";
import type { Stage } from "./stage.ts";
import type { Line } from "./styled_line.ts";

export interface NewsOptions {
  readonly connection: Connection;
  readonly clock: Clock;
  readonly stage: Stage;
  readonly view: RoomView;
  /** A session is open. */
  readonly onConnected: () => void;
  /** As `ended` of `Happening` has it. */
  readonly onEnded: (reason: string | undefined) => void;
}

type Of<Kind extends Happening["kind"]> = Extract<Happening, { kind: Kind }>;

type Hearers = { readonly [Kind in Happening["kind"]]: (happening: Of<Kind>) => void };

/** People who write at once, in all rooms. */
const typingMax = 1_000;

/** Tells what happens: to the rooms by the view, to the connection and to people by remarks. */
export class News {
  readonly #options: NewsOptions;
  readonly #hearers: Hearers;
  /** Who writes where, until when by `clock.monotonic()`. */
  readonly #typing = new Map<
    string,
    { readonly room: string; readonly username: string; readonly until: number }
  >();
  /** Who has come into a room by themselves, and is known by that to be here. */
  readonly #arrived = new Set<string>();
  /** When the next try to connect is made, by `clock.monotonic()`. */
  #retryAt: number | undefined;

  constructor(options: NewsOptions) {
    this.#options = options;
    const { view, stage } = options;
    this.#hearers = {
      connected: () => this.#connected(),
      lost: ({ reason, retryInMs }) => this.#lost(reason, retryInMs),
      ended: ({ reason }) => options.onEnded(reason),
      event: (happening) => this.#event(happening),
      caught_up: ({ room }) => view.caughtUp(room),
      skipped: ({ room, missing }) => stage.remark([skippedLine(this.#label(room), missing)]),
      reset: ({ room }) => view.reset(room),
      entered: ({ room }) => view.entered(room),
      gone: ({ room }) => this.#gone(room),
      presence: (happening) => this.#presence(happening),
      profile: () => {},
      standing: () => {},
      draft: () => {},
      typing: (happening) => this.#typed(happening),
      role: ({ role }) => this.#tell([roleLine(role)]),
      alert: (alert) => stage.remark(alertLines(alert, options.clock.now())),
      waiting: () => stage.refresh(),
      unkept: ({ reason }) => stage.remark([unkeptLine(reason)]),
    };
  }

  begin(): void {
    this.#options.connection.listen((happening) => this.#hear(happening));
  }

  /** Milliseconds until the next try to connect; undefined while there is a connection. */
  get retryInMs(): number | undefined {
    return this.#retryAt === undefined ? undefined : this.#retryAt - this.#options.clock.monotonic();
  }

  /** Who is writing in this room just now. */
  typingIn(room: string): readonly string[] {
    const now = this.#options.clock.monotonic();
    return [...this.#typing.values()]
      .filter((each) => each.room === room && each.until > now)
      .map(({ username }) => username);
  }

  #hear<Kind extends Happening["kind"]>(happening: Extract<Happening, { kind: Kind }>): void {
    const hearer = this.#hearers[happening.kind as Kind];
    hearer(happening);
  }

  #connected(): void {
    const wasLost = this.#retryAt !== undefined;
    this.#retryAt = undefined;
    if (wasLost) this.#options.stage.remark([backLine()]);
    this.#options.onConnected();
    this.#options.stage.refresh();
  }

  /** Only the first of several losses in a row is worth a line; the countdown tells of the others. */
  #lost(reason: string, retryInMs: number): void {
    const isFirst = this.#retryAt === undefined;
    this.#retryAt = this.#options.clock.monotonic() + retryInMs;
    if (isFirst) this.#options.stage.remark(lostLines(reason));
    this.#options.stage.refresh();
  }

  #gone(room: string): void {
    this.#tell([goneLine(`#${room}`)]);
    this.#options.view.lose(room);
  }

  /** Who comes and goes is told, and not who rests for a while. */
  #presence({ username, status, before }: Of<"presence">): void {
    const { view, connection } = this.#options;
    const isCompany = username !== connection.model().me.username && view.company.has(username);
    const isHere = status !== "offline";
    const isTold = this.#arrived.delete(username) && isHere;
    if (isTold || !isCompany || !view.isEntered) return;
    const isNews = before === undefined ? status === "online" || !isHere : isHere !== (before !== "offline");
    if (isNews) this.#tell([presenceLine(username, isHere ? "online" : "offline")]);
  }

  /** Whoever has said something writes no more. */
  #event(happening: Of<"event">): void {
    const { room, event } = happening;
    if (event.type === "message") this.#typing.delete(`${room} ${event.from}`);
    if (event.type === "joined" && happening.live && event.by === undefined) {
      this.#arrived.add(event.username);
    }
    this.#options.view.add(happening);
  }

  #typed({ room, username, forMs }: Of<"typing">): void {
    if (this.#typing.size >= typingMax) this.#typing.clear();
    const until = this.#options.clock.monotonic() + forMs;
    this.#typing.set(`${room} ${username}`, { room, username, until });
    this.#options.stage.refresh();
  }

  #label(room: string): string {
    return roomLabel(this.#options.connection.model(), room);
  }

  #tell(lines: readonly Line[]): void {
    if (this.#options.stage.hasAudience) this.#options.stage.remark(lines);
  }
}
