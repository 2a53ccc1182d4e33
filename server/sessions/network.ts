/** Groups of 16 bits that the holder of one IPv6 connection usually has all addresses behind. */
const groupsOfNetwork = 4, groupsOfAddress = 8;

/**
 * Whom an address stands for: an IPv4 address itself, also where it is written as an IPv6 one; of an IPv6 address its
 * /64, since whoever has one address of that has all of them. Addresses are as Deno writes them.
 */
export function networkOf(address: string): string {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
  if (mapped !== undefined || !address.includes(":")) return mapped ?? address;
  const [plain = ""] = address.split("%");
  const [head = "", tail] = plain.replace(/[\d.]+\.[\d.]+$/, "0:0").split("::");
  const left = groupsIn(head), right = groupsIn(tail ?? "");
  const zeros = Array<string>(groupsOfAddress - left.length - right.length).fill("0");
  return [...left, ...zeros, ...right].slice(0, groupsOfNetwork).join(":") + "::/64";
}

function groupsIn(text: string): string[] {
  return text === "" ? [] : text.split(":").map((group) => group.toLowerCase().replace(/^0+(?=.)/, ""));
}
