/** Which of the two sets of colours the page has now. */
export type Shade = "light" | "dark";

const dark = matchMedia("(prefers-color-scheme: dark)");

export function shade(): Shade {
  return dark.matches ? "dark" : "light";
}

export function onShade(redraw: () => void): void {
  dark.onchange = redraw;
}
