/** Lets one thing be done at a time, in the order in which they are asked for. */
export class Turns {
  #last: Promise<unknown> = Promise.resolve();

  inTurn<Result>(work: () => Promise<Result>): Promise<Result> {
    const next = this.#last.then(work);
    this.#last = next.catch(() => {}); // whoever asked for that is told
    return next;
  }
}
