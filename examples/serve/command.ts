import { RequestError } from "./requestError.ts";
import type { TrainingSession } from "./session.ts";

type Fields = Readonly<Record<string, unknown>>;

/** What each command does to the session. */
const commands: Readonly<Record<string, (session: TrainingSession, fields: Fields) => void>> = {
  run: (session) => session.run(),
  pause: (session) => session.pause(),
  step: (session) => session.stepOnce(),
  rate: (session, { rate }) => {
    if (typeof rate !== "number" || !(rate > 0 && rate <= 10)) {
      throw new RequestError(400, `rate must be a number above 0 and at most 10, got ${shown(rate)}.`);
    }
    session.setRate(rate);
  },
  reset: (session, { seed }) => {
    if (typeof seed !== "number" || seed >>> 0 !== seed) {
      throw new RequestError(400, `seed must be a whole number from 0 to 4294967295, got ${shown(seed)}.`);
    }
    session.reset(seed);
  },
};

/**
 * Does what a command says: `{ "command": "run" | "pause" | "step" }`, `{ "command": "rate", "rate": 0.1 }` or
 * `{ "command": "reset", "seed": 7 }`.
 *
 * @throws RequestError if the text is none of these
 */
export function obey(session: TrainingSession, text: string): void {
  const fields = fieldsOf(text);
  const { command } = fields;
  if (typeof command !== "string" || !Object.hasOwn(commands, command)) {
    const known = Object.keys(commands).join(", ");
    throw new RequestError(400, `command must be one of ${known}, got ${shown(command)}.`);
  }
  commands[command]!(session, fields);
}

function fieldsOf(text: string): Fields {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    throw new RequestError(400, `The body is not JSON: ${(error as SyntaxError).message}.`);
  }
  if (typeof json === "object" && json !== null && !Array.isArray(json)) return json as Fields;
  throw new RequestError(400, `The body must be an object such as {"command":"pause"}, got ${shown(json)}.`);
}

/** As JSON, no longer than a line. */
function shown(x: unknown): string {
  const text = JSON.stringify(x) ?? "nothing";
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}
