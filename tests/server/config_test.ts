import assert from "node:assert/strict";
import { makeConfig, readAssignments, readConfigFile, type Wishes, wishesOf } from "../../server/config.ts";
import { troubleOf } from "../kit/trouble.ts";

Deno.test("without wishes a server listens everywhere on 7443, for those who are invited", () => {
  assert.deepEqual(makeConfig("/data"), {
    host: undefined,
    port: 7_443,
    webPort: 8_443,
    isWebPortAsked: false,
    name: undefined,
    registration: "invite",
    rates: true,
    fileBytesMax: 2 * 1024 ** 3,
    filesBytesMax: 20 * 1024 ** 3,
    passes: undefined,
    pages: undefined,
    directory: "/data",
    rootKeyPath: undefined,
  });
  assert.ok(Object.isFrozen(makeConfig("/data")));
});

Deno.test("browsers are let in on a port of their own, on a free one beside a free one, or not at all", () => {
  const webPort = (wishes: Wishes) => makeConfig("/data", wishes).webPort;
  assert.equal(webPort({ "server.port": "7000" }), 8_443);
  assert.equal(webPort({ "server.port": "0" }), 0);
  assert.equal(webPort({ "server.web_port": "9000" }), 9000);
  assert.equal(webPort({ "server.web_port": "off" }), undefined);
  assert.ok(makeConfig("/data", { "server.web_port": "9000" }).isWebPortAsked);
  assert.match(
    troubleOf(() => makeConfig("/data", { "server.web_port": "x" })),
    /a port from 0 to 65535, or off/,
  );
});

Deno.test("flags go before assignments, and these before the file", () => {
  const file = readConfigFile("chat.json", '{"server": {"port": 1, "name": "File", "registration": "open"}}');
  const set = readAssignments(["server.port=2", "server.name=Set", "limits.rates=off"]);
  const flags = wishesOf({ "server.port": "3", "server.host": undefined });
  const { port, name, registration, rates, host } = makeConfig("/data", file, set, flags);
  assert.deepEqual([port, name, registration, rates, host], [3, "Set", "open", false, undefined]);
});

Deno.test("every mistake is told at once, with what would do", () => {
  const message = troubleOf(() =>
    makeConfig("/data", {
      "server.port": "70000",
      "server.registration": "maybe",
      "limits.rates": "none",
      "server.nmae": "x",
      "toString": "x",
    })
  );
  for (
    const part of [
      '"70000"',
      "0 to 65535",
      '"maybe"',
      "open, invite or closed",
      '"none"',
      '"server.nmae"',
      '"toString"',
    ]
  ) {
    assert.ok(message.includes(part), `${part} in ${message}`);
  }
});

Deno.test("ports and names have their bounds", () => {
  for (const port of ["0", "65535"]) {
    assert.equal(makeConfig("/d", { "server.port": port }).port, Number(port));
  }
  for (const port of ["", "-1", "65536", "7443.5", "0x10", "1e3", " 1", "999999"]) {
    troubleOf(() => makeConfig("/d", { "server.port": port }));
  }
  assert.equal(makeConfig("/d", { "server.name": "Ähm & Söhne 😀" }).name, "Ähm & Söhne 😀");
  for (const name of ["", "x".repeat(65), "a\nb", "a\u001b[2Jb", "\u202eevil"]) {
    troubleOf(() => makeConfig("/d", { "server.name": name }));
  }
});

Deno.test("hashes take 2 to 16 passes", () => {
  for (const passes of ["2", "16"]) {
    assert.equal(makeConfig("/d", { "passwords.passes": passes }).passes, Number(passes));
  }
  for (const passes of ["", "1", "17", "2.5", "two", "-3", "002"]) {
    assert.match(troubleOf(() => makeConfig("/d", { "passwords.passes": passes })), /a number from 2 to 16/);
  }
});

Deno.test("a file that is no object of sections, and an assignment that is none, are told", () => {
  for (const text of ["", "[]", "7", '{"server": 7}', '{"server": []}', "{server: {}}"]) {
    assert.match(
      troubleOf(() => readConfigFile("/etc/chat.json", text)),
      /\/etc\/chat.json.*like \{"server"/,
    );
  }
  for (const text of ["", "port", "=7"]) {
    assert.match(troubleOf(() => makeConfig("/srv/chat", readAssignments([text]))), /There is no setting/);
  }
  assert.deepEqual(readAssignments(["server.name=a=b"]), { "server.name": "a=b" });
});

Deno.test("a value in the file that is no text, number or truth is shown how to be", () => {
  assert.match(troubleOf(() => readConfigFile("/c", '{"server": {"name": {"a": 1}}}')), /like \{"server"/);
});

Deno.test("the sizes of files are read as people write them", () => {
  const { fileBytesMax, filesBytesMax } = makeConfig("/data", {
    "limits.file": "500K",
    "limits.files": "3T",
  });
  assert.deepEqual([fileBytesMax, filesBytesMax], [500 * 1024, 3 * 1024 ** 4]);
  assert.equal(makeConfig("/data", { "limits.file": "0" }).fileBytesMax, 0);
  for (const text of ["", "2g", "1.5G", "-1", "many", "1 G"]) {
    assert.match(troubleOf(() => makeConfig("/data", { "limits.file": text })), /a size like/);
  }
});
