/** Reads columns of a row. What is not of the kind that the schema promises was not written by this program: it throws. */
export type Row = Readonly<Record<string, unknown>>;

export function integer(row: Row, column: string): number {
  const value = row[column];
  if (typeof value === "number") return value;
  throw strange(column);
}

export function string(row: Row, column: string): string {
  const value = row[column];
  if (typeof value === "string") return value;
  throw strange(column);
}

export function bytes(row: Row, column: string): Uint8Array {
  const value = row[column];
  if (value instanceof Uint8Array) return value;
  throw strange(column);
}

/** One of the words that the program writes there. */
export function word<const Word extends string>(row: Row, column: string, words: readonly Word[]): Word {
  const found = words.find((each) => each === row[column]);
  if (found !== undefined) return found;
  throw strange(column);
}

/** The value by one of the readers above, or undefined for NULL. */
export function optional<Value>(
  read: (row: Row, column: string) => Value,
  row: Row,
  column: string,
): Value | undefined {
  return row[column] === null ? undefined : read(row, column);
}

function strange(column: string): Error {
  return new Error(`The database holds something in column "${column}" that this program did not write`);
}
