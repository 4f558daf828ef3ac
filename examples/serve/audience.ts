import type { ServerResponse } from "node:http";
import type { LiveSetup } from "./live.ts";
import type { TrainingSession } from "./session.ts";

/** The pages that watch a session, each over one response that does not end (server-sent events). */
export class Audience {
  readonly #session: TrainingSession;
  readonly #watching = new Set<ServerResponse>();
  #shown: LiveSetup;

  constructor(session: TrainingSession) {
    this.#session = session;
    this.#shown = session.setup;
  }

  get isEmpty(): boolean {
    return this.#watching.size === 0;
  }

  /** Shows all to a new page, and from then on what changes. */
  admit(response: ServerResponse): void {
    response.writeHead(200, { "content-type": "text/event-stream" });
    response.write(event("setup", this.#session.setup) + event("state", this.#session.state()));
    this.#watching.add(response);
    response.on("close", () => this.#watching.delete(response));
  }

  /** Shows where training is now, after a reset the new setup first. */
  show(): void {
    const { setup } = this.#session;
    const state = event("state", this.#session.state());
    const isNew = setup !== this.#shown;
    this.#shown = setup;
    for (const response of this.#watching) {
      if (isNew) response.write(event("setup", setup));
      // A page that is not done with what it got can do without, as long as there will be another state.
      if (!(response.writableNeedDrain && this.#session.isRunning)) response.write(state);
    }
  }

  /** Ends all responses. */
  dismiss(): void {
    for (const response of this.#watching) response.end();
  }
}

function event(name: string, data: unknown): string {
  return `event: ${name}\ndata: ${JSON.stringify(data)}\n\n`;
}
