import { type Command, type Intent, isOffered, type Outcome, understand } from "../commands/mod.ts";
import { type Connection, ConnectionLost, type SaidPlace } from "../connection/mod.ts";
import { Refusal, type Role } from "../../shared/protocol/mod.ts";
import type { World } from "../../shared/world/mod.ts";
import { Agenda } from "./agenda.ts";
import { waitText } from "./date_text.ts";
import { heldBackLines, leftBehindLines } from "./leftover_lines.ts";
import { News } from "./news.ts";
import { confinedLine, confinedReason, endedLines, keptUnreadLine, notDoneLine } from "./news_lines.ts";
import { outcomeLines } from "./outcome_lines.ts";
import { giveBack, Outgoing } from "./outgoing.ts";
import { firstRoom, RoomView } from "./room_view.ts";
import type { Stage } from "./stage.ts";
import { type Folders, Transfers } from "./transfers.ts";

export interface ConversationOptions {
  readonly world: World;
  readonly connection: Connection;
  readonly stage: Stage;
  /** The room to talk in. One becomes a member where one is none yet. */
  readonly room?: string | undefined;
  /** The message of that room to be shown first. */
  readonly at?: number | undefined;
  readonly folders: Folders;
}

const noRoomRemark = "You are in no room. /rooms lists what there is, /join ROOM lets you in";
const confinedRemark = "Not before two-factor is set up: /2fa on does it";

type Run = Extract<Intent, { readonly kind: "run" }>;

/** What is said, where, and when it was entered. */
type Words = SaidPlace & { readonly room: string | undefined; readonly text: string; readonly time?: number };

const lastWordsMsMax = 3_000;
const sayingMsMax = 500;

/** What a person does and what happens to them, from the first room to the last word, whatever it is shown on. */
export class Conversation {
  readonly view: RoomView;
  readonly outgoing: Outgoing;
  readonly agenda: Agenda;
  readonly transfers: Transfers;
  readonly news: News;
  readonly #options: ConversationOptions;
  readonly #over = Promise.withResolvers<number>();
  readonly #hurry = Promise.withResolvers<void>();
  #failures = 0;
  /** Whether the person has gone to their first room. */
  #isIn = false;
  /** Whether the person was told that nothing can be done before two-factor is set up. */
  #isConfined = false;
  /** Commands that were entered, may ask something, and are not done. */
  #holds = 0;
  #releaseKeys: () => void = () => {};
  #stopWaiting: () => void = () => {};
  #isQuitting = false;
  #isLeaving = false;

  constructor(options: ConversationOptions) {
    const { connection, stage, world, folders } = options;
    this.#options = options;
    this.view = new RoomView(connection, stage);
    this.outgoing = new Outgoing(connection, stage);
    this.transfers = new Transfers({
      connection,
      clock: world.clock,
      stage,
      outgoing: this.outgoing,
      folders,
      refuse: (why) => this.refuse(why),
    });
    this.agenda = new Agenda({
      follow: (intent, time) => this.#follow(intent, time),
      stray: (text) => this.#stray(text),
      changed: () => stage.refresh(),
      broken: (cause) => this.#over.reject(cause),
    });
    this.news = new News({
      connection,
      clock: world.clock,
      stage,
      view: this.view,
      onConnected: () => this.#connected(),
      onEnded: (reason) => this.#end(reason),
    });
  }

  /** Goes to the first room, and listens to what happens. */
  begin(): void {
    const { connection } = this.#options;
    this.#connected();
    this.news.begin();
    this.outgoing.resume(connection.takeLeftovers());
  }

  /** Resolves with the exit code when it is over: 0 if all was done that was asked for, 1 otherwise. */
  get over(): Promise<number> {
    return this.#over.promise;
  }

