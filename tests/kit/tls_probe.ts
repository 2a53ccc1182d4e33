/** What a TLS server accepts, asked by `openssl s_client`; and a server that accepts everything, to ask the same of. */
import { openssl } from "./openssl.ts";

export interface Handshake {
  /** The cipher suite that was agreed upon; undefined if there was no agreement. */
  readonly suite: string | undefined;
  /** Everything that openssl said. */
  readonly said: string;
}

/** OpenSSL keeps old versions and weak suites to itself unless it is told that its user knows. */
export const everything = "ALL:COMPLEMENTOFALL:@SECLEVEL=0";

/** Tries one handshake with the server on the loopback at `port`, and ends the connection at once. */
export async function handshake(port: number, ...args: readonly string[]): Promise<Handshake> {
  const { stdout, stderr } = await new Deno.Command("openssl", {
    args: ["s_client", "-connect", `127.0.0.1:${port}`, "-servername", "chat.internal", ...args],
    stdin: "null",
  }).output();
  const said = new TextDecoder().decode(stdout) + new TextDecoder().decode(stderr);
  const suite = /^New, .*, Cipher is (\S+)$/m.exec(said)?.[1];
  return { suite: suite === "(NONE)" ? undefined : suite, said };
}

/** The bytes that come back for `text` said in clear, until the server hangs up. */
export async function answerInClear(port: number, text: string): Promise<Uint8Array> {
  using plain = await Deno.connect({ hostname: "127.0.0.1", port });
  await plain.write(new TextEncoder().encode(text));
  return await new Response(plain.readable).bytes();
}

/** At most a TLS alert: 7 bytes that begin with its type (RFC 8446, section 5.1). */
export function isAlertAtMost(answer: Uint8Array): boolean {
  return answer.length <= 7 && (answer[0] ?? 0x15) === 0x15;
}

export interface Suite {
  /** As OpenSSL calls it. */
  readonly name: string;
  /** How the key is agreed upon, like RSA or ECDH. */
  readonly exchange: string;
  /** Encrypts and authenticates in one; the others are CBC, or do not encrypt at all. */
  readonly isAead: boolean;
}

/** Every suite of TLS 1.2 that this OpenSSL can offer to a server with an RSA or ECDSA certificate, or none. */
export function suitesOfTls12(): readonly Suite[] {
  const listed = new TextDecoder().decode(openssl(["ciphers", "-v", "-s", "-tls1_2", everything]));
  return [...listed.matchAll(/^(\S+) .*Kx=(\S+) +Au=(?!DSS)\S+ +Enc=\S+ +Mac=(\S+)$/gm)]
    .map(([, name = "", exchange = "", mac]) => ({ name, exchange, isAead: mac === "AEAD" }));
}

/** A server that takes whatever is offered: where even this one refuses, a refusal proves nothing. */
export class LaxServer implements AsyncDisposable {
  readonly port: number;
  readonly #child: Deno.ChildProcess;

  private constructor(child: Deno.ChildProcess, port: number) {
    this.#child = child;
    this.port = port;
  }

  /** Its certificates are made in `directory`. */
  static async start(directory: string): Promise<LaxServer> {
    const rsa = selfSigned(directory, "rsa", ["rsa:2048"]);
    const ec = selfSigned(directory, "ec", ["ec", "-pkeyopt", "ec_paramgen_curve:P-256"]);
    const identity = ["-cert", rsa.certificate, "-key", rsa.key, "-dcert", ec.certificate, "-dkey", ec.key];
    const child = new Deno.Command("openssl", {
      args: ["s_server", "-accept", "127.0.0.1:0", ...identity, "-cipher", everything],
      stdin: "piped",
      stdout: "piped",
      stderr: "null",
    }).spawn();
    return new LaxServer(child, await portIn(child.stdout));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#child.kill("SIGKILL");
    await this.#child.stdin.close().catch(() => {});
    await this.#child.status;
  }
}

function selfSigned(
  directory: string,
  name: string,
  algorithm: readonly string[],
): { readonly certificate: string; readonly key: string } {
  const [certificate, key] = [`${directory}/${name}.pem`, `${directory}/${name}.key`];
  openssl([
    "req",
    "-x509",
    "-nodes",
    "-newkey",
    ...algorithm,
    "-subj",
    "/CN=lax",
    "-out",
    certificate,
    "-keyout",
    key,
  ]);
  return { certificate, key };
}

/** It says where it listens; what it says later is not read by anybody and let go. */
async function portIn(output: ReadableStream<Uint8Array<ArrayBuffer>>): Promise<number> {
  const reader = output.pipeThrough(new TextDecoderStream()).getReader();
  let text = "";
  for (;;) {
    const { value, done } = await reader.read();
    if (done) throw new Error(`openssl s_server ended before it listened: ${text}`);
    text += value;
    const port = /^ACCEPT \S+:(\d+)$/m.exec(text)?.[1];
    if (port === undefined) continue;
    void drain(reader);
    return Number(port);
  }
}

async function drain(reader: ReadableStreamDefaultReader<string>): Promise<void> {
  while (!(await reader.read()).done);
}
