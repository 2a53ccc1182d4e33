/** The thread that makes small pictures: a large one keeps a core busy for seconds, and the chat must not wait for it. */
import { makePreview } from "./preview.ts";
import type { PreviewTask } from "./preview_task.ts";

interface WorkerSelf {
  onmessage: ((event: MessageEvent<PreviewTask>) => void) | null;
  postMessage(message: Uint8Array | undefined): void;
}

const self = globalThis as unknown as WorkerSelf;

self.onmessage = ({ data: { content, picture } }) => {
  self.postMessage(previewOrNone({ content, picture }));
};

/** What is damaged has no preview. */
function previewOrNone({ content, picture }: PreviewTask): Uint8Array | undefined {
  try {
    return makePreview(content, picture);
  } catch {
    return undefined;
  }
}