  /** Takes what the person has entered. True if it is a command that may ask them something. */
  enter(text: string): boolean {
    const intent = understand(text, this.#options.connection.model().me.role);
    const mayAsk = intent.kind === "run" && intent.command.asks === true;
    // At once, also before its turn: a password that is typed without looking must not become a message.
    if (mayAsk) this.#hold(intent.command.name);
    this.agenda.enter(intent, this.#options.world.clock.now());
    return mayAsk;
  }

  /** Tells that something which was entered is not done. */
  refuse(why: string): void {
    this.#failures++;
    this.#options.stage.remark([notDoneLine(why)]);
  }

  /** Does what was entered before, waits for the answers, and closes. */
  async finish(): Promise<void> {
    await this.#settled();
    this.#isLeaving = true;
    await this.#options.connection.close();
    this.#over.resolve(this.#failures + this.outgoing.refused === 0 ? 0 : 1);
  }

  /** Closes within seconds, at once when called again, and shows the words that did not get away. */
  async quit(): Promise<void> {
    const { connection, world } = this.#options;
    if (this.#isQuitting) return this.#hurry.resolve();
    this.#isQuitting = true;
    await Promise.race([this.#settled(), world.clock.sleep(lastWordsMsMax), this.#hurry.promise]);
    if (this.#isLeaving) return;
    this.#giveUp();
    await connection.close();
    this.#over.resolve(this.#showLeftBehind() ? 1 : 0);
  }

  /** Closes at once: nobody listens any more. */
  async abandon(): Promise<void> {
    this.#giveUp();
    await this.#options.connection.close();
    this.#over.resolve(0);
  }

  #connected(): void {
    const wasConfined = this.#isConfined;
    this.#isConfined = this.#options.connection.model().me.isConfined === true;
    if (this.#isConfined && !wasConfined) this.#confined();
    if (!this.#isConfined && !this.#isIn) this.#goIn();
  }

  #goIn(): void {
    const { connection, room, at } = this.#options;
    this.#isIn = true;
    const isMember = room === undefined || connection.model().rooms.has(room);
    this.view.turnTo(isMember ? room ?? firstRoom(connection) : undefined);
    if (!isMember) this.enter(`/join ${room}`);
    if (at !== undefined) this.enter(`/show ${at}`);
  }

  /** Whoever has keys is led into setting two-factor up. Elsewhere, input is being read already. */
  #confined(): void {
    const { stage } = this.#options;
    if (stage.asker === undefined) return this.#end(confinedReason);
    stage.remark([confinedLine(stage.hasKeys)]);
    if (stage.hasKeys) this.enter("/2fa");
  }

  async #settled(): Promise<void> {
    await this.agenda.done;
    await this.transfers.settled();
    await this.outgoing.settled();
  }

  /** What is entered from now on is held, and shown at the end. */
  #giveUp(): void {
    this.#isLeaving = true;
    this.agenda.stop();
    this.transfers.giveUp();
    this.outgoing.giveUp();
  }

  /** Resolves with whether it was done. */
  async #follow(intent: Intent, time: number): Promise<boolean> {
    if (intent.kind === "run") return await this.#run(intent);
    if (intent.kind === "say") this.#say({ room: this.view.room, text: intent.text, time });
    if (intent.kind === "unknown") this.refuse(intent.text);
    return intent.kind !== "unknown";
  }

  async #run({ command, words, rest }: Run): Promise<boolean> {
    const { connection, stage } = this.#options;
    try {
      if (command.asks) this.#stopWaiting();
      const { role } = connection.model().me;
      // The server would refuse it, after everything was asked.
      if (command.asks && !isOffered(command, role)) throw new Refusal("forbidden", notFor(command, role));
      await this.#finishSaying();
      const { asker } = stage;
      const desk = { connection, room: this.view.room, asker, show: (shown: Outcome) => this.#bring(shown) };
      const outcome = await command.run(desk, words, rest);
      this.#bring(outcome);
      // What comes next from a pipe may be about the file.
      if (!stage.hasAudience) await this.transfers.settled();
      return outcome.kind !== "mistake";
    } catch (error) {
      if (!(error instanceof Refusal || error instanceof ConnectionLost)) throw error;
      if (!this.#isLeaving) this.refuse(refusedText(error));
      return false;
    } finally {
      if (command.asks) this.#release();
    }
  }

  #hold(name: string): void {
    const { stage } = this.#options;
    if (this.#holds++ > 0) return;
    this.#releaseKeys = stage.holdKeys();
    if (this.agenda.isBusy) this.#stopWaiting = stage.wait(name, () => this.#takeBack(name));
  }

  #takeBack(name: string): void {
    if (!this.agenda.takeBack()) return;
    this.#stopWaiting();
    this.#bring({ kind: "told", text: `/${name} is taken back: nothing was changed.` });
    this.#release();
  }

  #release(): void {
    if (--this.#holds === 0) this.#releaseKeys();
  }

  /** So that a command finds and shows what was said before it. A person does not wait for a lost connection. */
  async #finishSaying(): Promise<void> {
    const { stage, world } = this.#options;
    const settled = this.outgoing.settled();
    if (!stage.hasAudience) return await settled;
    if (this.outgoing.unsent.length > 0) await Promise.race([settled, world.clock.sleep(sayingMsMax)]);
  }

  #say({ room, text, ...more }: Words): void {
    if (room === undefined) {
      this.refuse(this.#isConfined ? confinedRemark : noRoomRemark);
      return void this.#options.stage.giveBack(text);
    }
    this.outgoing.say({ room, text, time: this.#options.world.clock.now(), ...more });
  }

  #stray(text: string): void {
    const { stage } = this.#options;
    this.#failures++;
    giveBack(stage, text, "The command before it was not done");
  }

  #bring(outcome: Outcome): void {
    const { stage, connection } = this.#options;
    if (outcome.kind === "turned") this.#turn(outcome.room, outcome.text);
    else if (outcome.kind === "said") this.#say(outcome);
    else if (outcome.kind === "kept_unread") this.#keepUnread(outcome.room);
    else if (outcome.kind === "history") stage.show(this.view.past(outcome.room, outcome.events));
    else if (outcome.kind === "mistake") this.refuse(outcome.text);
    else if (outcome.kind === "quit") void this.quit();
    else if (outcome.kind === "upload") this.transfers.upload(outcome);
    else if (outcome.kind === "download") this.transfers.download(outcome.file);
    else if (outcome.kind === "cancel") this.#stopTransfer();
    else if (outcome.kind !== "left" && outcome.kind !== "done") {
      const { hasKeys, pictureSize, eventLines } = stage;
      stage.show(outcomeLines(outcome, { model: connection.model(), eventLines, hasKeys, pictureSize }));
    }
  }

  #turn(room: string, text: string | undefined): void {
    this.view.turnTo(room);
    if (text !== undefined) this.#say({ room, text });
  }

