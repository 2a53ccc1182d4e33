import { type Intent, type Outcome, understand } from "../commands/mod.ts";
import { type Connection, ConnectionLost } from "../connection/mod.ts";
import { Refusal } from "../../shared/protocol/mod.ts";
import type { World } from "../../shared/world/mod.ts";
import { leftBehindLines } from "./leftover_lines.ts";
import { News } from "./news.ts";
import { endedLine, notDoneLine } from "./news_lines.ts";
import { outcomeLines } from "./outcome_lines.ts";
import { Outgoing, type Unsent } from "./outgoing.ts";
import { firstRoom, RoomView } from "./room_view.ts";
import type { Stage } from "./stage.ts";

export interface ConversationOptions {
  readonly world: World;
  readonly connection: Connection;
  readonly stage: Stage;
  /** The room to talk in. One becomes a member where one is none yet. */
  readonly room?: string | undefined;
}

const lastWordsMsMax = 3_000;
const sayingMsMax = 500;

/** What a person does and what happens to them, from the first room to the last word, whatever it is shown on. */
export class Conversation {
  readonly view: RoomView;
  readonly outgoing: Outgoing;
  readonly news: News;
  readonly #options: ConversationOptions;
  readonly #over = Promise.withResolvers<number>();
  #work: Promise<void> = Promise.resolve();
  #failures = 0;
  #isLeaving = false;

  constructor(options: ConversationOptions) {
    const { connection, stage, world } = options;
    this.#options = options;
    this.view = new RoomView(connection, stage);
    this.outgoing = new Outgoing(connection, stage);
    this.news = new News({
      connection,
      clock: world.clock,
      stage,
      view: this.view,
      onEnded: (reason) => this.#end(reason),
    });
  }

  /** Goes to the first room, and listens to what happens. */
  begin(): void {
    const { connection, room } = this.#options;
    const isMember = room === undefined || connection.model().rooms.has(room);
    this.view.turnTo(isMember ? room ?? firstRoom(connection) : undefined);
    this.news.begin();
    this.outgoing.resume(connection.takeLeftovers());
    if (!isMember) this.enter(`/join ${room}`);
  }

  /** Resolves with the exit code when it is over: 0 if all was done that was asked for, 1 otherwise. */
  get over(): Promise<number> {
    return this.#over.promise;
  }

  /** Takes what the person has entered. One is done before the next begins, since where one talks may depend on it. */
  enter(text: string): void {
    const intent = understand(text);
    this.#work = this.#work.then(() => this.#follow(intent)).catch((error) => this.#over.reject(error));
  }

  /** Does what was entered before, waits for the answers, and closes. */
  async finish(): Promise<void> {
    await this.#work;
    await this.outgoing.settled();
    this.#isLeaving = true;
    await this.#options.connection.close();
    this.#over.resolve(this.#failures + this.outgoing.refused === 0 ? 0 : 1);
  }

  /** Closes within seconds, and shows the words that did not get away. */
  async quit(): Promise<void> {
    const { connection, world } = this.#options;
    await Promise.race([this.outgoing.settled(), world.clock.sleep(lastWordsMsMax)]);
    const unsent = this.outgoing.giveUp();
    this.#isLeaving = true;
    await connection.close();
    this.#showLeftBehind(unsent);
    this.#over.resolve(unsent.length === 0 ? 0 : 1);
  }

  /** Closes at once: nobody listens any more. */
  async abandon(): Promise<void> {
    this.outgoing.giveUp();
    this.#isLeaving = true;
    await this.#options.connection.close();
    this.#over.resolve(0);
  }

  async #follow(intent: Intent): Promise<void> {
    if (intent.kind === "say") this.#say(intent.text);
    if (intent.kind === "unknown") this.#fail(intent.text);
    if (intent.kind !== "run") return;
    await this.#finishSaying();
    const desk = { connection: this.#options.connection, room: this.view.room };
    try {
      await this.#bring(await intent.command.run(desk, intent.words));
    } catch (error) {
      if (!(error instanceof Refusal || error instanceof ConnectionLost)) throw error;
      this.#fail(error.message);
    }
  }

  /** So that a command finds and shows what was said before it. A person does not wait for a lost connection. */
  async #finishSaying(): Promise<void> {
    const { stage, world } = this.#options;
    const settled = this.outgoing.settled();
    if (!stage.hasAudience) return await settled;
    if (this.outgoing.unsent.length > 0) await Promise.race([settled, world.clock.sleep(sayingMsMax)]);
  }

  #say(text: string): void {
    const { room } = this.view;
    if (room === undefined) {
      this.#fail("You are in no room. /rooms lists what there is, /join ROOM lets you in");
      return this.#options.stage.giveBack(text);
    }
    this.outgoing.say({ room, text, time: this.#options.world.clock.now() });
  }

  async #bring(outcome: Outcome): Promise<void> {
    const { stage, connection } = this.#options;
    if (outcome.kind === "turned") this.view.turnTo(outcome.room);
    else if (outcome.kind === "history") stage.show(this.view.past(outcome.room, outcome.events));
    else if (outcome.kind === "mistake") this.#fail(outcome.text);
    else if (outcome.kind === "quit") await this.quit();
    else if (outcome.kind !== "left") stage.show(outcomeLines(outcome, connection.model().me.username));
  }

  #fail(why: string): void {
    this.#failures++;
    this.#options.stage.remark([notDoneLine(why)]);
  }

  #end(reason: string): void {
    if (this.#isLeaving) return;
    this.#options.stage.remark([endedLine(reason)]);
    this.#showLeftBehind(this.outgoing.giveUp());
    this.#over.resolve(1);
  }

  #showLeftBehind(unsent: readonly Unsent[]): void {
    const { connection, stage } = this.#options;
    if (unsent.length > 0) stage.remark(leftBehindLines(unsent, connection.isOutboxKept()));
  }
}
