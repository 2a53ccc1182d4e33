/** What people do about their accounts, in terminals of their own, at a real server. */
import assert from "node:assert/strict";
import { join } from "node:path";
import { TOTP } from "otpauth";
import { type LineClient, testPassword } from "../kit/line_client.ts";
import { fromSource } from "../kit/program.ts";
import { type TestServer, withServer } from "../kit/server.ts";
import { type TestTerminal, withTerminals } from "../kit/terminal.ts";

const newPassword = "another few words in a row";

Deno.test("two-factor is set up at the terminal, asked for at the next login, and a device is logged out", () =>
  withServer((server) =>
    withTerminals(async (open) => {
      using _owner = await server.register("owner");
      const ana = await signUp(open, server, "ana");
      await ana.enter("/2fa on");
      await ana.waitFor(/Your password: $|Your password:$/);
      await ana.enter(testPassword);
      await keepCodes(ana);
      const [recoveryCode = ""] = await codesOn(ana);
      await ana.press("Enter");
      await ana.waitFor("Two-factor is on.");
      await ana.waitFor(/#general>$/);

      const other = await open(
        [...fromSource.command, "connect", ...whereto(server, "other"), "--user", "ana"],
        {},
      );
      await takeForRight(other, "no");
      await other.waitFor(/Password for ana:$/);
      await other.enter(testPassword);
      await other.waitFor("Two-factor is on for this account.");
      await other.enter("000 000");
      await other.waitFor(/Ctrl-C\s+stops\.\n {2}Code from your app, or a recovery code:$/);
      await other.enter(recoveryCode);
      await other.waitFor(/#general>$/);
      await ana.waitFor(/! New login to your account from "terminal on [^"]+" at \d\d:\d\d\./);

      await ana.enter("/devices");
      await ana.waitFor(/ 1 {2}terminal on \S+ +this one\n +2 {2}terminal on \S+ +connected now/);
      await ana.enter("/revoke 2");
      await ana.waitFor(/Log out "terminal on [^"]+"\? \[y\/N\]:$/);
      await ana.enter("y");
      await ana.waitFor("is logged out.");
      await other.waitFor(/It ends here: [^]*\[exit 1\]/);
      for (const terminal of [ana, other]) assert.ok(!(await terminal.bytes()).includes(testPassword));
      await ana.press("Up");
      await ana.waitFor(/#general> \/revoke 2$/);
    })
  ));

Deno.test("a password is changed at the terminal, and it never appears there", () =>
  withServer((server) =>
    withTerminals(async (open) => {
      const ana = await signUp(open, server, "ana");
      await ana.enter("half a word");
      await ana.enter("/password");
      await ana.waitFor(/Your password until now:$/);
      await ana.enter(testPassword);
      await ana.waitFor(/New password:$/);
      await ana.enter(newPassword);
      await ana.waitFor("Your password is changed, and your other devices are logged out.");
      await ana.enter("/password");
      await ana.waitFor(/until now:$/);
      await ana.press("C-c");
      await ana.waitFor(/until now:\n {2}Nothing was changed\.\n#general>$/);
      // What is typed ahead without looking is an answer too, and no message.
      await ana.type(
        `/password\r${newPassword}\r${newPassword}!\r/password\r${newPassword}!\r${newPassword}\r`,
      );
      await ana.waitFor(/(?:Your password is changed,[^]*){3}#general>$/);
      const bytes = await ana.bytes();
      for (const password of [testPassword, newPassword]) assert.ok(!bytes.includes(password));
      using again = await server.connect();
      assert.equal(
        (await again.ask({ type: "login", username: "ana", password: testPassword })).code,
        "auth_failed",
      );
      const welcome = await again.ask({ type: "login", username: "ana", password: newPassword });
      assert.equal(welcome.type, "auth_success");
      const { messages } = await again.ask({ type: "history", room: "general" });
      const texts = messages.flatMap(({ text }: { readonly text?: string }) => text ?? []);
      assert.deepEqual(texts, ["half a word"]);
    })
  ));

Deno.test("once two-factor is demanded, whoever has none is led through it, and goes on where they were", () =>
  withServer((server) =>
    withTerminals(async (open) => {
      using owner = await server.register("owner");
      const ben = await signUp(open, server, "ben");
      await owner.send("general", "before it was demanded");
      await ben.waitFor("before it was demanded");
      await setUpTwoFactor(owner);
      assert.equal((await owner.ask({ type: "policy", twoFactor: "required" })).type, "policy");
      await ben.waitFor("This server demands two-factor of everybody, and you have none yet.");
      await ben.waitFor(/Set two-factor up now\? \[y\/N\]:$/);
      await ben.enter("y");
      await ben.waitFor(/Your password:$/);
      await ben.enter(testPassword);
      await keepCodes(ben);
      await ben.press("Enter");
      await ben.waitFor(/Two-factor is on\.[^]*#general>$/);
      await ben.enter("here again");
      await ben.waitFor(/ben {2}here again\n#general>$/);
      assert.doesNotMatch(await ben.screen(), /no longer in/);
    })
  ));

Deno.test("a reset link that an owner has made in chat lets somebody in with a new password", () =>
  withServer((server) =>
    withTerminals(async (open) => {
      const owner = await signUp(open, server, "owner");
      using _ben = await server.register("ben");
      await owner.enter("/reset ben");
      const screen = await owner.waitFor(/chat connect 'chat:\/\/[^']+'/);
      const [, secretAndPin = ""] = /\/reset#([\w.-]+)'/.exec(screen.replaceAll("\n", "")) ?? [];
      const target = `chat://127.0.0.1:${server.port}/reset#${secretAndPin}`;
      const command = [
        ...fromSource.command,
        "connect",
        target,
        "--data",
        join(server.data, "people", "ben"),
      ];
      const ben = await open(command, {});
      await ben.waitFor("Identity    matches the reset link ✓");
      await ben.waitFor(/New password:$/);
      await ben.enter(newPassword);
      await ben.waitFor(/#general>$/);
      await ben.enter("/quit");
      await ben.waitFor("[exit 0]");
      const again = await open(command, {});
      await again.waitFor(/New password:$/);
      await again.enter(newPassword);
      await again.waitFor("[exit 1]");
      assert.match(await again.screen(), /reset link/);
    })
  ));

Deno.test("an owner who comes back by a saved login proves at the terminal who they are before a reset link is made", () =>
  withServer((server) =>
    withTerminals(async (open) => {
      const first = await signUp(open, server, "owner");
      using _ben = await server.register("ben");
      await first.enter("/quit");
      await first.waitFor("[exit 0]");
      const owner = await open(
        [...fromSource.command, "connect", ...whereto(server, "owner")],
        colours("owner"),
      );
      await owner.waitFor(/#general>$/);
      await owner.enter("/reset ben");
      await owner.waitFor(/Your password, to prove that it is you:$/);
      await owner.enter("not the password at all");
      await owner.waitFor(/Please try again[^]*prove that it is you:$/);
      await owner.enter(testPassword);
      await owner.waitFor(/chat connect 'chat:\/\/[^']+'/);
      assert.ok(!(await owner.bytes()).includes(testPassword));
    })
  ));

type Open = Parameters<Parameters<typeof withTerminals>[0]>[0];

/** Whatever the tests themselves are run with. */
function colours(name: string): Readonly<Record<string, string>> {
  return { USER: name, NO_COLOR: "" };
}

/** Everybody has a data directory of their own, as on a machine of their own. */
function whereto(server: TestServer, name: string): readonly string[] {
  return [`chat://127.0.0.1:${server.port}`, "--data", join(server.data, "people", name)];
}

async function takeForRight(terminal: TestTerminal, isNew: "yes" | "no"): Promise<void> {
  await terminal.waitFor("Is this the right server?");
  await terminal.enter("yes");
  await terminal.waitFor("New here?");
  await terminal.enter(isNew);
}

async function signUp(open: Open, server: TestServer, name: string): Promise<TestTerminal> {
  const terminal = await open([...fromSource.command, "connect", ...whereto(server, name)], colours(name));
  await takeForRight(terminal, "yes");
  await terminal.waitFor("Your name");
  await terminal.press("Enter");
  await terminal.waitFor(/Password:$/);
  await terminal.enter(testPassword);
  await terminal.waitFor(/#general>$/);
  return terminal;
}

async function setUpTwoFactor(client: LineClient): Promise<void> {
  const { secret } = await client.ask({ type: "two_factor_begin", password: testPassword });
  const code = new TOTP({ secret }).generate();
  assert.equal((await client.ask({ type: "two_factor_confirm", code })).type, "recovery_codes");
}

/** Does what an authenticator app and its owner do, up to the recovery codes. */
async function keepCodes(terminal: TestTerminal): Promise<void> {
  const screen = await terminal.waitFor(/Code from your app:$/);
  const secret = (screen.match(/\b[A-Z2-7]{4}\b/g) ?? []).join("");
  assert.equal(secret.length, 32, screen);
  await terminal.enter(new TOTP({ secret }).generate());
  await terminal.waitFor(/Press Enter when you have kept them:$/);
}

async function codesOn(terminal: TestTerminal): Promise<readonly string[]> {
  const [, codes = ""] = /if you lose it:\n\n([^]*)\n\n {2}Keep them/.exec(await terminal.screen()) ?? [];
  return codes.trim().split(/\s{2,}/);
}
