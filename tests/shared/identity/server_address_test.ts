import assert from "node:assert/strict";
import { defaultPort, LinkUnreadable, parseServerAddress } from "../../../shared/identity/mod.ts";

const read: Readonly<Record<string, readonly [string, number]>> = {
  "chat://192.168.1.20:7000": ["192.168.1.20", 7000],
  "chat://192.168.1.20:7000/": ["192.168.1.20", 7000],
  "CHAT://Chat.Example.com": ["chat.example.com", defaultPort],
  "chat.example.com": ["chat.example.com", defaultPort],
  " localhost:1 ": ["localhost", 1],
  "my_host:65535": ["my_host", 65535],
  "[::1]": ["::1", defaultPort],
  "chat://[FD00::20]:99": ["fd00::20", 99],
  "[::ffff:192.0.2.1]:99": ["::ffff:192.0.2.1", 99],
};

for (const [text, [host, port]] of Object.entries(read)) {
  Deno.test(`the address "${text}" is read`, () =>
    assert.deepEqual(parseServerAddress(text), { host, port }));
}

const refused = [
  ...[
    "",
    "chat://",
    ":7443",
    "host:",
    "host:0",
    "host:65536",
    "host:123456",
    "host:7x",
    "host:-1",
    "host:1:2",
  ],
  ...[
    "::1",
    "[::1",
    "[]",
    "[host]",
    "[fe80::1%eth0]",
    "[1:2]",
    "http://host",
    "user@host",
    "host/room",
    "a b",
    "-a",
    "a-",
  ],
  ...["a..b", ".a", "a.", "höst", "host?x", "chat://host/#secret", "a".repeat(64), "a.".repeat(127) + "a"],
];

Deno.test("what is no address is refused with an example, and not repeated", () => {
  for (const text of refused) {
    assert.throws(() => parseServerAddress(text), (error) => {
      assert.ok(error instanceof LinkUnreadable, text);
      assert.match(error.message, /looks like chat:\/\/192\.168\.1\.20:7443/);
      assert.ok(!error.message.includes("secret"));
      return true;
    }, text);
  }
});
