/**
 * Rounds the numbers in the attributes of an element and all in it to 3 decimals: no eye sees more, and the last digits
 * of sin or log differ between machines.
 */
export function roundAttributes(root: Element): void {
  for (const element of [root, ...root.querySelectorAll("*")]) {
    for (const { name, value } of [...element.attributes]) {
      const rounded = value.replace(/\d+\.\d{4,}(e-?\d+)?|\d+e-\d+/g, (digits) =>
        String(Number(Number(digits).toFixed(3))),
      );
      if (rounded !== value) element.setAttribute(name, rounded);
    }
  }
}
