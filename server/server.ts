/** The wiring: from a configuration to a running server. */
import { type Certificates, ensureCertificates, keepLeafFresh } from "../certs/mod.ts";
import { ensurePrivateDirectory, exists, type FileLock, tryLockFile } from "../shared/files/mod.ts";
import {
  formatBotLink,
  formatHostAndPort,
  formatInviteLink,
  formatResetLink,
  type ServerAddress,
} from "../shared/identity/mod.ts";
import { pinOf } from "../shared/pin/mod.ts";
import { limits, type Signal, version } from "../shared/protocol/mod.ts";
import { Site } from "../shared/web/mod.ts";
import type { Cancel, World } from "../shared/world/mod.ts";
import { writeAddress } from "./address_file.ts";
import type { ServerConfig } from "./config.ts";
import {
  type Answerer,
  answerHook,
  connectionsMax,
  hookPath,
  isForHook,
  LineDoor,
  sessionLines,
  type SocketControl,
  WebDoor,
} from "./doors/mod.ts";
import { Contents } from "./files/mod.ts";
import {
  BotOffers,
  Expiring,
  FileKeeping,
  type Hub,
  openHub,
  Reclaiming,
  registrationOf,
} from "./hub/mod.ts";
import { isLoopback, ownAddress } from "./own_address.ts";
import { Guessing, type HashPasses, Passwords, Sessions } from "./sessions/mod.ts";
import { noServerOn, StartTrouble } from "./start_trouble.ts";
import { openStore, rootKeyPathBeside, type Store } from "./store/mod.ts";

/** How long a stopping server waits for goodbyes to leave, in milliseconds. */
const stopGraceMs = 5_000;

/** How a browser keeps its login: for this very host, over TLS alone (RFC 6265bis, section 4.1.3.2). */
const loginCookie = { name: "__Host-chat", secure: true, lifeS: limits.loginIdleMs / 1_000 } as const;

/** How long requests over HTTP that are under way may go on when everybody has been told goodbye, in milliseconds. */
const webGraceMs = 1_000;

/** How long a busy server gathers changes for one commit, in milliseconds. */
const gatherMs = 1;

/** Locks and opens the data directory and takes the port; nobody is let in yet. Throws a Trouble, and then nothing was changed. */
export async function openServer(
  config: ServerConfig,
  world: World,
  control: SocketControl | undefined,
): Promise<Server> {
  ensurePrivateDirectory(config.directory);
  const lock = lockDirectory(config.directory);
  try {
    const certificates = await ensureCertificates(certificateOptions(config, world));
    const store = openStore(databaseIn(config.directory), config.rootKeyPath);
    if (store.wasClear) warnOfClearBackups(rootKeyPathOf(config), world);
    return new Server(config, world, control, { lock, store, certificates });
  } catch (error) {
    lock.release();
    throw error;
  }
}

/** Where the database is in a server's directory. */
export function databaseIn(directory: string): string {
  return `${directory}/chat.db`;
}

/** Where the contents of files are in a server's directory. */
export function contentsIn(directory: string): string {
  return `${directory}/files`;
}

function rootKeyPathOf({ directory, rootKeyPath }: ServerConfig): string {
  return rootKeyPath ?? rootKeyPathBeside(databaseIn(directory));
}

function warnOfClearBackups(rootKeyPath: string, world: World): void {
  world.log.warn("database_encrypted", {
    rootKeyPath,
    hint:
      "messages and secrets are encrypted on disk from now on. Keep a copy of the root key in another place; " +
      "backups that an earlier version made are not encrypted",
  });
}

/** Throws StartTrouble where no server has left a database. */
export function refuseNoServer(directory: string): void {
  if (!exists(databaseIn(directory))) throw noServerOn(directory);
}

interface Belongings {
  readonly lock: FileLock;
  readonly store: Store;
  readonly certificates: Certificates;
}

/** A server with its data and its port. */
export class Server {
  readonly config: ServerConfig;
  readonly hub: Hub;
  readonly passwords: Passwords;
  readonly certificates: Certificates;
  /** The pin of its authority. */
  readonly pin: string;
  /** Where the line door listens. */
  readonly address: Deno.NetAddr;
  /** The host and port to give to people. */
  readonly advertised: { readonly host: string; readonly port: number };
  readonly #world: World;
  readonly #lock: FileLock;
  readonly #store: Store;
  readonly #botOffers: BotOffers;
  readonly #expiring: Expiring;
  readonly #fileKeeping: FileKeeping;
  readonly #reclaiming: Reclaiming;
  readonly #sessions: Sessions;
  readonly #door: LineDoor;
  readonly #webDoor: WebDoor | undefined;
  #stopRenewing: Cancel = () => {};

