/** Whether the text is 32 bytes in base64url, written the one right way. */
export function isPin(text: string): boolean {
  return /^[\w-]{42}[AEIMQUYcgkosw048]$/.test(text);
}
