import type { Cancel } from "../shared/world/mod.ts";
import { type CertificateOptions, type Certificates, ensureCertificates } from "./certificates.ts";

/** A leaf has 30 days left when it is renewed: a check that fails has many more chances. */
export const checkEveryMs = 12 * 3_600_000;

/**
 * Looks after the leaf of a running server, twice a day, and hands over the new certificates when they are not those
 * `inUse`. If that or the check fails, it is logged and tried again the next time.
 */
export function keepLeafFresh(
  options: CertificateOptions,
  inUse: Certificates,
  onRenewed: (fresh: Certificates) => void | Promise<void>,
): Cancel {
  const { clock, log } = options.world;
  let current = inUse;
  let isChecking = false;
  let isStopped = false;

  async function check(): Promise<void> {
    if (isChecking) return;
    isChecking = true;
    try {
      const fresh = await ensureCertificates(options);
      if (isStopped || fresh.leafPem === current.leafPem) return;
      await onRenewed(fresh);
      current = fresh;
    } catch (cause) {
      log.error("leaf_not_renewed", { cause: String(cause) });
    } finally {
      isChecking = false;
    }
  }

  const cancel = clock.every(checkEveryMs, () => void check());
  return () => {
    isStopped = true;
    cancel();
  };
}
