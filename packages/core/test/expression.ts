import type { Scalar } from "../src/index.ts";
import * as core from "../src/index.ts";

export type Bindings = Record<string, Scalar>;

type Call = (...scalars: Scalar[]) => Scalar;

const { add, sub, mul, div, neg } = core;
const onArray =
  (operation: core.Nary) =>
  (...xs: Scalar[]) =>
    operation(xs);

/** Functions of the test data that are spelled otherwise here: of arrays, or losses made of operations. */
const spelled: Record<string, Call> = {
  logsumexp: onArray(core.logsumexp),
  softmax: (k, ...xs) => core.softmax(xs)[Number(k)]!,
  crossEntropyWithLogits: (k, ...xs) => core.logsumexp(xs.map((x) => sub(x, xs[Number(k)]!))),
  bceWithLogits: (z, t) =>
    t === 1 ? core.softplus(neg(z)) : t === 0 ? core.softplus(z) : sub(core.softplus(z), mul(z, t!)),
};

const named: Record<string, Call> = Object.fromEntries(Object.entries(core)) as never;

const TOKEN = /\s*(\d+\.?\d*(?:[eE][+-]?\d+)?|\w+|[-+*/(),])/gy;

/** Evaluates an expression of the test data: + − × ÷, parentheses, calls, numbers and names. */
export function evaluate(text: string, scope: Bindings): Scalar {
  const tokens = Array.from(text.matchAll(TOKEN), (match) => match[1]!);
  let at = 0;
  const result = additive();
  if (at !== tokens.length) throw new SyntaxError(`stopped at ${tokens[at]} in ${text}`);
  return result;

  function additive(): Scalar {
    let left = multiplicative();
    while (tokens[at] === "+" || tokens[at] === "-")
      left = (tokens[at++] === "+" ? add : sub)(left, multiplicative());
    return left;
  }
  function multiplicative(): Scalar {
    let left = unary();
    while (tokens[at] === "*" || tokens[at] === "/") left = (tokens[at++] === "*" ? mul : div)(left, unary());
    return left;
  }
  function unary(): Scalar {
    if (tokens[at] !== "-") return primary();
    at++;
    return neg(unary());
  }
  function primary(): Scalar {
    const token = tokens[at++]!;
    if (token === "(") {
      const inside = additive();
      at++;
      return inside;
    }
    if (tokens[at] === "(") return call(token);
    if (/^\d/.test(token)) return Number(token);
    if (!(token in scope)) throw new SyntaxError(`unknown name ${token} in ${text}`);
    return scope[token]!;
  }
  function call(name: string): Scalar {
    const operands: Scalar[] = [];
    do {
      at++;
      operands.push(additive());
    } while (tokens[at] === ",");
    at++;
    const f = spelled[name] ?? named[name];
    if (f === undefined) throw new SyntaxError(`unknown function ${name}`);
    return f(...operands);
  }
}
