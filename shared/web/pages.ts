import { createHash } from "node:crypto";
import { join } from "node:path";
import { siteHeaders } from "./headers.ts";

/** The files of the web client, by their endings; nothing else is ever served. */
const contentTypes: Readonly<Record<string, string>> = {
  html: "text/html; charset=utf-8",
  js: "text/javascript; charset=utf-8",
  css: "text/css; charset=utf-8",
  svg: "image/svg+xml",
  png: "image/png",
  webmanifest: "application/manifest+json",
};

const notBuilt = "This copy of chat has no web client. Talk by: chat connect\n";

interface Page {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly headers: Headers;
}

/** The web client's pages, each read once. */
export class Pages {
  readonly #pages: Map<string, Page> = new Map();

  /** `folder` is where the build has put them. */
  constructor(folder: string | undefined) {
    if (folder === undefined) return;
    for (const name of namesIn(folder)) {
      const type = contentTypes[name.slice(name.lastIndexOf(".") + 1)];
      if (type !== undefined) this.#pages.set(name, pageOf(Deno.readFileSync(join(folder, name)), type));
    }
  }

  /** The page at `path`; undefined where there is none. */
  answer(request: Request, path: string): Response | undefined {
    const page = this.#pages.get(path === "/" ? "index.html" : path.slice(1));
    if (page === undefined) return path === "/" ? notBuiltResponse() : undefined;
    if (request.headers.get("if-none-match") === page.headers.get("etag")) {
      return new Response(null, { status: 304, headers: page.headers });
    }
    return new Response(request.method === "HEAD" ? null : page.bytes, { headers: page.headers });
  }
}

function namesIn(path: string): readonly string[] {
  try {
    return [...Deno.readDirSync(path)].filter(({ isFile }) => isFile).map(({ name }) => name);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return [];
    throw error;
  }
}

function pageOf(bytes: Uint8Array<ArrayBuffer>, type: string): Page {
  const headers = new Headers(siteHeaders);
  headers.set("content-type", type);
  // It is asked for again each time, and hardly ever sent again: nobody runs an old page against a new server.
  headers.set("cache-control", "no-cache");
  headers.set("etag", `"${createHash("sha256").update(bytes).digest("base64url")}"`);
  return { bytes, headers };
}

function notBuiltResponse(): Response {
  return new Response(notBuilt, { status: 404, headers: { ...siteHeaders, "content-type": "text/plain" } });
}
