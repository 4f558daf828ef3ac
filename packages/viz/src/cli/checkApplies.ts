import type { Settings } from "./options.ts";
import { UsageError } from "./usageError.ts";

/**
 * @param options - those that have a meaning for what is made
 * @param made - what is made, in words
 * @throws UsageError for an option that would change nothing
 */
export function checkApplies(settings: Settings, options: readonly string[], made: string): void {
  const idle = Object.keys(settings).find((name) => !options.includes(name));
  if (idle === undefined) return;
  const flag = `--${idle.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
  const hint = HINTS[idle as keyof Settings] ?? "Leave it out";
  throw new UsageError(`${flag} changes nothing of ${made}. ${hint}.`);
}

const HINTS: Readonly<Partial<Record<keyof Settings, string>>> = {
  quiz: "Write --html quiz.html --quiz",
  scale: "It is for --png",
  timeout: "It is for --svg, --png and --html",
  force: "It is for --svg, --png and --html",
  focus: "It is for graphs of Values",
};
