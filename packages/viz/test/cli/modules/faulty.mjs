import { value } from "@chainrule/core";

export function loss() {
  return value(-1, "x").log().mul(2);
}
