import type { Value } from "../value.ts";
import type { Shape } from "./shape.ts";

/** What names each input of a program: the path in the arguments, such as `argument 1[0].x`, or the label of a captured leaf. */
export function inputNames(shapes: readonly Shape[], captured: readonly Value[]): string[] {
  const names: string[] = [];
  shapes.forEach((shape, i) => addNames(names, shape, `argument ${i + 1}`));
  captured.forEach(({ label }, i) => names.push(label ?? `captured ${i + 1}`));
  return names;
}

function addNames(names: string[], shape: Shape, path: string): void {
  switch (shape.kind) {
    case "number":
      names.push(path);
      return;
    case "numbers":
      for (let i = 0; i < shape.length; i++) names.push(`${path}[${i}]`);
      return;
    case "rows":
      for (let i = 0; i < shape.length; i++) addNames(names, shape.row, `${path}[${i}]`);
      return;
    case "array":
      shape.items.forEach((item, i) => addNames(names, item, `${path}[${i}]`));
      return;
    case "object":
      shape.items.forEach((item, i) => addNames(names, item, `${path}.${shape.keys[i]}`));
      return;
    case "fixed":
      return;
  }
}
