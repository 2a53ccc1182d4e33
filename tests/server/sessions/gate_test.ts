/** Every request as everybody, by real sessions: what is allowed is written down here apart from the table that decides it. */
import assert from "node:assert/strict";
import { requestFrames, type RequestType, type Scope, scopes } from "../../../shared/protocol/mod.ts";
import { testPassword } from "../../kit/line_client.ts";
import { SessionBench, testPasswordHash, type TestSession } from "../../kit/sessions.ts";

const everybody = ["stranger", "confined", "guest", "member", "admin", "owner"] as const;

type Who = (typeof everybody)[number];

/** The answer's type, or its error code; `not for the role` is what the gate says of a role. */
type Outcomes = readonly [
  stranger: string,
  confined: string,
  guest: string,
  member: string,
  admin: string,
  owner: string,
];

const inSession = "already_authenticated", confined = "two_factor_required", role = "not for the role";
const stranger = "not_authenticated";
/** What there is, is somebody's joining. */
const noMessage = "no_such_message", noFile = "no_such_file";

const expected: Readonly<Record<RequestType, readonly [frame: Record<string, unknown>, outcomes: Outcomes]>> =
  {
    register: [
      { username: "newcomer", password: testPassword },
      ["auth_success", inSession, inSession, inSession, inSession, inSession],
    ],
    login: [
      { username: "member", password: testPassword },
      ["auth_success", inSession, inSession, inSession, inSession, inSession],
    ],
    redeem_reset: [
      { secret: "s", password: testPassword },
      ["reset_invalid", inSession, inSession, inSession, inSession, inSession],
    ],
    resume: [{ token: "t" }, ["token_invalid", inSession, inSession, inSession, inSession, inSession]],
    bot_login: [{ token: "t" }, ["token_invalid", inSession, inSession, inSession, inSession, inSession]],
    authority: [{}, ["authority", "authority", "authority", "authority", "authority", "authority"]],
    ping: [{}, ["pong", "pong", "pong", "pong", "pong", "pong"]],
    pong: [{}, ["nothing", "nothing", "nothing", "nothing", "nothing", "nothing"]],
    quit: [{}, ["ok", "ok", "ok", "ok", "ok", "ok"]],
    join: [{ room: "open" }, [stranger, confined, role, "ok", "ok", "ok"]],
    leave: [{ room: "x" }, [
      stranger,
      confined,
      "not_a_member",
      "not_a_member",
      "not_a_member",
      "not_a_member",
    ]],
    create: [{ room: "open" }, [stranger, confined, role, "room_exists", "room_exists", "room_exists"]],
    rooms: [{}, [stranger, confined, "rooms", "rooms", "rooms", "rooms"]],
    send: [{ room: "general", text: "hi" }, [stranger, confined, "ok", "ok", "ok", "ok"]],
    edit: [{ room: "general", seq: 1, text: "x" }, [
      stranger,
      confined,
      noMessage,
      noMessage,
      noMessage,
      noMessage,
    ]],
    delete: [{ room: "general", seq: 1 }, [stranger, confined, noMessage, noMessage, noMessage, noMessage]],
    revisions: [{ room: "general", seq: 1 }, [
      stranger,
      confined,
      noMessage,
      noMessage,
      noMessage,
      noMessage,
    ]],
    react: [{ room: "general", seq: 1, emoji: "👍" }, [
      stranger,
      confined,
      noMessage,
      noMessage,
      noMessage,
      noMessage,
    ]],
    unreact: [{ room: "general", seq: 1, emoji: "👍" }, [
      stranger,
      confined,
      noMessage,
      noMessage,
      noMessage,
      noMessage,
    ]],
    pin: [{ room: "general", seq: 1 }, [stranger, confined, noMessage, noMessage, noMessage, noMessage]],
    unpin: [{ room: "general", seq: 1 }, [stranger, confined, noMessage, noMessage, noMessage, noMessage]],
    pins: [{ room: "general" }, [stranger, confined, "messages", "messages", "messages", "messages"]],
    thread: [{ room: "general", seq: 1 }, [stranger, confined, noMessage, noMessage, noMessage, noMessage]],
    follow: [{ room: "general", seq: 1, following: true }, [
      stranger,
      confined,
      noMessage,
      noMessage,
      noMessage,
      noMessage,
    ]],
    read_thread: [{ room: "general", seq: 1, read: 1 }, [
      stranger,
      confined,
      noMessage,
      noMessage,
      noMessage,
      noMessage,
    ]],
    threads: [{}, [stranger, confined, "threads", "threads", "threads", "threads"]],
    history: [{ room: "general" }, [stranger, confined, "history", "history", "history", "history"]],
    read: [{ room: "general", seq: 1 }, [stranger, confined, "ok", "ok", "ok", "ok"]],
    unread: [{ room: "general", seq: 1 }, [stranger, confined, "ok", "ok", "ok", "ok"]],
    mentions: [{}, [stranger, confined, "messages", "messages", "messages", "messages"]],
    search: [{ text: "tea" }, [stranger, confined, "search", "search", "search", "search"]],
    level: [{ room: "general", level: "mentions" }, [stranger, confined, "ok", "ok", "ok", "ok"]],
    draft: [{ room: "general", text: "Dear" }, [stranger, confined, "ok", "ok", "ok", "ok"]],
    drafts: [{}, [stranger, confined, "drafts", "drafts", "drafts", "drafts"]],
    who: [{ room: "general" }, [stranger, confined, "who", "who", "who", "who"]],
    invite: [{}, [stranger, confined, role, role, "invite", "invite"]],
    change_password: [
      { current: "wrong", password: "short" },
      [stranger, "auth_failed", "auth_failed", "auth_failed", "auth_failed", "auth_failed"],
    ],
    prove: [
      { password: "wrong" },
      [stranger, confined, "auth_failed", "auth_failed", "auth_failed", "auth_failed"],
    ],
    devices: [{}, [stranger, "devices", "devices", "devices", "devices", "devices"]],
    revoke: [
      { device: "unknown" },
      [stranger, "no_such_device", "no_such_device", "no_such_device", "no_such_device", "no_such_device"],
    ],
    two_factor_begin: [
      { password: "wrong" },
      [stranger, "auth_failed", "auth_failed", "auth_failed", "auth_failed", "auth_failed"],
    ],
    two_factor_confirm: [
      { code: "123456" },
      [stranger, "code_invalid", "code_invalid", "code_invalid", "code_invalid", "code_invalid"],
    ],
    // It is not on: that is refused in other words than a role is.
    two_factor_end: [
      { password: "p", code: "123456" },
      [stranger, confined, "forbidden", "forbidden", "forbidden", "forbidden"],
    ],
    recovery_codes: [
      { password: "p", code: "123456" },
      [stranger, confined, "forbidden", "forbidden", "forbidden", "forbidden"],
    ],
    // Whoever comes by a token has proven nothing yet.
    make_bot: [{ username: "robot", scopes: ["read"] }, [
      stranger,
      confined,
      role,
      role,
      "proof_required",
      "proof_required",
    ]],
    renew_bot: [{ username: "nobody" }, [stranger, confined, role, role, "proof_required", "proof_required"]],
    bots: [{}, [stranger, confined, role, role, "bots", "bots"]],
    people: [{}, [stranger, confined, role, role, "people", "people"]],
    role: [{ username: "nobody", role: "guest" }, [
      stranger,
      confined,
      role,
      role,
      "no_such_user",
      "no_such_user",
    ]],
    // Whoever comes by a token has proven nothing yet.
    issue_reset: [{ username: "nobody" }, [stranger, confined, role, role, role, "proof_required"]],
    policy: [{}, [stranger, confined, role, role, role, "policy"]],
    typing: [{ room: "general" }, [stranger, confined, "ok", "ok", "ok", "ok"]],
    status: [{ status: "away" }, [stranger, confined, "ok", "ok", "ok", "ok"]],
    set_profile: [{ statusText: "Here" }, [stranger, confined, "profile", "profile", "profile", "profile"]],
    profile: [{ username: "owner" }, [stranger, confined, "profile", "profile", "profile", "profile"]],
    direct: [{ usernames: ["confined"] }, [stranger, confined, "ok", "ok", "ok", "ok"]],
    add: [{ room: "general", username: "nobody" }, [
      stranger,
      confined,
      "forbidden",
      "no_such_user",
      "no_such_user",
      "no_such_user",
    ]],
    remove: [{ room: "general", username: "nobody" }, [
      stranger,
      confined,
      "forbidden",
      "forbidden",
      "no_such_user",
      "no_such_user",
    ]],
    bans: [{ room: "general" }, [stranger, confined, "forbidden", "forbidden", "bans", "bans"]],
    standing: [{ room: "general", username: "nobody", standing: "muted" }, [
      stranger,
      confined,
      "forbidden",
      "forbidden",
      "no_such_user",
      "no_such_user",
    ]],
    change: [{ room: "general", topic: "All" }, [stranger, confined, "forbidden", "forbidden", "ok", "ok"]],
    upload: [{ room: "x", name: "a", size: 1, digest: "x".repeat(43) }, [
      stranger,
      confined,
      "not_a_member",
      "not_a_member",
      "not_a_member",
      "not_a_member",
    ]],
    put: [{ file: "f", at: 0, data: "AA==" }, [stranger, confined, noFile, noFile, noFile, noFile]],
    cancel_upload: [{ file: "f" }, [stranger, confined, noFile, noFile, noFile, noFile]],
    get: [{ file: "f", at: 0 }, [stranger, confined, noFile, noFile, noFile, noFile]],
    hold: [{ room: "general", held: true }, [stranger, confined, role, role, role, "proof_required"]],
    deactivate: [{ username: "nobody", deactivated: true }, [
      stranger,
      confined,
      role,
      role,
      "no_such_user",
      "no_such_user",
    ]],
  };

