/** The attacker of bar 11, in a thread of its own: guesses at one account, or at many names, from many addresses. */
import { connect, type ConnectionOptions, type TLSSocket } from "node:tls";
import type { Assault, AssaultOutcome } from "./brute_force.ts";
import { pause } from "./kept_session.ts";

interface WorkerSelf {
  onmessage: ((event: MessageEvent<Assault>) => void) | null;
  postMessage(message: AssaultOutcome): void;
}

/** Guesses on one connection: the server takes no more. */
const guessesPerConnection = 11;

/**
 * How long each address waits from one connection to the next, in milliseconds. All together make 500 guesses a second: with
 * more, a machine that is both attacker and server would measure itself.
 */
const connectEveryMs = 1_100;

const self = globalThis as unknown as WorkerSelf;

self.onmessage = async ({ data: assault }) => {
  const answers = new Map<string, number>();
  const each = Math.ceil(assault.guesses / assault.addresses);
  const attackers = Array.from(
    { length: assault.addresses },
    (_, at) => guessFrom(assault, at + 1, each, answers),
  );
  await Promise.all(attackers);
  self.postMessage({ answers: Object.fromEntries(answers) });
};

async function guessFrom(
  assault: Assault,
  number: number,
  guesses: number,
  answers: Map<string, number>,
): Promise<void> {
  await pause(connectEveryMs * number / assault.addresses);
  for (let done = 0; done < guesses;) {
    const next = pause(connectEveryMs);
    const answered = await guessOnce(assault, number, guesses - done, (code) => {
      answers.set(code, (answers.get(code) ?? 0) + 1);
      return ++done < guesses;
    });
    // A server that lets nobody in any more ends the attack, too.
    if (!answered) answers.set("let go", (answers.get("let go") ?? 0) + 1);
    await next;
  }
}

/** Guesses on one connection until it is ended. Resolves with whether anything was answered. */
function guessOnce(
  { port, authorityPem, names }: Assault,
  number: number,
  guessesLeft: number,
  goOn: (code: string) => boolean,
): Promise<boolean> {
  return new Promise((resolve) => {
    const options: ConnectionOptions & { readonly localAddress: string } = {
      host: "127.0.0.1",
      port,
      localAddress: `127.0.0.${number + 1}`,
      servername: "chat.internal",
      ca: authorityPem,
    };
    const socket = connect(options);
    const decoder = new TextDecoder();
    let rest = "", answered = false;
    socket.setNoDelay(true);
    socket.on("error", () => resolve(answered));
    socket.on("close", () => resolve(answered));
    socket.on("data", (bytes: Uint8Array) => {
      const lines = (rest + decoder.decode(bytes, { stream: true })).split("\n");
      rest = lines.pop() ?? "";
      for (const line of lines) {
        const { type, code } = JSON.parse(line);
        if (type === "auth_required") guess(socket, names, guessesLeft);
        else {
          answered = true;
          if (!goOn(code ?? type)) socket.destroy();
        }
      }
    });
  });
}

/** As many as the server takes on one connection, without waiting for answers. */
function guess(socket: TLSSocket, names: Assault["names"], guessesLeft: number): void {
  for (let at = 0; at < Math.min(guessesPerConnection, guessesLeft); at++) {
    const username = names === "many" ? `nobody${Math.floor(Math.random() * 1e9)}` : names.one;
    const password = `a guess of fifteen characters, number ${at}`;
    socket.write(JSON.stringify({ type: "login", id: "g", username, password }) + "\n");
  }
}
