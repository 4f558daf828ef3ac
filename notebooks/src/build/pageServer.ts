import { readFileSync } from "node:fs";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { join, normalize, relative } from "node:path";
import { reload } from "../page/reload.ts";
import { unbuiltPage } from "../page/unbuiltPage.ts";
import { pagesFolder } from "./folders.ts";

/** What pages under watch are told. */
export interface Status {
  readonly isRunning: boolean;
  /** With the id of the cell where it is, if there is one. */
  readonly faults: readonly { readonly message: string; readonly cell?: string }[];
}

export interface PageServer {
  /** `http://127.0.0.1:40001/` */
  readonly address: string;
  /** Gives pages, by their paths, in place of all before. */
  show(pages: ReadonlyMap<string, string>): void;
  /** Tells every page that is open, and those opened later. */
  tell(status: Status): void;
  close(): void;
}

/** Serves pages, on this machine only: those given, then those built before. */
export async function servePages(): Promise<PageServer> {
  let pages: ReadonlyMap<string, string> = new Map();
  let build = 0;
  let status: Status = { isRunning: false, faults: [] };
  const listeners = new Set<ServerResponse>();
  const tellOne = (listener: ServerResponse) => {
    listener.write(`data: ${JSON.stringify({ build, ...status })}\n\n`);
  };
  const server = createServer((request, response) => {
    const path = pathOf(request);
    if (path === "/events") {
      response.writeHead(200, { "content-type": "text/event-stream", "cache-control": "no-store" });
      listeners.add(response);
      request.on("close", () => listeners.delete(response));
      tellOne(response);
      return;
    }
    const [first] = pages.keys();
    if (path === "/" && first !== undefined) {
      response.writeHead(302, { location: `/${relative(pagesFolder, first).replaceAll("\\", "/")}` }).end();
      return;
    }
    const page = pageAt(path, pages);
    response.writeHead(page === undefined ? 404 : 200, {
      "content-type": "text/html; charset=utf-8",
      "cache-control": "no-store",
    });
    // The page knows by it whether it is the latest.
    response.end((page ?? unbuiltPage(reload)).replace("<body>", `<body data-build="${build}">`));
  });
  await new Promise<void>((resolve, reject) => {
    server.on("error", reject).listen(0, "127.0.0.1", resolve);
  });
  return {
    address: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    show: (made) => {
      pages = made;
      build++;
    },
    tell: (news) => {
      status = news;
      for (const listener of listeners) tellOne(listener);
    },
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}

/** Of what is no address, a path where there is no page. */
function pathOf({ url = "/" }: IncomingMessage): string {
  try {
    return decodeURIComponent(new URL(url, "http://localhost").pathname);
  } catch {
    return "";
  }
}

function pageAt(path: string, pages: ReadonlyMap<string, string>): string | undefined {
  const file = join(pagesFolder, normalize(`/${path}`));
  try {
    return pages.get(file) ?? (file.endsWith(".html") ? readFileSync(file, "utf8") : undefined);
  } catch {
    return undefined;
  }
}
