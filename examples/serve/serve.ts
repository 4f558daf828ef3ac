import { type ProblemName, problems } from "../problems.ts";
import { type LiveServer, startServer } from "./server.ts";
import { TrainingSession } from "./session.ts";

/** What `npm start -- --serve` needs to know. */
export interface ServeOptions {
  readonly data: ProblemName;
  readonly seed: number;
  /** A free one unless told. */
  readonly port?: number;
}

/**
 * Serves a page on which a network trains, until Ctrl-C.
 *
 * @returns the exit code
 */
export async function serve({ data, seed, port }: ServeOptions): Promise<number> {
  const session = new TrainingSession(problems[data], seed);
  let server: LiveServer;
  try {
    server = await startServer(session, port ?? 0);
  } catch (error) {
    console.error(
      `error: --port: ${reasonOf(error, port)} Name another, or leave --port out for a free one.`,
    );
    return 1;
  }
  console.log(`${session.setup.title}, live: ${server.url} — open it in a browser. Ctrl-C ends.`);
  await new Promise((resolve) => {
    for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, resolve);
  });
  await server.close();
  return 0;
}

function reasonOf(error: unknown, port = 0): string {
  const { code } = error as NodeJS.ErrnoException;
  return code === "EADDRINUSE" ? `port ${port} is in use.` : `port ${port} cannot be had (${code}).`;
}
