import assert from "node:assert/strict";
import { CertificateRefused, connectTrouble } from "../../../client/trust/connect_trouble.ts";
import { NoConnection } from "../../../client/trust/mod.ts";

const address = { host: "fd00::20", port: 7443 };

function coded(code: string, message: string): Error {
  return Object.assign(new Error(message), { code });
}

Deno.test("Every way of failing to connect is told in words that say what to do", () => {
  const said = [
    [coded("ECONNREFUSED", ""), "refused", /^Nobody answers at \[fd00::20\]:7443\. Is the server running/],
    [coded("ENOTFOUND", "getaddrinfo"), "name_not_found", /There is no machine called .* Check the spelling/],
    [coded("EAI_AGAIN", "getaddrinfo"), "name_not_found", /There is no machine called/],
    [coded("EHOSTUNREACH", ""), "unreachable", /The network does not lead to .* Is this machine connected/],
    [coded("ETIMEDOUT", ""), "unreachable", /The network does not lead to/],
    [coded("ECONNRESET", ""), "unreachable", /hung up at once.*try again in a minute/],
    [new Error("received corrupt message of type InvalidContentType"), "not_chat", /is not a chat server/],
    [new Error("received fatal alert: NoApplicationProtocol"), "not_chat", /is not a chat server/],
  ] as const;
  for (const [cause, kind, message] of said) {
    const trouble = connectTrouble(cause, address);
    assert.ok(trouble instanceof NoConnection, String(cause));
    assert.equal(trouble.kind, kind, String(cause));
    assert.match(trouble.message, message);
  }
});

Deno.test("Whatever TLS has against a certificate means that it is refused", () => {
  const said = [
    coded("UNABLE_TO_VERIFY_LEAF_SIGNATURE", "unable to verify the first certificate"),
    coded("DEPTH_ZERO_SELF_SIGNED_CERT", "self-signed certificate"),
    coded("ERR_TLS_CERT_ALTNAME_INVALID", "Hostname/IP does not match certificate's altnames"),
    new Error("invalid peer certificate: UnknownIssuer"),
    new Error('invalid peer certificate: certificate not valid for name "chat.internal"'),
    new Error("invalid peer certificate: BadSignature"),
  ];
  for (const cause of said) {
    assert.ok(connectTrouble(cause, address) instanceof CertificateRefused, String(cause));
  }
});
