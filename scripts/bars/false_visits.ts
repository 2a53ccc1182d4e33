/** What a client says to a server that is not the right one. */
import type { FalseServer, RightServer } from "../../tests/kit/false_servers.ts";
import { type Program, runProgram } from "../../tests/kit/program.ts";
import { hello, type Peer, scriptedServer } from "../../tests/kit/scripted_server.ts";

/** What a client did that was sent to a server. */
export interface Visit {
  /** What it said over TLS, as frame types. */
  readonly said: readonly string[];
  readonly code: number;
  readonly errors: string;
}

/** Sends `chat connect`, which would log in, to a server with these certificates. */
export async function visit(
  program: Program,
  { data }: RightServer,
  { certificates, systemAuthorities = "" }: Omit<FalseServer, "says">,
): Promise<Visit> {
  await using server = await scriptedServer({ directory: data, certificates, talk: refuseLogin });
  const env = { DENO_TLS_CA_STORE: "system", SSL_CERT_FILE: systemAuthorities, DENO_CERT: systemAuthorities };
  const { code, errors } = await connectTo(
    program,
    server.address.port,
    data,
    systemAuthorities === "" ? {} : env,
  );
  return { said: server.heard.map(({ type }) => type), code, errors };
}

/** Sends `chat connect` to a server that speaks the protocol without TLS. */
export async function visitInClear(program: Program, { data }: RightServer): Promise<Visit> {
  using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const heard = listener.accept().then(async (connection) => {
    await connection.write(new TextEncoder().encode(JSON.stringify(hello) + "\n"));
    return await new Response(connection.readable).text();
  });
  const { code, errors } = await connectTo(program, listener.addr.port, data);
  const said = [...(await heard).matchAll(/"type":"(\w+)"/g)].map(([, type = ""]) => type);
  return { said, code, errors };
}

async function refuseLogin(peer: Peer): Promise<void> {
  await peer.say(hello);
  for (let heard = await peer.hear(); heard !== undefined; heard = await peer.hear()) {
    await peer.say({ type: "error", re: heard.id, code: "auth_failed", message: "No such account" });
  }
}

function connectTo(
  program: Program,
  port: number,
  data: string,
  system: Readonly<Record<string, string>> = {},
): ReturnType<typeof runProgram> {
  const args = ["connect", `chat://127.0.0.1:${port}`, "--data", data, "--user", "ana"];
  return runProgram(program, args, { env: { ...system, CHAT_PASSWORD: "said to the right server alone" } });
}
