/**
 * Values as a server might tell them, in place of the names that transcripts give to what differs from run to run.
 * A name is a word and perhaps a number; names with other numbers get other values.
 */

const firstTime = 1763962000123;

const values: Readonly<Record<string, (number: number) => string | number | readonly unknown[]>> = {
  server: () => "chat/0.1.0",
  time: (number) => firstTime + number * 41_877,
  expires: () => firstTime + 3_600_000,
  seen: (number) => firstTime + 7_200_000 + number * 41_877,
  wait: () => 1742,
  token: (number) => `hT5${"qWz8KcYd"[number] ?? "x"}…`,
  device: (number) => `q7R${"mKe2WnYt"[number % 8] ?? "x"}…`,
  proof: (number) => `Lw8${"aGs5JbXo"[number % 8] ?? "x"}…`,
  file: (number) => `n3V${"sTq8LdYw"[number % 8] ?? "x"}…`,
  secret: () => "9fQx…",
  link: () => "chat://192.168.1.20:7443/#9fQx….Zk3d…",
  reset: () => "Bv2T…",
  bot: (number) => `Yd4${"tRv9MhCa"[number % 8] ?? "x"}….Qe7w…`,
  botlink: () => "chat://192.168.1.20:7443/bot#Yd4t….Qe7w….Zk3d…",
  resetlink: () => "chat://192.168.1.20:7443/reset#Bv2T….Zk3d…",
  seed: () => "JBSWY3DPEHPK3PXP…",
  uri: () => "otpauth://totp/Ana%27s%20team:ana?secret=JBSWY3DPEHPK3PXP…",
  code: (number) => String(287_082 + number * 104_729),
  rooms: () => [
    { room: "general", kind: "standard", seq: 1, read: 1, state: "behind", access: "public" },
  ],
  codes: () => ["8m3k-q0rt-xw2d-5jna", "…"],
  authority: () => "-----BEGIN CERTIFICATE-----\nMIIB…\n-----END CERTIFICATE-----\n",
};

/** A line of a transcript with a value for each of its names. */
export function plausible(source: string): string {
  return source.replaceAll(/"\$([a-z]+)(\d*)"/g, (name, word: string, number: string) => {
    const value = values[word];
    if (value === undefined) throw new Error(`The protocol page has no plausible value for ${name}`);
    return JSON.stringify(value(Number(number)));
  });
}
