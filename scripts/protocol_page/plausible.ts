/**
 * Values as a server might tell them, in place of the names that transcripts give to what differs from run to run.
 * A name is a word and perhaps a number; names with other numbers get other values.
 */

const firstTime = 1763962000123;

const values: Readonly<Record<string, (number: number) => string | number>> = {
  server: () => "chat/0.1.0",
  time: (number) => firstTime + number * 41_877,
  expires: () => firstTime + 3_600_000,
  wait: () => 1742,
  token: (number) => `hT5${"qWz8KcYd"[number] ?? "x"}…`,
  secret: () => "9fQx…",
  link: () => "chat://192.168.1.20:7443/#9fQx….Zk3d…",
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
