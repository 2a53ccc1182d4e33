import type { LoginRow } from "../store/mod.ts";
import type { Account } from "./account.ts";
import type { Hub } from "./hub.ts";
import { tellAccount } from "./telling.ts";

/** Whoever has a copy of a token shall not fill its owner's screen with alerts. */
const toldEveryMs = 60_000;

/**
 * To be called when a token was used again whose successor was not, before its session is in. While another session of its
 * login is open, that may be the use of a copy: the account's sessions are told.
 */
export function tellOfParallelUse(hub: Hub, account: Account, { id, name }: LoginRow): void {
  const { log, clock } = hub.world;
  const now = clock.monotonic();
  if (!account.connections.some(([, loginId]) => loginId === id)) return;
  if (now - account.parallelUseToldAt < toldEveryMs) return;
  account.parallelUseToldAt = now;
  log.warn("token_in_parallel", { username: account.name, device: name ?? "" });
  tellAccount(account, { type: "alert", about: "new_login", device: name, time: clock.now() });
}
