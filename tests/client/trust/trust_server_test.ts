import assert from "node:assert/strict";
import { join } from "node:path";
import { ensureCertificates } from "../../../certs/mod.ts";
import {
  dial,
  dialAgain,
  NoConnection,
  type ServerIdentity,
  ServerNotTrusted,
  type TrustedServer,
  trustServer,
} from "../../../client/trust/mod.ts";
import { wordsOf } from "../../../shared/identity/mod.ts";
import { pinOf } from "../../../shared/pin/mod.ts";
import { modeOf, withDirectory } from "../../kit/directory.ts";
import { hello, type Peer, type ScriptedServer, scriptedServer } from "../../kit/scripted_server.ts";
import { testWorld } from "../../kit/world.ts";

const world = testWorld();

/** A server that tells whoever asks the authority's certificate, its own or another. */
function authorityServer(directory: string, port?: number, pem?: string): Promise<ScriptedServer> {
  const server = scriptedServer({ directory, port, talk });
  return server;

  async function talk(peer: Peer): Promise<void> {
    await peer.say(hello);
    for (let heard = await peer.hear(); heard !== undefined; heard = await peer.hear()) {
      if (heard.type === "authority") {
        await peer.say({ type: "authority", re: heard.id, pem: pem ?? (await server).pem });
      }
    }
  }
}

/** Two directories with certificates of two authorities, and a data directory for the client. */
function withTwoAuthorities(
  use: (places: { readonly first: string; readonly second: string; readonly data: string }) => Promise<void>,
): Promise<void> {
  return withDirectory((directory) =>
    use({ first: join(directory, "first"), second: join(directory, "second"), data: join(directory, "data") })
  );
}

function heardTypes(server: ScriptedServer): readonly string[] {
  return server.heard.map(({ type }) => type);
}

function knownServers(data: string): string {
  return join(data, "client", "known_servers.json");
}

Deno.test("A pin that matches is enough, and the server is known from then on", () =>
  withTwoAuthorities(async ({ first, data }) => {
    await using server = await authorityServer(first);
    const trusted = await trustServer({ world, address: server.address, pin: pinOf(server.pem), data });
    assert.equal(trusted.because, "invite");
    assert.equal(trusted.words, wordsOf(pinOf(server.pem)));
    assert.match(trusted.fingerprint, /^([0-9a-f]{4} ){15}[0-9a-f]{4}$/);
    assert.equal(modeOf(knownServers(data)), 0o600);
    const again = await trustServer({ world, address: server.address, data });
    assert.equal(again.because, "known");
    assert.deepEqual(heardTypes(server), ["authority"]);
  }));

Deno.test("A pin that does not match stops before anything but `authority` was asked", () =>
  withTwoAuthorities(async ({ first, data }) => {
    await using server = await authorityServer(first);
    await assert.rejects(
      trustServer({ world, address: server.address, pin: "A".repeat(43), data }),
      (error: Error) =>
        error instanceof ServerNotTrusted &&
        /^STOP\. This is not the server in your invite\.\n.*were NOT sent\.\n.*ask for a new invite/.test(
          error.message,
        ),
    );
    assert.deepEqual(heardTypes(server), ["authority"]);
    assert.throws(() => Deno.statSync(knownServers(data)), Deno.errors.NotFound);
  }));

Deno.test("Whoever came by a reset link hears of that, and not of an invite, when the server is not the right one", () =>
  withTwoAuthorities(async ({ first, second, data }) => {
    await using server = await authorityServer(first);
    const { address } = server;
    const stop = (error: Error): boolean =>
      error instanceof ServerNotTrusted && !error.message.includes("invite") &&
      /^STOP\. This is not the server in your reset link\.\n.*ask for a new reset link/s.test(error.message);
    await assert.rejects(
      trustServer({ world, address, pin: "A".repeat(43), link: "reset link", data }),
      stop,
    );
    const trusted = await trustServer({ world, address, pin: pinOf(server.pem), link: "reset link", data });
    assert.equal(trusted.because, "reset link");
    await server[Symbol.asyncDispose]();
    await using _other = await authorityServer(second, address.port);
    await assert.rejects(dial(world, trusted), stop);
  }));

Deno.test("A relay that tells the right authority and has another's certificate is not trusted", () =>
  withTwoAuthorities(async ({ first, second, data }) => {
    const { authorityPem } = await ensureCertificates({ directory: first, world });
    await using server = await authorityServer(second, 0, authorityPem);
    await assert.rejects(
      trustServer({ world, address: server.address, pin: pinOf(authorityPem), data }),
      ServerNotTrusted,
    );
    await assert.rejects(
      trustServer({ world, address: server.address, data, ask: () => Promise.resolve(true) }),
      /cannot prove that it is who it says it is/,
    );
    assert.deepEqual(heardTypes(server), ["authority", "authority"]);
  }));

