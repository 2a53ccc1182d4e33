/** A browser as far as the web door can tell one: HTTPS with a cookie, and WebSockets. */
import assert from "node:assert/strict";
import type { TestServer } from "./server.ts";

// deno-lint-ignore no-explicit-any -- tests look into frames of any shape
type Frame = any;

export class WebClient {
  readonly origin: string;
  readonly #http: Deno.HttpClient;
  /** What the server has set, as a browser sends it back. */
  cookie: string | undefined;

  constructor(server: TestServer) {
    this.origin = `https://127.0.0.1:${server.webPort}`;
    this.#http = Deno.createHttpClient({ caCerts: [server.authorityPem] });
  }

  async fetch(path: string, init: RequestInit = {}): Promise<Response> {
    const headers = new Headers(init.headers);
    if (this.cookie !== undefined) headers.set("cookie", this.cookie);
    const response = await fetch(`${this.origin}${path}`, { ...init, headers, client: this.#http });
    const set = response.headers.get("set-cookie");
    if (set !== null) this.cookie = set.slice(0, set.indexOf(";"));
    return response;
  }

  /** Posts as a page of the site does. */
  post(path: string, frame: Frame, origin: string = this.origin): Promise<Response> {
    return this.fetch(path, { method: "POST", headers: { origin }, body: JSON.stringify(frame) });
  }

  async register(username: string): Promise<Frame> {
    const password = "a password that is long enough";
    const response = await this.post("/enter", { type: "register", id: "1", username, password });
    assert.equal(response.status, 200);
    return await response.json();
  }

  /** A WebSocket that is open and has heard the greeting. */
  async connect(origin: string = this.origin): Promise<WebLine> {
    const options: object = {
      protocols: ["chat.1"],
      headers: { origin, ...this.cookie === undefined ? {} : { cookie: this.cookie } },
      client: this.#http,
    };
    // What a browser has of a constructor takes no headers; that of this runtime does.
    const socket = Reflect.construct(WebSocket, [`${this.origin.replace("https", "wss")}/ws`, options]);
    const line = new WebLine(socket);
    await line.opened;
    return line;
  }

  [Symbol.dispose](): void {
    this.#http.close();
  }
}

/** One WebSocket: frames in, frames out. */
export class WebLine {
  readonly opened: Promise<void>;
  readonly closed: Promise<void>;
  readonly #socket: WebSocket;
  readonly #heard: Frame[] = [];
  #arrived = Promise.withResolvers<void>();
  #asks = 0;

  constructor(socket: WebSocket) {
    this.#socket = socket;
    const opened = Promise.withResolvers<void>(), closed = Promise.withResolvers<void>();
    this.opened = opened.promise;
    this.closed = closed.promise;
    socket.onopen = () => opened.resolve();
    socket.onerror = () => opened.reject(new Error("refused"));
    socket.onclose = () => closed.resolve();
    socket.onmessage = ({ data }) => {
      this.#heard.push(JSON.parse(data));
      this.#arrived.resolve();
    };
  }

  /** The next frame for which `wanted` holds; those before it are dropped. */
  async hear(wanted: (frame: Frame) => boolean = () => true): Promise<Frame> {
    for (;;) {
      while (this.#heard.length > 0) {
        const frame = this.#heard.shift();
        if (wanted(frame)) return frame;
      }
      this.#arrived = Promise.withResolvers();
      await this.#arrived.promise;
    }
  }

  async ask(frame: Frame): Promise<Frame> {
    const id = String(++this.#asks);
    this.#socket.send(JSON.stringify({ ...frame, id }));
    return await this.hear(({ re }) => re === id);
  }

  say(text: string): void {
    this.#socket.send(text);
  }

  async close(): Promise<void> {
    this.#socket.close();
    await this.closed;
  }
}