  /** Takes the port. Throws StartTrouble, and then the data is closed. */
  constructor(
    config: ServerConfig,
    world: World,
    control: SocketControl | undefined,
    { lock, store, certificates }: Belongings,
  ) {
    this.config = config;
    this.certificates = certificates;
    this.pin = pinOf(certificates.authorityPem);
    this.#world = world;
    this.#lock = lock;
    this.#store = store;
    this.hub = openHub(store, new Contents(contentsIn(config.directory)), {
      registration: config.registration,
      loopbackOnly: isLoopback(config.host),
      inviteLink: (secret) => this.linkTo(secret),
      resetLink: (secret) => formatResetLink({ ...this.advertised, secret, pin: this.pin }),
      hookAddress: (token) => this.#hookAddress(token),
      botLink: (token) => formatBotLink({ ...this.advertised, token, pin: this.pin }),
      serverName: () => this.name,
      fileBytesMax: config.fileBytesMax,
      filesBytesMax: config.filesBytesMax,
      sessionsPerAccount: config.rates ? limits.sessionsPerAccount : Infinity,
      gatherMs,
    }, world);
    this.#botOffers = new BotOffers(this.hub);
    this.#expiring = new Expiring(this.hub);
    this.#fileKeeping = new FileKeeping(this.hub);
    this.#reclaiming = new Reclaiming(store, world.clock, world.log);
    this.passwords = new Passwords(world, config.rates, passesOf(config, this.hub));
    this.#sessions = new Sessions({
      world,
      hub: this.hub,
      passwords: this.passwords,
      guessing: new Guessing(this.hub, config.rates, () => this.passwords.hashesPerSecond),
      connectionsMax: connectionsMax(control),
      authorityPem: certificates.authorityPem,
      paced: config.rates,
      serverName: () => this.name,
      greeting: () => greeting(this.name, this.hub),
    });
    this.#door = this.#takePort(control);
    this.#webDoor = this.#takeWebPort(control);
    this.address = this.#door.address;
    this.advertised = { host: ownAddress(config.host), port: this.address.port };
  }

  /** Where the door for browsers listens, if there is one. */
  get webAddress(): Deno.NetAddr | undefined {
    return this.#webDoor?.address;
  }

  /** What clients are shown as the server's name. */
  get name(): string {
    return this.config.name ?? nameAfterOwner(this.hub);
  }

  /** The file with the key that opens what is stored. */
  get rootKeyPath(): string {
    return rootKeyPathOf(this.config);
  }

  /** An invite's secret with the address and the pin. */
  linkTo(secret: string): string {
    return formatInviteLink({ ...this.advertised, secret, pin: this.pin });
  }

  /** Opens the door. */
  letIn(): void {
    this.#door.open();
    this.#webDoor?.open();
    this.hub.indexing.start();
    this.#botOffers.start();
    this.#expiring.start();
    this.#fileKeeping.start();
    this.#reclaiming.start();
    this.#stopRenewing = keepLeafFresh(
      certificateOptions(this.config, this.#world),
      this.certificates,
      (fresh) => this.#renew(fresh),
    );
    const webPort = this.webAddress?.port;
    writeAddress(this.config.directory, { ...this.advertised, webPort, pin: this.pin });
  }

  /** Says goodbye to everybody, stores what was accepted, and closes. Resolves within about five seconds. */
  async stop(): Promise<void> {
    this.#stopRenewing();
    this.#door.close();
    const closed = this.#sessions.close(stopGraceMs);
    // Whoever waits for a hash waits in vain: they have been let go.
    this.passwords.stop();
    await closed;
    await this.#webDoor?.close(webGraceMs);
    this.hub.indexing.stop();
    this.#botOffers.stop();
    this.#expiring.stop();
    this.#fileKeeping.stop();
    this.hub.previews.stop();
    await this.hub.uploads.stop();
    this.#reclaiming.stop();
    this.hub.presence.stop();
    this.hub.profileNews.stop();
    this.hub.unread.stop();
    this.hub.lastSeen.flush();
    this.hub.journal.commit();
    this.#store.close();
    this.#lock.release();
  }

  #takePort(control: SocketControl | undefined): LineDoor {
    const { host, port, rates: bounded } = this.config;
    try {
      return new LineDoor({ host, port, bounded }, this.certificates, this.#sessions, control, this.#world);
    } catch (error) {
      this.#giveUp();
      throw explainListening(error, this.config, "--port");
    }
  }

  async #renewDoors(fresh: Certificates): Promise<void> {
    await this.#door.renew(fresh);
    await this.#webDoor?.renew(fresh);
  }

  /** A port that nobody asked for may be another program's: then there is no door for browsers, and the log says so. */
  #takeWebPort(control: SocketControl | undefined): WebDoor | undefined {
    const { host, webPort: port, isWebPortAsked } = this.config;
    if (port === undefined) return undefined;
    try {
      return new WebDoor({ host, port }, this.certificates, this.#answerer(), control, this.#world);
    } catch (error) {
      if (!isWebPortAsked && error instanceof Deno.errors.AddrInUse) {
        this.#world.log.warn("no_web_door", { port, hint: webPortTaken(port) });
        return undefined;
      }
      this.#door.close();
      this.#giveUp();
      throw explainListening(error, { host, port }, "--web-port");
    }
  }

  #giveUp(): void {
    // Nobody has come in yet, so that this ends at once.
    void this.#sessions.close(0);
    this.#store.close();
  }

  #answerer(): Answerer {
    const backing = sessionLines(this.#sessions);
    const { clock } = this.#world;
    const sleep = (ms: number) => clock.sleep(ms);
    const site = new Site({ backing, cookie: loginCookie, pages: this.config.pages, sleep });
    return (request, address) =>
      isForHook(request) ? answerHook(backing, request, address) : site.answer(request, address);
  }

  #hookAddress(token: string): string | undefined {
    const port = this.webAddress?.port;
    return port === undefined ? undefined : hookAddress({ ...this.advertised, port }, token);
  }

  /** Clients know the authority: if its files were taken away, a leaf of another one would turn everybody away. */
  #renew(fresh: Certificates): Promise<void> {
    if (fresh.authorityPem === this.certificates.authorityPem) return this.#renewDoors(fresh);
    throw new Error(
      "The authority's files have changed under the running server: put them back or restart it",
    );
  }
}

