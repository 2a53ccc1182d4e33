/** Where something sealed belongs. It opens nowhere else, so that nobody with a pen in the database can swap rows. */
export interface Place {
  readonly column: keyof typeof columnCodes;
  /** Whose data key seals it: a room by its id, or `accountsScope`. */
  readonly scope: number;
  /** The row in that scope: the `seq` of an event, the id of an account; 0 for the room itself. */
  readonly row: number;
  /** The account that said it, or where one row holds several, which of them; 0 where there is neither. */
  readonly sender: number;
}

/** Rooms have ids from 1. */
export const accountsScope = 0;

/** Codes are never used again for something else. */
const columnCodes = {
  "room.topic": 1,
  "event.text": 2,
  "credential.password": 3,
  "second_factor.secret": 4,
  "room.description": 5,
  "revision.text": 6,
  "draft.text": 7,
  "account.profile": 8,
  "upload.details": 9,
  "content.details": 10,
  "file.details": 11,
} as const;

const bytes = 30;

/**
 * Returns a function that writes a place in bytes of which no two places share any, for AES-GCM to bind. The bytes
 * are good until the next call.
 */
export function placeWriter(): (format: number, keyVersion: number, place: Place) => Uint8Array {
  const buffer = new Uint8Array(bytes);
  const view = new DataView(buffer.buffer);
  return (format, keyVersion, { column, scope, row, sender }) => {
    view.setUint8(0, format);
    view.setUint8(1, columnCodes[column]);
    view.setUint32(2, keyVersion);
    // Exact for every whole number up to 2^53, and faster than BigInt.
    view.setFloat64(6, scope);
    view.setFloat64(14, row);
    view.setFloat64(22, sender);
    return buffer;
  };
}

/** The place in words, for a message. */
export function describePlace({ column, scope, row }: Place): string {
  return scope === accountsScope
    ? `${column} of account ${row}`
    : `${column} of room ${scope}, number ${row}`;
}
