import { type Answer, encode, errorFrame, type Refusal, toBytes } from "../../shared/protocol/mod.ts";
import type { Account } from "./account.ts";
import type { Outbox } from "./outbox.ts";

/** Somebody who is in: an account on one connection. */
export class Guest {
  readonly account: Account;
  readonly outbox: Outbox;
  /** The login that the session came by, as the store knows it. */
  readonly loginId: string;
  /** When its person last proved all factors in it, in monotonic milliseconds. */
  provenAt: number | undefined;

  constructor(account: Account, outbox: Outbox, loginId: string) {
    this.account = account;
    this.outbox = outbox;
    this.loginId = loginId;
  }

  /** Whether the session may do nothing before a second factor is set up. */
  get confined(): boolean {
    return this.account.confinedSessions.has(this.outbox);
  }

  answer(frame: Answer): void {
    this.outbox.push(toBytes(encode(frame)));
  }

  refuse(refusal: Refusal, re: string): void {
    this.answer(errorFrame(refusal.about(re)));
  }
}
