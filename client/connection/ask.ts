import type { Answer, Request, requestFrames, RequestType } from "../../shared/protocol/mod.ts";

/** What may be asked by `Connection.request`; everything else has a way of its own. */
export type AskType = Exclude<
  RequestType,
  | "register"
  | "login"
  | "bot_login"
  | "redeem_reset"
  | "resume"
  | "authority"
  | "send"
  | "read"
  | "pong"
  | "quit"
>;

/** A request without its `id`. */
export type Ask<T extends RequestType = AskType> = { [K in T]: Omit<Request<K>, "id"> }[T];

/** The answer that a request of type `T` gets when it is not refused. */
export type AnswerTo<T extends RequestType> = (typeof requestFrames)[T]["answer"] extends infer A
  ? A extends Answer["type"] ? Answer<A> : never
  : never;