  #stopTransfer(): void {
    if (!this.transfers.stopNewest()) this.refuse("No file is on its way");
  }

  #keepUnread(room: string): void {
    this.view.keepUnread(room);
    this.#options.stage.show([keptUnreadLine()]);
  }

  /** `reason` is undefined where this program has closed the connection, as when it was told to end. */
  #end(reason: string | undefined): void {
    if (this.#isLeaving) return;
    this.#giveUp();
    if (reason !== undefined) this.#options.stage.remark(endedLines(reason));
    this.#showLeftBehind();
    this.#over.resolve(1);
  }

  /** False if nothing is left behind. */
  #showLeftBehind(): boolean {
    const { connection, stage } = this.#options;
    const { unsent } = this.outgoing;
    const { held } = this.agenda;
    if (unsent.length > 0) stage.remark(leftBehindLines(unsent, connection.isOutboxKept()));
    if (held.length > 0) stage.remark(heldBackLines(held));
    return unsent.length + held.length > 0;
  }
}

function notFor(command: Command, role: Role): string {
  const whom = isOffered(command, "admin") ? "an owner or an admin" : "an owner";
  return `/${command.name} is not for ${role}s. Ask ${whom} of this server`;
}

/** Why something was not done and, where the server told, how long it takes until it may be. */
function refusedText(error: Refusal | ConnectionLost): string {
  const waitMs = error instanceof Refusal ? error.retryAfterMs : undefined;
  return waitMs === undefined
    ? error.message
    : `${error.message}. The next try is possible in ${waitText(waitMs)}`;
}
