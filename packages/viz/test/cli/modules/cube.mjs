import { defineOp, mul } from "@chainrule/core";

/** A rule with a wrong factor: 2x² where it should be 3x². */
const cube = defineOp({ name: "cube", value: (a) => a ** 3, partials: [(a) => mul(2, mul(a, a))] });

export const x = { side: 2 };
export const f = ({ side }) => cube(side);
export const right = ({ side }) => mul(side, side);
