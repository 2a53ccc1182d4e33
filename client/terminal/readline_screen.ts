import { Writable } from "node:stream";

/** The part of a terminal that is drawn on. */
export interface Canvas {
  write(text: string): void;
  readonly columns: number;
}

/** What readline takes for a terminal: it draws on a canvas, unless it is muted. */
export class ReadlineScreen extends Writable {
  readonly #canvas: Canvas;
  muted = false;

  constructor(canvas: Canvas) {
    super({ decodeStrings: false });
    this.#canvas = canvas;
  }

  get columns(): number {
    return this.#canvas.columns;
  }

  override _write(chunk: string | Uint8Array, _encoding: string, done: () => void): void {
    if (!this.muted) this.#canvas.write(typeof chunk === "string" ? chunk : new TextDecoder().decode(chunk));
    done();
  }
}
