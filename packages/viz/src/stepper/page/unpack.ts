/** The character of digit 0. */
export const FIRST_CODE = 63;
/** Digits below this are followed by more. */
export const MORE = 24;

/** Reads what `pack` wrote. */
export function unpack(text: string): number[] {
  const numbers: number[] = [];
  let [number, unit] = [0, 1];
  for (const character of text) {
    const digit = character.charCodeAt(0) - FIRST_CODE;
    if (digit < MORE) {
      number += digit * unit;
      unit *= MORE;
    } else {
      number += (digit - MORE) * unit;
      numbers.push(number % 2 === 0 ? number / 2 : -(number + 1) / 2);
      [number, unit] = [0, 1];
    }
  }
  return numbers;
}

/** The running sums of what was packed as differences. */
export function unpackSums(text: string): number[] {
  let sum = 0;
  return unpack(text).map((difference) => {
    sum += difference;
    return sum;
  });
}
