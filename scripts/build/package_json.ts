/** The fields of a package's own description that are read here; nobody has checked what they hold. */
export interface PackageJson {
  readonly license?: unknown;
  readonly scripts?: unknown;
}

/** What the package in `folder` says of itself. Throws where its files are not on this machine. */
export function packageJsonIn(folder: string): PackageJson {
  return JSON.parse(Deno.readTextFileSync(`${folder}/package.json`));
}

/** The SPDX name or expression of its licence, if it states one. */
export function licenceIn({ license }: PackageJson): string | undefined {
  return typeof license === "string" ? license : undefined;
}
