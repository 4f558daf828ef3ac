import { addN, squared } from "@penrose/core/dist/engine/AutodiffFunctions";
import type { Running } from "../../contender.ts";
import { squaresAt } from "../../problems/vectors.ts";
import { gradientOf } from "./penrose.ts";

export const setup = (): Promise<Running> => gradientOf((xs) => [addN(xs.map(squared))], squaresAt);