/** What a bot must be allowed for each request that is something for bots; the rest, but what anybody may ask, is nothing for them. */
const forBots: Readonly<Partial<Record<RequestType, Scope>>> = {
  rooms: "read",
  history: "read",
  thread: "read",
  pins: "read",
  revisions: "read",
  who: "read",
  profile: "read",
  mentions: "read",
  search: "read",
  read: "read",
  get: "read",
  send: "send",
  edit: "send",
  delete: "send",
  react: "send",
  unreact: "send",
  typing: "send",
  upload: "files",
  put: "files",
  cancel_upload: "files",
};

const forAnybody: ReadonlySet<RequestType> = new Set(["authority", "ping", "pong", "quit"]);

/** An account for each; the confined one is an owner, so that nothing but the confinement stands in its way. */
async function cast(): Promise<(who: Who | Scope) => Promise<TestSession>> {
  const bench = new SessionBench();
  const tokens = new Map<Who, string>();
  const botTokens = new Map<string, string>();
  const { token } = await bench.registered("member");
  bench.hub.accounts.withId(1).role = "member";
  tokens.set("member", token);
  for (const who of ["confined", "guest", "admin", "owner"] as const) {
    const visitor = await bench.newcomerAs(who === "confined" ? "owner" : who, who);
    bench.store.commit([{
      kind: "password",
      accountId: visitor.guest.account.id,
      password: testPasswordHash,
    }]);
    if (who === "owner") {
      await visitor.ask({ type: "create", room: "open" });
      for (const scope of scopes) {
        const { token } = await visitor.ask({ type: "make_bot", username: `bot-${scope}`, scopes: [scope] });
        await visitor.ask({ type: "add", room: "general", username: `bot-${scope}` });
        botTokens.set(scope, token);
      }
    }
    tokens.set(who, visitor.token);
  }
  return async (who) => {
    const botToken = botTokens.get(who);
    if (botToken !== undefined) return await bench.opened({ type: "bot_login", token: botToken });
    const token = tokens.get(who as Who);
    if (token === undefined) return bench.connect();
    bench.hub.policy.twoFactor = who === "confined" ? "required" : "optional";
    const session = await bench.resumed(token);
    tokens.set(who as Who, session.token);
    return session;
  };
}

