/** `chat`: one program that is server and client. Chooses the command; each command loads only what it needs. */
import { Command, Option } from "commander";
import type { Person } from "./server/mod.ts";
import { dataVariables, defaultDataDirectory } from "./shared/files/mod.ts";
import { version } from "./shared/protocol/mod.ts";
import { Trouble } from "./shared/trouble/mod.ts";
import {
  escapeUnseen,
  lineLog,
  type LogFormat,
  systemChance,
  systemClock,
  type World,
} from "./shared/world/mod.ts";

interface ServeFlags {
  readonly host?: string;
  readonly port?: string;
  readonly data: string;
  readonly registration?: string;
  readonly name?: string;
  readonly log: LogFormat;
  readonly set?: readonly string[];
  readonly config?: string;
  readonly rootKey?: string;
}

interface DataFlags {
  readonly data: string;
}

interface KeyFlags extends DataFlags {
  readonly rootKey?: string;
}

interface InviteFlags extends DataFlags {
  readonly uses: string;
  readonly expires: string;
}

interface ResetFlags extends DataFlags {
  readonly twoFactor: boolean;
}

interface ConnectFlags {
  readonly user?: string;
  readonly room?: string;
  readonly data: string;
  readonly plain: boolean;
}

const program = new Command("chat")
  .description("Secure chat in one program: `chat serve` on one machine, `chat connect` on another.")
  .version(version)
  .showHelpAfterError("(run it with --help to see what there is)")
  // Help has no colours. To find out whether it might, Node's way reads variables that this program may not.
  .configureOutput({ getOutHasColors: () => false, getErrHasColors: () => false });

program.command("serve")
  .description("run the server")
  .option("--host <address>", "listen on this address only (default: all of this machine's, IPv6 and IPv4)")
  .option("--port <number>", "listen on this port; 0 takes a free one (default: 7443)")
  .addOption(
    new Option("--registration <policy>", "who may make an account (default: invite)")
      .choices(["open", "invite", "closed"]),
  )
  .option("--no-web", "open no web door, as this version does anyway")
  .option("--name <name>", "what the server is called (default: after its owner)")
  .addOption(dataOption())
  .addOption(new Option("--log <format>", "the log's format").choices(["text", "json"]).default("text"))
  .addOption(rootKeyOption())
  .option("--config <file>", 'a JSON file of settings, like {"server": {"port": 7443}}; flags go before it')
  .option("--set <section.key=value>", "any one setting, as in the file; may be repeated", collect)
  .action((flags: ServeFlags) => run(() => serve(flags)));

program.command("connect")
  .description("talk")
  .argument("[server]", "an invite link, or chat://HOST:PORT (default: the server on this machine)")
  .option("--user <name>", "the account to use")
  .option("--room <room>", "the room to talk in")
  .addOption(dataOption())
  .option("--plain", "plain lines that are only ever added to, as for a screen reader", false)
  .action((target: string | undefined, flags: ConnectFlags) => run(() => connect(target, flags)));

program.command("invite")
  .description("make a link that lets a colleague in; to be run on the server's machine")
  .option("--uses <number>", "how many accounts may be made with it", "1")
  .option("--expires <time>", "how long it is good, like 90m, 72h or 7d", "72h")
  .addOption(dataOption())
  .action((flags: InviteFlags) => run(() => invite(flags)));

const user = program.command("user").description("look after accounts; to be run on the server's machine");

user.command("reset")
  .description(
    "make a link by which somebody who has forgotten their password sets a new one, within an hour",
  )
  .argument("<name>", "the account")
  .option(
    "--two-factor",
    "the link also turns two-factor off, for whoever has lost their app and their codes",
    false,
  )
  .addOption(dataOption())
  .action((name: string, flags: ResetFlags) => run(() => reset(name, flags)));

user.command("import")
  .description(
    "take in accounts with the passwords that they had elsewhere, as htpasswd writes them; stop the server first",
  )
  .argument("<file>", "lines of NAME:HASH or NAME:HASH:ROLE, with bcrypt or argon2id hashes")
  .addOption(dataOption())
  .addOption(rootKeyOption())
  .action((file: string, flags: KeyFlags) => run(() => importFrom(file, flags)));

program.command("backup")
  .description(
    "copy the whole server, running or not, to one file: messages, accounts and certificates, but not the root key",
  )
  .argument("<file>", "the file to write; it must not exist, and is readable by you alone")
  .addOption(dataOption())
  .addOption(rootKeyOption())
  .action((file: string, flags: KeyFlags) => run(() => backup(file, flags)));

