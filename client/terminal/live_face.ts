import { type Asker, complete } from "../commands/mod.ts";
import type { Connection } from "../connection/mod.ts";
import type { ReadMarkdown } from "../markdown/mod.ts";
import { roomLabel } from "../model/mod.ts";
import type { Cancel, World } from "../../shared/world/mod.ts";
import { Conversation } from "./conversation.ts";
import { DraftKeeper } from "./draft_keeper.ts";
import { eventLines } from "./event_lines.ts";
import type { EventLines } from "./event_view.ts";
import type { LineEditor } from "./line_editor.ts";
import { livePrompt } from "./live_prompt.ts";
import { draftLine } from "./news_lines.ts";
import { RoomDirectory } from "./room_directory.ts";
import { safeText } from "./safe_text.ts";
import type { Stage } from "./stage.ts";
import { type Line, span } from "./styled_line.ts";
import type { Terminal } from "./terminal.ts";
import type { Folders } from "./transfers.ts";
import { TypingNotice } from "./typing_notice.ts";

export interface LiveFaceOptions {
  readonly world: World;
  readonly connection: Connection;
  readonly terminal: Terminal;
  readonly markdown: ReadMarkdown;
  readonly room?: string | undefined;
  /** The message of that room to be shown first. */
  readonly at?: number | undefined;
  readonly folders: Folders;
}

const countdownMs = 1_000;
/** Rows left to the greeting, the prompt and the lines for days. */
const rowsForOthers = 8;
const pastLinesMin = 5;

/** Talks with a person at a terminal until they leave. Resolves with the exit code. */
export async function talkLive(options: LiveFaceOptions): Promise<number> {
  const face = new LiveFace(options);
  try {
    return await face.conversation.over;
  } finally {
    face.stop();
  }
}

/** The live face: what is typed stays whole at the foot of the screen while the conversation goes on above it. */
class LiveFace implements Stage {
  readonly conversation: Conversation;
  readonly eventLines: EventLines;
  readonly hasAudience = true;
  readonly hasKeys = true;
  readonly asker: Asker;
  readonly #options: LiveFaceOptions;
  readonly #editor: LineEditor;
  readonly #directory: RoomDirectory;
  readonly #drafts: DraftKeeper;
  readonly #typing: TypingNotice;
  readonly #stopCountdown: Cancel;

  constructor(options: LiveFaceOptions) {
    const { world, terminal, connection } = options;
    this.#options = options;
    const { markdown } = options;
    this.eventLines = (event, view) => eventLines(event, { ...view, markdown });
    this.asker = {
      ask: (question) => terminal.inquire(promptOf(question), "ask"),
      askHidden: (question) => terminal.inquire(promptOf(question), "askHidden"),
    };
    this.#drafts = new DraftKeeper(connection);
    this.#typing = new TypingNotice(connection, world.clock);
    this.#directory = new RoomDirectory(connection, world.clock);
    this.conversation = new Conversation({ ...options, stage: this });
    this.#editor = terminal.edit({
      prompt: "",
      keepsLine: false,
      history: [],
      onLine: (text) => this.#enter(text),
      onInterrupt: () => this.#interrupt(),
      onEnd: () => void this.conversation.quit(),
      onTab: () => this.#complete(),
    });
    this.#stopCountdown = world.clock.every(countdownMs, () => this.#tick());
    this.conversation.begin();
    void this.#offerDraft();
  }

  get pastLinesMax(): number {
    return Math.max(pastLinesMin, this.#options.terminal.rows - rowsForOthers);
  }

  /** The question that stands below a picture needs a row of its own. */
  get pictureSize(): Stage["pictureSize"] {
    const { columns, rows, hasColours } = this.#options.terminal;
    return hasColours ? { columns, rows: rows - 1 } : undefined;
  }

  holdKeys(): () => void {
    const { terminal } = this.#options;
    terminal.holdKeys();
    return () => terminal.releaseKeys();
  }

  wait(name: string, takeBack: () => void): () => void {
    const text = `  /${name} waits for the command before it · Ctrl-C takes it back`;
    return this.#options.terminal.wait(text, takeBack);
  }

  show(lines: readonly Line[]): void {
    if (lines.length > 0) this.#options.terminal.show(lines);
  }

  remark(lines: readonly Line[]): void {
    this.show(lines);
  }

  ring(): void {
    this.#options.terminal.ring();
  }

  refresh(): void {
    const { terminal, connection } = this.#options;
    const { view, news } = this.conversation;
    const model = connection.model();
    const prompt = livePrompt({
      me: model.me.username,
      room: view.room,
      label: (room) => roomLabel(model, room),
      typing: view.room === undefined ? [] : news.typingIn(view.room),
      unsent: this.conversation.outgoing.unsent,
      held: this.conversation.agenda.held,
      underWay: this.conversation.transfers.underWay,
      retryInMs: news.retryInMs,
      columns: terminal.columns,
    });
    this.#editor.setPrompt(prompt.map((line) => terminal.paint(line)).join("\n"));
  }

  /** Into the line if nothing else was begun there; among the earlier lines they are anyway. */
  giveBack(text: string): boolean {
    if (this.#editor.text !== "") return false;
    this.#editor.insert(text.startsWith("/") ? `/${text}` : text);
    return true;
  }

  #enter(text: string): void {
    if (!text.startsWith("/") || text.startsWith("//")) this.#drafts.sent();
    this.conversation.enter(text);
  }

  #tick(): void {
    const { room } = this.conversation.view;
    this.#typing.look(room, this.#editor.text);
    this.#drafts.look(room, this.#editor.text);
    this.refresh();
  }

  async #offerDraft(): Promise<void> {
    const { room } = this.conversation.view;
    const text = room === undefined ? undefined : await this.#drafts.find(room);
    if (text === undefined || this.#editor.text !== "") return;
    this.remark([draftLine()]);
    this.#editor.insert(text);
  }

  stop(): void {
    this.#stopCountdown();
    this.#options.terminal.stopEditing();
  }

  #interrupt(): void {
    if (this.#editor.text === "") void this.conversation.quit();
    else this.#editor.clear();
  }

  #complete(): void {
    const before = this.#editor.textBeforeCursor;
    const { text, choices } = complete(before, {
      model: this.#options.connection.model(),
      members: [...this.conversation.view.company].sort(),
      rooms: this.#directory.names(),
    });
    if (text !== before) this.#editor.replaceBeforeCursor(text);
    else if (choices.length > 0) this.show([[span(`  ${choices.join("  ")}`, "dim")]]);
  }
}

/** A question may hold a name that others gave. */
function promptOf(question: string): string {
  return `  ${safeText(question)}: `;
}
