import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { Audience } from "./audience.ts";
import { obey } from "./command.ts";
import { documentOf } from "./document.ts";
import { bodyOf, checkSource } from "./request.ts";
import { RequestError } from "./requestError.ts";
import type { TrainingSession } from "./session.ts";

/** Milliseconds from step to step: every one of them can be seen. */
const INTERVAL = 40;

export interface LiveServer {
  readonly address: AddressInfo;
  readonly url: string;
  close(): Promise<void>;
}

type Handler = (request: IncomingMessage, response: ServerResponse) => void | Promise<void>;

/**
 * Serves the page of a session to this machine alone, and lets the session advance while a page watches.
 *
 * @param port - 0 for a free one
 * @throws Error of the system if the port cannot be had; its `code` is EADDRINUSE if it is in use
 */
export async function startServer(session: TrainingSession, port: number): Promise<LiveServer> {
  const audience = new Audience(session);
  const routes = routesOf(session, audience);
  const server = createServer((request, response) => {
    answer(request, response).catch((error: unknown) => refuse(response, error));
  });

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    response.setHeader("cache-control", "no-store");
    response.setHeader("x-content-type-options", "nosniff");
    response.setHeader("cross-origin-resource-policy", "same-origin");
    checkSource(request, (server.address() as AddressInfo).port);
    const path = request.url!.split("?")[0]!;
    const methods = routes.get(path);
    if (methods === undefined) throw new RequestError(404, `There is nothing at ${path}.`);
    const handler = methods[request.method!];
    if (handler !== undefined) return handler(request, response);
    const allowed = Object.keys(methods).join(", ");
    response.setHeader("allow", allowed);
    throw new RequestError(405, `${path} takes ${allowed}, not ${request.method}.`);
  }

  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", resolve);
  });
  const timer = setInterval(() => {
    if (audience.isEmpty || !session.isRunning) return;
    session.advance();
    audience.show();
  }, INTERVAL);
  const address = server.address() as AddressInfo;
  return {
    address,
    url: `http://127.0.0.1:${address.port}/`,
    close() {
      clearInterval(timer);
      audience.dismiss();
      return new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      });
    },
  };
}

function routesOf(
  session: TrainingSession,
  audience: Audience,
): ReadonlyMap<string, Readonly<Record<string, Handler>>> {
  const { html, policy } = documentOf();
  return new Map(
    Object.entries({
      "/": {
        GET(_, response) {
          response.setHeader("content-security-policy", policy);
          response.setHeader("referrer-policy", "no-referrer");
          response.writeHead(200, { "content-type": "text/html; charset=utf-8" }).end(html);
        },
      },
      "/events": {
        GET(_, response) {
          audience.admit(response);
        },
      },
      "/command": {
        async POST(request, response) {
          obey(session, await bodyOf(request));
          audience.show();
          response.writeHead(204).end();
        },
      },
    }),
  );
}

function refuse(response: ServerResponse, error: unknown): void {
  const { status, message } =
    error instanceof RequestError ? error : { status: 500, message: String((error as Error).message) };
  if (response.headersSent) return void response.destroy();
  // The rest of a body that was refused is not read.
  response.writeHead(status, { "content-type": "text/plain; charset=utf-8", connection: "close" });
  response.end(`${message}\n`);
}