program.command("restore")
  .description("make a server of a backup, in an empty place")
  .argument("<file>", "a file that chat backup has written")
  .addOption(dataOption())
  .option("--root-key <file>", "your copy of the root key that the server had then")
  .action((file: string, flags: KeyFlags) => run(() => restore(file, flags)));

const keys = program.command("keys").description("look after the keys that what is stored is sealed with");

keys.command("rotate")
  .description("exchange the root key for a new one, whether the server is running or not")
  .addOption(dataOption())
  .addOption(rootKeyOption())
  .action((flags: KeyFlags) => run(() => rotate(flags)));

await program.parseAsync(Deno.args, { from: "user" });

async function serve(flags: ServeFlags): Promise<number> {
  const server = await import("./server/mod.ts");
  const atTerminal = hasTerminal() && flags.log === "text";
  // A person reads what is said to them instead of a log, but warnings.
  const world = worldOf(flags.log, atTerminal ? "warn" : "info");
  const person = atTerminal ? await personAt(world) : undefined;
  const control = server.openSocketControl();
  // What was needed is open: nothing else in this process may call into native code from here on.
  Deno.permissions.revokeSync({ name: "ffi" });
  const file = flags.config === undefined ? {} : server.readConfigFile(flags.config, readText(flags.config));
  const config = server.makeConfig(
    `${flags.data}/server`,
    file,
    server.readAssignments(flags.set ?? []),
    server.wishesOf({
      "server.host": flags.host,
      "server.port": flags.port,
      "server.name": flags.name,
      "server.registration": flags.registration,
      "server.root_key": flags.rootKey,
    }),
  );
  await server.serve({ config, control, person, asked: askedToStop() }, world);
  return 0;
}

async function connect(target: string | undefined, flags: ConnectFlags): Promise<number> {
  const client = await import("./client/mod.ts");
  return client.connect({
    target,
    user: flags.user,
    room: flags.room,
    dataDirectory: flags.data,
    plain: flags.plain || Deno.env.get("TERM") === "dumb",
    password: Deno.env.get("CHAT_PASSWORD"),
    noColor: Boolean(Deno.env.get("NO_COLOR")),
    systemUser: systemUser(),
  }, worldOf("text", "warn"));
}

async function invite(flags: InviteFlags): Promise<number> {
  const { makeInvite } = await import("./server/mod.ts");
  const world = worldOf("text", "warn");
  const made = makeInvite(
    { directory: `${flags.data}/server`, uses: flags.uses, expires: flags.expires },
    world,
  );
  print(made.link);
  if (hasTerminal()) {
    const times = made.uses === 1 ? "for one account" : `for ${made.uses} accounts`;
    print(`\nGood ${times}, until ${dateText(made.expires)}. Your colleague runs:`);
    print(`  chat connect '${made.link}'`);
  }
  return 0;
}

async function reset(name: string, flags: ResetFlags): Promise<number> {
  const { makeReset } = await import("./server/mod.ts");
  const { twoFactor } = flags;
  const made = makeReset({ directory: `${flags.data}/server`, name, twoFactor }, worldOf("text", "warn"));
  print(made.link);
  if (hasTerminal()) {
    print(`\nGood once, until ${dateText(made.expires)}. Give it to ${made.username} in a way that`);
    print("nobody else can read. To set the new password they run:");
    print(`  chat connect '${made.link}'`);
  }
  return 0;
}

async function importFrom(file: string, flags: KeyFlags): Promise<number> {
  const { importUsers } = await import("./server/mod.ts");
  const options = { directory: `${flags.data}/server`, rootKeyPath: flags.rootKey, text: readText(file) };
  const count = importUsers(options, worldOf("text", "warn"));
  print(
    `${count} ${
      count === 1 ? "account was" : "accounts were"
    } imported. Start the server: they log in with their old passwords.`,
  );
  return 0;
}

async function backup(file: string, flags: KeyFlags): Promise<number> {
  const { makeBackup } = await import("./server/mod.ts");
  const rootKeyPath = await makeBackup(`${flags.data}/server`, file, flags.rootKey);
  print(`Copied and checked: ${file}.`);
  print(`Nobody can read it without the server's root key, which is not in it but in ${rootKeyPath}.`);
  print("Keep a copy of that too, in another place than the backup: without it the backup is lost.");
  return 0;
}

async function restore(file: string, flags: KeyFlags): Promise<number> {
  const { restoreBackup } = await import("./server/mod.ts");
  await restoreBackup(file, `${flags.data}/server`, flags.rootKey);
  const place = flags.data === usualDataDirectory() ? "" : ` --data ${flags.data}`;
  print(`Restored to ${flags.data}/server. Start it with: chat serve${place}`);
  print("Clients will know it again.");
  return 0;
}

