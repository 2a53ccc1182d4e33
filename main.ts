/** `chat`: one program that is server and client. Chooses the command; each command loads only what it needs. */
import { fileURLToPath } from "node:url";
import { Command, InvalidArgumentError, Option } from "commander";
import type { Folders, OwnExported as Exported, ProgramOptions } from "./client/mod.ts";
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
  readonly webPort?: string;
  readonly web: boolean;
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

interface BotFlags extends DataFlags {
  readonly scopes: string;
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

/** What every command has that works without a person. */
interface ProgramFlags extends DataFlags {
  readonly server?: string;
  readonly user?: string;
  readonly tokenFile?: string;
}

interface SendFlags extends ProgramFlags {
  readonly lines: boolean;
  readonly reply?: number;
  readonly once?: string;
}

interface TailFlags extends ProgramFlags {
  readonly json: boolean;
  readonly follow: boolean;
  readonly since?: number;
  readonly number: number;
}

interface UploadFlags extends ProgramFlags {
  readonly text: string;
}

interface DownloadFlags extends ProgramFlags {
  readonly to: string;
}

interface UnreadFlags extends ProgramFlags {
  readonly count: boolean;
  readonly json: boolean;
}

/** What a command for scripts ends with that was not written as it is meant to be; `client/programs` has the others. */
const misused = 2;

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
  .option("--web-port <number>", "let browsers in on this port; 0 takes a free one (default: 8443)")
  .option("--no-web", "let no browsers in")
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

forPrograms(program.command("send"))
  .description("say something, from arguments or from what another program writes")
  .argument("<room>", "the room, or @NAME for somebody by themselves")
  .argument("[text...]", "what to say; without it standard input is said as one message")
  .option("--lines", "say each line by itself", false)
  .option("--reply <number>", "reply to this message", wholeNumber)
  .option(
    "--once <word>",
    "a word of yours for this message: said again with the same word, it is there once",
  )
  .action((room: string, words: string[], flags: SendFlags) => run(() => send(room, words, flags)));

forPrograms(program.command("tail"))
  .description("follow what happens in rooms until it is stopped, also after the connection was lost")
  .argument("[rooms...]", "the rooms, or @NAME (default: all that you are in)")
  .option("--json", "each event as the server tells it, in a line of JSON", false)
  .option("--since <seq>", "begin after the event of this number", wholeNumber)
  .option(
    "--no-follow",
    "end when what has happened so far was told; a pipe into head ends with the next event only",
  )
  .option("-n, --number <count>", "begin with the last so many events", wholeNumber, 10)
  .action((rooms: string[], flags: TailFlags) => run(() => tail(rooms, flags)));

forPrograms(program.command("upload"))
  .description("send files, and go on where it stopped when it was done before and not finished")
  .argument("<room>", "the room, or @NAME for somebody by themselves")
  .argument("<files...>", "the files, for one message")
  .option("--text <text>", "what to say with them", "")
  .action((room: string, files: string[], flags: UploadFlags) => run(() => upload(room, files, flags)));

forPrograms(program.command("download"))
  .description("save the files of a message, and print where they are")
  .argument("<message...>", "ROOM and the message's number, or its link; and K for only its file K")
  .option("--to <folder>", "where to save them", ".")
  .action((words: string[], flags: DownloadFlags) => run(() => download(words, flags)));

forPrograms(program.command("unread"))
  .description("tell what you have not read, without reading it")
  .argument("[room]", "only of this room, or @NAME")
  .option("--count", "only how many, in one number, as for a status bar", false)
  .option("--json", "in a line of JSON", false)
  .action((room: string | undefined, flags: UnreadFlags) => run(() => unread(room, flags)));

program.command("invite")
  .description("make a link that lets a colleague in; to be run on the server's machine")
  .option("--uses <number>", "how many accounts may be made with it", "1")
  .option("--expires <time>", "how long it is good, like 90m, 72h or 7d", "72h")
  .addOption(dataOption())
  .action((flags: InviteFlags) => run(() => invite(flags)));

const bot = program.command("bot").description(
  "look after the accounts of programs; to be run on the server's machine",
);

bot.command("add")
  .description("make an account for a program, and the token by which it comes in")
  .argument("<name>", "what it is called")
  .requiredOption("--scopes <scopes>", "what it may do, with commas: read, send, files")
  .addOption(dataOption())
  .action((name: string, flags: BotFlags) => run(() => addBot(name, flags)));

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
    "copy the whole server, running or not, to a file, and what people have sent as files to FILE.files: all but the root key",
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

const exporting = program.command("export").description(
  "move out: write what is yours as lines of JSON, and files",
);

forPrograms(exporting.command("own", { isDefault: true }))
  .description("all that you said in your rooms, the files that you sent, your profile and your drafts")
  .argument("<folder>", "where to write it; it must be empty or not there, and is readable by you alone")
  .action((folder: string, flags: ProgramFlags) => run(() => exportOwn(folder, flags)));

exporting.command("server")
  .description("all that a server knows but its secrets; to be run on the server's machine, running or not")
  .argument("<folder>", "where to write it; it must be empty or not there, and is readable by you alone")
  .addOption(dataOption())
  .addOption(rootKeyOption())
  .action((folder: string, flags: KeyFlags) => run(() => exportServer(folder, flags)));

exporting.command("check")
  .description("read an export back, every line and every file, and tell whether all of it is right")
  .argument("<folder>", "where it was written")
  .action((folder: string) => run(() => checkExport(folder)));

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
    { "server.pages": fileURLToPath(new URL("./dist/web", import.meta.url)) },
    file,
    server.readAssignments(flags.set ?? []),
    server.wishesOf({
      "server.host": flags.host,
      "server.port": flags.port,
      "server.web_port": flags.web ? flags.webPort : "off",
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
    folders: foldersOf(flags.data),
    plain: flags.plain || Deno.env.get("TERM") === "dumb",
    password: Deno.env.get("CHAT_PASSWORD"),
    noColor: Boolean(Deno.env.get("NO_COLOR")),
    systemUser: systemUser(),
  }, worldOf("text", "warn"));
}

