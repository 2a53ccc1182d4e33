/**
 * Incoming webhooks: what another program says with one request over HTTP. The address holds a bot's token and the room,
 * so that whoever has it may say something there, as that bot, as far as its scopes go.
 */
import { limits, Refusal } from "../../shared/protocol/mod.ts";
import { type Backing, Errand, orRefusal, readBody, siteHeaders } from "../../shared/web/mod.ts";

/** The longest body, in bytes: any text of a message, also where each character of it is escaped. */
const bodyBytesMax = limits.memberLineBytes;

const prefix = "/hooks/";

/** The way to a webhook, from the site's address on. */
export function hookPath(token: string, room: string): string {
  return `${prefix}${token}/${room}`;
}

/** Whether a request is for a webhook. */
export function isForHook(request: Request): boolean {
  return new URL(request.url).pathname.startsWith(prefix);
}

/** Says what came, and answers with where it is in its room, when it is on disk. */
export function answerHook(backing: Backing, request: Request, address: string): Promise<Response> {
  return orRefusal(async () => {
    if (request.method !== "POST") throw new Refusal("bad_request", "A webhook takes POST");
    const [token = "", room = ""] = new URL(request.url).pathname.slice(prefix.length).split("/");
    const said = readSaid(request, await readBody(request, bodyBytesMax));
    return Response.json(await say(backing, { token, room, ...said }, address), { headers: siteHeaders });
  });
}

interface Said {
  readonly text: unknown;
  /** With the same one said again, it is there once. */
  readonly nonce: unknown;
}

/** JSON with a `text`, as most programs send it; a form with such JSON as its `payload`; or the text itself. */
function readSaid(request: Request, body: string): Said {
  const type = (request.headers.get("content-type") ?? "").split(";")[0]?.trim().toLowerCase();
  if (type === "text/plain") return { text: body.trimEnd(), nonce: undefined };
  if (type !== "application/x-www-form-urlencoded") return readJson(body);
  // A program that says nothing of what it sends, as curl does, claims to send a form.
  const payload = new URLSearchParams(body).get("payload");
  return payload === null ? readJson(body) : readJson(payload);
}

function readJson(json: string): Said {
  try {
    const { text, nonce }: Partial<Said> = Object(JSON.parse(json));
    return { text, nonce };
  } catch {
    throw new Refusal(
      "bad_frame",
      'The body is not JSON like {"text": "..."}. Or send the text alone, as Content-Type: text/plain',
    );
  }
}

async function say(
  backing: Backing,
  { token, ...message }: Said & { readonly token: string; readonly room: string },
  address: string,
): Promise<unknown> {
  const errand = new Errand(backing, address);
  try {
    await errand.ask({ type: "bot_login", token });
    const answer = await errand.ask({ type: "send", ...message });
    if (answer.type !== "ok") throw new Refusal("internal", "The server gave no place to the message");
    const { room, seq, time } = answer;
    return { ok: true, room, seq, time };
  } finally {
    errand.end();
  }
}
