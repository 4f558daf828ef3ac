import { type Palette, palettes } from "../../packages/viz/src/palette.ts";

/** The colours of the page as custom properties: those of the pictures. */
export function colours(): string {
  return `:root{${properties(palettes.light)}}@media (prefers-color-scheme:dark){:root{${properties(palettes.dark)}}}`;
}

function properties({ background, panel, ink, muted, rule, alert, series }: Palette): string {
  const named = {
    bg: panel,
    card: background,
    ink,
    dim: muted,
    line: rule,
    tone: series[0]!,
    "on-tone": background,
    bad: alert,
  };
  return Object.entries(named)
    .map(([name, color]) => `--${name}:${color}`)
    .join(";");
}
