/** What terminals have had since 1978. */
const usualSize = { columns: 80, rows: 24 };

/** How large the terminal is now. One that does not know its size says nothing, or 0. */
export function terminalSize(): { readonly columns: number; readonly rows: number } {
  try {
    const { columns, rows } = Deno.consoleSize();
    return columns > 0 && rows > 0 ? { columns, rows } : usualSize;
  } catch {
    return usualSize;
  }
}
