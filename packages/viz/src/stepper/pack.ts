import { FIRST_CODE, MORE } from "./page/unpack.ts";

/**
 * Whole numbers as text for JSON within HTML: one character for those within ±20, two within ±480.
 *
 * A number is spelled in digits from the lowest; all but the last are of base {@link MORE}, and the characters tell which
 * is the last. None of them begins markup.
 */
export function pack(numbers: readonly number[]): string {
  return numbers.map(spelled).join("");
}

const LAST = 64 - MORE;

function spelled(number: number): string {
  let rest = number < 0 ? -2 * number - 1 : 2 * number;
  let text = "";
  for (; rest >= LAST; rest = Math.floor(rest / MORE)) text += character(rest % MORE);
  return text + character(MORE + rest);
}

function character(digit: number): string {
  return String.fromCharCode(FIRST_CODE + digit);
}