async function send(room: string, words: readonly string[], flags: SendFlags): Promise<number> {
  const client = await import("./client/mod.ts");
  const world = worldOf("text", "warn");
  const { lines, reply: thread, once } = flags;
  const input = Deno.stdin.readable;
  return await client.asProgram(
    programOptions(flags),
    world,
    (session) => client.send(session, { room, words, input, lines, thread, once }, world),
  );
}

async function tail(rooms: readonly string[], flags: TailFlags): Promise<number> {
  const client = await import("./client/mod.ts");
  const { since, number: last, json, follow: follows } = flags;
  const from = since === undefined ? { last } : { since };
  const asked = askedToStop();
  return await client.asProgram(
    { ...programOptions(flags), patienceMs: Infinity },
    worldOf("text", "warn"),
    (session) => client.tail(session, { rooms, json, from, follows, asked, output: Deno.stdout }),
  );
}

async function upload(room: string, paths: readonly string[], flags: UploadFlags): Promise<number> {
  const client = await import("./client/mod.ts");
  const world = worldOf("text", "warn");
  const shown = client.progressLine();
  return await client.asProgram(
    programOptions(flags),
    world,
    (session) => client.upload(session, { room, paths, text: flags.text, shown }, world),
  );
}

async function download(words: readonly string[], flags: DownloadFlags): Promise<number> {
  const client = await import("./client/mod.ts");
  const world = worldOf("text", "warn");
  const shown = client.progressLine();
  const message = client.messageWords(words);
  if (message === undefined) {
    printError("chat: a message is written as ROOM NUMBER, or as its link, and K behind it for its file K");
    return misused;
  }
  return await client.asProgram(
    programOptions(flags),
    world,
    (session) => client.download(session, { message, folder: flags.to, shown, print }, world.clock),
  );
}

async function exportOwn(folder: string, flags: ProgramFlags): Promise<number> {
  const client = await import("./client/mod.ts");
  const world = worldOf("text", "warn");
  return await client.asProgram(programOptions(flags), world, async (session) => {
    const exported = await client.exportOwn({ session, clock: world.clock, tell: tellRoom }, folder);
    return tellExported(folder, exported);
  });
}

