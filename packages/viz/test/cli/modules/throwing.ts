import { value } from "@chainrule/core";

interface Wrong {
  readonly data: number;
}

const wrong: Wrong = { data: "three" as never };
export const root = value(wrong.data);
