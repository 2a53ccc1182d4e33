/** `chat serve`: opens the data, finds an owner, listens, and stops when asked to. */
import { formatHostAndPort, wordsOf } from "../shared/identity/mod.ts";
import { limits, version } from "../shared/protocol/mod.ts";
import type { World } from "../shared/world/mod.ts";
import type { ServerConfig } from "./config.ts";
import type { SocketControl } from "./doors/mod.ts";
import { newInvite, registrationOf } from "./hub/mod.ts";
import { askForOwner, type Questions, removeOwnerLink, writeOwnerLink } from "./owner.ts";
import { openServer, type Server } from "./server.ts";
import { StartTrouble } from "./start_trouble.ts";

export interface ServeOptions {
  readonly config: ServerConfig;
  readonly control: SocketControl | undefined;
  /** The person at the terminal, if there is one. */
  readonly person: Person | undefined;
  /** Resolves when the server shall stop. */
  readonly asked: Promise<void>;
}

export interface Person {
  /** What they are called on this machine. */
  readonly name: string | undefined;
  /** Opens the terminal for questions; to be closed before anything else is printed. */
  openQuestions(onInterrupt: () => void): Questions & { close(): Promise<void> };
  say(line: string): void;
}

/** Runs until asked to stop. Throws a Trouble where it cannot start. */
export async function serve({ config, control, person, asked }: ServeOptions, world: World): Promise<void> {
  if (control === undefined) {
    world.log.warn("no_socket_control", { reason: "fewer handshakes are let in at once" });
  }
  person?.say(`chat ${version} · data in ${config.directory} · nothing is sent outside this machine\n`);
  const server = await openServer(config, world, control);
  const isNew = server.hub.accounts.count === 0;
  try {
    if (isNew && person !== undefined) await askOwner(server, person, world);
  } catch (error) {
    await server.stop();
    throw error;
  }
  server.letIn();
  offerOwnership(server, world);
  const { hostname: host, port } = server.address;
  world.log.info("listening", { door: "line", host, port });
  const { webAddress } = server;
  if (webAddress !== undefined) {
    world.log.info("listening", { door: "web", host: webAddress.hostname, port: webAddress.port });
  }
  if (person !== undefined) banner(server, isNew, person, world);
  await asked;
  world.log.info("stopping");
  await server.stop();
  world.log.info("stopped");
}

async function askOwner(server: Server, person: Person, world: World): Promise<void> {
  const interrupted = Promise.withResolvers<never>();
  const questions = person.openQuestions(() =>
    interrupted.reject(
      new StartTrouble("Stopped: nobody owns this server yet. Start it again with chat serve"),
    )
  );
  try {
    await Promise.race([askForOwner(server, person.name, questions, world), interrupted.promise]);
  } finally {
    await questions.close();
  }
}

/** Where nobody owns the server and nobody could be asked, a link lies ready; where it is of no use, none does. */
function offerOwnership(server: Server, world: World): void {
  const isOwned = server.hub.accounts.count > 0;
  if (isOwned || registrationOf(server.hub) === "open") return removeOwnerLink(server.config.directory);
  const path = writeOwnerLink(server, world);
  world.log.info("owner_link", {
    path,
    hint: "whoever connects with this link within 30 minutes owns the server",
  });
}

function banner(server: Server, isNew: boolean, person: Person, world: World): void {
  const rows = [
    [
      "Certificate",
      server.certificates.made === "renewed" ? "renewed by this server" : "made by this server",
    ],
    ["Listening", formatHostAndPort(server.advertised)],
    ...isNew ? [["Root key", `${server.rootKeyPath} (keep a copy elsewhere)`]] : [],
    ["Server words", wordsOf(server.pin)],
    ["", "(read them aloud to check)"],
  ];
  if (isNew) person.say("");
  for (const [label = "", text = ""] of rows) person.say(`  ${label.padEnd(14)}${text}`);
  person.say("");
  if (isNew) {
    person.say("  Invite a colleague (one use, 72 hours; more with: chat invite):");
    person.say(`    chat connect '${firstInvite(server, world)}'`);
  } else {
    person.say("  Invite a colleague with: chat invite");
  }
  person.say("\nReady. Ctrl-C stops the server; nothing is lost.");
}

function firstInvite(server: Server, world: World): string {
  const { secret, change } = newInvite(
    { role: "member", uses: 1, lifeMs: limits.inviteLifeMsDefault },
    world,
  );
  server.hub.store.commit([change]);
  return server.linkTo(secret);
}
