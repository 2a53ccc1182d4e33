import assert from "node:assert/strict";
import { formatBotLink, LinkUnreadable, parseBotLink } from "../../../shared/identity/mod.ts";

const token = `${"a".repeat(22)}.${"b".repeat(43)}`;
const pin = "c".repeat(42) + "A";
const link = { host: "192.168.1.20", port: 7443, token, pin };

Deno.test("a bot's token is a link that comes out as it went in", () => {
  assert.equal(formatBotLink(link), `chat://192.168.1.20:7443/bot#${token}.${pin}`);
  assert.deepEqual(parseBotLink(` ${formatBotLink(link)}\n`), link);
});

Deno.test("what is no whole bot token is refused without being told again", () => {
  const whole = formatBotLink(link);
  for (
    const text of [
      "",
      "x",
      token,
      whole.slice(0, -1),
      whole.slice(7),
      whole.replace("/bot", "/"),
      `${whole}A`,
    ]
  ) {
    assert.throws(
      () => parseBotLink(text),
      (cause) => cause instanceof LinkUnreadable && !cause.message.includes("aaa"),
    );
  }
});
