/** The wiring: from a configuration to a running server. */
import { type Certificates, ensureCertificates, keepLeafFresh } from "../certs/mod.ts";
import { ensurePrivateDirectory, type FileLock, tryLockFile, writePrivateFile } from "../shared/files/mod.ts";
import { formatInviteLink, pinOf } from "../shared/identity/mod.ts";
import { limits, type Signal } from "../shared/protocol/mod.ts";
import type { Cancel, World } from "../shared/world/mod.ts";
import type { ServerConfig } from "./config.ts";
import { LineDoor, type SocketControl } from "./doors/mod.ts";
import { type Hub, openHub, registrationOf } from "./hub/mod.ts";
import { isLoopback, ownAddress } from "./own_address.ts";
import { Passwords, Sessions } from "./sessions/mod.ts";
import { StartTrouble } from "./start_trouble.ts";
import { openStore, type Store } from "./store/mod.ts";

/** How long a stopping server waits for goodbyes to leave, in milliseconds. */
const stopGraceMs = 5_000;

/** How long a busy server gathers changes for one commit, in milliseconds. */
const gatherMs = 2;

export const version = "0.1.0";

/** A server that has its data and does not listen yet. */
export interface OpenServer {
  readonly hub: Hub;
  readonly passwords: Passwords;
  readonly certificates: Certificates;
  readonly pin: string;
  /** What clients are shown as the server's name. */
  displayName(): string;
  /** Opens the door. Throws StartTrouble, and then the server is stopped. */
  listen(): Promise<RunningServer>;
  stop(): Promise<void>;
}

export interface RunningServer {
  /** Where the line door listens. */
  readonly address: Deno.NetAddr;
  /** The host and port to give to people. */
  readonly advertised: { readonly host: string; readonly port: number };
  /** Says goodbye to everybody, stores what was accepted, and closes. Resolves within about five seconds. */
  stop(): Promise<void>;
}

/** Opens the data and listens. */
export async function startServer(
  config: ServerConfig,
  world: World,
  control: SocketControl | undefined,
): Promise<RunningServer> {
  return (await openServer(config, world, control)).listen();
}

/** Locks and opens the data directory. Throws a Trouble, and then nothing was changed. */
export async function openServer(
  config: ServerConfig,
  world: World,
  control: SocketControl | undefined,
): Promise<OpenServer> {
  ensurePrivateDirectory(config.directory);
  const lock = lockDirectory(config.directory);
  try {
    const certificates = await ensureCertificates(certificateOptions(config, world));
    const store = openStore(`${config.directory}/chat.db`);
    return wire(config, world, control, { lock, store, certificates });
  } catch (error) {
    lock.release();
    throw error;
  }
}

interface Belongings {
  readonly lock: FileLock;
  readonly store: Store;
  readonly certificates: Certificates;
}

function wire(
  config: ServerConfig,
  world: World,
  control: SocketControl | undefined,
  { lock, store, certificates }: Belongings,
): OpenServer {
  const pin = pinOf(certificates.authorityPem);
  const advertised = { host: ownAddress(config.host), port: config.port };
  const hub = openHub(store, {
    registration: config.registration,
    loopbackOnly: isLoopback(config.host),
    inviteLink: (secret) => formatInviteLink({ ...advertised, secret, pin }),
    gatherMs,
  }, world);
  const passwords = new Passwords(world, config.rates);
  const displayName = (): string => config.name ?? nameAfterOwner(hub);
  const sessions = new Sessions({
    world,
    hub,
    passwords,
    authorityPem: certificates.authorityPem,
    paced: config.rates,
    greeting: () => greeting(displayName(), hub),
  });
  let door: LineDoor | undefined;
  let stopRenewing: Cancel | undefined;

  async function stop(): Promise<void> {
    stopRenewing?.();
    door?.close();
    const closed = sessions.close(stopGraceMs);
    // Whoever waits for a hash waits in vain: they have been let go.
    passwords.stop();
    await closed;
    hub.presence.stop();
    hub.journal.commit();
    store.close();
    lock.release();
  }

  async function listen(): Promise<RunningServer> {
    const settings = { host: config.host, port: config.port, bounded: config.rates };
    try {
      door = new LineDoor(settings, certificates, sessions, control, world);
    } catch (error) {
      await stop();
      throw explainListening(error, config);
    }
    advertised.port = door.address.port;
    const opened = door;
    stopRenewing = keepLeafFresh(
      certificateOptions(config, world),
      certificates,
      (fresh) => opened.renew(fresh),
    );
    writePrivateFile(`${config.directory}/address`, JSON.stringify({ ...advertised, pin }));
    return { address: door.address, advertised, stop };
  }

  return { hub, passwords, certificates, pin, displayName, listen, stop };
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

function greeting(name: string, hub: Hub): Signal<"auth_required"> {
  return {
    type: "auth_required",
    protocol: 1,
    server: `chat/${version}`,
    name,
    methods: ["login", "register", "resume"],
    registration: registrationOf(hub),
    limits: { line: limits.memberLineBytes, text: limits.textCodePoints },
  };
}

function nameAfterOwner(hub: Hub): string {
  const owner = hub.accounts.owner()?.name;
  return owner === undefined ? "chat" : `${owner.charAt(0).toUpperCase()}${owner.slice(1)}'s team`;
}

function explainListening(error: unknown, { host, port }: ServerConfig): unknown {
  if (error instanceof Deno.errors.AddrInUse) {
    return new StartTrouble(
      `Port ${port} is taken by another program (ss -ltnp "sport = :${port}" shows which). ` +
        `Stop that one, or choose another port: chat serve --port ${port + 1}`,
    );
  }
  if (error instanceof Deno.errors.PermissionDenied) {
    return new StartTrouble(
      `This user may not listen on port ${port}. Choose one from 1024: chat serve --port 7443`,
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
