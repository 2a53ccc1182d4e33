const units = ["kB", "MB", "GB", "TB"] as const;

/** `512 bytes`, `2.4 MB`: in thousands, with one decimal below ten. */
export function sizeText(bytes: number): string {
  if (bytes < 1_000) return bytes === 1 ? "1 byte" : `${bytes} bytes`;
  const power = Math.min(units.length, Math.floor(Math.log10(bytes) / 3));
  const count = bytes / 1_000 ** power;
  return `${count < 10 ? count.toFixed(1) : Math.round(count)} ${units[power - 1]}`;
}
