/** The names that differ from a given one in the fewest letters, those with the fewest first. */
export function nearNames(given: string, names: readonly string[], count = 3): string[] {
  return names
    .map((name) => ({ name, distance: editDistance(given, name) }))
    .sort((a, b) => a.distance - b.distance)
    .slice(0, count)
    .map(({ name }) => name);
}

/** Of so many names at most the letters are compared: for those of 10⁶ weights that would take seconds. */
const MOST = 1000;

/** Names that may be near to a given one: of too many, those that begin like it for longest, the first ones. */
export function likelyNames(given: string, names: readonly string[]): readonly string[] {
  if (names.length <= MOST) return names;
  const longest = names.reduce((most, name) => Math.max(most, commonStart(given, name)), 0);
  return names.filter((name) => commonStart(given, name) === longest).slice(0, MOST);
}

/** How many letters two names have in common at the beginning. */
function commonStart(a: string, b: string): number {
  let length = 0;
  while (length < a.length && a[length] === b[length]) length++;
  return length;
}

/** The name that was meant by one in another case, or with up to two letters wrong; `undefined` if none is as near. */
export function meantName(given: string, names: readonly string[]): string | undefined {
  const distance = (name: string) => editDistance(given.toLowerCase(), name.toLowerCase());
  const [nearest] = names.toSorted((a, b) => distance(a) - distance(b));
  return nearest !== undefined && distance(nearest) <= 2 ? nearest : undefined;
}

/**
 * How many letters must be put in, left out or replaced to make b of a.
 *
 * @example editDistance("bias", "b") // 3
 * @see Wagner and Fischer (1974), "The string-to-string correction problem", JACM 21(1)
 */
export function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const replaced = row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(row[j]! + 1, next[j - 1]! + 1, replaced));
    }
    row = next;
  }
  return row[b.length]!;
}
