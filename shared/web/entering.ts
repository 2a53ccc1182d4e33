import {
  decodeRequest,
  limits,
  Refusal,
  type RequestType,
  type ServerFrame,
  toBytes,
} from "../protocol/mod.ts";
import type { Backing } from "./backing.ts";
import { readBody } from "./body.ts";
import { Errand } from "./errand.ts";

/** The requests that make a login: what a browser posts, since the token of their answer goes into a cookie. */
const entrances: ReadonlySet<RequestType> = new Set(["login", "register", "redeem_reset"]);

export interface Entered {
  /** The answer as the page may see it: without the token. */
  readonly welcome: Omit<ServerFrame, "token">;
  readonly token: string;
}

/** Logs somebody in by the request in the body. Rejects with a Refusal. */
export async function enter(backing: Backing, request: Request, address: string): Promise<Entered> {
  const body = await readBody(request, limits.strangerLineBytes);
  const asked = decodeRequest(toBytes(body));
  if (!entrances.has(asked.type)) {
    throw new Refusal("bad_request", `Here one may only ask for ${[...entrances].join(", ")}`);
  }
  const errand = new Errand(backing, address);
  try {
    const answer = await errand.ask(asked);
    if (answer.type !== "auth_success") throw new Refusal("internal", "The server gave no login");
    const { token, deviceProof: _, re: __, ...welcome } = answer;
    return { welcome, token };
  } finally {
    errand.end();
  }
}
