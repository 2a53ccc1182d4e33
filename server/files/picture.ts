/** What is known of a picture that was recognised by its content. */
export interface Picture {
  readonly format: "jpeg" | "png" | "gif" | "webp";
  /** In pixels, as it is stored. */
  readonly width: number;
  readonly height: number;
  /** How it is to be turned to be looked at (Exif 2.32 section 4.6.4): 1 is as it is stored. */
  readonly orientation: number;
}

/** Width and height as it is looked at: turned by a quarter, they change places. */
export function shownSize({ width, height, orientation }: Picture): { width: number; height: number } {
  return orientation >= 5 ? { width: height, height: width } : { width, height };
}
