/** A picture without its wrapping: three bytes a pixel, red, green and blue, row by row. */
export interface Pixels {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8Array;
}

/** At most `sideMax` pixels wide and high, each the mean of those that it stands for. A smaller picture stays as it is. */
export function scaleDown(pixels: Pixels, sideMax: number): Pixels {
  const scale = Math.min(1, sideMax / Math.max(pixels.width, pixels.height));
  if (scale === 1) return pixels;
  const width = Math.max(1, Math.round(pixels.width * scale));
  const height = Math.max(1, Math.round(pixels.height * scale));
  const data = new Uint8Array(width * height * 3);
  for (let y = 0, at = 0; y < height; y++) {
    const top = Math.floor(y * pixels.height / height);
    const bottom = Math.max(top + 1, Math.floor((y + 1) * pixels.height / height));
    for (let x = 0; x < width; x++, at += 3) {
      const left = Math.floor(x * pixels.width / width);
      const right = Math.max(left + 1, Math.floor((x + 1) * pixels.width / width));
      data.set(meanOf(pixels, { left, right, top, bottom }), at);
    }
  }
  return { width, height, data };
}

interface Box {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

function meanOf({ width, data }: Pixels, { left, right, top, bottom }: Box): [number, number, number] {
  let red = 0, green = 0, blue = 0;
  for (let y = top; y < bottom; y++) {
    for (let at = (y * width + left) * 3, end = (y * width + right) * 3; at < end; at += 3) {
      red += data[at] ?? 0;
      green += data[at + 1] ?? 0;
      blue += data[at + 2] ?? 0;
    }
  }
  const count = (right - left) * (bottom - top);
  return [red / count, green / count, blue / count];
}

/** As it is looked at: `orientation` as in Exif, from 1 to 8. */
export function turn(pixels: Pixels, orientation: number): Pixels {
  const { width, height, data } = pixels;
  const isQuarter = orientation >= 5;
  const turned = {
    width: isQuarter ? height : width,
    height: isQuarter ? width : height,
    data: new Uint8Array(data.length),
  };
  for (let y = 0, to = 0; y < turned.height; y++) {
    for (let x = 0; x < turned.width; x++, to += 3) {
      const [column, row] = sourceOf(x, y, turned, orientation);
      const from = (row * width + column) * 3;
      turned.data.set(data.subarray(from, from + 3), to);
    }
  }
  return turned;
}

/** Which pixel of the stored picture is looked at in column `x` and row `y`. */
function sourceOf(
  x: number,
  y: number,
  { width, height }: { readonly width: number; readonly height: number },
  orientation: number,
): [column: number, row: number] {
  const right = width - 1 - x, below = height - 1 - y;
  switch (orientation) {
    case 2:
      return [right, y];
    case 3:
      return [right, below];
    case 4:
      return [x, below];
    case 5:
      return [y, x];
    case 6:
      return [y, right];
    case 7:
      return [below, right];
    case 8:
      return [below, x];
    default:
      return [x, y];
  }
}
