import type { Picture } from "./picture.ts";

/** What is asked of the thread that makes small pictures. It answers with a JPEG, or undefined where there is to be none. */
export interface PreviewTask {
  readonly content: Uint8Array<ArrayBuffer>;
  readonly picture: Picture;
}
