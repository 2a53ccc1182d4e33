import assert from "node:assert/strict";
import { pathIn, type PathSurroundings } from "../../../client/files/mod.ts";

function around(...there: readonly string[]): PathSurroundings {
  return { home: "/home/ana", isWindows: false, exists: (path) => there.includes(path) };
}

Deno.test("A path is read in quotes, with backslashes, from an address and from home", () => {
  const cases: readonly (readonly [string, string, string])[] = [
    ["a.txt", "a.txt", ""],
    ["a.txt look at this", "a.txt", "look at this"],
    ["'/tmp/my file.txt' hi", "/tmp/my file.txt", "hi"],
    ['"/tmp/my \\"best\\" file.txt"', '/tmp/my "best" file.txt', ""],
    ["/tmp/my\\ file.txt  two  words", "/tmp/my file.txt", "two  words"],
    ["/tmp/it\\'s.txt", "/tmp/it's.txt", ""],
    ["~/notes.txt", "/home/ana/notes.txt", ""],
    ["~ben/notes.txt", "~ben/notes.txt", ""],
    ["file:///tmp/my%20file.txt here", "/tmp/my file.txt", "here"],
    ["a.txt\nsecond\nline", "a.txt", "second\nline"],
  ];
  for (const [text, path, rest] of cases) assert.deepEqual(pathIn(text, around()), { path, rest }, text);
});

Deno.test("A path with bare spaces is the shortest beginning that is there", () => {
  const there = around("/tmp/my file", "/tmp/my file.txt of today", "/home/ana/b c");
  assert.deepEqual(pathIn("/tmp/my file at last", there), { path: "/tmp/my file", rest: "at last" });
  assert.deepEqual(pathIn("/tmp/my file.txt of today now", there), {
    path: "/tmp/my file.txt of today",
    rest: "now",
  });
  assert.deepEqual(pathIn("~/b c", there), { path: "/home/ana/b c", rest: "" });
  assert.deepEqual(pathIn("nothing of it", there), { path: "nothing", rest: "of it" });
});

Deno.test("On Windows a backslash stands between folders", () => {
  const there = { home: "C:\\Users\\ana", isWindows: true, exists: () => false };
  assert.deepEqual(pathIn("C:\\a\\b.txt hi", there), { path: "C:\\a\\b.txt", rest: "hi" });
  assert.deepEqual(pathIn('"C:\\my files\\b.txt" hi', there), { path: "C:\\my files\\b.txt", rest: "hi" });
});

Deno.test("Nothing, and a quote that is not closed, is no path", () => {
  for (const text of ["", "  ", "'/tmp/a", '"/tmp/a b', '""']) {
    assert.equal(pathIn(text, around()), undefined);
  }
});
