import { toPng } from "../png/toPng.ts";
import { toSvg } from "../svg/toSvg.ts";
import type { Format } from "./formats.ts";
import type { Settings } from "./options.ts";
import { pick } from "./pick.ts";

/** A way from DOT to a picture. */
export interface Picture {
  readonly options: readonly (keyof Settings)[];
  readonly draw: (dot: string, settings: Settings) => Promise<string | Uint8Array>;
}

const SVG = ["force", "timeout"] as const;
const PNG = [...SVG, "scale"] as const;

/** The formats that are drawn from DOT. */
export const pictures: Readonly<Partial<Record<Format, Picture>>> = {
  svg: { options: SVG, draw: (dot, settings) => toSvg(dot, pick(settings, SVG)) },
  png: { options: PNG, draw: (dot, settings) => toPng(dot, pick(settings, PNG)) },
};
