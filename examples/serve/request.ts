import type { IncomingMessage } from "node:http";
import { RequestError } from "./requestError.ts";

/** More bytes than any command needs. */
const MOST_BYTES = 1024;

/**
 * Refuses what does not come from the page itself. A name that someone made to point at this machine (DNS rebinding)
 * shows in Host; a page of another site that sends commands (cross-site request forgery) in Origin, which browsers
 * always send with POST.
 *
 * @throws RequestError with 403
 */
export function checkSource({ headers, method }: IncomingMessage, port: number): void {
  // A URL leaves out the port where it is the usual one, as browsers do.
  const hosts = ["127.0.0.1", "localhost"].map((name) => new URL(`http://${name}:${port}`).host);
  const { host, origin } = headers;
  if (host === undefined || !hosts.includes(host)) {
    throw new RequestError(
      403,
      `This page is served to http://${hosts[0]} only, not to ${host ?? "no host"}.`,
    );
  }
  if (method === "GET" && origin === undefined) return;
  if (origin !== `http://${host}`) {
    throw new RequestError(403, `Only the page itself may ask, not ${origin ?? "a request without Origin"}.`);
  }
}

/**
 * The body of a request, as text.
 *
 * @throws RequestError if it is not declared to be JSON, or too long
 */
export async function bodyOf(request: IncomingMessage): Promise<string> {
  const type = request.headers["content-type"];
  if (!/^application\/json\s*(;|$)/i.test(type ?? "")) {
    throw new RequestError(415, `The body must be of type application/json, not ${type ?? "of none"}.`);
  }
  const chunks: Buffer[] = [];
  let bytes = 0;
  // The connection stays, for the answer to be sent.
  for await (const chunk of request.iterator({ destroyOnReturn: false })) {
    chunks.push(chunk as Buffer);
    bytes += (chunk as Buffer).length;
    if (bytes > MOST_BYTES) {
      throw new RequestError(413, `The body is longer than the ${MOST_BYTES} bytes a command may have.`);
    }
  }
  return Buffer.concat(chunks).toString("utf8");
}
