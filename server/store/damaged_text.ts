/** What is shown in place of a text that was damaged: what stands beside it shall be read all the same. */
export const damagedText = "(This was damaged on the server's disk and cannot be read)";
