import { Box } from "./box.ts";
import { type DataKey, DataKeys, type KeyRows } from "./data_keys.ts";
import { Unreadable } from "./key_trouble.ts";
import { describePlace, type Place, placeWriter } from "./place.ts";
import { deriveKey } from "./root_key.ts";
import type { RootKeys } from "./root_keys.ts";
import { secretScope } from "./wrapped_key.ts";

/** What a sealed value begins with: this format, and the version of its data key in four bytes. */
const format = 1;
const leadBytes = 5;

/** A call into the system for each would cost as much as a tenth of the sealing. */
const pooledNonces = 1_024;

/** Seals what is stored, and opens it again. */
export class Keyring {
  readonly #keys: DataKeys;
  readonly #box = new Box(pooledNonces);
  readonly #bind = placeWriter();
  readonly #lead = new DataView(new ArrayBuffer(leadBytes));
  readonly #encoder = new TextEncoder();
  readonly #decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

  constructor(rows: KeyRows, rootKeys: RootKeys) {
    this.#keys = new DataKeys(rows, rootKeys);
  }

  /** To be called as each writing transaction begins: another process may have begun new keys. */
  refresh(): void {
    this.#keys.refresh();
  }

  /** To be called when a transaction was rolled back: keys that were made in it do not exist. */
  forget(): void {
    this.#keys.forget();
  }

  /** To be called in a writing transaction, since it may make a key. Throws KeyTrouble. */
  seal(place: Place, text: string): Uint8Array {
    const { version, bytes } = this.#keys.current(place.scope);
    const bound = this.#bind(format, version, place);
    return this.#box.lock(bytes, this.#leadWith(version), bound, this.#encoder.encode(text));
  }

  /** Throws Unreadable; or KeyTrouble if the root key is missing. */
  open(place: Place, sealed: Uint8Array): string {
    const key = this.#keyOf(place, sealed);
    if (key === undefined) throw new Unreadable(describePlace(place));
    try {
      const bound = this.#bind(format, key.version, place);
      return this.#decoder.decode(this.#box.unlock(key.bytes, leadBytes, bound, sealed));
    } catch (error) {
      throw new Unreadable(describePlace(place), error);
    }
  }

  /** As `open`, but undefined where the value was damaged. */
  openIntact(place: Place, sealed: Uint8Array): string | undefined {
    try {
      return this.open(place, sealed);
    } catch (error) {
      if (error instanceof Unreadable) return undefined;
      throw error;
    }
  }

  /** 32 bytes that are always the same for this server and purpose, also after rotations. Throws KeyTrouble. */
  derive(purpose: string): Uint8Array {
    const secret = this.#keys.find(secretScope, 1);
    if (secret === undefined) throw new Unreadable("The server's secret");
    return deriveKey(secret.bytes, purpose);
  }

  /** Makes the server's secret if there is none. To be called in a writing transaction. Throws KeyTrouble. */
  ensureSecret(): void {
    if (this.#keys.find(secretScope, 1) === undefined) this.#keys.current(secretScope);
  }

  /** Throws KeyTrouble unless the root keys that wrap something are all there, and Unreadable if that cannot be. */
  check(): void {
    this.#keys.check();
    this.#keys.find(secretScope, 1);
  }

  #keyOf({ scope }: Place, sealed: Uint8Array): DataKey | undefined {
    if (sealed.length < leadBytes || sealed[0] !== format) return undefined;
    const version = new DataView(sealed.buffer, sealed.byteOffset).getUint32(1);
    return this.#keys.find(scope, version);
  }

  #leadWith(version: number): Uint8Array {
    this.#lead.setUint8(0, format);
    this.#lead.setUint32(1, version);
    return new Uint8Array(this.#lead.buffer);
  }
}
