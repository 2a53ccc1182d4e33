import type { Connection } from "./connection/mod.ts";
import { loadMarkdown } from "./markdown/mod.ts";
import type { Person } from "./person.ts";
import {
  type Folders,
  type Line,
  PlainStreams,
  PlainTerminal,
  safeLines,
  span,
  talkLive,
  talkPlain,
  Terminal,
} from "./terminal/mod.ts";
import type { World } from "../shared/world/mod.ts";

/** What is opened first: the room, and the message in it. */
export interface Opening {
  readonly room: string | undefined;
  readonly at: number | undefined;
}

/** Where the program is used: a terminal that is alive, one of plain lines, or a pipe. */
export interface Place {
  /** Whoever can be asked. */
  readonly person?: Person | undefined;
  /** Says why something could not be. */
  tell(text: string): void;
  /** Resolves with the exit code. */
  talk(connection: Connection, opening: Opening): Promise<number>;
  /** Gives everything back as it was, when all that was printed has left, but within a second. */
  close(): Promise<void>;
}

export interface PlaceOptions {
  readonly world: World;
  /** Lines that are only ever added to, where there is a terminal. */
  readonly plain: boolean;
  readonly colours: boolean;
  readonly folders: Folders;
  /** The end that comes from the person or with the terminal. */
  readonly leave: (because: "SIGINT" | "SIGHUP") => void;
}

/** Takes standard input and output. */
export function openPlace(options: PlaceOptions): Place {
  if (!Deno.stdin.isTerminal() || !Deno.stdout.isTerminal()) return pipe(options);
  return options.plain ? plainTerminal(options) : liveTerminal(options);
}

function liveTerminal({ world, colours, folders, leave }: PlaceOptions): Place {
  const terminal = new Terminal({
    world,
    colours,
    onInterrupt: () => leave("SIGINT"),
    onGone: () => leave("SIGHUP"),
  });
  const markdown = loadMarkdown();
  return {
    person: terminal,
    tell: (text) => terminal.show(troubleLines(text)),
    talk: async (connection, opening) =>
      await talkLive({ world, connection, ...opening, terminal, folders, markdown: await markdown }),
    close: () => terminal.close(),
  };
}

function plainTerminal({ world, folders, leave }: PlaceOptions): Place {
  const streams = new PlainStreams(true);
  const person = new PlainTerminal({ streams, clock: world.clock, onInterrupt: () => leave("SIGINT") });
  return {
    person,
    tell: (text) => person.show(troubleLines(text)),
    talk: (connection, opening) => talkPlain({ world, connection, ...opening, streams, person, folders }),
    close: () => person.close(),
  };
}

function pipe({ world, folders }: PlaceOptions): Place {
  const streams = new PlainStreams(false);
  return {
    tell: (text) => streams.remark(safeLines(`chat: ${text}`).map((line) => [span(line)])),
    talk: (connection, opening) => talkPlain({ world, connection, ...opening, streams, folders }),
    close: () => streams.drained(world.clock),
  };
}

function troubleLines(text: string): readonly Line[] {
  return safeLines(text).map((line) => [span(`  ${line}`)]);
}
