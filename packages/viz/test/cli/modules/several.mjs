import { value } from "@chainrule/core";

export const rate = 0.1;
export const a = value(1, "a");
export const b = a.mul(2);
