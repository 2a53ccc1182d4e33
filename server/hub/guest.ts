import { type Answer, encode, errorFrame, type Refusal, toBytes } from "../../shared/protocol/mod.ts";
import type { Account } from "./account.ts";
import type { Outbox } from "./outbox.ts";

/** Somebody who is in: an account on one connection. */
export class Guest {
  readonly account: Account;
  readonly outbox: Outbox;

  constructor(account: Account, outbox: Outbox) {
    this.account = account;
    this.outbox = outbox;
  }

  answer(frame: Answer): void {
    this.outbox.push(toBytes(encode(frame)));
  }

  refuse(refusal: Refusal, re: string): void {
    this.answer(errorFrame(refusal.about(re)));
  }
}
