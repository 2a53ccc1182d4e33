import { type ErrorCode, errorFrame, Refusal } from "../protocol/mod.ts";
import { siteHeaders } from "./headers.ts";

/** The status of HTTP that says what an error code says (RFC 9110, section 15); 400 for those that are not here. */
const statuses: Readonly<Partial<Record<ErrorCode, number>>> = {
  not_authenticated: 401,
  auth_failed: 401,
  token_invalid: 401,
  code_required: 401,
  forbidden: 403,
  not_a_member: 403,
  registration_closed: 403,
  invite_required: 403,
  no_such_room: 404,
  no_such_file: 404,
  no_such_message: 404,
  username_exists: 409,
  too_large: 413,
  line_too_long: 413,
  rate_limited: 429,
  internal: 500,
  unavailable: 503,
  busy: 503,
};

/** What is answered, or why it is refused. */
export async function orRefusal(answer: () => Response | Promise<Response>): Promise<Response> {
  try {
    return await answer();
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return refusalResponse(error);
  }
}

/** A refusal as an answer over HTTP: its `error` frame, without `re`. */
export function refusalResponse(refusal: Refusal): Response {
  const answer = new Headers(siteHeaders);
  if (refusal.retryAfterMs !== undefined) {
    answer.set("retry-after", String(Math.ceil(refusal.retryAfterMs / 1_000)));
  }
  const { code, message, retryAfterMs } = errorFrame(refusal);
  return Response.json({ type: "error", code, message, retryAfterMs }, {
    status: statuses[refusal.code] ?? 400,
    headers: answer,
  });
}
