/** `1 person`, `2 people`. */
export function countText(count: number, one: string, several: string = `${one}s`): string {
  return `${count} ${count === 1 ? one : several}`;
}