async function rotate(flags: KeyFlags): Promise<number> {
  const { rotateKeys } = await import("./server/mod.ts");
  const rotated = await rotateKeys(`${flags.data}/server`, systemClock(), flags.rootKey);
  if (rotated.resumed) print("An earlier rotation had been interrupted. It is finished now:");
  print(`${rotated.rewrapped} keys are under a new root key, in ${rotated.rootKeyPath}.`);
  print("The old one opens nothing here any more, and each room's next message gets a new key.");
  print(
    "Now keep a copy of the new root key where you keep the one of the old: backups from now on need it.",
  );
  print(
    `Backups made before need the old one. It is in ${rotated.retiredPath}: delete that with the last of them.`,
  );
  return 0;
}

/** Runs a command and ends the process with its code. Trouble is one sentence; anything else is a bug and shown whole. */
async function run(command: () => Promise<number>): Promise<never> {
  try {
    Deno.exit(await command());
  } catch (error) {
    if (!(error instanceof Trouble)) throw error;
    // A file's name may hold anything.
    const lines = error.message.split("\n").map(escapeUnseen);
    Deno.stderr.writeSync(new TextEncoder().encode(`${fitted(`chat: ${lines.join("\n")}.`, Deno.stderr)}\n`));
    Deno.exit(1);
  }
}

async function personAt(world: World): Promise<Person> {
  const { openQuestions } = await import("./client/mod.ts");
  return {
    name: systemUser(),
    openQuestions: (onInterrupt) => openQuestions({ world, onInterrupt }),
    say: print,
  };
}

function worldOf(format: LogFormat, from: "info" | "warn"): World {
  const clock = systemClock();
  const log = lineLog(format, clock, (line) => Deno.stdout.writeSync(new TextEncoder().encode(line)));
  return { clock, chance: systemChance(), log: from === "info" ? log : { ...log, info: () => {} } };
}

function askedToStop(): Promise<void> {
  const signals: Deno.Signal[] = Deno.build.os === "windows" ? ["SIGINT", "SIGBREAK"] : ["SIGINT", "SIGTERM"];
  return new Promise((resolve) => {
    for (const signal of signals) Deno.addSignalListener(signal, resolve);
  });
}

function hasTerminal(): boolean {
  return Deno.stdin.isTerminal() && Deno.stdout.isTerminal();
}

function systemUser(): string | undefined {
  return Deno.env.get("USER") ?? Deno.env.get("LOGNAME") ?? Deno.env.get("USERNAME");
}

function usualDataDirectory(): string | undefined {
  const environment = Object.fromEntries(dataVariables.map((name) => [name, Deno.env.get(name)]));
  return defaultDataDirectory(environment, Deno.build.os);
}

function dataOption(): Option {
  const usual = usualDataDirectory();
  const option = new Option("--data <directory>", "where everything is kept");
  return usual === undefined ? option.makeOptionMandatory() : option.default(usual);
}

function rootKeyOption(): Option {
  return new Option(
    "--root-key <file>",
    "where the root key is that opens what is stored (default: among the keys in the data directory)",
  );
}

function collect(value: string, earlier: readonly string[] = []): readonly string[] {
  return [...earlier, value];
}

function readText(path: string): string {
  try {
    return Deno.readTextFileSync(path);
  } catch (error) {
    throw new Trouble(
      `The file ${path} cannot be read (${error instanceof Error ? error.message : error})`,
      error,
    );
  }
}

/** In the words that everybody reads alike, since no country's order of day and month is everybody's. */
function dateText(time: number): string {
  return new Date(time).toLocaleString("en-GB", { dateStyle: "long", timeStyle: "short" });
}

function print(text: string): void {
  Deno.stdout.writeSync(new TextEncoder().encode(`${fitted(text, Deno.stdout)}\n`));
}

/** Broken at spaces where a terminal would break it within words. Elsewhere lines stay whole, for programs. */
function fitted(text: string, to: { isTerminal(): boolean }): string {
  if (!to.isTerminal()) return text;
  const { columns } = Deno.consoleSize();
  return text.split("\n").map((line) => rowsOf(line, columns).join("\n")).join("\n");
}

/** Rows below the first are indented as it is. A word that is longer than a row stays whole, so that it can be copied. */
function rowsOf(line: string, columns: number): readonly string[] {
  const indent = /^ */.exec(line)?.[0] ?? "";
  const rows: string[] = [];
  let row = line;
  while (row.length > columns) {
    const before = row.lastIndexOf(" ", columns);
    const at = before > indent.length ? before : row.indexOf(" ", columns);
    if (at < 0) break;
    rows.push(row.slice(0, at).trimEnd());
    row = indent + row.slice(at + 1).trimStart();
  }
  return [...rows, row];
}
