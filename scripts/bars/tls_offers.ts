/** What is offered to a TLS server, and whether it takes what it should take and refuses the rest. */
import {
  answerInClear,
  everything,
  handshake,
  isAlertAtMost,
  type Suite,
  suitesOfTls12,
} from "../../tests/kit/tls_probe.ts";

const wanted: Readonly<Record<string, readonly string[]>> = {
  "-tls1_3": ["TLS_AES_128_GCM_SHA256", "TLS_AES_256_GCM_SHA384", "TLS_CHACHA20_POLY1305_SHA256"],
  "-tls1_2": [
    "ECDHE-ECDSA-AES128-GCM-SHA256",
    "ECDHE-ECDSA-AES256-GCM-SHA384",
    "ECDHE-ECDSA-CHACHA20-POLY1305",
  ],
};

/** The suites that a server should take and does not. */
export async function missingSuites(port: number): Promise<readonly string[]> {
  const missing: string[] = [];
  for (const [version, suites] of Object.entries(wanted)) {
    const option = version === "-tls1_3" ? "-ciphersuites" : "-cipher";
    for (const suite of suites) {
      const agreed = await handshake(port, version, option, suite);
      if (agreed.suite !== suite) missing.push(suite);
    }
  }
  return missing;
}

/** An offer that a server should refuse. */
export interface BadOffer {
  readonly name: string;
  /** What is bad about it. */
  readonly kinds: readonly string[];
  readonly isRefused: boolean;
  /** Whether a server that takes everything took it: else its refusal proves nothing. */
  readonly isProven: boolean;
}

/** Offers the server at `port` all that it should refuse, and the same to one that takes everything, at `laxPort`. */
export async function makeBadOffers(port: number, laxPort: number): Promise<readonly BadOffer[]> {
  const offers: BadOffer[] = [];
  for (const { name, kinds, args } of badOffers()) {
    const [ours, theirs] = await Promise.all([handshake(port, ...args), handshake(laxPort, ...args)]);
    const isRefused = ours.suite === undefined &&
      /alert (protocol version|handshake failure)/.test(ours.said);
    offers.push({ name, kinds, isRefused, isProven: theirs.suite !== undefined });
  }
  return offers;
}

/** Whether the server answers words in clear, of its own protocol and of another, by no more than a TLS alert. */
export async function refusesClearText(port: number): Promise<boolean> {
  const texts = ['{"type":"ping","id":"1"}\n', "GET / HTTP/1.1\r\n\r\n", "\u0000".repeat(100)];
  const answers = await Promise.all(texts.map((text) => answerInClear(port, text)));
  return answers.every(isAlertAtMost);
}

type Offer = Pick<BadOffer, "name" | "kinds"> & { readonly args: readonly string[] };

function badOffers(): readonly Offer[] {
  const versions = ["-tls1", "-tls1_1"]
    .map((version) => ({ name: version, kinds: [version], args: [version, "-cipher", everything] }));
  const suites = suitesOfTls12()
    .filter(({ name }) => !wanted["-tls1_2"]?.includes(name))
    .map((suite) => ({
      name: suite.name,
      kinds: kindsOf(suite),
      args: ["-tls1_2", "-cipher", `${suite.name}:@SECLEVEL=0`],
    }));
  return [...versions, ...suites];
}

function kindsOf({ exchange, isAead }: Suite): readonly string[] {
  return [...isAead ? [] : ["CBC"], ...exchange === "RSA" ? ["static RSA"] : []];
}
