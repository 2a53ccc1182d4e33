import type { TLSSocket } from "node:tls";
import { type Line, LineEnded } from "../line/mod.ts";
import {
  decodeServerFrame,
  limits,
  LineSplitter,
  Refusal,
  type ServerFrame,
} from "../../shared/protocol/mod.ts";

/** Frames that may wait to be read; with more, the server has to wait. */
const framesWaitingMax = 1_000;

/** Speaks lines over a socket, whether or not its handshake is done. */
export function lineOver(socket: TLSSocket): Line {
  return new SocketLine(socket);
}

interface Reader {
  readonly resolve: (frame: ServerFrame) => void;
  readonly reject: (ended: LineEnded) => void;
}

class SocketLine implements Line {
  readonly #socket: TLSSocket;
  readonly #splitter = new LineSplitter(limits.serverLineBytes);
  readonly #frames: ServerFrame[] = [];
  #reader: Reader | undefined;
  #ended: LineEnded | undefined;

  constructor(socket: TLSSocket) {
    this.#socket = socket;
    socket.on("data", (chunk: Uint8Array) => this.#receive(chunk));
    socket.on("error", (cause: Error) => this.drop(cause));
    socket.on("end", () => this.drop());
    socket.on("close", () => this.drop());
  }

  read(): Promise<ServerFrame> {
    const frame = this.#frames.shift();
    if (frame !== undefined) {
      if (this.#frames.length === 0) this.#socket.resume();
      return Promise.resolve(frame);
    }
    if (this.#ended !== undefined) return Promise.reject(this.#ended);
    return new Promise((resolve, reject) => this.#reader = { resolve, reject });
  }

  send(line: string): void {
    if (this.#ended === undefined) this.#socket.write(line);
  }

  unsentBytes(): number {
    return this.#socket.writableLength;
  }

  close(): void {
    if (this.#ended !== undefined) return;
    this.#end(undefined);
    this.#socket.end(() => this.#socket.destroy());
  }

  drop(cause?: Error): void {
    this.#end(cause);
    this.#socket.destroy();
  }

  #receive(chunk: Uint8Array): void {
    try {
      for (const line of this.#splitter.split(chunk)) this.#deliver(decodeServerFrame(line));
    } catch (cause) {
      if (!(cause instanceof Refusal)) throw cause;
      this.drop(cause);
    }
    if (this.#frames.length > framesWaitingMax) this.#socket.pause();
  }

  #deliver(frame: ServerFrame): void {
    const reader = this.#reader;
    this.#reader = undefined;
    if (reader === undefined) this.#frames.push(frame);
    else reader.resolve(frame);
  }

  #end(cause: Error | undefined): void {
    this.#ended ??= new LineEnded(whatHappened(cause), { cause });
    this.#reader?.reject(this.#ended);
    this.#reader = undefined;
  }
}

function whatHappened(cause: Error | undefined): string {
  if (cause === undefined) return "the server closed the connection";
  return cause instanceof Refusal ? "the server does not keep to the protocol" : "the connection broke off";
}
