import assert from "node:assert/strict";
import fc from "fast-check";
import { formatInviteLink, LinkUnreadable, parseInviteLink } from "../../../shared/identity/mod.ts";
import { fromSeed } from "../../kit/seed.ts";

const base64url = (length: number): fc.Arbitrary<string> =>
  fc.uint8Array({ minLength: length, maxLength: length })
    .map((bytes) => bytes.toBase64({ alphabet: "base64url", omitPadding: true }));

const links = fc.record({
  host: fc.oneof(fc.domain(), fc.ipV4(), fc.ipV6()).map((host) => host.toLowerCase()),
  port: fc.integer({ min: 1, max: 65_535 }),
  secret: base64url(16),
  pin: base64url(32),
}, { noNullPrototype: true });

const example = `chat://192.168.1.20:7443/#${"s".repeat(21)}A.${"p".repeat(42)}A`;

Deno.test("an invite link comes back as it was made", () => {
  fc.assert(
    fc.property(links, (link) => assert.deepEqual(parseInviteLink(formatInviteLink(link)), link)),
    fromSeed(),
  );
});

Deno.test("an invite link is spelled as the protocol says", () => {
  const parts = { port: 7443, secret: "s".repeat(21) + "A", pin: "p".repeat(42) + "A" };
  assert.equal(formatInviteLink({ host: "192.168.1.20", ...parts }), example);
  assert.equal(
    formatInviteLink({ host: "fd00::20", ...parts }),
    example.replace("192.168.1.20", "[fd00::20]"),
  );
});

Deno.test("an invite link that lost a character is refused, and its secret not repeated", () => {
  fc.assert(
    fc.property(links, fc.nat(), (link, at) => {
      const text = formatInviteLink(link);
      const start = text.indexOf("#");
      const gap = start + at % (text.length - start);
      assert.throws(() => parseInviteLink(text.slice(0, gap) + text.slice(gap + 1)), (error) => {
        assert.ok(error instanceof LinkUnreadable);
        assert.ok(!error.message.includes(link.secret.slice(1, -1)));
        assert.match(error.message, /looks like chat:\/\/.+copy it again/);
        return true;
      });
    }),
    fromSeed(),
  );
});

Deno.test("any other text is refused as no invite link", () => {
  const anyText = fc.string().chain((text) => fc.constantFrom(text, `chat://${text}`, `${example}${text}.`));
  fc.assert(
    fc.property(anyText, (text) => void assert.throws(() => parseInviteLink(text), LinkUnreadable)),
    fromSeed(),
  );
  for (
    const text of [
      `${example}A`,
      `${example}.x`,
      example.replace("7443", "0"),
      example.replace("chat:", "http:"),
    ]
  ) {
    assert.throws(() => parseInviteLink(text), LinkUnreadable, text);
  }
});
