import assert from "node:assert/strict";
import { Secret, TOTP } from "otpauth";
import { LineClient } from "../kit/line_client.ts";
import { withDirectory } from "../kit/directory.ts";
import { fromSource, runProgram, spawn } from "../kit/program.ts";

/** Passwords that differ in every part, so that not even half of one can be taken for another. */
const ownersPassword = "velvet crocodile umbrella", newPassword = "quarrel zeppelin nutmeg";
const bensPassword = "lighthouse porridge anvil", resetPassword = "turquoise hedgehog cello";
const wrongPassword = "wrong trombone spaghetti", canary = "the canary sings at noon";

Deno.test("no secret that was used is in the whole log of a server, as text or as JSON", async () => {
  await Promise.all([assertLogKeepsSecrets("text"), assertLogKeepsSecrets("json")]);
});

function assertLogKeepsSecrets(format: "text" | "json"): Promise<void> {
  return withDirectory(async (data) => {
    const server = spawn(fromSource, serveArguments(data, format), {}, "piped");
    await server.stdin.close();
    const errors = new Response(server.stderr).text();
    const log = new Log(server.stdout);
    const secrets = await liveThroughEverything(data, await log.port);
    server.kill("SIGTERM");
    const logged = await log.whole + await errors;
    assert.equal((await server.status).code, 0);
    assert.match(logged, /registered/);
    assert.match(logged, /token_reused/);
    assert.ok(secrets.length > 20);
    assert.match(logged, /\\u202eben's phone/, "what others have named is logged, and seen for what it is");
    assert.doesNotMatch(logged.replaceAll("\n", ""), /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u);
    for (const secret of secrets) {
      assert.ok(secret.length >= 8, "what is short is found by chance");
      assert.ok(!logged.includes(secret), `the log holds ${secret}`);
    }
  });
}

function serveArguments(data: string, format: string): readonly string[] {
  return ["serve", "--data", data, "--host", "127.0.0.1", "--port", "0", "--log", format];
}

/** Everything that a server writes, and where it listens. */
class Log {
  readonly port: Promise<number>;
  readonly whole: Promise<string>;

  constructor(output: ReadableStream<Uint8Array<ArrayBuffer>>) {
    const port = Promise.withResolvers<number>();
    this.port = port.promise;
    this.whole = this.#read(output, (found) => port.resolve(found));
  }

  async #read(
    output: ReadableStream<Uint8Array<ArrayBuffer>>,
    found: (port: number) => void,
  ): Promise<string> {
    let text = "";
    for await (const chunk of output.pipeThrough(new TextDecoderStream())) {
      text += chunk;
      const port = /"port":(\d+).*\n|listening .*port=(\d+)\n/.exec(text);
      if (port !== null) found(Number(port[1] ?? port[2]));
    }
    return text;
  }
}

/** Uses every kind of secret that there is, rightly and wrongly, and returns them all. */
async function liveThroughEverything(data: string, port: number): Promise<readonly string[]> {
  const secrets = [ownersPassword, newPassword, bensPassword, resetPassword, wrongPassword, canary];
  const pem = Deno.readTextFileSync(`${data}/server/authority.pem`);
  const connect = (): Promise<LineClient> => LineClient.open(port, pem);
  const keep = (...found: readonly string[]): void => void secrets.push(...found);

  const ownerLink = Deno.readTextFileSync(`${data}/server/owner-link`);
  const [, ownerInvite = ""] = /#([^.]+)\./.exec(ownerLink) ?? [];
  using owner = await connect();
  keep(ownerInvite);
  const first = await owner.ask({
    type: "register",
    username: "ana",
    password: ownersPassword,
    invite: ownerInvite,
  });
  keep(first.token, first.deviceProof);
  await owner.send("general", canary);
  await guessWrongly(await connect(), keep);
  await invite(await connect(), data, owner, keep);
  await useTwoFactor(owner, keep);
  await resetPasswordOfBen(await connect(), owner, keep);
  await logInFromHostileDevice(await connect(), keep);
  await stealToken(connect, first.token, keep);
  return secrets;
}

type Keep = (...found: readonly string[]) => void;

async function guessWrongly(client: LineClient, keep: Keep): Promise<void> {
  using stranger = client;
  const token = "a-token-that-was-never-given-to-anybody", invite = "an-invite-that-nobody-made";
  keep(token, invite);
  const mistakes = [
    { type: "login", username: "ana", password: wrongPassword },
    { type: "login", username: wrongPassword, password: ownersPassword },
    { type: "resume", token },
    { type: "register", username: "eve", password: wrongPassword, invite },
    { type: "redeem_reset", secret: invite, password: wrongPassword },
    { type: "login", username: "ana", password: [wrongPassword] },
  ];
  for (const mistake of mistakes) assert.equal((await stranger.ask(mistake)).type, "error");
  await stranger.write(`{"type":"login","password":"${wrongPassword}"\n`);
  assert.equal((await stranger.hear()).code, "bad_frame");
}

async function invite(client: LineClient, data: string, owner: LineClient, keep: Keep): Promise<void> {
  using ben = client;
  const made = await owner.ask({ type: "invite" });
  const { output } = await runProgram(fromSource, ["invite", "--data", data]);
  keep(made.secret, /#([^.]+)\./.exec(output)?.[1] ?? "");
  const welcome = await ben.ask({
    type: "register",
    username: "ben",
    password: bensPassword,
    invite: made.secret,
  });
  keep(welcome.token, welcome.deviceProof);
}

async function useTwoFactor(owner: LineClient, keep: Keep): Promise<void> {
  const { secret } = await owner.ask({ type: "two_factor_begin", password: ownersPassword });
  const totp = new TOTP({ secret: Secret.fromBase32(secret) });
  const { codes } = await owner.ask({ type: "two_factor_confirm", code: totp.generate() });
  keep(secret, ...codes);
  const changed = await owner.ask({
    type: "change_password",
    current: ownersPassword,
    password: newPassword,
    code: codes[0],
  });
  assert.equal(changed.type, "ok", JSON.stringify(changed));
}

async function resetPasswordOfBen(client: LineClient, owner: LineClient, keep: Keep): Promise<void> {
  using ben = client;
  const { secret } = await owner.ask({ type: "issue_reset", username: "ben" });
  const welcome = await ben.ask({ type: "redeem_reset", secret, password: resetPassword });
  assert.equal(welcome.type, "auth_success", JSON.stringify(welcome));
  keep(secret, welcome.token, welcome.deviceProof);
  await ben.ask({ type: "quit" });
}

async function logInFromHostileDevice(client: LineClient, keep: Keep): Promise<void> {
  using ben = client;
  const deviceName = "\u202eben's phone\n\u2066";
  const welcome = await ben.ask({ type: "login", username: "ben", password: resetPassword, deviceName });
  assert.equal(welcome.type, "auth_success", JSON.stringify(welcome));
  keep(welcome.token, welcome.deviceProof);
}

/** A token that has had two successors comes back: it was stolen, and the server says so in its log. */
async function stealToken(connect: () => Promise<LineClient>, token: string, keep: Keep): Promise<void> {
  let next = token;
  for (let times = 0; times < 2; times++) {
    using client = await connect();
    const welcome = await client.ask({ type: "resume", token: next });
    assert.equal(welcome.type, "auth_success", JSON.stringify(welcome));
    next = welcome.token;
    keep(next);
  }
  using thief = await connect();
  assert.equal((await thief.ask({ type: "resume", token })).type, "error");
}