function lockDirectory(directory: string): FileLock {
  const lock = tryLockFile(`${directory}/lock`);
  if (lock !== undefined) return lock;
  throw new StartTrouble(
    `Another chat server is running on ${directory}. Stop that one first, or give this one another place with --data`,
  );
}

function certificateOptions(config: ServerConfig, world: World): Parameters<typeof ensureCertificates>[0] {
  const { directory, host } = config;
  const isOne = host !== undefined && host !== "0.0.0.0" && host !== "::";
  return { directory, world, names: isOne ? [host] : [] };
}

/** Measured once, when the first password is hashed, and remembered: other machines get other numbers. */
function passesOf({ passes }: ServerConfig, { store, journal }: Hub): HashPasses {
  const name = "password_passes";
  const kept = store.people.policy(name);
  return {
    known: passes ?? (kept === undefined ? undefined : Number(kept)),
    keep: (found) =>
      journal.add({
        changes: [{ kind: "policy", name, value: String(found) }],
        committed: () => {},
        failed: () => {}, // then it is measured again at the next start
      }),
  };
}

function greeting(name: string, hub: Hub): Signal<"auth_required"> {
  return {
    type: "auth_required",
    protocol: 1,
    server: `chat/${version}`,
    name,
    methods: ["login", "register", "redeem_reset", "resume", "bot_login"],
    registration: registrationOf(hub),
    limits: { line: limits.memberLineBytes, text: limits.textCodePoints },
  };
}

function nameAfterOwner(hub: Hub): string {
  const owner = hub.accounts.owner()?.name;
  return owner === undefined ? "chat" : `${owner.charAt(0).toUpperCase()}${owner.slice(1)}'s team`;
}

/** Where a program posts what a bot shall say, but for the name of the room. */
export function hookAddress(at: ServerAddress, token: string): string {
  return `https://${formatHostAndPort(at)}${hookPath(token, "")}`;
}

function webPortTaken(port: number): string {
  return `another program has port ${port}. Browsers are let in on another one by: chat serve --web-port ${
    port + 1
  }`;
}

function explainListening(
  error: unknown,
  { host, port }: Pick<ServerConfig, "host" | "port">,
  flag: "--port" | "--web-port",
): unknown {
  if (error instanceof Deno.errors.AddrInUse) {
    return new StartTrouble(
      `Port ${port} is taken by another program (ss -ltnp "sport = :${port}" shows which). ` +
        `Stop that one, or choose another port: chat serve ${flag} ${port + 1}`,
    );
  }
  if (error instanceof Deno.errors.PermissionDenied) {
    return new StartTrouble(
      `This user may not listen on port ${port}. Choose one from 1024: chat serve ${flag} ${
        flag === "--port" ? 7443 : 8443
      }`,
    );
  }
  if (
    error instanceof Deno.errors.AddrNotAvailable ||
    (error instanceof Error && /lookup address/.test(error.message))
  ) {
    return new StartTrouble(
      `${host} is not an address of this machine. Choose another --host, or leave it out`,
    );
  }
  return error;
}