Deno.test("A known server whose identity has changed hears nothing, until a new pin says that it is right", () =>
  withTwoAuthorities(async ({ first, second, data }) => {
    const before = await authorityServer(first);
    await trustServer({ world, address: before.address, pin: pinOf(before.pem), data });
    await before[Symbol.asyncDispose]();

    await using after = await authorityServer(second, before.address.port);
    await assert.rejects(
      trustServer({ world, address: after.address, data }),
      (error: Error) =>
        error instanceof ServerNotTrusted && error.message.startsWith("STOP.") &&
        error.message.includes(wordsOf(pinOf(before.pem))) &&
        error.message.includes("Nothing was sent to it: no name, password, token or invite.") &&
        error.message.includes("ask for a new invite link"),
    );
    assert.deepEqual(heardTypes(after), []);
    const trusted = await trustServer({ world, address: after.address, pin: pinOf(after.pem), data });
    assert.equal(trusted.because, "invite");
    await assert.rejects(
      dialAgain(world, { ...trusted, pem: before.pem }),
      /^ServerNotTrusted: STOP\. .* is not the one that was trusted before/,
    );
    assert.deepEqual(heardTypes(after), ["authority"]);
    assert.equal((await trustServer({ world, address: after.address, data })).because, "known");
  }));

Deno.test("An unknown server is asked about once, with its words, and a no leaves nothing behind", () =>
  withTwoAuthorities(async ({ first, data }) => {
    await using server = await authorityServer(first);
    const asked: ServerIdentity[] = [];
    const ask = (yes: boolean) => (identity: ServerIdentity) => {
      asked.push(identity);
      return Promise.resolve(yes);
    };
    await assert.rejects(
      trustServer({ world, address: server.address, data, ask: ask(false) }),
      /was not accepted/,
    );
    const trusted = await trustServer({ world, address: server.address, data, ask: ask(true) });
    assert.equal(trusted.because, "asked");
    assert.equal(
      (await trustServer({ world, address: server.address, data, ask: ask(false) })).because,
      "known",
    );
    assert.deepEqual(asked.map(({ words }) => words), Array(2).fill(wordsOf(pinOf(server.pem))));
  }));

Deno.test("An unknown server is refused without a connection where nobody can be asked", () =>
  withTwoAuthorities(async ({ data }) => {
    await assert.rejects(
      trustServer({ world, address: { host: "127.0.0.1", port: 1 }, data }),
      /^ServerNotTrusted: .*no terminal to ask.*invite link/,
    );
  }));

Deno.test("The server of this machine is trusted by its own files, and another on its port is not", () =>
  withTwoAuthorities(async ({ second, data }) => {
    const own = join(data, "server");
    const before = await authorityServer(own);
    const trusted = await trustServer({ world, address: before.address, data });
    assert.equal(trusted.because, "this machine");
    assert.throws(() => Deno.statSync(knownServers(data)), Deno.errors.NotFound);
    await before[Symbol.asyncDispose]();

    await using other = await authorityServer(second, before.address.port);
    await assert.rejects(
      trustServer({ world, address: other.address, data }),
      /whose files are on this machine/,
    );
    await assert.rejects(dial(world, trusted), ServerNotTrusted);
    await assert.rejects(dialAgain(world, trusted), /trusted before[^]*start this program again/);
    assert.deepEqual(heardTypes(other), []);
  }));

Deno.test("A damaged list of known servers is told of, never taken for an empty one", () =>
  withTwoAuthorities(async ({ data }) => {
    Deno.mkdirSync(join(data, "client"), { recursive: true });
    const address = { host: "127.0.0.1", port: 1 };
    for (const text of ["", "[]", "{", '{"127.0.0.1:1":7}', '{"127.0.0.1:1":"no certificate"}']) {
      Deno.writeTextFileSync(knownServers(data), text);
      await assert.rejects(
        trustServer({ world, address, data }),
        /Cannot understand ".*known_servers.json"/,
        text,
      );
    }
  }));

Deno.test("A server that is down is told apart from one that is not trusted", () =>
  withTwoAuthorities(async ({ first }) => {
    const { authorityPem } = await ensureCertificates({ directory: first, world });
    const server: TrustedServer = {
      address: { host: "127.0.0.1", port: 1 },
      pem: authorityPem,
      pin: pinOf(authorityPem),
      fingerprint: "",
      words: "",
      because: "known",
    };
    await assert.rejects(
      dial(world, server),
      (error: Error) =>
        error instanceof NoConnection && error.kind === "refused" &&
        error.message === "Nobody answers at 127.0.0.1:1. Is the server running, and is this its address?",
    );
  }));
