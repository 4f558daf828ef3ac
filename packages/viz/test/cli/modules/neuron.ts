import { type Value, value } from "@chainrule/core";

// What a module prints goes to standard error.
console.log("the module runs");

const w: Value = value(-3, "w");
export const y: Value = w.mul(2).add(value(6.5, "b")).tanh();
y.label = "y";
y.backward();