async function exportServer(folder: string, flags: KeyFlags): Promise<number> {
  const { makeExport } = await import("./server/mod.ts");
  return tellExported(folder, await makeExport(`${flags.data}/server`, folder, systemClock(), flags.rootKey));
}

async function checkExport(folder: string): Promise<number> {
  const { checkExport } = await import("./shared/export/mod.ts");
  const { manifest, faults } = await checkExport(folder);
  for (const fault of faults) printError(`chat: ${fault}.`);
  if (faults.length > 0) return 1;
  const lines = manifest.parts.reduce((sum, part) => sum + part.lines, 0);
  print(
    `All of it is right: ${lines} lines in ${manifest.parts.length} parts, ${manifest.files.count} contents.`,
  );
  return 0;
}

function tellRoom(room: string, number: number, count: number): void {
  if (Deno.stderr.isTerminal()) printError(`${number} of ${count}: ${room}`);
}

/** Returns the exit code: what is not whole is told, and is no success. */
function tellExported(folder: string, { manifest, contentsMissing }: Exported): number {
  for (const { path, lines } of manifest.parts) print(`${String(lines).padStart(9)}  ${path}`);
  print(`${String(manifest.files.count).padStart(9)}  contents in files`);
  print(`Written to ${folder}. Read it back with: chat export check ${folder}`);
  if (contentsMissing === 0) return 0;
  printError(`chat: ${contentsMissing} files could not be had: they were deleted meanwhile, or are damaged.`);
  return 1;
}

async function unread(room: string | undefined, { count, json, ...flags }: UnreadFlags): Promise<number> {
  const client = await import("./client/mod.ts");
  const world = worldOf("text", "warn");
  return await client.asProgram(
    programOptions(flags),
    world,
    (session) => client.unread(session, { room, count, json }),
  );
}

/** A token is never an argument: those can be seen by everybody on the machine. */
function programOptions({ server, user, data, tokenFile }: ProgramFlags): ProgramOptions {
  const botToken = tokenFile === undefined ? Deno.env.get("CHAT_TOKEN") : readText(tokenFile);
  return { target: server, user, dataDirectory: data, botToken: botToken?.trim() || undefined };
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

async function addBot(name: string, { data, scopes }: BotFlags): Promise<number> {
  const { makeBot } = await import("./server/mod.ts");
  const { link, hook } = makeBot({ directory: `${data}/server`, name, scopes }, worldOf("text", "warn"));
  print(link);
  if (hasTerminal()) {
    print("\nThat is its token, for CHAT_TOKEN or a file that only it can read. It is not shown again.");
    print(`A running server knows it in a moment. Add it to its room there: /add ${name.toLowerCase()}`);
    if (hook !== undefined) print(`A program that has only HTTP posts what it has to say to ${hook}ROOM`);
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
  const { rootKeyPath, contentsPath } = await makeBackup(`${flags.data}/server`, file, flags.rootKey);
  print(`Copied and checked: ${file}.`);
  if (contentsPath !== undefined) {
    print(`The files that people have sent are in ${contentsPath}: it belongs to it. Keep both together.`);
  }
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

function foldersOf(data: string): Folders {
  const home = Deno.env.get("HOME") ?? Deno.env.get("USERPROFILE");
  return { home, downloads: home === undefined ? `${data}/downloads` : `${home}/Downloads` };
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

/** A command for scripts: it asks nobody, and ends with a code of its own where it is misused. */
function forPrograms(command: Command): Command {
  return command
    .option(
      "--server <server>",
      "chat://HOST:PORT (default: that of the token, or the one last connected to)",
    )
    .option("--user <name>", "the account whose saved login is used (default: the last used one)")
    .option("--token-file <file>", "a file that holds a bot's token (default: the environment's CHAT_TOKEN)")
    .addOption(dataOption())
    .exitOverride(({ exitCode }) => Deno.exit(exitCode === 0 ? 0 : misused));
}

function wholeNumber(text: string): number {
  if (/^\d{1,15}$/.test(text)) return Number(text);
  throw new InvalidArgumentError("It takes a whole number.");
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

function printError(text: string): void {
  Deno.stderr.writeSync(new TextEncoder().encode(`${fitted(text, Deno.stderr)}\n`));
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
