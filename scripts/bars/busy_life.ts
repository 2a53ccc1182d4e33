/** A server's life in which every kind of secret comes up, and what those secrets were. */
import { Buffer } from "node:buffer";
import { Secret, TOTP } from "otpauth";
import type { Canaries } from "./canaries.ts";
import { Client, type Frame } from "./client.ts";
import type { Address } from "../load/load_connection.ts";

export interface Life {
  readonly secrets: Canaries;
  /** Of somebody who is still let in by it. */
  readonly token: string;
}

export const talkRoom = "vault", otherRoom = "lobby";

const messages = 200;

const message = "canary: the parrot sleeps at noon", topic = "canary: where the parrots are";
const password = "canary parrots eat green apples", laterPassword = "canary parrots eat brown apples";

export async function liveOn(address: Address): Promise<Life> {
  const secrets = new Map<string, string | Uint8Array>([
    ["a message", message],
    ["a topic", topic],
    ["a password", password],
    ["a later password", laterPassword],
  ]);
  const owner = await Client.open(address);
  const welcome = await asked(owner, { type: "register", username: "ana", password });
  keepToken(secrets, "a token", welcome.token);
  await asked(owner, { type: "create", room: talkRoom, topic: topic, access: "private" });
  await asked(owner, { type: "create", room: otherRoom });
  for (let at = 0; at < messages; at++) {
    for (const room of [talkRoom, otherRoom]) {
      await asked(owner, { type: "send", room, text: `${message} ${at}` });
    }
  }
  secrets.set("an invite", (await asked(owner, { type: "invite" })).secret);
  await turnTwoFactorOn(owner, secrets);
  const guest = await Client.open(address);
  await asked(guest, { type: "register", username: "bo", password });
  await asked(guest, { type: "change_password", current: password, password: laterPassword });
  const { secret } = await asked(owner, { type: "issue_reset", username: "bo" });
  secrets.set("a reset", secret);
  guest.close();
  const back = await Client.open(address);
  const again = await asked(back, { type: "resume", token: welcome.token, cursors: {} });
  keepToken(secrets, "a later token", again.token);
  back.close();
  owner.close();
  return { secrets, token: again.token };
}

async function turnTwoFactorOn(client: Client, secrets: Map<string, string | Uint8Array>): Promise<void> {
  const { secret } = await asked(client, { type: "two_factor_begin", password });
  secrets.set("a two-factor secret", secret);
  secrets.set("a two-factor secret's bytes", Secret.fromBase32(secret).bytes);
  const { codes } = await asked(client, {
    type: "two_factor_confirm",
    code: new TOTP({ secret }).generate(),
  });
  secrets.set("a recovery code", codes[0]);
  secrets.set("a recovery code without its dashes", codes[0].replaceAll("-", ""));
}

/** Its first part names the login, and is no secret. */
function keepToken(secrets: Map<string, string | Uint8Array>, what: string, token: string): void {
  const secret = token.slice(token.indexOf(".") + 1);
  secrets.set(what, secret);
  secrets.set(`${what}'s bytes`, Uint8Array.from(Buffer.from(secret, "base64url")));
}

async function asked(client: Client, frame: Frame): Promise<Frame> {
  const answer = await client.ask(frame);
  if (answer === undefined || answer.type === "error") {
    throw new Error(`${frame.type} was answered with ${JSON.stringify(answer)}`);
  }
  return answer;
}