const sessionOf = await cast();

for (const type of Object.keys(requestFrames) as RequestType[]) {
  Deno.test(`the request ${type} is answered to whom it is for, and refused to everybody else`, async () => {
    const [frame, outcomes] = expected[type];
    for (const [at, who] of everybody.entries()) {
      const session = await sessionOf(who);
      assert.equal(outcomeOf(await session.asks({ type, ...frame })), outcomes[at], who);
    }
  });
}

for (const type of Object.keys(requestFrames) as RequestType[]) {
  Deno.test(`the request ${type} is answered to the bots that may ask it, and refused to others`, async () => {
    const [frame, [, , asGuest, asMember]] = expected[type];
    for (const scope of scopes) {
      const answer = await (await sessionOf(scope)).asks({ type, ...frame });
      const isTheirs = forAnybody.has(type) || requestFrames[type].phase === "stranger";
      if (isTheirs || forBots[type] === scope) {
        assert.equal(outcomeOf(answer), isTheirs ? asMember : asGuest, scope);
      } else {assert.match(
          answer.message,
          forBots[type] === undefined ? /^This is for people/ : /takes the scope/,
        );}
    }
  });
}

function outcomeOf(answer?: { type: string; code?: string; message?: string }): string {
  if (answer === undefined) return "nothing";
  if (answer.code === "forbidden" && answer.message?.startsWith("This is for ")) return role;
  return answer.code ?? answer.type;
}
