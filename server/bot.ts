/** `chat bot`: makes accounts of programs on the server's machine, whether the server is running or not. */
import { formatBotLink } from "../shared/identity/mod.ts";
import { Refusal, type Scope, scopes, userName } from "../shared/protocol/mod.ts";
import type { World } from "../shared/world/mod.ts";
import { readAddress } from "./address_file.ts";
import { newBotOffer } from "./hub/mod.ts";
import { databaseIn, hookAddress } from "./server.ts";
import { StartTrouble } from "./start_trouble.ts";
import { openStoreBeside, type Store } from "./store/mod.ts";

export interface BotOptions {
  /** The server's own directory. */
  readonly directory: string;
  /** As typed. */
  readonly name: string;
  /** What it may do, as typed: words with commas between them. */
  readonly scopes: string;
}

/** What a program needs that is a bot. */
export interface MadeBot {
  readonly link: string;
  /** Where it may also post what it has to say, but for the name of the room. */
  readonly hook: string | undefined;
}

/** A running server makes the account within a second or two, others when they start. Throws a Trouble. */
export function makeBot(options: BotOptions, world: World): MadeBot {
  const name = readName(options.name);
  const chosen = readScopes(options.scopes);
  const address = readAddress(options.directory);
  const store = openStoreBeside(databaseIn(options.directory));
  try {
    refuseTaken(store, name);
    const { token, offer } = newBotOffer(name, chosen, world);
    store.commit([{ kind: "bot_offer", offer }]);
    const { host, webPort } = address;
    const canPost = webPort !== undefined && chosen.includes("send");
    return {
      link: formatBotLink({ ...address, token }),
      hook: canPost ? hookAddress({ host, port: webPort }, token) : undefined,
    };
  } finally {
    store.close();
  }
}

function refuseTaken({ people }: Store, name: string): void {
  const taken = [...people.accounts(), ...people.botOffers()];
  if (!taken.some((each) => each.name === name)) return;
  throw new StartTrouble(`The name "${name}" is taken on this server. Choose another`);
}

function readName(text: string): string {
  try {
    return userName.read(text, "NAME");
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    throw new StartTrouble(`"${text}" will not do: ${error.message}`, error);
  }
}

function readScopes(text: string): readonly Scope[] {
  const names = text.toLowerCase().split(",").map((name) => name.trim());
  const chosen = scopes.filter((scope) => names.includes(scope));
  if (chosen.length > 0 && chosen.length === new Set(names).size) return chosen;
  throw new StartTrouble(
    `"--scopes ${text}" will not do: it takes some of ${scopes.join(", ")}, with commas between them`,
  );
}
